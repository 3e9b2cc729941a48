/* Where the pods of a DaemonSet belong: pkg/controller/daemon/daemon_controller.go and util/daemonset_util.go. */
import { isFinalPhase } from "../../api/pod-phase.ts";
import { matchesNodeAffinity, NODE_NAME_FIELD } from "../../api/node-affinity.ts";
import { TEMPLATE_GENERATION } from "../../api/resources/workloads.ts";
import { untoleratedTaint } from "../../api/tolerations.ts";
import type {
  Affinity,
  DaemonSet,
  NewObject,
  Node,
  Pod,
  PodSpec,
  Toleration,
} from "../../api/types.ts";
import { controllerRef } from "../controller-ref.ts";
import { REVISION_HASH } from "../history/revisions.ts";

const POD_TEMPLATE_GENERATION = "pod-template-generation";

/** Whether a pod should be made on a node, and whether one that is there may stay. */
export interface ShouldRun {
  readonly run: boolean;
  readonly stay: boolean;
}

/** NodeShouldRunDaemonPod */
export function shouldRun({ spec: { template } }: DaemonSet, node: Node): ShouldRun {
  const spec = withDaemonTolerations(template.spec);
  const { name } = node.metadata;
  if ((spec.nodeName && spec.nodeName !== name) || !matchesNodeAffinity(spec, node)) {
    return { run: false, stay: false };
  }
  const run = untoleratedTaint(node, spec.tolerations, ["NoExecute", "NoSchedule"]) === undefined;
  return {
    run,
    stay: run || untoleratedTaint(node, spec.tolerations, ["NoExecute"]) === undefined,
  };
}

const tolerating = new WeakMap<PodSpec, PodSpec>();

/** The pod spec with the tolerations that every daemon pod has (AddOrUpdateDaemonPodTolerations): the same object each time. */
function withDaemonTolerations(spec: PodSpec): PodSpec {
  const known = tolerating.get(spec);
  if (known !== undefined) return known;
  const tolerations = [...(spec.tolerations ?? [])];
  for (const [state, effect] of DAEMON_TOLERATIONS) {
    const toleration = { key: `node.kubernetes.io/${state}`, operator: "Exists", effect };
    if (state === "network-unavailable" && spec.hostNetwork !== true) continue;
    const same = tolerations.findIndex((other) => isSameToleration(other, toleration));
    if (same < 0) tolerations.push(toleration);
    else tolerations[same] = toleration;
  }
  const tolerant = { ...spec, tolerations };
  tolerating.set(spec, tolerant);
  return tolerant;
}

const DAEMON_TOLERATIONS: readonly (readonly [state: string, effect: string])[] = [
  ["not-ready", "NoExecute"],
  ["unreachable", "NoExecute"],
  ["disk-pressure", "NoSchedule"],
  ["memory-pressure", "NoSchedule"],
  ["pid-pressure", "NoSchedule"],
  ["unschedulable", "NoSchedule"],
  ["network-unavailable", "NoSchedule"],
];

function isSameToleration(a: Toleration, b: Toleration): boolean {
  return (
    a.key === b.key &&
    a.effect === b.effect &&
    a.operator === b.operator &&
    (a.value ?? "") === (b.value ?? "")
  );
}

/** The node that a pod is on, or that its affinity names (GetTargetNodeName). */
function targetNode({ spec }: Pod): string | undefined {
  if (spec.nodeName) return spec.nodeName;
  const terms =
    spec.affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution?.nodeSelectorTerms;
  for (const { matchFields = [] } of terms ?? []) {
    const field = matchFields.find(
      ({ key, operator }) => key === NODE_NAME_FIELD && operator === "In",
    );
    if (field?.values?.length === 1) return field.values[0];
  }
  return undefined;
}

/** Pods by the node that they are on or meant for (getNodesToDaemonPods). */
export type PodsByNode = ReadonlyMap<string, readonly Pod[]>;

/** `withEnded`: also those that have ended and are being deleted. */
export function podsByNode(pods: readonly Pod[], withEnded = false): Map<string, Pod[]> {
  const byNode = new Map<string, Pod[]>();
  for (const pod of pods) {
    const ended = isFinalPhase(pod.status.phase);
    if (!withEnded && ended && pod.metadata.deletionTimestamp !== undefined) continue;
    const node = targetNode(pod);
    if (node === undefined) continue;
    const known = byNode.get(node);
    if (known === undefined) byNode.set(node, [pod]);
    else known.push(pod);
  }
  return byNode;
}

/** A daemon pod for a node: its affinity names the node, and the scheduler binds it (CreatePodTemplate, ReplaceDaemonSetPodNodeNameNodeAffinity). */
export function newDaemonPod(daemonSet: DaemonSet, node: string, hash: string): NewObject<Pod> {
  const { metadata, spec } = daemonSet;
  const { labels, annotations } = spec.template.metadata ?? {};
  const generation = metadata.annotations?.[TEMPLATE_GENERATION];
  const podSpec = withDaemonTolerations(spec.template.spec);
  return {
    apiVersion: "v1",
    kind: "Pod",
    metadata: {
      generateName: `${metadata.name}-`,
      namespace: metadata.namespace,
      labels: {
        ...labels,
        ...(generation === undefined ? {} : { [POD_TEMPLATE_GENERATION]: generation }),
        [REVISION_HASH]: hash,
      },
      ...(annotations === undefined ? {} : { annotations }),
      ownerReferences: [controllerRef(daemonSet)],
    },
    spec: { ...podSpec, affinity: onNode(podSpec.affinity, node) },
    status: {},
  };
}

/** The affinity with its required node terms replaced by the node's name. */
function onNode(affinity: Affinity | undefined, node: string): Affinity {
  return {
    ...affinity,
    nodeAffinity: {
      ...affinity?.nodeAffinity,
      requiredDuringSchedulingIgnoredDuringExecution: {
        nodeSelectorTerms: [
          { matchFields: [{ key: NODE_NAME_FIELD, operator: "In", values: [node] }] },
        ],
      },
    },
  };
}

/** Has the pod been made from the present template (IsPodUpdated)? */
export function isUpdated({ metadata }: DaemonSet, pod: Pod, hash: string): boolean {
  const { labels } = pod.metadata;
  const generation = metadata.annotations?.[TEMPLATE_GENERATION];
  return (
    labels?.[REVISION_HASH] === hash ||
    (generation !== undefined && labels?.[POD_TEMPLATE_GENERATION] === generation)
  );
}
