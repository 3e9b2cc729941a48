/* The revisions of a DaemonSet: pkg/controller/daemon/update.go. */
import { isStatus } from "../../api/status-error.ts";
import type { ControllerRevision, DaemonSet, Pod } from "../../api/types.ts";
import { controllerRef } from "../controller-ref.ts";
import { podTemplateHash } from "../deployment/pod-template-hash.ts";
import { isSameData, revisionData } from "../history/revision-data.ts";
import {
  claimRevisions,
  nextRevision,
  REVISION_HASH,
  revisionName,
  sortRevisions,
} from "../history/revisions.ts";
import type { ControllerContext } from "../kube-controller-manager.ts";

export interface History {
  readonly current: ControllerRevision;
  readonly old: readonly ControllerRevision[];
  /** The label of pods of the present template. */
  readonly hash: string;
  /** The present revision was made or renumbered just now. */
  readonly changed: boolean;
}

/**
 * The revision of the DaemonSet's template, which is made if there is none and gets the highest number if it was rolled back to
 * (constructHistory). Of several for the same template the highest is kept (dedupCurHistories).
 */
export function historyOf(
  context: ControllerContext,
  daemonSet: DaemonSet,
  pods: readonly Pod[],
): History {
  const { api } = context;
  const data = revisionData(daemonSet.spec.template);
  const all = sortRevisions(claimRevisions(context, daemonSet));
  const equal = all.filter((revision) => isSameData(revision.data, data));
  const old = all.filter((revision) => !equal.includes(revision));
  const revision = nextRevision(old);
  const known = equal.at(-1);
  if (known === undefined) {
    return historyWith(createRevision(context, daemonSet, revision), old, true);
  }
  if (equal.length > 1) removeDuplicates(context, equal, pods);
  if (known.revision >= revision) return historyWith(known, old, false);
  return historyWith(api.update("controllerrevisions", { ...known, revision }), old, true);
}

function historyWith(
  current: ControllerRevision,
  old: readonly ControllerRevision[],
  changed: boolean,
): History {
  const { labels, name } = current.metadata;
  return { current, old, hash: labels?.[REVISION_HASH] ?? name, changed };
}

/** The pods are labelled anew before the other revisions of their template are deleted. */
function removeDuplicates(
  { api }: ControllerContext,
  equal: readonly ControllerRevision[],
  pods: readonly Pod[],
): void {
  const kept = equal.at(-1)!;
  const hash = kept.metadata.labels?.[REVISION_HASH] ?? kept.metadata.name;
  for (const pod of pods) {
    if (pod.metadata.labels?.[REVISION_HASH] === hash) continue;
    const labels = { ...pod.metadata.labels, [REVISION_HASH]: hash };
    api.update("pods", { ...pod, metadata: { ...pod.metadata, labels } });
  }
  for (const { metadata } of equal.slice(0, -1)) {
    api.delete("controllerrevisions", metadata.namespace ?? "", metadata.name);
  }
}

/** A name that another template's revision has raises the collision count, and the sync fails and is tried again (snapshot). */
function createRevision(
  { api }: ControllerContext,
  daemonSet: DaemonSet,
  revision: number,
): ControllerRevision {
  const { name, namespace = "", annotations } = daemonSet.metadata;
  const { template } = daemonSet.spec;
  const data = revisionData(template);
  const hash = podTemplateHash(template, daemonSet.status.collisionCount);
  const metadata = {
    name: revisionName(name, hash),
    namespace,
    labels: { ...template.metadata?.labels, [REVISION_HASH]: hash },
    ...(annotations === undefined ? {} : { annotations }),
    ownerReferences: [controllerRef(daemonSet)],
  };
  const fresh = { apiVersion: "apps/v1", kind: "ControllerRevision", metadata, data, revision };
  try {
    return api.create("controllerrevisions", fresh);
  } catch (error) {
    if (!isStatus(error, "AlreadyExists")) throw error;
    const taken = api.find("controllerrevisions", namespace, metadata.name);
    if (taken !== undefined && isSameData(taken.data, data)) return taken;
    const fresher = api.get("daemonsets", namespace, name);
    const { collisionCount = 0 } = fresher.status;
    if (collisionCount === (daemonSet.status.collisionCount ?? 0)) {
      const status = { ...fresher.status, collisionCount: collisionCount + 1 };
      api.updateStatus("daemonsets", { ...fresher, status });
    }
    throw error;
  }
}

/** Old revisions beyond the limit that no pod was made from, the oldest first (cleanupHistory). */
export function revisionsToCleanUp(
  { spec }: DaemonSet,
  old: readonly ControllerRevision[],
  pods: readonly Pod[],
): ControllerRevision[] {
  const live = new Set(pods.map((pod) => pod.metadata.labels?.[REVISION_HASH]));
  const excess = old.length - (spec.revisionHistoryLimit ?? 10);
  return sortRevisions(old)
    .filter(({ metadata }) => !live.has(metadata.labels?.[REVISION_HASH]))
    .slice(0, Math.max(0, excess));
}
