import { objectKey } from "../../api/server.ts";
import type { KubernetesObject, Resource, ResourceTypes } from "../../api/types.ts";

/**
 * What the controller has written itself and its informers have not brought back yet: it puts its own writes into their caches
 * (argo-rollouts rollout/controller.go writeBackToInformer, rollout/sync.go replicaSetInformer), so that it never does a thing twice.
 */
export class OwnWrites {
  /** By `resource namespace/name`: plain data, kept in the state of the controller. */
  private readonly stateOf: () => Map<string, KubernetesObject>;

  constructor(stateOf: () => Map<string, KubernetesObject>) {
    this.stateOf = stateOf;
  }

  note<R extends Resource>(resource: R, object: ResourceTypes[R]): ResourceTypes[R] {
    this.stateOf().set(`${resource} ${objectKey(object)}`, object);
    return object;
  }

  /** An informer has brought this version. */
  seen(resource: Resource, object: KubernetesObject, isDeleted: boolean): void {
    const written = this.stateOf();
    if (written.size === 0) return;
    const key = `${resource} ${objectKey(object)}`;
    const own = written.get(key);
    if (own !== undefined && (isDeleted || !isNewer(own, object))) written.delete(key);
  }

  /** The object as last written or, if that is newer, as the cache has it. */
  latest<R extends Resource>(
    resource: R,
    key: string,
    cached: ResourceTypes[R] | undefined,
  ): ResourceTypes[R] | undefined {
    const own = this.stateOf().get(`${resource} ${key}`) as ResourceTypes[R] | undefined;
    if (own === undefined) return cached;
    return cached === undefined || isNewer(own, cached) ? own : cached;
  }

  /** Objects of that resource that were written and that the cache does not have yet. */
  list<R extends Resource>(resource: R): ResourceTypes[R][] {
    const found: ResourceTypes[R][] = [];
    for (const [key, object] of this.stateOf()) {
      if (key.startsWith(`${resource} `)) found.push(object as ResourceTypes[R]);
    }
    return found;
  }
}

function isNewer(a: KubernetesObject, b: KubernetesObject): boolean {
  return Number(a.metadata.resourceVersion) > Number(b.metadata.resourceVersion);
}
