/* Deployments, ReplicaSets, StatefulSets and DaemonSets (describe.go). */
import {
  controllerOf,
  deepEqual,
  type DaemonSet,
  type Deployment,
  type PodTemplateSpec,
  type ReplicaSet,
  type StatefulSet,
} from "../../simulator/index.ts";
import { formatLabelSelector, labelsText, NONE, selectorText } from "../print/cells.ts";
import { conditionLines, controllerLine, listOf, podsStatus, type Describe } from "./describer.ts";
import { annotationLines, labelLines, longTime } from "./lines.ts";
import { templateLines } from "./pod-template.ts";

export const describeDeployment: Describe<Deployment> = (out, deployment, surroundings) => {
  const { metadata, spec, status } = deployment;
  out.add(0, `Name:\t${metadata.name}`);
  out.add(0, `Namespace:\t${metadata.namespace ?? ""}`);
  out.add(0, `CreationTimestamp:\t${longTime(metadata.creationTimestamp)}`);
  labelLines(out, "Labels", metadata.labels);
  annotationLines(out, "Annotations", metadata.annotations);
  out.add(0, `Selector:\t${selectorText(spec.selector)}`);
  const {
    updatedReplicas = 0,
    replicas = 0,
    availableReplicas = 0,
    unavailableReplicas = 0,
  } = status;
  out.add(
    0,
    `Replicas:\t${spec.replicas ?? 0} desired | ${updatedReplicas} updated | ${replicas} total | ${availableReplicas} available | ${unavailableReplicas} unavailable`,
  );
  out.add(0, `StrategyType:\t${spec.strategy?.type ?? ""}`);
  out.add(0, `MinReadySeconds:\t${spec.minReadySeconds ?? 0}`);
  const rolling = spec.strategy?.rollingUpdate;
  if (rolling !== undefined) {
    out.add(
      0,
      `RollingUpdateStrategy:\t${rolling.maxUnavailable} max unavailable, ${rolling.maxSurge} max surge`,
    );
  }
  templateLines(out, spec.template);
  conditionLines(out, status.conditions);
  const owned = listOf(surroundings, "replicasets", metadata.namespace ?? "", {
    labelSelector: selectorText(spec.selector),
  }).filter((rs) => controllerOf(rs)?.uid === metadata.uid);
  const current = newReplicaSet(owned, spec.template);
  const old = owned.filter((rs) => rs !== current);
  out.add(0, `OldReplicaSets:\t${replicaSetList(old)}`);
  out.add(0, `NewReplicaSet:\t${replicaSetList(current === undefined ? [] : [current])}`);
};

/** deploymentutil.FindNewReplicaSet: the oldest with the Deployment's template. */
function newReplicaSet(
  owned: readonly ReplicaSet[],
  template: PodTemplateSpec,
): ReplicaSet | undefined {
  const wanted = withoutHash(template);
  return owned
    .toSorted((a, b) =>
      (a.metadata.creationTimestamp ?? "") < (b.metadata.creationTimestamp ?? "") ? -1 : 1,
    )
    .find((rs) => deepEqual(withoutHash(rs.spec.template), wanted));
}

function withoutHash(template: PodTemplateSpec): object {
  const { "pod-template-hash": _hash, ...labels } = template.metadata?.labels ?? {};
  return { ...template, metadata: { ...template.metadata, labels } };
}

function replicaSetList(replicaSets: readonly ReplicaSet[]): string {
  const list = replicaSets.map(
    ({ metadata, spec, status }) =>
      `${metadata.name} (${status.replicas ?? 0}/${spec.replicas ?? 0} replicas created)`,
  );
  return list.length === 0 ? NONE : list.join(", ");
}

export const describeReplicaSet: Describe<ReplicaSet> = (out, replicaSet, surroundings) => {
  const { metadata, spec, status } = replicaSet;
  out.add(0, `Name:\t${metadata.name}`);
  out.add(0, `Namespace:\t${metadata.namespace ?? ""}`);
  out.add(0, `Selector:\t${selectorText(spec.selector)}`);
  labelLines(out, "Labels", metadata.labels);
  annotationLines(out, "Annotations", metadata.annotations);
  controllerLine(out, replicaSet);
  out.add(0, `Replicas:\t${status.replicas ?? 0} current / ${spec.replicas ?? 0} desired`);
  out.add(0, `Pods Status:\t${podsStatus(surroundings, replicaSet, spec.selector)}`);
  templateLines(out, spec.template);
  conditionLines(out, status.conditions);
};

