import { objectKey } from "../../api/server.ts";
import { isStatus } from "../../api/status-error.ts";
import type { ControllerRevision, DaemonSet, DaemonSetStatus, Pod } from "../../api/types.ts";
import type { Reason } from "../../decisions.ts";
import type { Spread } from "../../kernel/random.ts";
import type { ClientRateLimit } from "../client-rate-limit.ts";
import type { Expectations } from "../expectations.ts";
import { CallRunner, slowStartGroups, type CallsState } from "../history/calls.ts";
import { deleteRevisions } from "../history/revisions.ts";
import { BY_CONTROLLER } from "../informer.ts";
import type { ControllerContext } from "../kube-controller-manager.ts";
import { tellWaits, type ToldWaits } from "../told-waits.ts";
import type { WorkQueue } from "../work-queue.ts";
import { DaemonSetActions } from "./actions.ts";
import { FailedPodsBackoff, type FailedPodsBackoffState } from "./failed-pods-backoff.ts";
import { placementOf, type Situation } from "./manage.ts";
import { podsByNode } from "./placement.ts";
import { historyOf, revisionsToCleanUp } from "./revisions.ts";
import { rollingUpdateStep } from "./rolling-update.ts";
import { calculateStatus, isStatusStale } from "./status.ts";

/** How long a call takes until it has changed something, counted from the change made by the one before. */
const CALL_DELAY: Spread = { min: 2, median: 8, max: 20 };
/** Pods created, and pods deleted, in one sync at most (BurstReplicas). */
const BURST_REPLICAS = 250;

const FILE = "pkg/controller/daemon/daemon_controller.go";

/** What it asks of the API server. */
export type Call =
  | { readonly kind: "create"; readonly node: string }
  | { readonly kind: "delete"; readonly pod: Pod }
  | { readonly kind: "status"; readonly status: DaemonSetStatus };

/** A sync that a worker is at. */
interface Sync {
  readonly daemonSet: DaemonSet;
  readonly revision: string;
  readonly hash: string;
  readonly old: readonly ControllerRevision[];
  /** What its calls are for: pods on nodes, then the update, then the status. */
  readonly phase: "manage" | "update" | "status";
  readonly error: string | undefined;
}

/** Plain data, kept in the state of the controller. */
export interface SyncsState {
  calls: CallsState<Call>;
  /** By key: those that workers are at. */
  running: Map<string, Sync>;
  failedPods: FailedPodsBackoffState;
  waits: ToldWaits;
}

/** The syncs of DaemonSets: each looks at all, makes its calls phase after phase, and tells the queue of its end. */
export class DaemonSetSyncs {
  readonly calls: CallRunner<Call>;
  private readonly context: ControllerContext;
  private readonly actor: string;
  private readonly expectations: Expectations;
  private readonly queue: WorkQueue;
  private readonly stateOf: () => SyncsState;
  private readonly failedPods: FailedPodsBackoff;
  private readonly actions: DaemonSetActions;

  constructor(
    context: ControllerContext,
    options: {
      actor: string;
      client: ClientRateLimit;
      expectations: Expectations;
      queue: WorkQueue;
      stateOf: () => SyncsState;
    },
  ) {
    const { actor, client, stateOf } = options;
    this.context = context;
    this.actor = actor;
    this.expectations = options.expectations;
    this.queue = options.queue;
    this.stateOf = stateOf;
    this.failedPods = new FailedPodsBackoff(() => stateOf().failedPods);
    this.actions = new DaemonSetActions(context, client);
    this.calls = new CallRunner(context, {
      actor,
      client,
      callDelay: CALL_DELAY,
      stateOf: () => stateOf().calls,
      perform: (key, call) => this.perform(key, call),
      done: (key, error, unmade) => this.next(key, error, unmade),
    });
  }

  static emptyState(): SyncsState {
    return {
      calls: CallRunner.emptyState(),
      running: new Map(),
      failedPods: new Map(),
      waits: new Map(),
    };
  }

