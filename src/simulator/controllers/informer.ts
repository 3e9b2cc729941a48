import type { WatchEvent } from "../api/server.ts";
import type { KubernetesObject, OwnerReference, Resource, ResourceTypes } from "../api/types.ts";

/** What an informer remembers: plain data, kept in the state of the actor that owns it. */
export interface InformerState {
  objects: Map<string, KubernetesObject>;
  /** By index, then by value: keys of the objects that have it. An index is made when it is asked for, and kept from then on. */
  indexes: Map<IndexName, Map<string, Set<string>>>;
}

/** Values under which an object is found in an index. */
export type Indexer = (object: KubernetesObject) => readonly string[];

/** Index of objects by the uid of their controller (the owner reference with `controller: true`). */
export const BY_CONTROLLER = "controller";
/** Index of objects by `namespace/key=value` of each label. */
export const BY_LABEL = "label";
/** Index of pods by node; pods without one under "". */
export const BY_NODE = "node";
/** Index of pods by namespace, of those without a controller. */
export const ORPHANS = "orphans";
/** Index of objects that own others, by uid. */
export const BY_UID = "uid";

const INDEXERS = {
  [BY_CONTROLLER]: (object) => {
    const uid = controllerOf(object)?.uid;
    return uid === undefined ? [] : [uid];
  },
  [BY_LABEL]: ({ metadata }) => labelValues(metadata),
  [BY_NODE]: (object) => [(object as ResourceTypes["pods"]).spec.nodeName ?? ""],
  [ORPHANS]: (object) =>
    controllerOf(object) === undefined ? [object.metadata.namespace ?? ""] : [],
  [BY_UID]: ({ metadata }) => [metadata.uid],
} satisfies Readonly<Record<string, Indexer>>;

/** Name of an index. */
export type IndexName = keyof typeof INDEXERS;

const knownValues = new WeakMap<
  object,
  { readonly namespace: string; readonly values: readonly string[] }
>();

/** The values of `BY_LABEL`. Labels are never changed, so they are made once for all caches and for an object's whole life. */
function labelValues({ labels, namespace = "" }: KubernetesObject["metadata"]): readonly string[] {
  if (labels === undefined) return [];
  const known = knownValues.get(labels);
  if (known?.namespace === namespace) return known.values;
  const values: string[] = [];
  for (const key in labels) values.push(labelIndexValue(namespace, key, labels[key]!));
  knownValues.set(labels, { namespace, values });
  return values;
}

/** The value of `BY_LABEL` for one label. */
export function labelIndexValue(namespace: string, key: string, value: string): string {
  return `${namespace}/${key}=${value}`;
}

/** The owner reference that controls an object (apimachinery meta/v1 GetControllerOf). */
export function controllerOf(object: KubernetesObject): OwnerReference | undefined {
  const { ownerReferences } = object.metadata;
  if (ownerReferences === undefined) return undefined;
  for (const owner of ownerReferences) if (owner.controller === true) return owner;
  return undefined;
}

/** Have the owners of an object not been written since? */
export function areOwnersSame(before: KubernetesObject, now: KubernetesObject): boolean {
  return before.metadata.ownerReferences === now.metadata.ownerReferences;
}

/**
 * The local, always somewhat stale copy of one resource that a component works from (client-go tools/cache SharedIndexInformer). The
 * component hands it each watch event before it looks.
 */
export class Informer<R extends Resource> {
  private readonly stateOf: () => InformerState;

  /** `stateOf` reads the state out of the owning actor, since a restored snapshot replaces it. */
  constructor(stateOf: () => InformerState) {
    this.stateOf = stateOf;
  }

  /** An empty cache. */
  static emptyState(): InformerState {
    return { objects: new Map(), indexes: new Map() };
  }

  /** Takes in a watch event; returns what the cache held before. */
  apply(event: WatchEvent<R>): ResourceTypes[R] | undefined {
    const { objects } = this.stateOf();
    const { key, object } = event;
    const old = objects.get(key);
    if (event.type === "DELETED") {
      objects.delete(key);
      if (old !== undefined) this.index(old, key, false);
    } else {
      objects.set(key, object);
      this.reindex(old, object, key);
    }
    return old as ResourceTypes[R] | undefined;
  }

  /** The object of that key (`namespace/name`), as far as this cache knows. */
  get(key: string): ResourceTypes[R] | undefined {
    return this.stateOf().objects.get(key) as ResourceTypes[R] | undefined;
  }

  /** How many objects there are. */
  get size(): number {
    return this.stateOf().objects.size;
  }

  /** All objects, in the order in which they came. */
  list(): ResourceTypes[R][] {
    return [...this.values()];
  }

  /** The same one by one, for who changes nothing meanwhile. */
  values(): Iterable<ResourceTypes[R]> {
    return this.stateOf().objects.values() as Iterable<ResourceTypes[R]>;
  }

  /** The objects with that value in an index. */
  by(index: IndexName, value: string): ResourceTypes[R][] {
    const keys = this.indexOf(index).get(value);
    if (keys === undefined) return [];
    const { objects } = this.stateOf();
    const found: ResourceTypes[R][] = [];
    for (const key of keys) found.push(objects.get(key) as ResourceTypes[R]);
    return found;
  }

  /** The object of that uid. */
  withUid(uid: string): ResourceTypes[R] | undefined {
    const { objects } = this.stateOf();
    for (const key of this.indexOf(BY_UID).get(uid) ?? []) {
      return objects.get(key) as ResourceTypes[R];
    }
    return undefined;
  }

  private indexOf(name: IndexName): ReadonlyMap<string, Set<string>> {
    const { objects, indexes } = this.stateOf();
    const known = indexes.get(name);
    if (known !== undefined) return known;
    const fresh = new Map<string, Set<string>>();
    for (const [key, object] of objects) enter(fresh, INDEXERS[name](object), key);
    indexes.set(name, fresh);
    return fresh;
  }

  private reindex(old: KubernetesObject | undefined, object: KubernetesObject, key: string): void {
    if (old === undefined) {
      this.index(object, key, true);
      return;
    }
    const sameMetadata =
      old.metadata.uid === object.metadata.uid &&
      old.metadata.labels === object.metadata.labels &&
      old.metadata.ownerReferences === object.metadata.ownerReferences;
    if (sameMetadata && nodeOf(old) === nodeOf(object)) return;
    const only = sameMetadata ? BY_NODE : undefined;
    this.index(old, key, false, only);
    this.index(object, key, true, only);
  }

  private index(object: KubernetesObject, key: string, present: boolean, only?: IndexName): void {
    for (const [name, byValue] of this.stateOf().indexes) {
      if (only !== undefined && name !== only) continue;
      const values = INDEXERS[name](object);
      if (present) enter(byValue, values, key);
      else leave(byValue, values, key);
    }
  }
}

function enter(index: Map<string, Set<string>>, values: readonly string[], key: string): void {
  for (const value of values) {
    const keys = index.get(value);
    if (keys === undefined) index.set(value, new Set([key]));
    else keys.add(key);
  }
}

function leave(index: Map<string, Set<string>>, values: readonly string[], key: string): void {
  for (const value of values) {
    const keys = index.get(value);
    if (keys?.delete(key) === true && keys.size === 0) index.delete(value);
  }
}

function nodeOf(object: KubernetesObject): string | undefined {
  return (object as { spec?: { nodeName?: string } }).spec?.nodeName;
}
