import type { ApiServer, WatchEvent } from "../api/server.ts";
import { untoleratedTaint } from "../api/tolerations.ts";
import type { DaemonSet, Node, Pod, StatefulSet, Taint } from "../api/types.ts";
import { controllerOf } from "../controllers/informer.ts";
import { isPodAvailable } from "../controllers/pod-status.ts";
import { scaledValue } from "../controllers/scaled-value.ts";
import { isActive, isDisrupted, isReady } from "./disruptions.ts";
import type { Note } from "./violation.ts";

/** For so long a controller may act on what it knew before. */
const LAG_MS = 5000;

/** Effects of taints that keep a DaemonSet's pods off a node where they are not tolerated (daemon_controller.go NodeShouldRunDaemonPod). */
const KEPT_OFF_BY = ["NoSchedule", "NoExecute"];

type Owner = StatefulSet | DaemonSet;

/** What was known of a pod. */
interface Known {
  readonly pod: Pod;
  /** Until when it was last seen Ready. */
  readyUntilMs: number;
}

/**
 * Holds StatefulSets and DaemonSets against their bounds by counts of its own: no pod of an ordered StatefulSet is created before the one of
 * the ordinal below is Ready; its controller takes no Ready pod below the partition, and only one at a time (the feature gate of maxUnavailable is off); a DaemonSet's leaves no more
 * nodes without a Ready pod than maxUnavailable, where it takes one that is available (one that is not yet is replaced at once, daemon/update.go rollingUpdate); no node has more than
 * two pods of a DaemonSet, and no more nodes than maxSurge have two.
 */
export class OrderedBounds {
  private readonly api: ApiServer;
  private readonly note: Note;
  private readonly now: () => number;
  private readonly pods = new Map<string, Known>();
  /** By uid of the owner: when it was changed, or pods were lost by other than its controller's deletion. */
  private readonly disturbedMs = new Map<string, number>();
  /** When a taint has last gone from a node. */
  private untaintedMs = -Infinity;

  constructor(api: ApiServer, note: Note, now: () => number) {
    this.api = api;
    this.note = note;
    this.now = now;
  }

  /** `fromOutside`: the change is a user's own. */
  observe(event: WatchEvent, fromOutside: boolean): void {
    if (event.resource === "statefulsets" || event.resource === "daemonsets") {
      const { object, old } = event as WatchEvent<"statefulsets">;
      if (object.metadata.generation !== old?.metadata.generation) this.disturb(object);
    } else if (event.resource === "nodes") this.onNode(event as WatchEvent<"nodes">);
    else if (event.resource === "pods") this.onPod(event as WatchEvent<"pods">, fromOutside);
  }

  /** A taint that goes makes a node count that a controller does not count yet. */
  private onNode({ object, old }: WatchEvent<"nodes">): void {
    const before = (old as Node | undefined)?.spec.taints ?? [];
    const isLeft = (taint: Taint) =>
      object.spec.taints?.some(({ key, effect }) => key === taint.key && effect === taint.effect);
    if (!before.every(isLeft)) this.untaintedMs = this.now();
  }

  private onPod({ type, object: pod }: WatchEvent<"pods">, fromOutside: boolean): void {
    const owner = this.ownerOf(pod);
    const { uid } = pod.metadata;
    const before = this.pods.get(uid);
    if (type === "DELETED") this.pods.delete(uid);
    else {
      const readyUntilMs = isReady(pod) ? Infinity : this.readyUntil(before);
      this.pods.set(uid, { pod, readyUntilMs });
    }
    if (owner === undefined) return;
    if (type === "ADDED") this.checkCreation(owner, pod, fromOutside);
    if (before === undefined || !isActive(before.pod)) return;
    const isDeleted = type === "DELETED" || pod.metadata.deletionTimestamp !== undefined;
    const isLost = isDeleted
      ? fromOutside || isDisrupted(pod)
      : isReady(before.pod) && !isReady(pod);
    if (isLost || (!isDeleted && !isActive(pod))) this.disturb(owner);
    else if (isDeleted) this.checkDeletion(owner, pod, before.pod);
  }

  private readyUntil(before: Known | undefined): number {
    if (before === undefined) return -Infinity;
    return before.readyUntilMs === Infinity ? this.now() : before.readyUntilMs;
  }

  private checkCreation(owner: Owner, pod: Pod, fromOutside: boolean): void {
    if (fromOutside) return;
    if (owner.kind === "DaemonSet") {
      this.checkSurge(owner as DaemonSet);
      return;
    }
    const { spec, metadata } = owner as StatefulSet;
    if (spec.podManagementPolicy === "Parallel") return;
    const ordinal = ordinalOf(pod);
    const start = spec.ordinals?.start ?? 0;
    const since = this.now() - LAG_MS;
    const own = this.podsOf(owner);
    for (let below = start; below < ordinal; below += 1) {
      const name = `${metadata.name}-${below}`;
      const known = own.find((k) => k.pod.metadata.name === name);
      if (known !== undefined && known.readyUntilMs >= since) continue;
      if (this.wasDisturbed(owner)) continue;
      this.note("out-of-order", `${pod.metadata.name} is created, and ${name} is not Ready`);
    }
  }

  private checkDeletion(owner: Owner, pod: Pod, before: Pod): void {
    if (owner.metadata.deletionTimestamp !== undefined || this.wasDisturbed(owner)) return;
    if (!isReady(before)) return;
    if (owner.kind === "StatefulSet") this.checkStatefulSet(owner as StatefulSet, pod);
    else if (isPodAvailable(before, (owner as DaemonSet).spec.minReadySeconds ?? 0, this.now())) {
      this.checkDaemonSet(owner as DaemonSet, pod);
    }
  }

