/* The next step of a DaemonSet's rolling update: pkg/controller/daemon/update.go rollingUpdate of 1.32. Decides, and does nothing. */
import type { Pod } from "../../api/types.ts";
import type { Reason } from "../../decisions.ts";
import { isPodAvailable } from "../pod-status.ts";
import { fencepostsOf, type Fenceposts } from "./fenceposts.ts";
import type { Situation } from "./manage.ts";
import { isUpdated, shouldRun } from "./placement.ts";

export interface UpdateStep {
  readonly delete: readonly Pod[];
  /** Names of nodes that get a second pod. */
  readonly create: readonly string[];
  readonly reasons: readonly Reason[];
  /** Why old pods stay for now. */
  readonly wait?: Reason;
}

/** A node's pods that are not being deleted: at most one of the present template and one of another. */
interface NodePods {
  readonly node: string;
  readonly updated?: Pod;
  readonly old?: Pod;
  /** There are more than that. */
  readonly excess: boolean;
}

const UPSTREAM = "pkg/controller/daemon/update.go rollingUpdate";

/** Nodes are looked at in the order of `order`: upstream's is that of a Go map, which is any. */
export function rollingUpdateStep(situation: Situation, order: readonly string[]): UpdateStep {
  const { daemonSet, nodes } = situation;
  const desired = nodes.filter((node) => shouldRun(daemonSet, node).run);
  const fenceposts = fencepostsOf(daemonSet, desired.length);
  const wanted = new Set(desired.map((node) => node.metadata.name));
  const all = order
    .filter((node) => wanted.has(node) || situation.pods.has(node))
    .map((node) => podsOn(situation, node));
  return fenceposts.maxSurge === 0
    ? deleteWithin(situation, all, fenceposts)
    : surgeWithin(situation, all, fenceposts, wanted);
}

/** findUpdatedPodsOnNode */
function podsOn({ daemonSet, pods, hash }: Situation, node: string): NodePods {
  const staying = (pods.get(node) ?? []).filter((p) => p.metadata.deletionTimestamp === undefined);
  const updated = staying.filter((pod) => isUpdated(daemonSet, pod, hash));
  const old = staying.filter((pod) => !isUpdated(daemonSet, pod, hash));
  const excess = updated.length > 1 || old.length > 1;
  return { node, excess, ...(excess ? {} : { updated: updated[0], old: old[0] }) };
}

/** Without surge: old pods go, as many as may be unavailable; those that are unavailable anyway go all. */
function deleteWithin(
  situation: Situation,
  all: readonly NodePods[],
  { maxUnavailable: max }: Fenceposts,
): UpdateStep {
  let unavailable = 0;
  const replaced: Pod[] = [];
  const candidates: Pod[] = [];
  for (const { updated, old, excess } of all) {
    if (excess || (updated === undefined) === (old === undefined)) unavailable += 1;
    else if (updated !== undefined) {
      if (!isAvailable(situation, updated)) unavailable += 1;
    } else if (!isAvailable(situation, old!)) {
      replaced.push(old!);
      unavailable += 1;
    } else candidates.push(old!);
  }
  const chosen = candidates.slice(0, Math.max(0, max - unavailable));
  const left = candidates.length - chosen.length;
  const reasons: Reason[] = [];
  if (replaced.length > 0) {
    reasons.push(reason("replace-unavailable", { count: replaced.length, pods: names(replaced) }));
  }
  if (chosen.length > 0) {
    const values = { count: chosen.length, pods: names(chosen), unavailable, max };
    reasons.push(reason("delete-for-update", values));
  }
  const nothing = replaced.length + chosen.length === 0;
  const wait =
    nothing && left > 0 ? reason("wait-unavailable", { unavailable, max, old: left }) : undefined;
  return { delete: [...replaced, ...chosen], create: [], reasons, ...(wait ? { wait } : {}) };
}

/** With surge: new pods come beside the old ones, and an old one goes when its node's new one is available. */
function surgeWithin(
  situation: Situation,
  all: readonly NodePods[],
  { maxSurge: max }: Fenceposts,
  wanted: ReadonlySet<string>,
): UpdateStep {
  let surging = 0;
  let available = 0;
  const done: Pod[] = [];
  const unwanted: Pod[] = [];
  const replacing: string[] = [];
  const candidates: string[] = [];
  for (const { node, updated, old, excess } of all) {
    if (excess) {
      surging += 1;
      continue;
    }
    const serving = old ?? updated;
    const isServing = serving !== undefined && isAvailable(situation, serving);
    if (isServing) available += 1;
    if (old === undefined) continue;
    if (updated !== undefined) {
      if (isAvailable(situation, updated)) done.push(old);
      else surging += 1;
    } else if (!wanted.has(node)) (isServing ? unwanted : done).push(old);
    else if (!isServing) replacing.push(node);
    else candidates.push(node);
  }
  // A pod on a node that is no longer wanted serves until there are enough without it.
  const spare = unwanted.slice(0, Math.max(0, available - wanted.size));
  const chosen = candidates.slice(0, Math.max(0, max - surging));
  const deleted = [...done, ...spare];
  const created = [...replacing, ...chosen];
  const reasons: Reason[] = [];
  if (deleted.length > 0) {
    reasons.push(reason("delete-surged", { count: deleted.length, pods: names(deleted) }));
  }
  if (created.length > 0) {
    const values = { count: created.length, nodes: created.join(", "), surging, max };
    reasons.push(reason("surge", values));
  }
  const left = candidates.length - chosen.length;
  const nothing = deleted.length + created.length === 0;
  const wait = nothing && left > 0 ? reason("wait-surge", { surging, max, old: left }) : undefined;
  return { delete: deleted, create: created, reasons, ...(wait ? { wait } : {}) };
}

function isAvailable({ daemonSet, nowMs }: Situation, pod: Pod): boolean {
  return isPodAvailable(pod, daemonSet.spec.minReadySeconds ?? 0, nowMs);
}

function reason(code: string, values: Reason["values"]): Reason {
  return { code: `daemonset.${code}`, values, upstream: UPSTREAM };
}

function names(pods: readonly Pod[]): string {
  return pods.map((pod) => pod.metadata.name).join(", ");
}
