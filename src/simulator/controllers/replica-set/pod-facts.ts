import { isSidecar } from "../../api/containers.ts";
import { millisecondsOf } from "../../api/time.ts";
import { labelsContain } from "../../api/selectors.ts";
import type { ContainerStatus, Pod, ReplicaSet } from "../../api/types.ts";
import { isPodReady, readySinceMs } from "../pod-status.ts";

/** What a ReplicaSet controller goes by when it counts its pods and chooses which to delete. */
export interface PodFacts {
  /** `namespace/name` */
  readonly key: string;
  readonly uid: string;
  /** Empty: not assigned. */
  readonly node: string;
  readonly phase: string;
  readonly ready: boolean;
  /** Virtual milliseconds; undefined when it is not ready or the time is not told. */
  readonly readySinceMs: number | undefined;
  readonly createdMs: number | undefined;
  readonly deletionCost: number;
  /** The most restarts of one container, and of one sidecar. */
  readonly restarts: number;
  readonly sidecarRestarts: number;
  /** Its labels have those of the template. */
  readonly fullyLabeled: boolean;
}

const DELETION_COST = "controller.kubernetes.io/pod-deletion-cost";

/** The facts of a pod of a ReplicaSet. */
export function podFacts(
  pod: Pod,
  key: string,
  template: ReplicaSet["spec"]["template"],
): PodFacts {
  const { metadata, spec, status } = pod;
  const ready = isPodReady(pod);
  return Object.freeze({
    key,
    uid: metadata.uid,
    node: spec.nodeName ?? "",
    phase: status.phase ?? "",
    ready,
    readySinceMs: ready ? readySinceMs(pod) : undefined,
    createdMs: metadata.creationTimestamp ? millisecondsOf(metadata.creationTimestamp) : undefined,
    deletionCost: deletionCost(metadata.annotations?.[DELETION_COST]),
    restarts: maxRestarts(status.containerStatuses),
    sidecarRestarts: sidecarRestarts(pod),
    fullyLabeled: hasTemplateLabels(pod, template),
  });
}

/** Do the pod's labels hold all of the template's? Pods made from the template share its labels object's values. */
function hasTemplateLabels(pod: Pod, template: ReplicaSet["spec"]["template"]): boolean {
  return labelsContain(pod.metadata.labels, template.metadata?.labels);
}

/** controller_utils.go getDeletionCostFromPodAnnotations: a 32-bit number, 0 if it is absent or not one. */
export function deletionCost(text: string | undefined): number {
  if (text === undefined || !/^(0|-?[1-9]\d*)$/.test(text)) return 0;
  const cost = Number(text);
  return cost > 2147483647 || cost < -2147483648 ? 0 : cost;
}

function maxRestarts(statuses: readonly ContainerStatus[] | undefined): number {
  let max = 0;
  for (const { restartCount } of statuses ?? []) if (restartCount > max) max = restartCount;
  return max;
}

function sidecarRestarts({ spec, status }: Pod): number {
  if (status.initContainerStatuses === undefined) return 0;
  const sidecars = new Set((spec.initContainers ?? []).filter(isSidecar).map((c) => c.name));
  return maxRestarts(status.initContainerStatuses.filter((s) => sidecars.has(s.name)));
}