  /** syncDaemonSet; undefined: there is nothing to do. */
  start(key: string, daemonSet: DaemonSet): "underway" | undefined {
    if (Object.keys(daemonSet.spec.selector).length === 0) {
      const message = "This daemon set is selecting all pods. A non-empty selector is required.";
      this.actions.event(daemonSet, "Warning", "SelectingAll", message);
      return undefined;
    }
    if (daemonSet.metadata.deletionTimestamp !== undefined) return undefined;
    const { current, old, hash, changed } = historyOf(
      this.context,
      daemonSet,
      this.actions.claimPods(daemonSet),
    );
    const revision = current.metadata.name;
    if (changed) {
      this.actions.tell(daemonSet, {
        code: "daemonset.new-revision",
        values: { revision, number: current.revision },
        upstream: "pkg/controller/daemon/update.go constructHistory",
      });
    }
    const sync: Sync = { daemonSet, revision, hash, old, phase: "manage", error: undefined };
    if (!this.expectations.satisfied(key, this.context.kernel.now)) {
      this.startStatus(key, sync, false);
    } else this.startManage(key, sync);
    return "underway";
  }

  /** manage */
  private startManage(key: string, sync: Sync): void {
    const { daemonSet } = sync;
    const { create, extra, surged, ended } = placementOf(this.situation(sync));
    const over = ended.filter(({ pod, node }) => this.mayDelete(key, daemonSet, pod, node));
    const unwanted = [...extra, ...over.map(({ pod }) => pod)];
    const upstream = `${FILE} podsShouldBeOnNode`;
    const say = (code: string, count: number, values: Reason["values"]) => {
      if (count > 0) this.actions.tell(daemonSet, { code, values: { count, ...values }, upstream });
    };
    say("daemonset.create-pods", create.length, { nodes: create.join(", ") });
    say("daemonset.delete-extra", unwanted.length, { pods: names(unwanted) });
    say("daemonset.delete-surged", surged.length, { pods: names(surged) });
    this.startCalls(key, { ...sync, phase: "manage" }, create, [...unwanted, ...surged]);
  }

  /** rollingUpdate */
  private startUpdate(key: string, sync: Sync): void {
    const { daemonSet } = sync;
    const situation = this.situation(sync);
    const step = rollingUpdateStep(situation, this.anyOrder(situation));
    for (const reason of step.reasons) this.actions.tell(daemonSet, reason);
    tellWaits(this.stateOf().waits, key, [step.wait], (wait) => this.actions.tell(daemonSet, wait));
    this.startCalls(key, { ...sync, phase: "update" }, step.create, step.delete);
  }

  /** syncNodes: creations in batches that double, then the deletions. */
  private startCalls(
    key: string,
    sync: Sync,
    nodes: readonly string[],
    pods: readonly Pod[],
  ): void {
    const create = nodes.slice(0, BURST_REPLICAS);
    const remove = pods.slice(0, BURST_REPLICAS);
    const { now } = this.context.kernel;
    this.expectations.expect(key, create.length, remove.map(objectKey), now);
    this.stateOf().running.set(key, sync);
    const creations = create.map((node): Call => ({ kind: "create", node }));
    const deletions = remove.map((pod): Call => ({ kind: "delete", pod }));
    this.calls.start(key, [...slowStartGroups(creations, BURST_REPLICAS), deletions]);
  }

  /** updateDaemonSetStatus */
  private startStatus(key: string, sync: Sync, observed: boolean): void {
    const { daemonSet } = sync;
    const status = calculateStatus(this.situation(sync), observed);
    const stale = isStatusStale(daemonSet, status);
    const { minReadySeconds = 0 } = daemonSet.spec;
    if (minReadySeconds > 0 && status.numberReady !== (status.numberAvailable ?? 0)) {
      this.queue.addAfter(key, minReadySeconds * 1000);
    }
    this.stateOf().running.set(key, { ...sync, phase: "status" });
    this.calls.start(key, stale ? [[{ kind: "status", status }]] : []);
  }

