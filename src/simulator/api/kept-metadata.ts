/* What of its metadata an object keeps through an update. */
import type { ObjectMeta } from "./types.ts";

/** The metadata of an update, with what no update changes (registry/rest/update.go BeforeUpdate). */
export function keepIdentity(next: ObjectMeta, old: ObjectMeta): ObjectMeta {
  return {
    ...next,
    uid: next.uid || old.uid,
    creationTimestamp: old.creationTimestamp,
    ...(old.generation === undefined ? {} : { generation: old.generation }),
    ...(old.deletionTimestamp === undefined
      ? {}
      : {
          deletionTimestamp: old.deletionTimestamp,
          deletionGracePeriodSeconds: old.deletionGracePeriodSeconds,
        }),
  };
}

/** The metadata with other annotations, if any are given. */
export function withAnnotations(
  metadata: ObjectMeta,
  annotations: ObjectMeta["annotations"],
): ObjectMeta {
  if (annotations === undefined || annotations === metadata.annotations) return metadata;
  return { ...metadata, annotations };
}
