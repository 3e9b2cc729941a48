import { objectKey, type WatchEvent } from "../../api/server.ts";
import { isStatus } from "../../api/status-error.ts";
import type {
  Pod,
  ReplicaSet,
  ReplicaSetStatus,
  Resource,
  ResourceTypes,
} from "../../api/types.ts";
import type { Spread } from "../../kernel/random.ts";
import { ClientRateLimit, type ClientRateLimitState } from "../client-rate-limit.ts";
import { adopt, claimOf, release } from "../controller-ref.ts";
import { Expectations, type ExpectationsState } from "../expectations.ts";
import { areOwnersSame, BY_CONTROLLER, controllerOf, ORPHANS } from "../informer.ts";
import type { Controller, ControllerContext } from "../kube-controller-manager.ts";
import { isPodReady } from "../pod-status.ts";
import { claimants, resolveController } from "../resolve-controller.ts";
import { WorkQueue, type WorkQueueState } from "../work-queue.ts";
import { writeStatus } from "../write-status.ts";
import { compareForDeletion, podsToDelete, ruleBetween, type RankedPod } from "./deletion-order.ts";
import { replicaChange } from "./manage.ts";
import { CALL_DELAY, PodChanges, type PodChangesState, type Sync } from "./pod-changes.ts";
import { calculateStatus, isStatusStale } from "./status.ts";
import { countPod, countsOf, discountPod, emptyTally, type Tally } from "./tally.ts";

/** --concurrent-replicaset-syncs */
const WORKERS = 5;
/**
 * From a change that the controller has seen to its decision. In every recording the pods of a ReplicaSet that was scaled down are deleted
 * before the Deployment controller, which saw the same change, has had another ReplicaSet create more; so its slowest sync and
 * call together are quicker than two of the Deployment controller's quickest syncs.
 */
const SYNC_DELAY: Spread = { min: 1, median: 4, max: 8 };

const FILE = "pkg/controller/replicaset/replica_set.go";

interface State {
  queue: WorkQueueState;
  client: ClientRateLimitState;
  expectations: ExpectationsState;
  changes: PodChangesState;
  /** By uid of the ReplicaSet. */
  tallies: Map<string, Tally>;
}

interface StatusWrite {
  readonly key: string;
  readonly replicaSet: ReplicaSet;
  readonly status: ReplicaSetStatus;
  readonly error: string | undefined;
}

/** Keeps as many pods as each ReplicaSet wants (pkg/controller/replicaset/replica_set.go). */
class ReplicaSetController implements Controller {
  readonly name = "replicaset-controller";
  state: State = {
    queue: WorkQueue.emptyState(),
    client: ClientRateLimit.emptyState(),
    expectations: new Map(),
    changes: PodChanges.emptyState(),
    tallies: new Map(),
  };
  readonly on = {
    sync: (key: string) => this.sync(key),
    enqueue: (key: string) => this.queue.add(key),
    podsCreated: (data: { key: string; count: number }) => this.changes.onCreated(data),
    podsDeleted: (data: { key: string; pods: string[] }) => this.changes.onDeleted(data),
    writeStatus: (write: StatusWrite) => this.writeStatus(write),
  };
  private readonly context: ControllerContext;
  private readonly queue: WorkQueue;
  private readonly client: ClientRateLimit;
  private readonly expectations: Expectations;
  private readonly changes: PodChanges;

  constructor(context: ControllerContext) {
    this.context = context;
    this.client = new ClientRateLimit(() => this.state.client);
    this.expectations = new Expectations(() => this.state.expectations);
    this.queue = new WorkQueue(context.kernel, {
      actor: this.name,
      workers: WORKERS,
      syncDelay: SYNC_DELAY,
      stateOf: () => this.state.queue,
    });
    this.changes = new PodChanges(context, {
      actor: this.name,
      client: this.client,
      expectations: this.expectations,
      stateOf: () => this.state.changes,
      done: (sync, error) => this.finish(sync, error),
    });
  }

  onChange(event: WatchEvent, old: ResourceTypes[Resource] | undefined): void {
    if (event.resource === "replicasets") {
      this.onReplicaSet(event as WatchEvent<"replicasets">, old as ReplicaSet | undefined);
    } else if (event.resource === "pods") {
      this.onPod(event as WatchEvent<"pods">, old as Pod | undefined);
    }
  }

  /** addRS, updateRS, deleteRS */
  private onReplicaSet(event: WatchEvent<"replicasets">, old: ReplicaSet | undefined): void {
    const { object: replicaSet, key, type } = event;
    if (old !== undefined && (type === "DELETED" || old.metadata.uid !== replicaSet.metadata.uid)) {
      this.state.tallies.delete(old.metadata.uid);
      this.expectations.forget(key);
    }
    if (type !== "DELETED" && isRecountNeeded(replicaSet, old)) this.recount(replicaSet);
    this.queue.add(key);
  }

