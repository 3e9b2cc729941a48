import { resources } from "./resources/index.ts";
import type { KubernetesObject, Resource } from "./types.ts";

/** `namespace/name`, or the name alone for what has no namespace. */
export function keyOf(resource: Resource, namespace: string, name: string): string {
  if (resources.get(resource)?.namespaced !== true) return name;
  if (name !== lastKey.name || namespace !== lastKey.namespace) {
    lastKey = { namespace, name, key: `${namespace}/${name}` };
  }
  return lastKey.key;
}

/** Who has looked an object up most often asks for it again at once, and a key that is asked for again need not be joined and hashed anew. */
let lastKey = { namespace: "", name: "", key: "/" };

/** The key of an object: `namespace/name`. */
export function objectKey({ metadata }: KubernetesObject): string {
  return metadata.namespace === undefined
    ? metadata.name
    : `${metadata.namespace}/${metadata.name}`;
}
