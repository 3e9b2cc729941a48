import type { KubernetesObject, Pod } from "../../api/types.ts";
import { controllerOf } from "../informer.ts";
import type { SharedInformers } from "../kube-controller-manager.ts";

/** How many pods the controllers of a budget's pods want in all, and which pods have none. */
export interface OwnersScale {
  readonly replicas: number;
  readonly unmanaged: readonly Pod[];
}

/** What keeps a budget from being worked out; its text goes into events and the condition. */
export class ScaleError extends Error {}

interface Owner {
  readonly uid: string;
  readonly replicas: number;
}

/** Kinds that own pods and have a scale subresource, with their resource. */
const SCALABLE = {
  Deployment: "deployments",
  ReplicaSet: "replicasets",
  StatefulSet: "statefulsets",
} as const;

/**
 * Adds up what the controllers of the pods want, each once (disruption.go getExpectedScale). Throws a `ScaleError` where a controller
 * cannot be asked: a DaemonSet has no scale.
 */
export function ownersScale(informers: SharedInformers, pods: readonly Pod[]): OwnersScale {
  const byOwner = new Map<string, number>();
  const asked = new Set<string>();
  const unmanaged: Pod[] = [];
  for (const pod of pods) {
    const reference = controllerOf(pod);
    if (reference === undefined) {
      unmanaged.push(pod);
      continue;
    }
    if (asked.has(reference.uid)) continue;
    asked.add(reference.uid);
    const owner = ownerOf(informers, pod);
    if (owner === undefined) {
      throw new ScaleError(`found no controllers for pod "${pod.metadata.name}"`);
    }
    byOwner.set(owner.uid, owner.replicas);
  }
  let replicas = 0;
  for (const wanted of byOwner.values()) replicas += wanted;
  return { replicas, unmanaged };
}

/** The finders: a ReplicaSet of a Deployment stands for the whole Deployment. */
function ownerOf(informers: SharedInformers, pod: Pod): Owner | undefined {
  const { kind, apiVersion } = controllerOf(pod)!;
  if (!(kind in SCALABLE)) {
    const [group] = apiVersion.split("/");
    throw new ScaleError(
      `${kind.toLowerCase()}s.${group} does not implement the scale subresource`,
    );
  }
  const owner = controlling(informers, pod);
  if (owner === undefined) return undefined;
  const above = controllerOf(owner)?.kind === "Deployment" ? controlling(informers, owner) : owner;
  if (above === undefined) return undefined;
  const { replicas = 1 } = (above as KubernetesObject & { spec: { replicas?: number } }).spec;
  return { uid: above.metadata.uid, replicas };
}

function controlling(
  informers: SharedInformers,
  object: KubernetesObject,
): KubernetesObject | undefined {
  const { kind, name, uid } = controllerOf(object)!;
  const resource = SCALABLE[kind as keyof typeof SCALABLE];
  const found = informers.of(resource).get(`${object.metadata.namespace ?? ""}/${name}`);
  return found?.metadata.uid === uid ? found : undefined;
}
