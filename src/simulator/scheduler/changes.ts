/* Which changes of pods and nodes the scheduler looks at. */
import type { Node, Pod } from "../api/types.ts";
import { areOwnersSame, controllerOf } from "../controllers/informer.ts";
import { isPodFinished } from "../controllers/pod-status.ts";

/** Does a pod count for its node as it did before? */
export function isCountedAlike(before: Pod, now: Pod): boolean {
  return (
    before.spec.nodeName === now.spec.nodeName &&
    before.metadata.uid === now.metadata.uid &&
    controllerOf(before)?.uid === controllerOf(now)?.uid &&
    (before.metadata.deletionTimestamp === undefined) ===
      (now.metadata.deletionTimestamp === undefined)
  );
}

/** A pod that has its node, and in which nothing has changed that the scheduler looks at. */
export function isPlacedAlike(before: Pod, now: Pod): boolean {
  return (
    Boolean(now.spec.nodeName) &&
    before.spec === now.spec &&
    before.metadata.labels === now.metadata.labels &&
    areOwnersSame(before, now) &&
    isPodFinished(before) === isPodFinished(now) &&
    isCountedAlike(before, now)
  );
}

/** May the node take other pods than before? */
export function isChangeForScheduling(before: Node, now: Node): boolean {
  return (
    before.spec !== now.spec ||
    before.metadata.labels !== now.metadata.labels ||
    before.status.allocatable !== now.status.allocatable
  );
}