  /** addPod, updatePod, deletePod */
  private onPod(event: WatchEvent<"pods">, old: Pod | undefined): void {
    const { object: pod, key: podKey, type } = event;
    const owner = this.ownerOf(pod);
    const formerOwner = old === undefined || areOwnersSame(old, pod) ? owner : this.ownerOf(old);
    if (formerOwner !== undefined && formerOwner !== owner) {
      this.forgetPod(formerOwner, podKey);
      this.queue.add(objectKey(formerOwner));
    }
    if (owner === undefined) {
      for (const other of claimants(this.context.informers, "replicasets", event, old)) {
        this.queue.add(objectKey(other));
      }
      return;
    }
    const key = objectKey(owner);
    const going = type === "DELETED" || pod.metadata.deletionTimestamp !== undefined;
    if (type === "DELETED") this.forgetPod(owner, podKey);
    else countPod(this.tallyOf(owner), owner, pod, podKey);
    if (going) this.expectations.deletionObserved(key, podKey);
    else if (type === "ADDED") this.expectations.creationObserved(key);
    this.queue.add(key);
    const { minReadySeconds = 0 } = owner.spec;
    if (
      minReadySeconds > 0 &&
      !going &&
      isPodReady(pod) &&
      (old === undefined || !isPodReady(old))
    ) {
      // One second more, since the condition's time has whole seconds.
      this.queue.addAfter(key, (minReadySeconds + 1) * 1000);
    }
  }

  private ownerOf(pod: Pod): ReplicaSet | undefined {
    return resolveController(this.context.informers, "replicasets", pod);
  }

  private tallyOf({ metadata: { uid } }: ReplicaSet): Tally {
    const known = this.state.tallies.get(uid);
    if (known !== undefined) return known;
    const tally = emptyTally();
    this.state.tallies.set(uid, tally);
    return tally;
  }

  private forgetPod(replicaSet: ReplicaSet, podKey: string): void {
    discountPod(this.tallyOf(replicaSet), podKey);
  }

  private recount(replicaSet: ReplicaSet): void {
    const tally = emptyTally();
    this.state.tallies.set(replicaSet.metadata.uid, tally);
    const pods = this.context.informers.of("pods").by(BY_CONTROLLER, replicaSet.metadata.uid);
    for (const pod of pods) countPod(tally, replicaSet, pod, objectKey(pod));
  }

  /** syncReplicaSet */
  private sync(key: string): void {
    const { kernel, informers } = this.context;
    if (this.queue.holdUp(key, this.client.debt(kernel.now))) return;
    const replicaSet = informers.of("replicasets").get(key);
    if (replicaSet === undefined) {
      this.expectations.forget(key);
      this.queue.succeeded(key);
      return;
    }
    const needsSync = this.expectations.satisfied(key, kernel.now);
    this.claimPods(replicaSet);
    const manage = needsSync && replicaSet.metadata.deletionTimestamp === undefined;
    const { minReadySeconds = 0 } = replicaSet.spec;
    const counts = countsOf(this.tallyOf(replicaSet), minReadySeconds, kernel.now);
    const work: Sync = { key, replicaSet, counts };
    if (!manage || !this.manageReplicas(work)) this.finish(work, undefined);
  }

  /** Adoption and release (claimPods). */
  private claimPods(replicaSet: ReplicaSet): void {
    const { api, informers } = this.context;
    const pods = informers.of("pods");
    const tally = this.tallyOf(replicaSet);
    for (const key of [...tally.foreign]) {
      const pod = pods.get(key);
      tally.foreign.delete(key);
      if (pod === undefined) continue;
      if (claimOf(replicaSet, replicaSet.spec.selector, pod) === "release") {
        this.call();
        release(api, "pods", replicaSet, pod);
      }
    }
    for (const orphan of pods.by(ORPHANS, replicaSet.metadata.namespace ?? "")) {
      if (claimOf(replicaSet, replicaSet.spec.selector, orphan) !== "adopt") continue;
      this.call();
      const adopted = adopt(api, "pods", replicaSet, orphan);
      if (adopted !== undefined) countPod(tally, replicaSet, adopted, objectKey(adopted));
    }
  }

