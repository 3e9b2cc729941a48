import type { Actor, Kernel } from "../kernel/kernel.ts";
import { generateName, uuid } from "./names.ts";
import { boundPod } from "./binding.ts";
import { charged } from "./admission/resource-quota.ts";
import { deepEqual } from "./deep-equal.ts";
import { finalizersFor, markedForDeletion, type DeleteOptions } from "./deletion.ts";
import { copyOf, keepIdentity, withAnnotations } from "./kept-metadata.ts";
import { keyOf, keyOfNew } from "./keys.ts";
import {
  alreadyExists,
  invalid,
  modifiedMeanwhile,
  notFound,
  refuseNamespace,
  refusePreconditions,
} from "./refusals.ts";
import type { ResourceDefinition } from "./resource.ts";
import { definitionOf, resources } from "./resources/index.ts";
import type { FieldError } from "./status-error.ts";
import { Store, type StoreState } from "./store.ts";
import { timestamp } from "./time.ts";
import type {
  KubernetesObject,
  Mutable,
  Namespace,
  NewObject,
  ObjectMeta,
  Resource,
  ResourceTypes,
} from "./types.ts";
import type { Observer, WatchRequest } from "./watches.ts";

export { deepEqual } from "./deep-equal.ts";
export type { DeleteOptions } from "./deletion.ts";
export { objectKey } from "./keys.ts";
export type { WatchEvent, WatchEventType, WatchRequest } from "./watches.ts";

export interface CreateOptions {
  /** The object comes from outside: validate it. Controllers' objects come from templates that have been validated. */
  readonly validate?: boolean;
  readonly dryRun?: boolean;
  /** The object was made for this call and is nobody else's: it becomes the server's own, and is not copied. */
  readonly handedOver?: boolean;
  /** The last change before the object is stored: the router writes down who manages which fields. */
  finish?(next: KubernetesObject, old: KubernetesObject | undefined): KubernetesObject;
}

/** Streams of random numbers of each resource. */
const STREAMS = Object.fromEntries(
  [...resources.keys()].map((plural) => [
    plural,
    { names: `names/${plural}`, uids: `uids/${plural}` },
  ]),
) as Readonly<Record<Resource, { readonly names: string; readonly uids: string }>>;

/** How often a generated name is tried (feature RetryGenerateName). */
const NAME_TRIES = 8;

/** The kube-apiserver: what its verbs do to the objects of its store, which tells watchers. */
export class ApiServer implements Actor {
  readonly name = "kube-apiserver";
  readonly on = {};
  private readonly kernel: Kernel;
  private readonly store: Store;
  private readonly refreshes = new Map<Resource, () => void>();

  constructor(kernel: Kernel) {
    this.kernel = kernel;
    this.store = new Store(kernel);
    kernel.register(this);
  }

  get state(): StoreState {
    return this.store.state;
  }

  set state(state: StoreState) {
    this.store.state = state;
  }

  /** Starts a watch. Actors watch from the beginning of time, so that there is no list to catch up with. */
  watch(request: WatchRequest): void {
    this.store.watches.start(request);
  }

  /** Adds an observer. */
  observe(observer: Observer): void {
    this.store.watches.observe(observer);
  }

  /** A resource that only clients read: whoever keeps it is told before each of their requests, and writes then. */
  refreshOnRequest(resource: Resource, refresh: () => void): void {
    this.refreshes.set(resource, refresh);
  }

  /** A client asks for a resource. */
  refresh(resource: Resource): void {
    this.refreshes.get(resource)?.();
  }

  /** Virtual time in milliseconds. */
  get now(): number {
    return this.kernel.now;
  }

  /** The latest resourceVersion given out. */
  get resourceVersion(): number {
    return this.state.resourceVersion;
  }

  /** The object, or a NotFound StatusError. */
  get<R extends Resource>(resource: R, namespace: string, name: string): ResourceTypes[R] {
    const found = this.find(resource, namespace, name);
    if (found === undefined) throw notFound(definitionOf(resource), name);
    return found;
  }

  /** The object, or undefined. */
  find<R extends Resource>(
    resource: R,
    namespace: string,
    name: string,
  ): ResourceTypes[R] | undefined {
    return this.store.collection(resource).get(keyOf(resource, namespace, name)) as
      ResourceTypes[R] | undefined;
  }

  /** All objects of a resource, of one namespace if it is given, in order of creation. */
  list<R extends Resource>(resource: R, namespace?: string): ResourceTypes[R][] {
    const all = [...this.store.collection(resource).values()] as ResourceTypes[R][];
    return namespace === undefined ? all : all.filter((o) => o.metadata.namespace === namespace);
  }