  /** The calls of a phase have come back. */
  private next(key: string, error: string | undefined, unmade: readonly Call[]): void {
    for (const call of unmade) this.expectNoMore(key, call);
    const before = this.stateOf().running.get(key)!;
    const sync = { ...before, error: before.error ?? error };
    const { spec } = sync.daemonSet;
    if (sync.phase === "status") {
      this.finish(key, sync);
    } else if (sync.error !== undefined) {
      this.startStatus(key, sync, true);
    } else if (
      sync.phase === "manage" &&
      spec.updateStrategy?.type !== "OnDelete" &&
      this.expectations.satisfied(key, this.context.kernel.now)
    ) {
      this.startUpdate(key, sync);
    } else {
      const pods = this.podsOf(sync.daemonSet);
      deleteRevisions(this.context, revisionsToCleanUp(sync.daemonSet, sync.old, pods));
      this.startStatus(key, sync, true);
    }
  }

  private finish(key: string, { error }: Sync): void {
    this.stateOf().running.delete(key);
    if (error === undefined) this.queue.succeeded(key);
    else this.queue.failed(key);
  }

  private situation({ daemonSet, hash }: Sync): Situation {
    return {
      daemonSet,
      hash,
      nodes: this.context.informers.of("nodes").list(),
      pods: podsByNode(this.podsOf(daemonSet)),
      nowMs: this.context.kernel.now,
    };
  }

  private podsOf({ metadata }: DaemonSet): Pod[] {
    return this.context.informers.of("pods").by(BY_CONTROLLER, metadata.uid);
  }

  /** Names of all nodes in an order that nobody determines, as that of a Go map. */
  private anyOrder({ nodes, pods }: Situation): string[] {
    const order = [...new Set([...nodes.map((node) => node.metadata.name), ...pods.keys()])];
    const random = this.context.kernel.random(`order/${this.actor}`);
    for (let i = order.length - 1; i > 0; i -= 1) {
      const j = random.integer(0, i);
      [order[i], order[j]] = [order[j]!, order[i]!];
    }
    return order;
  }

  /** A pod that has ended is deleted, with an event; one that has failed not too often. */
  private mayDelete(key: string, daemonSet: DaemonSet, pod: Pod, node: string): boolean {
    const { namespace = "", name } = pod.metadata;
    const about = `daemon pod ${namespace}/${name} on node ${node}, will try to`;
    if (pod.status.phase === "Succeeded") {
      const message = `Found succeeded ${about} delete it`;
      this.actions.event(daemonSet, "Normal", "SucceededDaemonPod", message);
      return true;
    }
    const { uid } = daemonSet.metadata;
    const backoffKey = `${uid}/${daemonSet.status.observedGeneration ?? 0}/${node}`;
    const waitMs = this.failedPods.take(backoffKey, this.context.kernel.now);
    if (waitMs > 0) {
      this.queue.addAfter(key, waitMs);
      return false;
    }
    this.actions.event(daemonSet, "Warning", "FailedDaemonPod", `Found failed ${about} kill it`);
    return true;
  }

  private perform(key: string, call: Call): void {
    const { daemonSet, hash, revision } = this.stateOf().running.get(key)!;
    try {
      if (call.kind === "create") this.actions.createPod(daemonSet, call.node, hash);
      else if (call.kind === "delete") this.actions.deletePod(daemonSet, call.pod);
      else this.actions.writeStatus(daemonSet, revision, call.status);
    } catch (error) {
      this.expectNoMore(key, call);
      if (call.kind !== "delete" || !isStatus(error, "NotFound")) throw error;
    }
  }

  private expectNoMore(key: string, call: Call): void {
    if (call.kind === "create") this.expectations.creationObserved(key);
    if (call.kind === "delete") this.expectations.deletionObserved(key, objectKey(call.pod));
  }
}

function names(pods: readonly Pod[]): string {
  return pods.map((pod) => pod.metadata.name).join(", ");
}
