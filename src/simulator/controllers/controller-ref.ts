import type { ApiServer } from "../api/server.ts";
import { selectorMatches } from "../api/selectors.ts";
import { isStatus } from "../api/status-error.ts";
import type {
  KubernetesObject,
  LabelSelector,
  OwnerReference,
  Resource,
  ResourceTypes,
} from "../api/types.ts";
import { controllerOf } from "./informer.ts";

/** The reference by which an object controls another (apimachinery meta/v1 NewControllerRef). */
export function controllerRef(owner: KubernetesObject): OwnerReference {
  return {
    apiVersion: owner.apiVersion,
    kind: owner.kind,
    name: owner.metadata.name,
    uid: owner.metadata.uid,
    controller: true,
    blockOwnerDeletion: true,
  };
}

/** What a controller should do about an object that it may own. */
export type Claim = "keep" | "adopt" | "release" | "ignore";

/**
 * The rule of adoption and release by labels and owner references
 * (pkg/controller/controller_ref_manager.go BaseControllerRefManager.ClaimObject).
 */
export function claimOf(
  owner: KubernetesObject,
  selector: LabelSelector,
  object: KubernetesObject,
): Claim {
  const ref = controllerOf(object);
  const matches = selectorMatches(selector, object.metadata.labels);
  const ownerGoes = owner.metadata.deletionTimestamp !== undefined;
  if (ref !== undefined) {
    if (ref.uid !== owner.metadata.uid) return "ignore";
    if (matches) return "keep";
    return ownerGoes ? "ignore" : "release";
  }
  if (ownerGoes || !matches || object.metadata.deletionTimestamp !== undefined) return "ignore";
  return owner.metadata.namespace === object.metadata.namespace ? "adopt" : "ignore";
}

/** Makes the owner the controller of an orphan. Returns undefined when the orphan has gone (AdoptPod, AdoptReplicaSet). */
export function adopt<R extends Resource>(
  api: ApiServer,
  resource: R,
  owner: KubernetesObject,
  orphan: ResourceTypes[R],
): ResourceTypes[R] | undefined {
  const { ownerReferences = [] } = orphan.metadata;
  return changeOwners(api, resource, orphan, [...ownerReferences, controllerRef(owner)]);
}

/** Takes the owner's reference off an object (ReleasePod, ReleaseReplicaSet). */
export function release<R extends Resource>(
  api: ApiServer,
  resource: R,
  owner: KubernetesObject,
  object: ResourceTypes[R],
): void {
  const { ownerReferences = [] } = object.metadata;
  const others = ownerReferences.filter((ref) => ref.uid !== owner.metadata.uid);
  changeOwners(api, resource, object, others);
}

/** A patch of metadata.ownerReferences that holds for the object of that uid alone. */
export function changeOwners<R extends Resource>(
  api: ApiServer,
  resource: R,
  { metadata }: KubernetesObject,
  ownerReferences: readonly OwnerReference[],
): ResourceTypes[R] | undefined {
  const current = api.find(resource, metadata.namespace ?? "", metadata.name);
  if (current === undefined || current.metadata.uid !== metadata.uid) return undefined;
  try {
    const { ownerReferences: _replaced, ...others } = current.metadata;
    return api.update(resource, {
      ...current,
      metadata: ownerReferences.length === 0 ? others : { ...others, ownerReferences },
    });
  } catch (error) {
    if (isStatus(error, "NotFound", "Invalid")) return undefined;
    throw error;
  }
}
