import { deepEqual } from "../deep-equal.ts";
import type { KubernetesObject } from "../types.ts";

interface WithSpec extends KubernetesObject {
  readonly spec?: unknown;
  readonly status?: unknown;
}

/** A new object starts with generation 1 and an empty status (the PrepareForCreate of most strategies). */
export function firstGeneration<T extends WithSpec>(object: T, status: T["status"]): T {
  return { ...object, status, metadata: { ...object.metadata, generation: 1 } };
}

/** The status stays, and the generation is raised when the spec changed (the PrepareForUpdate of most strategies). */
export function nextGeneration<T extends WithSpec>(object: T, old: T): T {
  return withGeneration(object, old, deepEqual(object.spec, old.spec));
}

/** As `nextGeneration`, but raised by annotations too, since a Deployment hands them on to its ReplicaSets (registry/apps/deployment strategy.go). */
export function nextDeploymentGeneration<T extends WithSpec>(object: T, old: T): T {
  const same =
    deepEqual(object.spec, old.spec) &&
    deepEqual(object.metadata.annotations ?? {}, old.metadata.annotations ?? {});
  return withGeneration(object, old, same);
}

function withGeneration<T extends WithSpec>(object: T, old: T, same: boolean): T {
  const before = old.metadata.generation ?? 0;
  const generation = same ? before : before + 1;
  return { ...object, status: old.status, metadata: { ...object.metadata, generation } };
}