export const describeStatefulSet: Describe<StatefulSet> = (out, set, surroundings) => {
  const { metadata, spec, status } = set;
  out.add(0, `Name:\t${metadata.name}`);
  out.add(0, `Namespace:\t${metadata.namespace ?? ""}`);
  out.add(0, `CreationTimestamp:\t${longTime(metadata.creationTimestamp)}`);
  out.add(0, `Selector:\t${formatLabelSelector(spec.selector)}`);
  labelLines(out, "Labels", metadata.labels);
  annotationLines(out, "Annotations", metadata.annotations);
  out.add(0, `Replicas:\t${spec.replicas ?? 0} desired | ${status.replicas ?? 0} total`);
  out.add(0, `Update Strategy:\t${spec.updateStrategy?.type ?? ""}`);
  const rolling = spec.updateStrategy?.rollingUpdate;
  if (rolling?.partition !== undefined) out.add(1, `Partition:\t${rolling.partition}`);
  if (rolling?.maxUnavailable !== undefined)
    out.add(1, `MaxUnavailable:\t${rolling.maxUnavailable}`);
  out.add(0, `Pods Status:\t${podsStatus(surroundings, set, spec.selector)}`);
  templateLines(out, spec.template);
  claimLines(out, set);
};

interface Claim {
  readonly metadata?: {
    readonly name?: string;
    readonly labels?: Readonly<Record<string, string>>;
  };
  readonly spec?: {
    readonly storageClassName?: string;
    readonly accessModes?: readonly string[];
    readonly resources?: { readonly requests?: { readonly storage?: string } };
  };
}

const claimLines: (out: Parameters<Describe<StatefulSet>>[0], set: StatefulSet) => void = (
  out,
  set,
) => {
  const { volumeClaimTemplates: claims = [] } = set.spec as {
    volumeClaimTemplates?: readonly Claim[];
  };
  out.add(0, claims.length === 0 ? `Volume Claims:\t${NONE}` : "Volume Claims:");
  for (const { metadata, spec } of claims) {
    out.add(1, `Name:\t${metadata?.name ?? ""}`);
    out.add(1, `StorageClass:\t${spec?.storageClassName ?? ""}`);
    labelLines(out, "  Labels", metadata?.labels);
    annotationLines(out, "  Annotations", undefined);
    out.add(1, `Capacity:\t${spec?.resources?.requests?.storage ?? "<default>"}`);
    out.add(1, `Access Modes:\t[${(spec?.accessModes ?? []).join(" ")}]`);
  }
};

export const describeDaemonSet: Describe<DaemonSet> = (out, set, surroundings) => {
  const { metadata, spec, status } = set;
  out.add(0, `Name:\t${metadata.name}`);
  // Upstream leaves the namespace out here.
  out.add(0, `Selector:\t${selectorText(spec.selector)}`);
  const { nodeSelector } = spec.template.spec as {
    nodeSelector?: Readonly<Record<string, string>>;
  };
  out.add(0, `Node-Selector:\t${labelsText(nodeSelector)}`);
  labelLines(out, "Labels", metadata.labels);
  annotationLines(out, "Annotations", metadata.annotations);
  const {
    desiredNumberScheduled = 0,
    currentNumberScheduled = 0,
    updatedNumberScheduled = 0,
    numberAvailable = 0,
    numberMisscheduled = 0,
  } = status;
  out.add(0, `Desired Number of Nodes Scheduled: ${desiredNumberScheduled}`);
  out.add(0, `Current Number of Nodes Scheduled: ${currentNumberScheduled}`);
  out.add(0, `Number of Nodes Scheduled with Up-to-date Pods: ${updatedNumberScheduled}`);
  out.add(0, `Number of Nodes Scheduled with Available Pods: ${numberAvailable}`);
  out.add(0, `Number of Nodes Misscheduled: ${numberMisscheduled}`);
  out.add(0, `Pods Status:\t${podsStatus(surroundings, set, spec.selector)}`);
  templateLines(out, spec.template);
};
