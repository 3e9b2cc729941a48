/* How an object is marked for its deletion (apiserver registry/rest/delete.go). */
import type { Preconditions } from "./refusals.ts";
import { parseTimestamp, timestamp } from "./time.ts";
import type { KubernetesObject, ObjectMeta } from "./types.ts";

export interface DeleteOptions {
  readonly dryRun?: boolean;
  readonly gracePeriodSeconds?: number;
  readonly preconditions?: Preconditions;
  readonly propagationPolicy?: "Background" | "Foreground" | "Orphan";
}

/**
 * The object with its deletionTimestamp and grace. A second delete can only shorten the grace, which counts from the first (BeforeDelete).
 * The object itself when nothing changes.
 */
export function markedForDeletion(
  object: KubernetesObject,
  finalizers: readonly string[],
  graceSeconds: number,
  nowMs: number,
): KubernetesObject {
  const { deletionTimestamp, deletionGracePeriodSeconds = 0 } = object.metadata;
  const hadSome = (object.metadata.finalizers ?? []).length > 0;
  const kept = finalizers.length > 0 || hadSome ? { finalizers } : {};
  if (deletionTimestamp === undefined) {
    return withMetadata(object, {
      ...kept,
      deletionTimestamp: timestamp(nowMs + graceSeconds * 1000),
      deletionGracePeriodSeconds: graceSeconds,
      ...nextGeneration(object.metadata),
    });
  }
  if (graceSeconds >= deletionGracePeriodSeconds) {
    return kept.finalizers === undefined ? object : withMetadata(object, kept);
  }
  const since = parseTimestamp(deletionTimestamp) - deletionGracePeriodSeconds * 1000;
  return withMetadata(object, {
    ...kept,
    deletionTimestamp: timestamp(since + graceSeconds * 1000),
    deletionGracePeriodSeconds: graceSeconds,
  });
}

/** A deletion is a change of the desired state, so it raises the generation. */
function nextGeneration({ generation }: ObjectMeta): Partial<ObjectMeta> {
  return generation === undefined ? {} : { generation: generation + 1 };
}

function withMetadata(object: KubernetesObject, metadata: Partial<ObjectMeta>): KubernetesObject {
  return { ...object, metadata: { ...object.metadata, ...metadata } };
}

/** The finalizers that a deletion leaves: how dependents are treated is one of them (registry/generic/registry/store.go deletionFinalizersForGarbageCollection). */
export function finalizersFor(
  object: KubernetesObject,
  policy: DeleteOptions["propagationPolicy"],
): string[] {
  const kept = (object.metadata.finalizers ?? []).filter(
    (f) => f !== "foregroundDeletion" && f !== "orphan",
  );
  if (policy === "Foreground") kept.push("foregroundDeletion");
  if (policy === "Orphan") kept.push("orphan");
  return policy === undefined ? [...(object.metadata.finalizers ?? [])] : kept;
}
