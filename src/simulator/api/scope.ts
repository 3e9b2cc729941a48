import type { ResourceDefinition } from "./resource.ts";
import type { KubernetesObject } from "./types.ts";

/** The object of a kind that knows no namespaces is in none, whatever it says (registry/rest/meta.go EnsureObjectNamespaceMatchesRequestNamespace). */
export function withoutNamespace<T extends KubernetesObject>(
  { namespaced }: ResourceDefinition,
  object: T,
): T {
  if (namespaced || !object.metadata?.namespace) return object;
  const { namespace: _none, ...metadata } = object.metadata;
  return { ...object, metadata };
}
