import type { Resource, ResourceTypes } from "../types.ts";

/** What admission plugins see of the objects that are there already. */
export interface Stored {
  find<R extends Resource>(
    resource: R,
    namespace: string,
    name: string,
  ): ResourceTypes[R] | undefined;
  list<R extends Resource>(resource: R, namespace?: string): readonly ResourceTypes[R][];
}
