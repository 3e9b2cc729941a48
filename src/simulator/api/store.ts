import type { Kernel } from "../kernel/kernel.ts";
import { sameExceptVersion } from "./deep-equal.ts";
import { copyOf } from "./kept-metadata.ts";
import { definitionOf, resources } from "./resources/index.ts";
import type { KubernetesObject, ObjectMeta, Resource } from "./types.ts";
import { Watches, type WatchEventType } from "./watches.ts";

/** What a store remembers: plain data, the state of its API server. */
export interface StoreState {
  resourceVersion: number;
  /** By resource, then by `namespace/name`. */
  objects: Map<Resource, Map<string, KubernetesObject>>;
  /** Virtual time of the last delivery of each watch, so that a later change never overtakes an earlier one. */
  lastDeliveryMs: number[];
}

/**
 * Where the API server keeps its objects (etcd, as apiserver storage/etcd3 uses it). Each change has the next resourceVersion, and watchers
 * hear of it. Every object is frozen and is replaced, never changed.
 */
export class Store {
  state: StoreState;
  readonly watches: Watches;
  private readonly kernel: Kernel;

  constructor(kernel: Kernel) {
    this.kernel = kernel;
    this.state = { resourceVersion: 0, objects: new Map(), lastDeliveryMs: [] };
    for (const plural of resources.keys()) this.state.objects.set(plural as Resource, new Map());
    this.watches = new Watches(kernel, () => this.state.lastDeliveryMs);
  }

  /** The objects of a resource by their keys, in order of creation. */
  collection(resource: Resource): ReadonlyMap<string, KubernetesObject> {
    return this.objectsOf(resource);
  }

  /** Stores an object that is new. */
  create(resource: Resource, key: string, object: KubernetesObject): KubernetesObject {
    return this.put("ADDED", resource, key, object, undefined);
  }

  /**
   * Stores a new version; one that differs in nothing is not written, and gets no new resourceVersion (as in etcd3 GuaranteedUpdate).
   * `isSame`: whether it does, where that is known already. An object that only waited for its last finalizer, or for its grace, goes with it.
   */
  replace(
    resource: Resource,
    key: string,
    next: KubernetesObject,
    old: KubernetesObject,
    isSame = sameExceptVersion(next, old),
  ): KubernetesObject {
    if (isSame) return old;
    const { deletionTimestamp, deletionGracePeriodSeconds, finalizers } = next.metadata;
    if (
      deletionTimestamp !== undefined &&
      (deletionGracePeriodSeconds ?? 0) === 0 &&
      (finalizers ?? []).length === 0 &&
      definitionOf(resource).isEmptied?.(next) !== false
    ) {
      this.remove(resource, key, next, old);
      return next;
    }
    return this.put("MODIFIED", resource, key, next, old);
  }

  /** Marks an object that is removed at once: watchers hear of both (registry/generic/registry/store.go Delete). */
  markAndRemove(
    resource: Resource,
    key: string,
    next: KubernetesObject,
    old: KubernetesObject,
  ): KubernetesObject {
    const marked = next === old ? old : this.put("MODIFIED", resource, key, next, old);
    this.remove(resource, key, marked);
    return marked;
  }

  /** Takes an object away; `old`: as watchers know it. */
  remove(resource: Resource, key: string, object: KubernetesObject, old = object): void {
    this.objectsOf(resource).delete(key);
    this.watches.tell("DELETED", resource, key, this.withVersion(object), old);
  }

  private put(
    type: WatchEventType,
    resource: Resource,
    key: string,
    object: KubernetesObject,
    old: KubernetesObject | undefined,
  ): KubernetesObject {
    const stored = this.withVersion(object);
    this.objectsOf(resource).set(key, stored);
    this.watches.tell(type, resource, key, stored, old);
    return stored;
  }

  /** The object as it is stored: with the next version, and frozen. What is not frozen yet was made for this and is not copied again. */
  private withVersion(object: KubernetesObject): KubernetesObject {
    this.state.resourceVersion += 1;
    const resourceVersion = String(this.state.resourceVersion);
    type Fresh = { metadata: ObjectMeta & { resourceVersion: string } };
    const fresh = (Object.isFrozen(object) ? copyOf(object) : object) as Fresh;
    if (Object.isFrozen(fresh.metadata)) fresh.metadata = copyOf(fresh.metadata);
    fresh.metadata.resourceVersion = resourceVersion;
    Object.freeze(fresh.metadata);
    return Object.freeze(fresh) as KubernetesObject;
  }

  private objectsOf(resource: Resource): Map<string, KubernetesObject> {
    const found = this.state.objects.get(resource);
    if (found === undefined) throw this.kernel.fault(`no such resource: ${resource}`);
    return found;
  }
}