  /** Creates an object. Throws AlreadyExists, Invalid or NotFound (its namespace). */
  create<R extends Resource>(
    resource: R,
    object: NewObject<ResourceTypes[R]>,
    options: CreateOptions = {},
  ): ResourceTypes[R] {
    const kind = definitionOf(resource);
    const given = object.metadata;
    const namespace = kind.namespaced ? (given.namespace ?? "default") : undefined;
    const streams = STREAMS[resource];
    const name = given.name || this.unusedName(resource, namespace, given.generateName);
    const isOwn = options.handedOver === true;
    const own = (isOwn ? object : copyOf(object)) as unknown as Mutable<KubernetesObject>;
    const metadata = (isOwn ? given : copyOf(given)) as Mutable<ObjectMeta>;
    metadata.name = name;
    if (namespace !== undefined) metadata.namespace = namespace;
    metadata.uid = uuid(this.kernel.random(streams.uids));
    metadata.resourceVersion = "";
    metadata.creationTimestamp = timestamp(this.kernel.now);
    if (namespace !== undefined)
      refuseNamespace(kind, namespace, this.store.collection("namespaces").get(namespace), name);
    own.metadata = metadata;
    let fresh: KubernetesObject = own;
    let isChanged = false;
    if (kind.admit !== undefined) {
      // Admission comes before a name is made up.
      const unnamed = { ...metadata, name: given.name ?? "" };
      const admitted = kind.admit({ ...fresh, metadata: unnamed }, this);
      isChanged = admitted.metadata !== unnamed;
      fresh = { ...admitted, metadata: { ...admitted.metadata, name } };
    }
    if (kind.prepareForCreate !== undefined) fresh = kind.prepareForCreate(fresh);
    fresh = kind.setDefaults(fresh);
    const others = kind.allocate === undefined ? [] : [...this.store.collection(resource).values()];
    // What admission gave a controller's object, and notes in its annotations, was not in its template.
    if (options.validate === true || isChanged)
      this.refuseInvalid(kind, name, kind.validate(fresh, others));
    // Of what is handed over, events, there are many, and hardly one is ever asked for.
    const key = isOwn ? keyOfNew(namespace, name) : keyOf(resource, namespace ?? "", name);
    const collection = this.store.collection(resource);
    if (collection.has(key)) throw alreadyExists(kind, name);
    fresh = this.allocated(kind, resource, others, fresh, undefined);
    kind.refuse?.(fresh, this, undefined);
    // Events are no matter of quotas (resourcequota/config.go DefaultIgnoredResources).
    if (namespace !== undefined && !isOwn) this.charge(kind, fresh, options.dryRun === true);
    if (options.finish !== undefined) fresh = options.finish(fresh, undefined);
    if (options.dryRun === true) return fresh as ResourceTypes[R];
    return this.store.create(resource, key, fresh) as ResourceTypes[R];
  }

  /**
   * Replaces an object (spec and metadata; the status is kept as the kind's strategy says). Throws Conflict when the object was changed
   * since the version given, unless that is empty; NotFound; Invalid.
   */
  update<R extends Resource>(
    resource: R,
    object: ResourceTypes[R],
    options: CreateOptions = {},
  ): ResourceTypes[R] {
    const kind = definitionOf(resource);
    const { old, key } = this.current(kind, resource, object);
    const own = copyOf(object as Mutable<KubernetesObject>);
    own.metadata = keepIdentity(object.metadata, old.metadata);
    let next: KubernetesObject = own;
    if (kind.prepareForUpdate !== undefined) next = kind.prepareForUpdate(next, old);
    next = kind.setDefaults(next);
    if (kind.allocate !== undefined) {
      const others = [...this.store.collection(resource).values()].filter((other) => other !== old);
      next = this.allocated(kind, resource, others, next, old);
    }
    if (options.validate === true) {
      this.refuseInvalid(kind, next.metadata.name, kind.validateUpdate(next, old));
    }
    kind.refuse?.(next, this, old);
    if (options.finish !== undefined) next = options.finish(next, old);
    if (options.dryRun === true) return next as ResourceTypes[R];
    return this.store.replace(resource, key, next, old) as ResourceTypes[R];
  }

  /**
   * Replaces the status alone (the status subresource; conditions of a pod and labels may not change with it). Annotations come with it
   * when the object names its version: a Deployment's revision is written so (registry/apps/deployment statusStrategy).
   */
  updateStatus<R extends Resource>(
    resource: R,
    object: ResourceTypes[R],
    options: Omit<CreateOptions, "validate"> = {},
  ): ResourceTypes[R] {
    const { old, key } = this.current(definitionOf(resource), resource, object);
    const { status } = object as { status?: object };
    const { annotations, resourceVersion } = object.metadata;
    const metadata = resourceVersion ? withAnnotations(old.metadata, annotations) : old.metadata;
    const own = copyOf(old as Mutable<KubernetesObject> & { status?: object });
    own.metadata = metadata;
    own.status = status;
    let next: KubernetesObject = own;
    if (options.finish !== undefined) next = options.finish(next, old);
    if (options.dryRun === true) return next as ResourceTypes[R];
    const isStatusAlone = next === own && metadata === old.metadata;
    const isSame = isStatusAlone ? deepEqual(status, (old as typeof own).status) : undefined;
    return this.store.replace(resource, key, next, old, isSame) as ResourceTypes[R];
  }

