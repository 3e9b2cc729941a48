import type { DeleteOptions, WatchEvent } from "../../api/server.ts";
import { resources } from "../../api/resources/index.ts";
import { isStatus } from "../../api/status-error.ts";
import type { KubernetesObject, OwnerReference, Resource, ResourceTypes } from "../../api/types.ts";
import type { Spread } from "../../kernel/random.ts";
import { changeOwners } from "../controller-ref.ts";
import { ClientRateLimit, type ClientRateLimitState } from "../client-rate-limit.ts";
import { areOwnersSame } from "../informer.ts";
import type { Controller, ControllerContext } from "../kube-controller-manager.ts";
import { WorkQueue, type WorkQueueState } from "../work-queue.ts";

/** --concurrent-gc-syncs */
const WORKERS = 20;
/** From a change that the collector has seen to what it does about it, as in recordings of a real control plane. */
const SYNC_DELAY: Spread = { min: 1, median: 9, max: 60 };
/** From the dependents' release to the end of the finalizer that held their owner back, as recorded. */
const ORPHAN_CALLS: Spread = { min: 20, median: 55, max: 110 };
/** Deletions a second: twice the ordinary rate of calls, and two calls for each (cmd/kube-controller-manager core.go). */
const DELETIONS_PER_SECOND = 20;
const BURST = 15;

const FOREGROUND = "foregroundDeletion";
const ORPHAN = "orphan";
const NO_OWNERS: readonly OwnerReference[] = [];

interface State {
  queue: WorkQueueState;
  client: ClientRateLimitState;
  /** Items by the uid of each of their owners. */
  dependents: Map<string, Set<string>>;
  /** The item of each object that is known to exist, by uid: `pods default/web-1`. */
  items: Map<string, string>;
}

/** Deletes what has lost its owner (pkg/controller/garbagecollector/garbagecollector.go). */
class GarbageCollector implements Controller {
  readonly name = "generic-garbage-collector";
  state: State = {
    queue: WorkQueue.emptyState(),
    client: ClientRateLimit.emptyState(),
    dependents: new Map(),
    items: new Map(),
  };
  readonly on = {
    sync: (item: string) => this.sync(item),
    enqueue: (item: string) => this.queue.add(item),
  };
  private readonly context: ControllerContext;
  private readonly queue: WorkQueue;
  private readonly client: ClientRateLimit;

  constructor(context: ControllerContext) {
    this.context = context;
    this.client = new ClientRateLimit(() => this.state.client, DELETIONS_PER_SECOND, BURST);
    this.queue = new WorkQueue(context.kernel, {
      actor: this.name,
      workers: WORKERS,
      syncDelay: SYNC_DELAY,
      stateOf: () => this.state.queue,
    });
  }

  /** graph_builder.go processGraphChanges */
  onChange(event: WatchEvent, old: ResourceTypes[Resource] | undefined): void {
    const { object, resource, key, type } = event;
    const { uid, ownerReferences = NO_OWNERS, deletionTimestamp, finalizers } = object.metadata;
    const isUpdate = type === "MODIFIED" && old?.metadata.uid === uid;
    // Neither what it hangs on nor its end has changed.
    if (isUpdate && areOwnersSame(old, object) && deletionTimestamp === undefined) return;
    const { items } = this.state;
    const known = items.get(uid);
    const item = known ?? `${resource} ${key}`;
    if (type === "DELETED") {
      items.delete(uid);
      this.unlink(item, ownerReferences);
      for (const dependent of this.dependentsOf(uid)) this.queue.add(dependent);
      // An owner that waits for its dependents looks again.
      for (const owner of ownerReferences) {
        const waiting = items.get(owner.uid);
        if (waiting !== undefined && owner.blockOwnerDeletion === true) this.queue.add(waiting);
      }
      return;
    }
    const isNew = known === undefined;
    if (isNew) items.set(uid, item);
    const before = old?.metadata.ownerReferences ?? NO_OWNERS;
    if (isNew || before !== ownerReferences) {
      if (!isNew) this.unlink(item, before);
      this.link(item, ownerReferences);
    }
    const orphaned = ownerReferences.some((owner) => !items.has(owner.uid));
    const collects = finalizers?.some((f) => f === FOREGROUND || f === ORPHAN) === true;
    if (orphaned || (deletionTimestamp !== undefined && collects)) this.queue.add(item);
  }

  private link(item: string, owners: readonly OwnerReference[]): void {
    const { dependents } = this.state;
    for (const { uid } of owners) {
      const known = dependents.get(uid);
      if (known === undefined) dependents.set(uid, new Set([item]));
      else known.add(item);
    }
  }

  private unlink(item: string, owners: readonly OwnerReference[]): void {
    const { dependents } = this.state;
    for (const { uid } of owners) {
      const known = dependents.get(uid);
      if (known?.delete(item) && known.size === 0) dependents.delete(uid);
    }
  }

  private dependentsOf(uid: string): string[] {
    return [...(this.state.dependents.get(uid) ?? [])];
  }