  private checkStatefulSet(set: StatefulSet, pod: Pod): void {
    const { replicas = 1, updateStrategy, ordinals, podManagementPolicy } = set.spec;
    const start = ordinals?.start ?? 0;
    const ordinal = ordinalOf(pod);
    if (ordinal >= start + replicas || ordinal < start) return;
    const { partition = 0 } = updateStrategy?.rollingUpdate ?? {};
    const { name } = pod.metadata;
    if (updateStrategy?.type === "OnDelete") {
      this.note("too-few-available", `${name} is deleted, and nobody has asked for it`);
    } else if (ordinal < partition) {
      this.note("too-few-available", `${name} is deleted below the partition ${partition}`);
    } else {
      // A parallel one looks at those above alone, since an update goes from the top down.
      const from = podManagementPolicy === "Parallel" ? ordinal : start;
      const places = start + replicas - from;
      const ready = this.podsOf(set).filter(
        (k) => isActive(k.pod) && isReady(k.pod) && ordinalOf(k.pod) >= from,
      ).length;
      if (places - ready > 1) {
        const found = `${places - ready} of ${places} are not Ready`;
        this.note("too-few-available", `${name} is deleted: ${found}, at most 1 allowed`);
      }
    }
  }

  private checkDaemonSet(set: DaemonSet, pod: Pod): void {
    if (this.now() - this.untaintedMs < LAG_MS) return;
    const { updateStrategy } = set.spec;
    // A node whose taint keeps the set's pods off counts nowhere (daemon/update.go updatedDesiredNodeCounts).
    const nodes = this.api
      .list("nodes")
      .filter((node) => !untoleratedTaint(node, pod.spec.tolerations, KEPT_OFF_BY));
    const own = this.podsOf(set).filter((k) => isActive(k.pod));
    const onNode = own.filter((k) => k.pod.spec.nodeName === pod.spec.nodeName);
    // One of two on a node goes: the node keeps one.
    if (onNode.some((k) => isReady(k.pod))) return;
    if (updateStrategy?.type === "OnDelete") {
      this.note(
        "too-few-available",
        `${pod.metadata.name} is deleted, and nobody has asked for it`,
      );
      return;
    }
    const { maxUnavailable = 1, maxSurge = 0 } = updateStrategy?.rollingUpdate ?? {};
    const surge = scaledValue(maxSurge, nodes.length);
    const most = surge > 0 ? 0 : Math.max(1, scaledValue(maxUnavailable, nodes.length));
    const served = nodes.filter(({ metadata }) =>
      own.some((k) => k.pod.spec.nodeName === metadata.name && isReady(k.pod)),
    ).length;
    if (nodes.length - served > most) {
      const found = `${nodes.length - served} of ${nodes.length} nodes are without a Ready pod`;
      this.note(
        "too-few-available",
        `${pod.metadata.name} is deleted: ${found}, at most ${most} allowed`,
      );
    }
  }

  private checkSurge(set: DaemonSet): void {
    if (this.wasDisturbed(set)) return;
    const nodes = this.api.list("nodes");
    const own = this.podsOf(set).filter((k) => isActive(k.pod));
    const onNodes = nodes.map(({ metadata }) =>
      own.filter((k) => targetOf(k.pod) === metadata.name),
    );
    const maxSurge = set.spec.updateStrategy?.rollingUpdate?.maxSurge ?? 0;
    const most = scaledValue(maxSurge, nodes.length);
    // Beside an old pod that is not available the new one comes at once, on however many nodes (daemon/update.go rollingUpdate).
    const surging = onNodes.filter((pods) => pods.length > 1 && pods.some((k) => isReady(k.pod)));
    if (surging.length > most || onNodes.some((pods) => pods.length > 2)) {
      const counts = onNodes.map((pods) => pods.length);
      const found = `${set.metadata.name} has ${counts.join(", ")} pods on its nodes`;
      this.note("too-many-pods", `${found}, and may surge on ${most}`);
    }
  }

  private podsOf({ metadata }: Owner): Known[] {
    return [...this.pods.values()].filter((k) => controllerOf(k.pod)?.uid === metadata.uid);
  }

  private ownerOf(pod: Pod): Owner | undefined {
    const reference = controllerOf(pod);
    if (reference?.kind !== "StatefulSet" && reference?.kind !== "DaemonSet") return undefined;
    const resource = reference.kind === "StatefulSet" ? "statefulsets" : "daemonsets";
    const owner = this.api.find(resource, pod.metadata.namespace ?? "", reference.name);
    return owner?.metadata.uid === reference.uid ? owner : undefined;
  }

  private disturb({ metadata }: Owner): void {
    this.disturbedMs.set(metadata.uid, this.now());
  }

  private wasDisturbed({ metadata }: Owner): boolean {
    return this.now() - (this.disturbedMs.get(metadata.uid) ?? -Infinity) < LAG_MS;
  }
}

function ordinalOf({ metadata }: Pod): number {
  return Number(metadata.name.slice(metadata.name.lastIndexOf("-") + 1));
}

/** The node that a pod of a DaemonSet is for, bound or not. */
function targetOf({ spec }: Pod): string | undefined {
  if (spec.nodeName) return spec.nodeName;
  const terms =
    spec.affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution?.nodeSelectorTerms;
  return terms?.[0]?.matchFields?.[0]?.values?.[0];
}
