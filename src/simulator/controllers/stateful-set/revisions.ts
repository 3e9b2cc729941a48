/* The revisions of a StatefulSet: pkg/controller/statefulset/stateful_set_control.go. */
import { isStatus } from "../../api/status-error.ts";
import type { ControllerRevision, NewObject, Pod, StatefulSet } from "../../api/types.ts";
import { controllerRef } from "../controller-ref.ts";
import { hashRevision, isSameData, revisionData } from "../history/revision-data.ts";
import { nextRevision, revisionName } from "../history/revisions.ts";
import type { ControllerContext } from "../kube-controller-manager.ts";
import { revisionOf } from "./identity.ts";

/** The label of a revision with the hash of what it keeps (history.ControllerRevisionHashLabel). */
export const HASH = "controller.kubernetes.io/hash";

export interface SetRevisions {
  readonly current: ControllerRevision;
  readonly update: ControllerRevision;
  readonly collisionCount: number;
  /** The update revision was made or renumbered just now. */
  readonly changed: boolean;
}

/**
 * The revision of the set's template, which is made if there is none and gets the highest number if it was rolled back to, and the one that
 * its status calls current. `revisions` are sorted (getStatefulSetRevisions).
 */
export function setRevisions(
  { api }: ControllerContext,
  set: StatefulSet,
  revisions: readonly ControllerRevision[],
): SetRevisions {
  const data = revisionData(set.spec.template);
  const before = set.status.collisionCount ?? 0;
  const equal = revisions.findLast((revision) => isSameData(revision.data, data));
  const latest = revisions.at(-1);
  const found = equal !== undefined && equal === latest ? latest : undefined;
  const { update, collisionCount } =
    found !== undefined
      ? { update: found, collisionCount: before }
      : equal !== undefined
        ? {
            update: api.update("controllerrevisions", {
              ...equal,
              revision: nextRevision(revisions),
            }),
            collisionCount: before,
          }
        : create(api, set, nextRevision(revisions), before);
  const current = revisions.find(({ metadata }) => metadata.name === set.status.currentRevision);
  return { current: current ?? update, update, collisionCount, changed: found === undefined };
}

/** A name that is taken by another template's revision raises the collision count (history.CreateControllerRevision). */
function create(
  api: ControllerContext["api"],
  set: StatefulSet,
  revision: number,
  collisionsBefore: number,
): { readonly update: ControllerRevision; readonly collisionCount: number } {
  const { namespace = "" } = set.metadata;
  for (let collisionCount = collisionsBefore; ; collisionCount += 1) {
    const fresh = newRevision(set, revision, collisionCount);
    try {
      return { update: api.create("controllerrevisions", fresh), collisionCount };
    } catch (error) {
      if (!isStatus(error, "AlreadyExists")) throw error;
      const taken = api.find("controllerrevisions", namespace, fresh.metadata.name!);
      if (taken !== undefined && isSameData(taken.data, fresh.data)) {
        return { update: taken, collisionCount };
      }
    }
  }
}

function newRevision(
  set: StatefulSet,
  revision: number,
  collisionCount: number,
): NewObject<ControllerRevision> {
  const data = revisionData(set.spec.template);
  const hash = hashRevision(data, collisionCount);
  const { name, namespace, annotations } = set.metadata;
  return {
    apiVersion: "apps/v1",
    kind: "ControllerRevision",
    metadata: {
      name: revisionName(name, hash),
      namespace,
      labels: { ...set.spec.template.metadata?.labels, [HASH]: hash },
      ...(annotations === undefined ? {} : { annotations }),
      ownerReferences: [controllerRef(set)],
    },
    data,
    revision,
  };
}

/** Revisions beyond the limit of those that neither the status nor a pod names, the oldest first (truncateHistory). */
export function revisionsToTruncate(
  set: StatefulSet,
  revisions: readonly ControllerRevision[],
  pods: readonly Pod[],
  { current, update }: Pick<SetRevisions, "current" | "update">,
): ControllerRevision[] {
  const live = new Set([current.metadata.name, update.metadata.name, ...pods.map(revisionOf)]);
  const history = revisions.filter(({ metadata }) => !live.has(metadata.name));
  const limit = set.spec.revisionHistoryLimit ?? 10;
  return limit < 0 ? [] : history.slice(0, Math.max(0, history.length - limit));
}
