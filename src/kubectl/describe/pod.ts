/* Pods (describe.go describePod). */
import type { Pod, Toleration } from "../../simulator/index.ts";
import { since } from "../print/cells.ts";
import { containerLines, type FieldValue } from "./containers.ts";
import { controllerLine, type Describe } from "./describer.ts";
import { annotationLines, labelLines, longTime } from "./lines.ts";
import { tolerationLines } from "./pod-template.ts";
import { topologySpreadLines } from "./topology-spread.ts";
import { volumeLines, type Volume } from "./volumes.ts";

type Detailed = Pod & {
  readonly spec: {
    readonly priority?: number;
    readonly priorityClassName?: string;
    readonly serviceAccountName?: string;
    readonly nodeSelector?: Readonly<Record<string, string>>;
    readonly tolerations?: readonly Toleration[];
    readonly volumes?: readonly Volume[];
    readonly readinessGates?: readonly { readonly conditionType: string }[];
  };
  readonly status: {
    readonly reason?: string;
    readonly message?: string;
    readonly hostIP?: string;
    readonly startTime?: string;
    readonly qosClass?: string;
  };
};

export const describePod: Describe<Pod> = (out, pod, { nowMs }) => {
  const { metadata, spec, status } = pod as Detailed;
  out.add(0, `Name:\t${metadata.name}`);
  out.add(0, `Namespace:\t${metadata.namespace ?? ""}`);
  if (spec.priority !== undefined) out.add(0, `Priority:\t${spec.priority}`);
  if (spec.priorityClassName) out.add(0, `Priority Class Name:\t${spec.priorityClassName}`);
  if (spec.serviceAccountName) out.add(0, `Service Account:\t${spec.serviceAccountName}`);
  out.add(0, `Node:\t${spec.nodeName ? `${spec.nodeName}/${status.hostIP ?? ""}` : "<none>"}`);
  if (status.startTime !== undefined) out.add(0, `Start Time:\t${longTime(status.startTime)}`);
  labelLines(out, "Labels", metadata.labels);
  annotationLines(out, "Annotations", metadata.annotations);
  if (metadata.deletionTimestamp === undefined) out.add(0, `Status:\t${status.phase ?? ""}`);
  else {
    out.add(0, `Status:\tTerminating (lasts ${since(metadata.deletionTimestamp, nowMs)})`);
    out.add(0, `Termination Grace Period:\t${metadata.deletionGracePeriodSeconds ?? 0}s`);
  }
  if (status.reason) out.add(0, `Reason:\t${status.reason}`);
  if (status.message) out.add(0, `Message:\t${status.message}`);
  out.add(0, `IP:\t${status.podIP ?? ""}`);
  if ((status.podIPs ?? []).length === 0) out.add(0, "IPs:\t<none>");
  else {
    out.add(0, "IPs:");
    for (const { ip } of status.podIPs!) out.add(1, `IP:\t${ip}`);
  }
  controllerLine(out, pod);
  if (status.nominatedNodeName) out.add(0, `NominatedNodeName:\t${status.nominatedNodeName}`);
  containersOf(out, pod);
  gateAndConditionLines(out, pod as Detailed);
  volumeLines(out, spec.volumes ?? [], "");
  if (status.qosClass) out.add(0, `QoS Class:\t${status.qosClass}`);
  labelLines(out, "Node-Selectors", spec.nodeSelector);
  tolerationLines(out, "Tolerations", spec.tolerations);
  topologySpreadLines(out, spec.topologySpreadConstraints, "");
};

const containersOf = (out: Parameters<Describe<Pod>>[0], pod: Pod): void => {
  const { spec, status } = pod;
  const options = { space: "", fieldValue: fieldValueOf(pod) };
  if ((spec.initContainers ?? []).length > 0) {
    containerLines(
      out,
      "Init Containers",
      spec.initContainers!,
      status.initContainerStatuses ?? [],
      options,
    );
  }
  containerLines(out, "Containers", spec.containers, status.containerStatuses ?? [], options);
};

/** What the downward API gives for a field. */
function fieldValueOf(pod: Pod): FieldValue {
  return (path) => {
    const key = /^metadata\.(labels|annotations)\['([^']+)'\]$/.exec(path);
    if (key !== null) return pod.metadata[key[1] as "labels" | "annotations"]?.[key[2]!] ?? "";
    const value = path
      .split(".")
      .reduce<unknown>(
        (object, field) => (object as Readonly<Record<string, unknown>> | undefined)?.[field],
        pod,
      );
    return typeof value === "string" || typeof value === "number" ? String(value) : "";
  };
}

const gateAndConditionLines = (
  out: Parameters<Describe<Pod>>[0],
  { spec, status }: Detailed,
): void => {
  const conditions = status.conditions ?? [];
  const gates = spec.readinessGates ?? [];
  if (gates.length > 0) {
    out.add(0, "Readiness Gates:");
    out.add(1, "Type\tStatus");
    for (const { conditionType } of gates) {
      const found = conditions.find(({ type }) => type === conditionType);
      out.add(1, `${conditionType} \t${found?.status ?? "<none>"} `);
    }
  }
  if (conditions.length === 0) return;
  out.add(0, "Conditions:");
  out.add(1, "Type\tStatus");
  for (const { type, status: is } of conditions) out.add(1, `${type} \t${is} `);
};
