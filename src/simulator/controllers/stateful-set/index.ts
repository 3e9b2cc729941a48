import { objectKey, type WatchEvent } from "../../api/server.ts";
import type {
  ControllerRevision,
  Pod,
  Resource,
  ResourceTypes,
  StatefulSet,
  StatefulSetStatus,
} from "../../api/types.ts";
import type { Spread } from "../../kernel/random.ts";
import { ClientRateLimit, type ClientRateLimitState } from "../client-rate-limit.ts";
import { CallRunner, type CallsState, type Returned } from "../history/calls.ts";
import { templateOf } from "../history/revision-data.ts";
import { claimRevisions, deleteRevisions, sortRevisions } from "../history/revisions.ts";
import { areOwnersSame } from "../informer.ts";
import type { Controller, ControllerContext } from "../kube-controller-manager.ts";
import { isPodReady } from "../pod-status.ts";
import { claimants, resolveController } from "../resolve-controller.ts";
import { tellWaits, type ToldWaits } from "../told-waits.ts";
import { WorkQueue, type WorkQueueState } from "../work-queue.ts";
import { StatefulSetActions } from "./actions.ts";
import { withIdentity } from "./identity.ts";
import { planStatefulSet, type PodCall } from "./plan.ts";
import { revisionsToTruncate, setRevisions } from "./revisions.ts";
import { completeRollingUpdate, isStatusStale } from "./status.ts";

/** --concurrent-statefulset-syncs */
const WORKERS = 5;
/** From a change that the controller has seen to its decision, as in recordings of a real control plane. */
const SYNC_DELAY: Spread = { min: 1, median: 3, max: 12 };
/** How long a call takes until it has changed something, counted from the change made by the one before. */
const CALL_DELAY: Spread = { min: 5, median: 13, max: 33 };
/** How soon it looks again whether its cache shows what it has deleted. */
const CATCH_UP_MS = 2;

/** A sync that a worker is at. */
interface Sync {
  readonly set: StatefulSet;
  /** The status that it ends with. */
  readonly status: StatefulSetStatus;
  /** Revisions to be deleted at its end. */
  readonly outlived: readonly ControllerRevision[];
  readonly statusWritten: boolean;
  readonly error: string | undefined;
}

type Call = PodCall | { readonly kind: "status" };

interface State {
  queue: WorkQueueState;
  client: ClientRateLimitState;
  calls: CallsState<Call>;
  syncs: Map<string, Sync>;
  /** Pods that it has deleted and that its cache may not show as such yet, by key of the set. */
  unseen: Map<string, Pod[]>;
  waits: ToldWaits;
}

/** Keeps the pods of each StatefulSet, one for each ordinal (pkg/controller/statefulset/stateful_set.go). */
class StatefulSetController implements Controller {
  readonly name = "statefulset-controller";
  state: State = {
    queue: WorkQueue.emptyState(),
    client: ClientRateLimit.emptyState(),
    calls: CallRunner.emptyState(),
    syncs: new Map(),
    unseen: new Map(),
    waits: new Map(),
  };
  readonly on = {
    sync: (key: string) => this.sync(key),
    enqueue: (key: string) => this.queue.add(key),
    called: (returned: Returned<Call>) => this.calls.onReturned(returned),
  };
  private readonly context: ControllerContext;
  private readonly queue: WorkQueue;
  private readonly client: ClientRateLimit;
  private readonly calls: CallRunner<Call>;
  private readonly actions: StatefulSetActions;

  constructor(context: ControllerContext) {
    this.context = context;
    this.client = new ClientRateLimit(() => this.state.client);
    this.actions = new StatefulSetActions(context, this.client);
    this.queue = new WorkQueue(context.kernel, {
      actor: this.name,
      workers: WORKERS,
      syncDelay: SYNC_DELAY,
      stateOf: () => this.state.queue,
    });
    this.calls = new CallRunner(context, {
      actor: this.name,
      client: this.client,
      callDelay: CALL_DELAY,
      stateOf: () => this.state.calls,
      perform: (key, call) => this.perform(key, call),
      done: (key, error) => this.finish(key, error),
    });
  }

  onChange(event: WatchEvent, old: ResourceTypes[Resource] | undefined): void {
    if (event.resource === "statefulsets") {
      this.queue.add(event.key);
      if (event.type === "DELETED") this.state.waits.delete(event.key);
    } else if (event.resource === "pods") {
      this.onPod(event as WatchEvent<"pods">, old as Pod | undefined);
    }
  }

