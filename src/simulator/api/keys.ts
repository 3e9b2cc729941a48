import { resources } from "./resources/index.ts";
import type { KubernetesObject, Resource } from "./types.ts";

/** `namespace/name`, or the name alone for what has no namespace. */
export function keyOf(resource: Resource, namespace: string, name: string): string {
  return NAMESPACED.has(resource) ? joined(namespace, name) : name;
}

/** The same for one that has just been made, and may never be asked for again; `namespace`: undefined for what has none. */
export function keyOfNew(namespace: string | undefined, name: string): string {
  return namespace === undefined ? name : `${namespace}/${name}`;
}

/** The key of an object: `namespace/name`. */
export function objectKey({ metadata }: KubernetesObject): string {
  const { namespace, name } = metadata;
  return namespace === undefined ? name : joined(namespace, name);
}

const NAMESPACED: ReadonlySet<string> = new Set(
  [...resources].flatMap(([plural, { namespaced }]) => (namespaced ? [plural] : [])),
);

/** By namespace, then by name. */
const known = new Map<string, Map<string, string>>();

/** From so many on they are forgotten, and begun anew. */
const MANY = 50_000;
let count = 0;

/**
 * The same text for the same object, as long as it is remembered: one that is joined anew would have to be hashed anew each time it is looked up, which
 * takes longer than to look it up.
 */
function joined(namespace: string, name: string): string {
  let names = known.get(namespace);
  if (names === undefined) known.set(namespace, (names = new Map()));
  const key = names.get(name);
  return key ?? remember(names, namespace, name);
}

function remember(names: Map<string, string>, namespace: string, name: string): string {
  const key = `${namespace}/${name}`;
  if (count >= MANY) {
    known.clear();
    count = 0;
  } else {
    names.set(name, key);
    count += 1;
  }
  return key;
}