  private sync(item: string): void {
    const { kernel } = this.context;
    if (this.queue.holdUp(item, this.client.debt(kernel.now))) return;
    this.queue.work(item, () => {
      const found = this.find(item);
      if (found !== undefined) this.attemptToDelete(item, found);
      return undefined;
    });
  }

  /** attemptToDeleteItem */
  private attemptToDelete(item: string, object: KubernetesObject): void {
    const { ownerReferences = [], deletionTimestamp, finalizers = [], uid } = object.metadata;
    if (deletionTimestamp !== undefined) {
      if (finalizers.includes(FOREGROUND)) this.collectDependents(item, object);
      else if (finalizers.includes(ORPHAN)) this.orphanDependents(item, object);
      return;
    }
    if (ownerReferences.length === 0) return;
    const solid: OwnerReference[] = [];
    let waiting = 0;
    for (const reference of ownerReferences) {
      const owner = this.ownerOf(object, reference);
      if (owner === undefined) continue;
      if (isWaitingForDependents(owner)) waiting += 1;
      else solid.push(reference);
    }
    const resource = resourceOf(item);
    if (solid.length === ownerReferences.length) return;
    this.client.reserve(this.context.kernel.now);
    if (solid.length > 0) {
      changeOwners(this.context.api, resource, object, solid);
      return;
    }
    const blocked = waiting > 0 && this.dependentsOf(uid).length > 0;
    this.delete(resource, object, blocked ? "Foreground" : "Background");
  }

  private delete(
    resource: Resource,
    { metadata }: KubernetesObject,
    propagationPolicy: DeleteOptions["propagationPolicy"],
  ): void {
    const preconditions = { uid: metadata.uid };
    try {
      this.context.api.delete(resource, metadata.namespace ?? "", metadata.name, {
        propagationPolicy,
        preconditions,
      });
    } catch (error) {
      if (!isStatus(error, "NotFound", "Conflict")) throw error;
    }
  }

  /** processDeletingDependentsItem: an owner that goes last. */
  private collectDependents(item: string, owner: KubernetesObject): void {
    const { uid } = owner.metadata;
    let blocking = false;
    for (const dependent of this.dependentsOf(uid)) {
      const object = this.find(dependent);
      const reference = object?.metadata.ownerReferences?.find((ref) => ref.uid === uid);
      if (object === undefined || reference?.blockOwnerDeletion !== true) continue;
      blocking = true;
      if (object.metadata.deletionTimestamp === undefined) this.queue.add(dependent);
    }
    if (!blocking) this.removeFinalizer(item, owner, FOREGROUND);
  }

  /** orphanDependents, attemptToOrphanWorker: dependents that are left behind. */
  private orphanDependents(item: string, owner: KubernetesObject): void {
    const { api, kernel } = this.context;
    let released = 0;
    for (const dependent of this.dependentsOf(owner.metadata.uid)) {
      const object = this.find(dependent);
      const references = object?.metadata.ownerReferences ?? [];
      const others = references.filter((ref) => ref.uid !== owner.metadata.uid);
      if (object === undefined || others.length === references.length) continue;
      this.client.reserve(kernel.now);
      changeOwners(api, resourceOf(dependent), object, others);
      released += 1;
    }
    if (released === 0) this.removeFinalizer(item, owner, ORPHAN);
    else this.queue.addAfter(item, kernel.random(`orphans/${this.name}`).spread(ORPHAN_CALLS));
  }

  private removeFinalizer(item: string, object: KubernetesObject, finalizer: string): void {
    const finalizers = (object.metadata.finalizers ?? []).filter((f) => f !== finalizer);
    this.context.api.update(resourceOf(item), {
      ...object,
      metadata: { ...object.metadata, finalizers },
    } as ResourceTypes[Resource]);
  }

  /** The object of an item as the API server has it now. */
  private find(item: string): KubernetesObject | undefined {
    const key = item.slice(item.indexOf(" ") + 1);
    const slash = key.indexOf("/");
    const [namespace, name] = slash < 0 ? ["", key] : [key.slice(0, slash), key.slice(slash + 1)];
    return this.context.api.find(resourceOf(item), namespace, name);
  }

  /** The owner that a reference names, as the API server has it now. */
  private ownerOf(
    { metadata }: KubernetesObject,
    { kind, name, uid }: OwnerReference,
  ): KubernetesObject | undefined {
    for (const definition of resources.values()) {
      if (definition.kind !== kind) continue;
      const resource = definition.plural as Resource;
      const owner = this.context.api.find(resource, metadata.namespace ?? "", name);
      return owner?.metadata.uid === uid ? owner : undefined;
    }
    return undefined;
  }
}

/** The registration of the controller. */
export function garbageCollector(context: ControllerContext): Controller {
  return new GarbageCollector(context);
}

function isWaitingForDependents({ metadata }: KubernetesObject): boolean {
  const { deletionTimestamp, finalizers = [] } = metadata;
  return deletionTimestamp !== undefined && finalizers.includes(FOREGROUND);
}

function resourceOf(item: string): Resource {
  return item.slice(0, item.indexOf(" ")) as Resource;
}
