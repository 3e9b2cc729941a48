import { selectorMatches } from "../api/selectors.ts";
import type { WatchEvent } from "../api/server.ts";
import type { KubernetesObject, LabelSelector, Pod, ResourceTypes } from "../api/types.ts";
import { areOwnersSame, controllerOf } from "./informer.ts";
import type { SharedInformers } from "./kube-controller-manager.ts";

/** Resources whose objects own others by a selector. */
type Owners = "deployments" | "replicasets" | "statefulsets" | "daemonsets";

const KINDS: Readonly<Record<Owners, string>> = {
  deployments: "Deployment",
  replicasets: "ReplicaSet",
  statefulsets: "StatefulSet",
  daemonsets: "DaemonSet",
};

/** The object of that resource that controls another one, as far as the cache knows (the controllers' resolveControllerRef). */
export function resolveController<R extends Owners>(
  informers: SharedInformers,
  resource: R,
  object: KubernetesObject,
): ResourceTypes[R] | undefined {
  const reference = controllerOf(object);
  if (reference?.kind !== KINDS[resource]) return undefined;
  const owner = informers.of(resource).withUid(reference.uid);
  const { namespace } = object.metadata;
  const isIt = owner?.metadata.name === reference.name && owner.metadata.namespace === namespace;
  return isIt ? owner : undefined;
}

const NONE: readonly never[] = [];

/** Who is to look whether to adopt a pod: it has no controller, and is new or has other labels or owners than before (addPod, updatePod). */
export function claimants<R extends Owners>(
  informers: SharedInformers,
  resource: R,
  { type, object: pod }: WatchEvent<"pods">,
  old: Pod | undefined,
): readonly ResourceTypes[R][] {
  const isSame =
    old !== undefined && old.metadata.labels === pod.metadata.labels && areOwnersSame(old, pod);
  const isGoing = type === "DELETED" || pod.metadata.deletionTimestamp !== undefined;
  if (isSame || isGoing || controllerOf(pod) !== undefined) return NONE;
  return selecting(informers, resource, pod);
}

/**
 * The objects of that resource that may want to adopt an orphan (getDeploymentsForReplicaSet, getPodReplicaSets, getStatefulSetsForPod,
 * getDaemonSetsForPod).
 */
export function selecting<R extends Owners>(
  informers: SharedInformers,
  resource: R,
  { metadata }: KubernetesObject,
): ResourceTypes[R][] {
  return informers
    .of(resource)
    .list()
    .filter((owner) => {
      const { selector } = (owner as { readonly spec: { readonly selector: LabelSelector } }).spec;
      return (
        owner.metadata.namespace === metadata.namespace &&
        selectorMatches(selector, metadata.labels)
      );
    });
}
