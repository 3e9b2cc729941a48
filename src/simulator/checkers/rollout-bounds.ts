import { deepEqual } from "../api/deep-equal.ts";
import type { WatchEvent } from "../api/server.ts";
import { parseTimestamp } from "../api/time.ts";
import type { Deployment, Pod, ReplicaSet } from "../api/types.ts";
import { maxSurge, maxUnavailable } from "../controllers/deployment/fenceposts.ts";
import { controllerOf } from "../controllers/informer.ts";
import { isActive, isDisrupted } from "./disruptions.ts";
import type { Note } from "./violation.ts";

/** For so long a component may act on what it knew before: watch, queue, work and a client that waits for its rate limit. */
const LAG_MS = 5000;

interface Known {
  deployment: Deployment;
  /** What its specs have allowed, and from when on. */
  allowed: { readonly fromMs: number; readonly most: number; readonly least: number }[];
  /** When pods were last lost by other than a controller's deletion, or the Deployment was scaled. */
  disturbedMs: number;
}

interface PodView {
  readonly replicaSet: string;
  readonly active: boolean;
  /** Virtual time from which it has been ready; undefined: it is not. */
  readonly readyMs: number | undefined;
  /** When it was told that the pod is ready: a kubelet that was cut off tells it late. */
  readonly toldMs: number;
}

/**
 * Holds Deployments and their ReplicaSets against the bounds of a rolling update, by counts of its own, so that a fault in a controller's
 * bookkeeping cannot hide itself: the sizes of all ReplicaSets together never grow beyond replicas + maxSurge; a ReplicaSet has no more pods
 * than its size for longer than it takes to delete them; no controller deletes an available pod that replicas - maxUnavailable needs.
 */
export class RolloutBounds {
  private readonly note: Note;
  private readonly now: () => number;
  private readonly deployments = new Map<string, Known>();
  private readonly replicaSets = new Map<string, ReplicaSet>();
  private readonly pods = new Map<string, PodView>();
  /** By uid of the ReplicaSet: since when it has too many pods. */
  private readonly tooManySince = new Map<string, number>();
  /** By uid of the ReplicaSet: when it last told of pods that it had slept over. */
  private readonly wokeMs = new Map<string, number>();

  constructor(note: Note, now: () => number) {
    this.note = note;
    this.now = now;
  }

  /** `fromOutside`: the change is a user's own. */
  observe(event: WatchEvent, fromOutside: boolean): void {
    if (event.resource === "deployments") this.onDeployment(event as WatchEvent<"deployments">);
    else if (event.resource === "replicasets")
      this.onReplicaSet(event as WatchEvent<"replicasets">);
    else if (event.resource === "pods") this.onPod(event as WatchEvent<"pods">, fromOutside);
  }

  private onDeployment({ type, object: deployment }: WatchEvent<"deployments">): void {
    const { uid } = deployment.metadata;
    if (type === "DELETED") {
      this.deployments.delete(uid);
      return;
    }
    const replicas = deployment.spec.replicas ?? 1;
    const rolling = deployment.spec.strategy?.type !== "Recreate";
    const most = rolling ? replicas + maxSurge(deployment) : replicas;
    const least = rolling ? replicas - maxUnavailable(deployment) : 0;
    // One that adopts ReplicaSets scales them first, as below.
    const known = this.deployments.get(uid) ?? { deployment, allowed: [], disturbedMs: this.now() };
    if ((known.deployment.spec.replicas ?? 1) !== replicas) {
      // ReplicaSets are then scaled in proportion, whatever is available (deployment/sync.go scale).
      known.disturbedMs = this.now();
    }
    const isNewTemplate = !deepEqual(known.deployment.spec.template, deployment.spec.template);
    if (isNewTemplate && this.replicaSetsOf(known).some(tellsOfPodsThatGo)) {
      known.disturbedMs = this.now();
    }
    known.deployment = deployment;
    known.allowed.push({ fromMs: this.now(), most, least });
    this.deployments.set(uid, known);
  }

