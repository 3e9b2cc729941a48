import { objectKey, type WatchEvent } from "../../api/server.ts";
import { isStatus } from "../../api/status-error.ts";
import type {
  AnalysisRun,
  KubernetesObject,
  ReplicaSet,
  Resource,
  ResourceTypes,
  Rollout,
} from "../../api/types.ts";
import { isEmptySelector } from "../../api/validation/workloads.ts";
import type { Spread } from "../../kernel/random.ts";
import { ClientRateLimit, type ClientRateLimitState } from "../client-rate-limit.ts";
import { adopt, claimOf, release } from "../controller-ref.ts";
import { BY_CONTROLLER, controllerOf, ORPHANS } from "../informer.ts";
import type { Controller, ControllerContext } from "../kube-controller-manager.ts";
import { WorkQueue, type WorkQueueState } from "../work-queue.ts";
import { RolloutActions, ROLLOUTS_CONTROLLER } from "./actions.ts";
import { OwnWrites } from "./own-writes.ts";
import { SyncContext, type RolloutReader } from "./sync-context.ts";
import { syncRollout } from "./sync.ts";
import { TrafficRoutingError } from "./traffic-routers.ts";

/** --rollout-threads */
const WORKERS = 10;
/** --qps and --burst */
const CALLS_PER_SECOND = 40;
const BURST = 80;
/** From a change that the controller has seen to its decision. Simplified: as the Deployment controller's; no recording was at hand. */
const SYNC_DELAY: Spread = { min: 30, median: 42, max: 120 };

interface State {
  queue: WorkQueueState;
  client: ClientRateLimitState;
  /** What it has written and not yet seen in its caches. */
  written: Map<string, KubernetesObject>;
  /** Why each Rollout waits, as last told in the decision log. */
  waits: Map<string, string>;
}

/**
 * Runs Rollouts by creating and scaling ReplicaSets, switching Services and telling routers (argo-rollouts rollout/controller.go). It is a
 * process of its own upstream; here it shares the informers of kube-controller-manager, and has no work where there is no Rollout.
 */
class RolloutController implements Controller, RolloutReader {
  readonly name = ROLLOUTS_CONTROLLER;
  readonly resources = ["rollouts", "replicasets", "services", "analysisruns"] as const;
  state: State = {
    queue: WorkQueue.emptyState(),
    client: ClientRateLimit.emptyState(),
    written: new Map(),
    waits: new Map(),
  };
  readonly on = {
    sync: (key: string) => this.sync(key),
    enqueue: (key: string) => this.queue.add(key),
  };
  private readonly context: ControllerContext;
  private readonly queue: WorkQueue;
  private readonly client: ClientRateLimit;
  private readonly writes = new OwnWrites(() => this.state.written);
  private readonly actions: RolloutActions;

  constructor(context: ControllerContext) {
    this.context = context;
    this.client = new ClientRateLimit(() => this.state.client, CALLS_PER_SECOND, BURST);
    this.actions = new RolloutActions(context, this.client, this.writes);
    this.queue = new WorkQueue(context.kernel, {
      actor: this.name,
      workers: WORKERS,
      syncDelay: SYNC_DELAY,
      stateOf: () => this.state.queue,
    });
  }

  onChange(event: WatchEvent, old: ResourceTypes[Resource] | undefined): void {
    const { resource, object, type } = event;
    if (resource === "rollouts") {
      this.queue.add(objectKey(object));
      if (type === "DELETED") this.state.waits.delete(objectKey(object));
      return;
    }
    if (resource === "replicasets" || resource === "services") {
      this.writes.seen(resource, object, type === "DELETED");
    }
    if (this.context.informers.of("rollouts").size === 0) return;
    if (resource === "replicasets") this.onReplicaSet(object as ReplicaSet, type, old);
    else if (resource === "services") this.onService(object.metadata.name, object);
    else if (resource === "analysisruns") this.onAnalysisRun(object as AnalysisRun, type, old);
  }

  private onReplicaSet(
    replicaSet: ReplicaSet,
    type: WatchEvent["type"],
    old: KubernetesObject | undefined,
  ): void {
    for (const one of [replicaSet, old]) {
      if (one === undefined) continue;
      this.enqueueOwner(one);
    }
    if (controllerOf(replicaSet) !== undefined || type === "DELETED") return;
    for (const rollout of this.context.informers.of("rollouts").list()) {
      const { selector } = rollout.spec;
      if (selector === undefined || isEmptySelector(selector)) continue;
      if (claimOf(rollout, selector, replicaSet) === "adopt") this.queue.add(objectKey(rollout));
    }
  }