  /** Starts to create or delete what is missing or too much; false: nothing is. */
  private manageReplicas(sync: Sync): boolean {
    const { replicaSet } = sync;
    const active = sync.counts.replicas;
    const desired = replicaSet.spec.replicas ?? 1;
    const change = replicaChange(active, desired);
    if (change.create > 0) {
      const count = change.create;
      this.tell(replicaSet, "replicaset.create-pods", { count, active, desired });
      this.changes.create(sync, count);
    } else if (change.delete > 0) {
      const count = change.delete;
      const { pods, rule } = this.choosePods(replicaSet, count);
      const names = pods.map((pod) => pod.slice(pod.indexOf("/") + 1)).join(", ");
      const values = { count, active, desired, pods: names, rule };
      this.tell(replicaSet, "replicaset.delete-pods", values);
      this.changes.delete(sync, pods);
    }
    return change.create + change.delete > 0;
  }

  /** getPodsToDelete, with the rule that sets the last of them apart from the first that stays. */
  private choosePods(
    replicaSet: ReplicaSet,
    count: number,
  ): { readonly pods: readonly string[]; readonly rule: string } {
    const { pods } = this.tallyOf(replicaSet);
    if (count >= pods.size) return { pods: [...pods.keys()].slice(0, count), rule: "all" };
    const ranks = this.podsOnNodes(replicaSet);
    const ranked: RankedPod[] = [];
    for (const pod of pods.values()) ranked.push({ pod, rank: ranks.get(pod.node) ?? 0 });
    const options = { nowMs: this.context.kernel.now };
    const order =
      count + 1 < ranked.length
        ? podsToDelete(ranked, count + 1, options)
        : ranked.toSorted((a, b) => compareForDeletion(a, b, options));
    const rule = ruleBetween(order[count - 1]!, order[count]!, options) ?? "newer";
    return { pods: order.slice(0, count).map(({ pod }) => pod.key), rule };
  }

  /** Active pods of all ReplicaSets of the same owner, by node (getIndirectlyRelatedPods, getPodsRankedByRelatedPodsOnSameNode). */
  private podsOnNodes(replicaSet: ReplicaSet): Map<string, number> {
    const owner = controllerOf(replicaSet);
    const total = new Map<string, number>();
    if (owner === undefined) return total;
    for (const { metadata } of this.context.informers
      .of("replicasets")
      .by(BY_CONTROLLER, owner.uid)) {
      for (const [node, count] of this.state.tallies.get(metadata.uid)?.byNode ?? []) {
        total.set(node, (total.get(node) ?? 0) + count);
      }
    }
    return total;
  }

  /** The end of a sync: writes the status by the pods that it began with, if that has changed. */
  private finish({ key, replicaSet, counts }: Sync, error: string | undefined): void {
    const { kernel } = this.context;
    const status = calculateStatus(replicaSet, counts, error, kernel.now);
    const write: StatusWrite = { key, replicaSet, status, error };
    if (!isStatusStale(replicaSet, status)) {
      this.end(write);
      return;
    }
    const call = kernel.random(`status/${this.name}`).spread(CALL_DELAY);
    kernel.schedule(call, this.name, "writeStatus", write);
  }

  /** updateReplicaSetStatus */
  private writeStatus(write: StatusWrite): void {
    const { replicaSet } = write;
    const status = { ...write.status, observedGeneration: replicaSet.metadata.generation };
    try {
      writeStatus(this.context.api, "replicasets", replicaSet, status, () => this.call());
      this.end(write);
    } catch (error) {
      if (!isStatus(error)) throw error;
      this.end({ ...write, error: write.error ?? error.message });
    }
  }

  private end({ key, replicaSet, status, error }: StatusWrite): void {
    if (error !== undefined) {
      this.queue.failed(key);
      return;
    }
    const { minReadySeconds = 0, replicas = 1 } = replicaSet.spec;
    const waits = status.readyReplicas === replicas && status.availableReplicas !== replicas;
    this.queue.succeeded(key, minReadySeconds > 0 && waits ? minReadySeconds * 1000 : undefined);
  }

  private tell(
    { metadata }: ReplicaSet,
    code: string,
    values: Readonly<Record<string, string | number>>,
  ): void {
    const object = `replicaset/${metadata.name}`;
    const upstream = `${FILE} manageReplicas`;
    this.context.decisions.decide({ actor: this.name, object, code, values, upstream });
  }

  private call(): void {
    this.client.reserve(this.context.kernel.now);
  }
}

/** The registration of the controller. */
export function replicaSetController(context: ControllerContext): Controller {
  return new ReplicaSetController(context);
}

/** What a tally depends on beside the pods themselves. */
function isRecountNeeded(now: ReplicaSet, old: ReplicaSet | undefined): boolean {
  if (old === undefined || old.metadata.uid !== now.metadata.uid) return true;
  if (old.spec === now.spec) return false;
  return (
    old.spec.selector !== now.spec.selector ||
    old.spec.template.metadata?.labels !== now.spec.template.metadata?.labels ||
    (old.spec.minReadySeconds ?? 0) !== (now.spec.minReadySeconds ?? 0)
  );
}