  private onReplicaSet({ type, object: replicaSet, old }: WatchEvent<"replicasets">): void {
    const { uid } = replicaSet.metadata;
    if (type === "DELETED") {
      this.replicaSets.delete(uid);
      this.tooManySince.delete(uid);
      this.wokeMs.delete(uid);
      return;
    }
    if (old !== undefined && sleeps(old as ReplicaSet)) this.wokeMs.set(uid, this.now());
    this.replicaSets.set(uid, replicaSet);
    this.countPods(uid);
    const known = this.deployments.get(controllerOf(replicaSet)?.uid ?? "");
    const size = replicaSet.spec.replicas ?? 1;
    const before = type === "ADDED" ? 0 : ((old as ReplicaSet | undefined)?.spec.replicas ?? 1);
    if (known === undefined || size <= before) return;
    const sizes = this.replicaSetsOf(known).map((rs) => rs.spec.replicas ?? 1);
    const sum = sizes.reduce((a, b) => a + b, 0);
    const { most } = this.allowed(known);
    if (sum > most) {
      this.note(
        "too-many-replicas",
        `ReplicaSets of ${sizes.join(" + ")}, at most ${most} allowed`,
      );
    }
  }

  private onPod({ type, object: pod }: WatchEvent<"pods">, fromOutside: boolean): void {
    const { uid } = pod.metadata;
    const before = this.pods.get(uid);
    const replicaSet = controllerOf(pod)?.uid ?? before?.replicaSet ?? "";
    const owner = this.replicaSets.get(replicaSet);
    const active = type !== "DELETED" && isActive(pod);
    const ready = active ? readyMs(pod) : undefined;
    const toldMs = ready === before?.readyMs && before !== undefined ? before.toldMs : this.now();
    const view = { replicaSet, active, readyMs: ready, toldMs };
    if (type === "DELETED") this.pods.delete(uid);
    else this.pods.set(uid, view);
    if (owner === undefined) return;
    this.countPods(replicaSet);
    const known = this.deployments.get(controllerOf(owner)?.uid ?? "");
    if (known === undefined || before === undefined || !before.active) return;
    const deleted = pod.metadata.deletionTimestamp !== undefined || type === "DELETED";
    const wasReady = before.readyMs !== undefined;
    const isOthersDoing = fromOutside || isDisrupted(pod);
    if (wasReady && view.readyMs === undefined && (!deleted || isOthersDoing)) {
      known.disturbedMs = this.now();
    } else if (deleted && wasReady) {
      const isAvailable = availableMs(before.readyMs, owner) <= this.now();
      if (isAvailable && !this.isHardlyKnown(before, owner) && !this.slept(owner))
        this.checkAvailable(known);
    }
  }

  private checkAvailable(known: Known): void {
    const now = this.now();
    if (known.deployment.metadata.deletionTimestamp !== undefined) return;
    // One that is paused is scaled in proportion alone, whatever is available (deployment/sync.go scale).
    if (known.deployment.spec.paused === true) return;
    if (now - known.disturbedMs < LAG_MS) return;
    const own = new Map(this.replicaSetsOf(known).map((rs) => [rs.metadata.uid, rs]));
    let available = 0;
    for (const pod of this.pods.values()) {
      const owner = own.get(pod.replicaSet);
      if (owner === undefined || pod.readyMs === undefined) continue;
      // The ReplicaSet does not know such a pod from the others.
      if (this.isHardlyKnown(pod, owner)) return;
      if (availableMs(pod.readyMs, owner) <= now) available += 1;
    }
    const { least } = this.allowed(known);
    if (available < least) {
      this.note("too-few-available", `${available} pods available, at least ${least} needed`);
    }
  }

  /**
   * A Deployment takes old pods that are not available yet away first, and does not hear at once that they have become so: their ReplicaSet looks
   * again up to minReadySeconds later (replica_set.go syncReplicaSet).
   */
  private isHardlyKnown({ readyMs = Infinity, toldMs }: PodView, owner: ReplicaSet): boolean {
    const lagMs = LAG_MS + (owner.spec.minReadySeconds ?? 0) * 1000;
    const knownMs = Math.max(availableMs(readyMs, owner), toldMs);
    return knownMs > this.now() - lagMs && !this.isNewest(owner);
  }

