/* Names and labels of a StatefulSet's pods: pkg/controller/statefulset/stateful_set_utils.go. */
import type { NewObject, Pod, PodTemplateSpec, StatefulSet } from "../../api/types.ts";
import { controllerRef } from "../controller-ref.ts";
import { REVISION_HASH } from "../history/revisions.ts";

const POD_NAME = "statefulset.kubernetes.io/pod-name";
const POD_INDEX = "apps.kubernetes.io/pod-index";

/** Parent and ordinal in a pod's name; the ordinal is -1 when the name has none (getParentNameAndOrdinal). */
function parentAndOrdinal(name: string): {
  readonly parent: string;
  readonly ordinal: number;
} {
  const match = /^(.*)-(\d+)$/.exec(name);
  if (match === null) return { parent: "", ordinal: -1 };
  const ordinal = Number(match[2]);
  return { parent: match[1]!, ordinal: ordinal > 2147483647 ? -1 : ordinal };
}

export function ordinalOf({ metadata }: Pod): number {
  return parentAndOrdinal(metadata.name).ordinal;
}

/** The first ordinal (getStartOrdinal). */
export function startOrdinal({ spec }: StatefulSet): number {
  return spec.ordinals?.start ?? 0;
}

/** Does the pod's name say that it belongs to the set (isMemberOf)? */
export function isMemberOf({ metadata }: StatefulSet, pod: Pod): boolean {
  return parentAndOrdinal(pod.metadata.name).parent === metadata.name;
}

/** The name of the revision that the pod was made from (getPodRevision). */
export function revisionOf({ metadata }: Pod): string {
  return metadata.labels?.[REVISION_HASH] ?? "";
}

/** Has the pod the labels of its place (identityMatches)? */
export function hasIdentity(set: StatefulSet, { metadata }: Pod): boolean {
  const { parent, ordinal } = parentAndOrdinal(metadata.name);
  return (
    parent === set.metadata.name && ordinal >= 0 && metadata.labels?.[POD_NAME] === metadata.name
  );
}

/** The pod with the labels of its place (updateIdentity). */
export function withIdentity(pod: Pod): Pod {
  const { metadata } = pod;
  return {
    ...pod,
    metadata: { ...metadata, labels: { ...metadata.labels, ...place(metadata.name) } },
  };
}

function place(name: string): Readonly<Record<string, string>> {
  return { [POD_NAME]: name, [POD_INDEX]: String(parentAndOrdinal(name).ordinal) };
}

/**
 * The pod of an ordinal, made from a revision's template (newStatefulSetPod, setPodRevision).
 * Simplified: no PersistentVolumeClaims are made from volumeClaimTemplates, and none are mounted.
 */
export function newStatefulPod(
  set: StatefulSet,
  ordinal: number,
  revision: { readonly name: string; readonly template: PodTemplateSpec },
): NewObject<Pod> {
  const { template } = revision;
  const name = `${set.metadata.name}-${ordinal}`;
  const { labels, annotations } = template.metadata ?? {};
  const { serviceName } = set.spec;
  return {
    apiVersion: "v1",
    kind: "Pod",
    metadata: {
      name,
      generateName: `${set.metadata.name}-`,
      namespace: set.metadata.namespace,
      labels: { ...labels, ...place(name), [REVISION_HASH]: revision.name },
      ...(annotations === undefined ? {} : { annotations }),
      ownerReferences: [controllerRef(set)],
    },
    spec: { ...template.spec, hostname: name, ...(serviceName ? { subdomain: serviceName } : {}) },
    status: {},
  };
}