  private onService(name: string, { metadata }: KubernetesObject): void {
    for (const rollout of this.context.informers.of("rollouts").list()) {
      const { blueGreen, canary } = rollout.spec.strategy ?? {};
      const named = [
        blueGreen?.activeService,
        blueGreen?.previewService,
        canary?.stableService,
        canary?.canaryService,
      ];
      const isSameNamespace = rollout.metadata.namespace === metadata.namespace;
      if (isSameNamespace && named.includes(name)) this.queue.add(objectKey(rollout));
    }
  }

  /** Only a change of the phase matters. */
  private onAnalysisRun(
    run: AnalysisRun,
    type: WatchEvent["type"],
    old: KubernetesObject | undefined,
  ): void {
    const before = (old as AnalysisRun | undefined)?.status.phase;
    if (type === "MODIFIED" && before === run.status.phase) return;
    this.enqueueOwner(run);
  }

  private enqueueOwner(object: KubernetesObject): void {
    const owner = controllerOf(object);
    if (owner?.kind !== "Rollout") return;
    this.queue.add(`${object.metadata.namespace ?? ""}/${owner.name}`);
  }

  service(namespace: string, name: string) {
    const key = `${namespace}/${name}`;
    return this.writes.latest("services", key, this.context.informers.of("services").get(key));
  }

  analysisRuns({ metadata }: Rollout): readonly AnalysisRun[] {
    return this.context.api
      .list("analysisruns", metadata.namespace)
      .filter((run) => controllerOf(run)?.uid === metadata.uid);
  }

  private sync(key: string): void {
    const { kernel, api } = this.context;
    if (this.queue.holdUp(key, this.client.debt(kernel.now))) return;
    const [namespace = "", name = ""] = key.split("/");
    // Its own writes to a Rollout are put into its cache at once, so it never looks at an older one.
    const rollout = api.find("rollouts", namespace, name);
    const sync = () => (rollout === undefined ? undefined : this.syncOne(key, rollout));
    const isRetried = (error: unknown) => isStatus(error) || error instanceof TrafficRoutingError;
    this.queue.work(key, sync, { isRetried });
  }

  private syncOne(key: string, rollout: Rollout): number | undefined {
    const context = new SyncContext(this.actions, this, rollout, this.claimReplicaSets(rollout));
    syncRollout(context);
    this.tellWaits(key, context);
    return context.requeueMs;
  }

  /** getReplicaSetsForRollouts: its own, with adoption and release. */
  private claimReplicaSets(rollout: Rollout): ReplicaSet[] {
    const { api, informers } = this.context;
    const { uid, namespace = "" } = rollout.metadata;
    const { selector } = rollout.spec;
    // An empty selector would claim every ReplicaSet of the namespace; the Rollout is invalid.
    if (selector === undefined || isEmptySelector(selector)) return [];
    const cached = informers.of("replicasets");
    const found = new Map<string, ReplicaSet>();
    const known = [...cached.by(BY_CONTROLLER, uid), ...cached.by(ORPHANS, namespace)];
    for (const replicaSet of [...known, ...this.writes.list("replicasets")]) {
      const key = objectKey(replicaSet);
      found.set(key, this.writes.latest("replicasets", key, cached.get(key)) ?? replicaSet);
    }
    const claimed: ReplicaSet[] = [];
    for (const replicaSet of found.values()) {
      const claim = claimOf(rollout, selector, replicaSet);
      if (claim === "keep") claimed.push(replicaSet);
      else if (claim === "release") release(api, "replicasets", rollout, replicaSet);
      else if (claim === "adopt") {
        const adopted = adopt(api, "replicasets", rollout, replicaSet);
        if (adopted !== undefined) claimed.push(adopted);
      }
    }
    return claimed;
  }

  /** Tells why it waits, if that is not what was told last. */
  private tellWaits(key: string, { waits, rollout }: SyncContext): void {
    const told = this.state.waits;
    // Pods that come one by one are not told of one by one.
    const text = waits.map(({ code, values }) => `${code} ${values.replicaSet}`).join("\n");
    if ((told.get(key) ?? "") === text) return;
    told.set(key, text);
    for (const reason of waits) this.actions.tell(rollout, reason);
  }
}

/** The registration of the controller. */
export function rolloutController(context: ControllerContext): Controller {
  return new RolloutController(context);
}