  /** addPod, updatePod, deletePod */
  private onPod(event: WatchEvent<"pods">, old: Pod | undefined): void {
    const { object: pod } = event;
    const owner = this.ownerOf(pod);
    const formerOwner = old === undefined || areOwnersSame(old, pod) ? owner : this.ownerOf(old);
    if (formerOwner !== undefined && formerOwner !== owner) this.enqueue(formerOwner);
    if (owner !== undefined) {
      this.enqueue(owner);
      const { minReadySeconds = 0 } = owner.spec;
      const becameReady = old !== undefined && !isPodReady(old) && isPodReady(pod);
      // One second more, since the condition's time has whole seconds.
      if (becameReady && minReadySeconds > 0) {
        this.queue.addAfter(objectKey(owner), (minReadySeconds + 1) * 1000);
      }
      return;
    }
    for (const set of claimants(this.context.informers, "statefulsets", event, old)) {
      this.enqueue(set);
    }
  }

  private ownerOf(pod: Pod): StatefulSet | undefined {
    return resolveController(this.context.informers, "statefulsets", pod);
  }

  private enqueue(set: StatefulSet): void {
    this.queue.add(objectKey(set));
  }

  private sync(key: string): void {
    const { kernel, informers } = this.context;
    const wait = Math.max(this.client.debt(kernel.now), this.seesDeletions(key) ? 0 : CATCH_UP_MS);
    if (this.queue.holdUp(key, wait)) return;
    const set = informers.of("statefulsets").get(key);
    this.queue.work(key, () => (set === undefined ? undefined : this.update(key, set)));
  }

  /**
   * Does the cache show the deletions of the last sync? Simplified: upstream does not ask, since it hardly ever looks that soon. When it does, it
   * deletes the same pod again, which changes nothing but the count of the event.
   */
  private seesDeletions(key: string): boolean {
    const { unseen } = this.state;
    const pods = this.context.informers.of("pods");
    const waited = (unseen.get(key) ?? []).some((pod) => {
      const seen = pods.get(objectKey(pod));
      return (
        seen?.metadata.uid === pod.metadata.uid && seen.metadata.deletionTimestamp === undefined
      );
    });
    if (!waited) unseen.delete(key);
    return !waited;
  }

  /** UpdateStatefulSet */
  private update(key: string, set: StatefulSet): "underway" {
    const revisions = sortRevisions(claimRevisions(this.context, set));
    const pods = this.actions.claimPods(set);
    const found = setRevisions(this.context, set, revisions);
    const { current, update, collisionCount } = found;
    if (found.changed) this.actions.tellRevision(set, update);
    const plan = planStatefulSet({
      set,
      pods,
      current: { name: current.metadata.name, template: templateOf(current) },
      update: { name: update.metadata.name, template: templateOf(update) },
      collisionCount,
      nowMs: this.context.kernel.now,
    });
    tellWaits(this.state.waits, key, [plan.wait], (wait) => this.actions.tell(set, wait));
    this.state.syncs.set(key, {
      set,
      status: completeRollingUpdate(set, plan.status),
      outlived: revisionsToTruncate(set, revisions, pods, found),
      statusWritten: false,
      error: undefined,
    });
    this.calls.start(key, plan.calls);
    return "underway";
  }

  private perform(key: string, call: Call): void {
    const { set, status } = this.state.syncs.get(key)!;
    switch (call.kind) {
      case "create":
        this.actions.createPod(set, call.pod, call.reason);
        break;
      case "delete":
        this.actions.deletePod(set, call.pod, call.reason);
        this.state.unseen.set(key, [...(this.state.unseen.get(key) ?? []), call.pod]);
        break;
      case "identify":
        this.context.api.update("pods", withIdentity(call.pod));
        break;
      case "status":
        this.actions.writeStatus(set, status);
    }
  }

  /** All calls have come back: the status is written if that has changed, also after an error. */
  private finish(key: string, error: string | undefined): void {
    const sync = this.state.syncs.get(key)!;
    const firstError = sync.error ?? error;
    if (!sync.statusWritten && isStatusStale(sync.set, sync.status)) {
      this.state.syncs.set(key, { ...sync, statusWritten: true, error: firstError });
      this.calls.start(key, [[{ kind: "status" }]]);
      return;
    }
    this.state.syncs.delete(key);
    deleteRevisions(this.context, sync.outlived);
    if (firstError !== undefined) {
      this.queue.failed(key);
      return;
    }
    const { minReadySeconds = 0, replicas = 1 } = sync.set.spec;
    const waits = minReadySeconds > 0 && sync.status.availableReplicas !== replicas;
    this.queue.succeeded(key, waits ? minReadySeconds * 1000 : undefined);
  }
}

/** The registration of the controller. */
export function statefulSetController(context: ControllerContext): Controller {
  return new StatefulSetController(context);
}