  /** Does a ReplicaSet tell of fewer available pods than there are, or did it until a moment ago, which its Deployment may still act on? */
  private slept(owner: ReplicaSet): boolean {
    const wokeMs = this.wokeMs.get(owner.metadata.uid) ?? -Infinity;
    return sleeps(owner) || this.now() - wokeMs < LAG_MS;
  }

  /** A ReplicaSet that has had too many pods for too long is noted once. */
  private countPods(uid: string): void {
    const owner = this.replicaSets.get(uid);
    if (owner === undefined || owner.metadata.deletionTimestamp !== undefined) return;
    let active = 0;
    for (const pod of this.pods.values()) if (pod.active && pod.replicaSet === uid) active += 1;
    const size = owner.spec.replicas ?? 1;
    const since = this.tooManySince.get(uid);
    if (active <= size) this.tooManySince.delete(uid);
    else if (since === undefined) this.tooManySince.set(uid, this.now());
    if (since !== undefined && this.now() - since > LAG_MS) {
      this.note("too-many-pods", `${owner.metadata.name} has ${active} pods and wants ${size}`);
      this.tooManySince.set(uid, Infinity);
    }
  }

  private isNewest(replicaSet: ReplicaSet): boolean {
    const owner = controllerOf(replicaSet)?.uid;
    const all = [...this.replicaSets.values()].filter((rs) => controllerOf(rs)?.uid === owner);
    const revision = (rs: ReplicaSet) =>
      Number(rs.metadata.annotations?.["deployment.kubernetes.io/revision"] ?? 0);
    return all.every((rs) => revision(rs) <= revision(replicaSet));
  }

  private replicaSetsOf({ deployment }: Known): ReplicaSet[] {
    const { uid } = deployment.metadata;
    return [...this.replicaSets.values()].filter((rs) => controllerOf(rs)?.uid === uid);
  }

  /** The widest bounds of the specs that a component may still act on. */
  private allowed(known: Known): { readonly most: number; readonly least: number } {
    const since = this.now() - LAG_MS;
    while (known.allowed.length > 1 && known.allowed[1]!.fromMs < since) known.allowed.shift();
    return {
      most: Math.max(...known.allowed.map((a) => a.most)),
      least: Math.min(...known.allowed.map((a) => a.least)),
    };
  }
}

/**
 * A ReplicaSet tells of its pods as they were before it deleted some (replica_set.go syncReplicaSet counts what it had listed before). An update that
 * comes meanwhile takes those for available, and takes as many others away (deployment/rolling.go scaleDownOldReplicaSetsForRollingUpdate).
 */
function tellsOfPodsThatGo({ spec, status }: ReplicaSet): boolean {
  return (spec.replicas ?? 1) < status.replicas;
}

/** Since when a pod has been ready; its condition has whole seconds. */
function readyMs(pod: Pod): number | undefined {
  const ready = pod.status.conditions?.find((c) => c.type === "Ready" && c.status === "True");
  return ready && parseTimestamp(ready.lastTransitionTime ?? "");
}

/** When a pod that is ready since then counts as available, by what its ReplicaSet says now: an update may change minReadySeconds alone. */
function availableMs(sinceMs: number, owner: ReplicaSet): number {
  return sinceMs + (owner.spec.minReadySeconds ?? 0) * 1000;
}

/**
 * With minReadySeconds a ReplicaSet looks again by itself only where all its pods are ready and not all available (replica_set.go
 * syncReplicaSet), or so long after a pod has become ready, of which the first alone counts (delaying_queue.go insert). With a pod that cannot
 * start it sleeps over others that become available after that, and goes on telling of fewer than there are.
 */
function sleeps({ spec, status }: ReplicaSet): boolean {
  const { replicas, readyReplicas = 0, availableReplicas = 0 } = status;
  return (
    (spec.minReadySeconds ?? 0) > 0 && readyReplicas < replicas && availableReplicas < readyReplicas
  );
}
