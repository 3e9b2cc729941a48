import type { KubernetesObject } from "../../simulator/index.ts";
import { analysisRunPrinter, rolloutPrinter } from "./argo.ts";
import {
  anyPrinter,
  configMapPrinter,
  eventPrinter,
  namespacePrinter,
  nodePrinter,
  limitRangePrinter,
  podDisruptionBudgetPrinter,
  priorityClassPrinter,
  resourceQuotaPrinter,
  secretPrinter,
  serviceAccountPrinter,
} from "./cluster.ts";
import { horizontalPodAutoscalerPrinter } from "./horizontal-pod-autoscaler.ts";
import {
  endpointSlicePrinter,
  endpointsPrinter,
  gatewayPrinter,
  httpRoutePrinter,
  ingressPrinter,
  servicePrinter,
} from "./network.ts";
import { podPrinter } from "./pod.ts";
import type { KindPrinter, Table } from "./table.ts";
import {
  controllerRevisionPrinter,
  daemonSetPrinter,
  deploymentPrinter,
  jobPrinter,
  replicaSetPrinter,
  statefulSetPrinter,
} from "./workloads.ts";

/** The printers by kind; a kind that is not here is printed with name and age. */
const printers = new Map<string, KindPrinter<never>>([
  ["AnalysisRun", analysisRunPrinter],
  ["ConfigMap", configMapPrinter],
  ["ControllerRevision", controllerRevisionPrinter],
  ["DaemonSet", daemonSetPrinter],
  ["Deployment", deploymentPrinter],
  ["EndpointSlice", endpointSlicePrinter],
  ["Endpoints", endpointsPrinter],
  ["Event", eventPrinter],
  ["Gateway", gatewayPrinter],
  ["HTTPRoute", httpRoutePrinter],
  ["HorizontalPodAutoscaler", horizontalPodAutoscalerPrinter],
  ["Ingress", ingressPrinter],
  ["Job", jobPrinter],
  ["LimitRange", limitRangePrinter],
  ["Namespace", namespacePrinter],
  ["Node", nodePrinter],
  ["Pod", podPrinter],
  ["PodDisruptionBudget", podDisruptionBudgetPrinter],
  ["PriorityClass", priorityClassPrinter],
  ["ResourceQuota", resourceQuotaPrinter],
  ["ReplicaSet", replicaSetPrinter],
  ["Rollout", rolloutPrinter],
  ["Secret", secretPrinter],
  ["Service", servicePrinter],
  ["ServiceAccount", serviceAccountPrinter],
  ["StatefulSet", statefulSetPrinter],
]);

/**
 * The table that the API server answers to a request for one (kubernetes pkg/printers/tablegenerator.go GenerateTable).
 *
 * @param nowMs virtual time that ages are counted to
 */
export function tableOf(kind: string, objects: readonly KubernetesObject[], nowMs: number): Table {
  const { columns, cells, conditions } = (printers.get(kind) ??
    anyPrinter) as KindPrinter<KubernetesObject>;
  const rows = objects.map((object) => {
    const row = { cells: cells(object, nowMs), object };
    const told = conditions?.(object) ?? [];
    return told.length === 0 ? row : { ...row, conditions: told };
  });
  return { columnDefinitions: columns, rows };
}