  /** Binds a pod to a node (the binding subresource; registry/core/pod/storage BindingREST.assignPod). */
  bind(namespace: string, name: string, nodeName: string): void {
    const pod = this.get("pods", namespace, name);
    const bound = boundPod(pod, nodeName, this.kernel.now);
    this.store.replace("pods", keyOf("pods", namespace, name), bound, pod);
  }

  /** Replaces a namespace's spec.finalizers alone; without any, one that is being deleted goes (registry/core/namespace/storage FinalizeREST). */
  finalize(object: Namespace, options: { readonly dryRun?: boolean } = {}): Namespace {
    const { old, key } = this.current(definitionOf("namespaces"), "namespaces", object);
    const next = { ...old, spec: { finalizers: object.spec?.finalizers ?? [] } };
    if (options.dryRun === true) return next;
    return this.store.replace("namespaces", key, next, old) as Namespace;
  }

  /**
   * Deletes an object. A kind that is deleted gracefully (pods) gets deletionTimestamp = now + grace and stays until its kubelet deletes
   * it with a grace of 0; a second delete can only shorten the grace (apiserver registry/rest/delete.go BeforeDelete). An object with
   * finalizers stays until they are gone.
   */
  delete<R extends Resource>(
    resource: R,
    namespace: string,
    name: string,
    options: DeleteOptions = {},
  ): ResourceTypes[R] {
    const kind = definitionOf(resource);
    const old = this.get(resource, namespace, name) as KubernetesObject;
    refusePreconditions(kind, old, options.preconditions ?? {});
    kind.refuseDelete?.(old);
    const key = keyOf(resource, namespace, name);
    if (kind.terminate !== undefined && old.metadata.deletionTimestamp === undefined) {
      const next = kind.terminate(old, timestamp(this.kernel.now));
      if (options.dryRun === true) return next as ResourceTypes[R];
      return this.store.replace(resource, key, next, old) as ResourceTypes[R];
    }
    if (kind.isEmptied?.(old) === false) return old as ResourceTypes[R];
    const grace = kind.gracePeriodForDelete?.(old, options.gracePeriodSeconds) ?? 0;
    const finalizers = finalizersFor(old, options.propagationPolicy);
    const isGraceful = kind.gracePeriodForDelete !== undefined;
    if (!isGraceful && finalizers.length === 0) {
      if (options.dryRun !== true) this.store.remove(resource, key, old);
      return old as ResourceTypes[R];
    }
    const next = markedForDeletion(old, finalizers, grace, this.kernel.now);
    if (options.dryRun === true) return next as ResourceTypes[R];
    if (!isGraceful || grace > 0 || finalizers.length > 0) {
      return this.store.replace(resource, key, next, old) as ResourceTypes[R];
    }
    return this.store.markAndRemove(resource, key, next, old) as ResourceTypes[R];
  }

  /** A generated name that is free; after eight tries the last one, which is refused (registry/generic/registry store.go Create). */
  private unusedName(resource: Resource, namespace: string | undefined, base = ""): string {
    if (base === "") return "";
    const random = this.kernel.random(STREAMS[resource].names);
    let name = generateName(base, random);
    for (let tries = 1; tries < NAME_TRIES; tries += 1) {
      if (this.find(resource, namespace ?? "", name) === undefined) break;
      name = generateName(base, random);
    }
    return name;
  }

  /** Counts a new object for the quotas of its namespace. Throws Forbidden when it is too much. */
  private charge(kind: ResourceDefinition, object: KubernetesObject, isDryRun: boolean): void {
    if (this.store.collection("resourcequotas").size === 0) return;
    const quotas = this.list("resourcequotas", object.metadata.namespace);
    const counted = charged(kind, object, quotas, this.kernel.now);
    if (!isDryRun) for (const quota of counted) this.updateStatus("resourcequotas", quota);
  }

  private allocated(
    kind: ResourceDefinition,
    resource: Resource,
    others: readonly KubernetesObject[],
    object: KubernetesObject,
    old: KubernetesObject | undefined,
  ): KubernetesObject {
    if (kind.allocate === undefined) return object;
    return kind.allocate(object, old, others, this.kernel.random(`allocations/${resource}`));
  }

  private current(
    kind: ResourceDefinition,
    resource: Resource,
    object: KubernetesObject,
  ): { old: KubernetesObject; key: string } {
    const { name, namespace, resourceVersion } = object.metadata;
    const key = keyOf(resource, namespace ?? "", name);
    const old = this.store.collection(resource).get(key);
    if (old === undefined) throw notFound(kind, name);
    if (resourceVersion && resourceVersion !== old.metadata.resourceVersion) {
      throw modifiedMeanwhile(kind, name);
    }
    return { old, key };
  }

  private refuseInvalid(
    kind: ResourceDefinition,
    name: string,
    errors: readonly FieldError[],
  ): void {
    if (errors.length > 0) throw invalid(kind, name, errors);
  }
}
