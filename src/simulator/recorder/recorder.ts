import { mainContainer } from "../api/main-container.ts";
import type { WatchEvent } from "../api/server.ts";
import { deepEqual } from "../api/server.ts";
import type { ControllerRevision, Event, Mutable, ReplicaSet } from "../api/types.ts";
import { controllerOf } from "../controllers/informer.ts";
import type { FactSink } from "../facts.ts";
import type { Actor, Kernel } from "../kernel/kernel.ts";
import { InputLog } from "./input-log.ts";
import { Log } from "./log.ts";
import { ReadyCounter, type ReadyState } from "./ready-counter.ts";
import type {
  EventRecord,
  LanePhase,
  PodRecord,
  ReadyRecord,
  RequestRecord,
  RouteRecord,
  ScaleRecord,
  WatchRecord,
} from "../record.ts";
import { RolloutTracker, type RolloutState } from "./rollout-tracker.ts";
import { ownerOf, workloadOf } from "./workload.ts";

type WorkloadEvent = WatchEvent<"deployments" | "statefulsets" | "daemonsets" | "rollouts">;

interface PodDraft extends Omit<Mutable<PodRecord>, "phases" | "listening"> {
  phases: { phase: LanePhase; fromMs: number }[];
  listening: { fromMs: number; toMs?: number }[];
}

interface State {
  pods: Map<string, PodDraft>;
  routes: Mutable<RouteRecord>[];
  /** Index into `routes` of the interval that is open, by router, then by pod uid. */
  openRoutes: Map<string, Map<string, number>>;
  rollouts: RolloutState;
  ready: ReadyState;
  warnings: string[];
}

/**
 * Writes down what happens: told by the API server of every change, and by the node and the network of what the API does not show.
 * It takes no part in the cluster.
 */
export class Recorder implements Actor, FactSink {
  readonly name = "recorder";
  readonly on = {};
  state: State;
  readonly requests: Log<RequestRecord>;
  readonly events: Log<EventRecord>;
  readonly scales: Log<ScaleRecord>;
  readonly ready: Log<ReadyRecord>;
  readonly inputs: InputLog;
  readonly watch: Log<WatchRecord>;
  private readonly kernel: Kernel;
  private readonly keepWatch: boolean;
  private readonly rollouts: RolloutTracker;
  private readonly counter: ReadyCounter;

  constructor(kernel: Kernel, options: { watch: boolean }) {
    this.kernel = kernel;
    this.keepWatch = options.watch;
    this.requests = new Log(kernel, "requests");
    this.events = new Log(kernel, "events");
    this.scales = new Log(kernel, "scales");
    this.ready = new Log(kernel, "ready");
    this.inputs = new InputLog(kernel);
    this.watch = new Log(kernel, "watch");
    this.state = {
      pods: new Map(),
      routes: [],
      openRoutes: new Map(),
      rollouts: RolloutTracker.emptyState(),
      ready: ReadyCounter.emptyState(),
      warnings: [],
    };
    this.rollouts = new RolloutTracker(() => this.state.rollouts);
    this.counter = new ReadyCounter(() => this.state.ready);
    kernel.register(this);
  }

  /** Takes in a change of an API object. */
  observe(event: WatchEvent): void {
    const t = this.kernel.now;
    if (this.keepWatch) this.watch.entries.push({ t, type: event.type, object: event.object });
    switch (event.resource) {
      case "pods":
        this.observePod(event as WatchEvent<"pods">);
        break;
      case "replicasets":
        this.observeReplicaSet(event as WatchEvent<"replicasets">);
        break;
      case "deployments":
      case "statefulsets":
      case "daemonsets":
      case "rollouts":
        this.observeWorkload(event as WorkloadEvent);
        break;
      case "controllerrevisions":
        this.rollouts.observeRevision(event.object as ControllerRevision);
        break;
      case "events":
        if (event.type !== "DELETED") this.observeEvent(event.object as Event);
        break;
      default:
    }
  }

  podPhase(podUid: string, phase: LanePhase): void {
    const pod = this.state.pods.get(podUid);
    if (pod === undefined || pod.phases.at(-1)!.phase === phase) return;
    const fromMs = this.kernel.now;
    if (pod.phases.at(-1)!.fromMs === fromMs) pod.phases.pop();
    if (pod.phases.at(-1)?.phase !== phase) pod.phases.push({ phase, fromMs });
  }

