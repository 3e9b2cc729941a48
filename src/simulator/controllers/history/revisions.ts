import { millisecondsOf } from "../../api/time.ts";
import { selectorMatches } from "../../api/selectors.ts";
import type { ControllerRevision, KubernetesObject, LabelSelector } from "../../api/types.ts";
import { adopt, release, claimOf } from "../controller-ref.ts";
import { ifThere } from "../if-there.ts";
import { BY_CONTROLLER, controllerOf, ORPHANS } from "../informer.ts";
import type { ControllerContext } from "../kube-controller-manager.ts";

/** The label of a pod that names the revision that it was made from. */
export const REVISION_HASH = "controller-revision-hash";

/** Longest prefix of a revision's name (history/controller_history.go ControllerRevisionName). */
const MAX_PREFIX = 223;

/** `db-6c4f64fcf` */
export function revisionName(owner: string, hash: string): string {
  return `${owner.slice(0, MAX_PREFIX)}-${hash}`;
}

/** By revision, then by age, then by name (history/controller_history.go SortControllerRevisions). */
export function sortRevisions(revisions: readonly ControllerRevision[]): ControllerRevision[] {
  return revisions.toSorted(
    (a, b) =>
      a.revision - b.revision ||
      millisecondsOf(a.metadata.creationTimestamp) - millisecondsOf(b.metadata.creationTimestamp) ||
      (a.metadata.name < b.metadata.name ? -1 : 1),
  );
}

/** The number after the highest one in use. */
export function nextRevision(revisions: readonly ControllerRevision[]): number {
  return revisions.reduce((highest, { revision }) => Math.max(highest, revision), 0) + 1;
}

/** An owner of revisions. */
export interface RevisionOwner extends KubernetesObject {
  readonly spec: { readonly selector: LabelSelector };
}

/** The revisions of an owner that its selector matches, with adoption and release of those that changed sides. */
export function claimRevisions(
  { api, informers }: ControllerContext,
  owner: RevisionOwner,
): ControllerRevision[] {
  const all = informers.of("controllerrevisions");
  const { uid, namespace = "" } = owner.metadata;
  const claimed: ControllerRevision[] = [];
  for (const revision of [...all.by(BY_CONTROLLER, uid), ...all.by(ORPHANS, namespace)]) {
    const claim = claimOf(owner, owner.spec.selector, revision);
    if (claim === "keep") claimed.push(revision);
    else if (claim === "release") release(api, "controllerrevisions", owner, revision);
    else if (claim === "adopt") {
      const adopted = adopt(api, "controllerrevisions", owner, revision);
      if (adopted !== undefined) claimed.push(adopted);
    }
  }
  return claimed;
}

/** Deletes revisions; one that is gone already is no error. */
export function deleteRevisions(
  { api }: ControllerContext,
  revisions: readonly ControllerRevision[],
): void {
  for (const { metadata } of revisions) {
    ifThere(() => api.delete("controllerrevisions", metadata.namespace ?? "", metadata.name));
  }
}

/** Does the object control the revision and select it (kubectl polymorphichelpers/history.go)? */
export function isRevisionOf(owner: RevisionOwner, revision: ControllerRevision): boolean {
  return (
    controllerOf(revision)?.uid === owner.metadata.uid &&
    selectorMatches(owner.spec.selector, revision.metadata.labels)
  );
}