  listening(podUid: string, open: boolean): void {
    const pod = this.state.pods.get(podUid);
    if (pod === undefined) return;
    const last = pod.listening.at(-1);
    if (open) pod.listening.push({ fromMs: this.kernel.now });
    else if (last !== undefined && last.toMs === undefined) last.toMs = this.kernel.now;
  }

  networkGone(podUid: string): void {
    const pod = this.state.pods.get(podUid);
    if (pod !== undefined) pod.networkGoneMs = this.kernel.now;
  }

  exited(podUid: string, exit: { readonly code: number; readonly bySigkill: boolean }): void {
    const pod = this.state.pods.get(podUid);
    if (pod !== undefined) pod.exit = { atMs: this.kernel.now, ...exit };
  }

  route(router: string, podUid: string, chosen: boolean): void {
    const { routes, openRoutes, pods } = this.state;
    const byPod = openRoutes.get(router) ?? new Map<string, number>();
    openRoutes.set(router, byPod);
    const open = byPod.get(podUid);
    if (chosen && open === undefined) {
      byPod.set(podUid, routes.length);
      routes.push({ router, pod: pods.get(podUid)?.name ?? podUid, fromMs: this.kernel.now });
    } else if (!chosen && open !== undefined) {
      routes[open]!.toMs = this.kernel.now;
      byPod.delete(podUid);
    }
  }

  request(record: RequestRecord): void {
    this.requests.entries.push(record);
  }

  warn(message: string): void {
    if (!this.state.warnings.includes(message)) this.state.warnings.push(message);
  }

  /** The rollouts so far, with the least ready and the most pods of each interval. */
  rolloutRecords() {
    return this.rollouts.records(this.ready.entries, this.kernel.now);
  }

  /** Whether every rollout has ended and no pod is on its way in or out. */
  get settled(): boolean {
    return this.counter.settled && this.rollouts.settled;
  }

  private observePod({ type, object }: WatchEvent<"pods">): void {
    const { pods } = this.state;
    const { uid, name, namespace = "default" } = object.metadata;
    const t = this.kernel.now;
    if (type === "ADDED") {
      pods.set(uid, {
        uid,
        name,
        namespace,
        owner: controllerOf(object)?.name ?? "",
        image: mainContainer(object)?.image ?? "",
        createdMs: t,
        phases: [{ phase: "pending", fromMs: t }],
        listening: [],
      });
    }
    const pod = pods.get(uid);
    if (pod === undefined) return;
    if (object.spec.nodeName) pod.node = object.spec.nodeName;
    if (object.status.podIP !== undefined) pod.ip = object.status.podIP;
    if (object.metadata.deletionTimestamp !== undefined) pod.deletedMs ??= t;
    if (type === "DELETED") {
      pod.deletedMs ??= t;
      pod.goneMs = t;
    }
    this.noteReady(this.counter.observePod(type, object, t));
  }

  private observeReplicaSet({ type, object, old }: WatchEvent<"replicasets">): void {
    this.counter.observeReplicaSet(object);
    this.rollouts.observeReplicaSet(type, object);
    const replicas = type === "DELETED" ? 0 : (object.spec.replicas ?? 1);
    const before = type === "ADDED" ? undefined : (old as ReplicaSet | undefined)?.spec.replicas;
    if (type === "MODIFIED" && replicas === before) return;
    this.scales.entries.push({
      atMs: this.kernel.now,
      replicaSet: object.metadata.name,
      owner: ownerOf(object),
      replicas,
      image: mainContainer(object.spec.template)?.image ?? "",
    });
  }

  private observeWorkload({ type, object, old }: WorkloadEvent): void {
    const t = this.kernel.now;
    const before = old?.spec.template;
    const { template } = object.spec;
    const templateChanged =
      before !== undefined && before !== template && !deepEqual(before, template);
    const workload = workloadOf(type, object);
    this.rollouts.observe(type, workload, templateChanged, t);
    this.noteReady(this.counter.observeWorkload(workload, t));
  }

  private observeEvent(event: Event): void {
    this.events.entries.push({
      atMs: this.kernel.now,
      object: `${event.involvedObject.kind.toLowerCase()}/${event.involvedObject.name}`,
      type: event.type,
      reason: event.reason,
      message: event.message,
      source: event.source.component,
    });
  }

  private noteReady(record: ReadyRecord | undefined): void {
    if (record === undefined) return;
    const { entries } = this.ready;
    const last = entries.at(-1);
    if (last !== undefined && last.atMs === record.atMs && last.object === record.object) {
      entries.pop();
    }
    entries.push(record);
  }
}
