import { bareObject, EventRecorder } from "../../api/event-recorder.ts";
import type { WatchEvent } from "../../api/server.ts";
import { isStatus } from "../../api/status-error.ts";
import { timestamp } from "../../api/time.ts";
import type { Node, Pod, Taint } from "../../api/types.ts";
import type { Spread } from "../../kernel/random.ts";
import { MONITOR_PERIOD_MS, NODE_LIFECYCLE, type NodeHeartbeats } from "../../node-heartbeats.ts";
import { BY_NODE } from "../informer.ts";
import type {
  Controller,
  ControllerContext,
  ControllerFactory,
} from "../kube-controller-manager.ts";
import { WorkQueue, type WorkQueueState } from "../work-queue.ts";
import {
  NOT_READY,
  readyOf,
  taintsOf,
  UNREACHABLE,
  unknownConditions,
  withNoExecuteTaint,
  withNoScheduleTaints,
} from "./health.ts";
import { evictionRates, zoneOf } from "./zones.ts";

/** A kubelet may be silent for so long (--node-monitor-grace-period; 40 seconds before 1.32). */
const GRACE_PERIOD_MS = 50_000;
/** From a change of a node that the controller has seen to its look at the node's taints. */
const SYNC_DELAY: Spread = { min: 1, median: 5, max: 50 };
/** nodeUpdateWorkerSize */
const WORKERS = 8;
const UPSTREAM = "pkg/controller/nodelifecycle/node_lifecycle_controller.go";

interface NodeIdentity {
  readonly name: string;
  readonly uid: string;
}

interface State {
  queue: WorkQueueState;
  /** When the next look at all nodes is due; undefined while all are healthy, since it could find nothing. */
  monitorAtMs: number | undefined;
  /** Nodes whose Ready condition was not True at the last look, with its status then. */
  unhealthy: Map<string, string>;
  /** Nodes that wait for their NoExecute taint, in order, by zone, and when the zone's next one is allowed. */
  evictions: Map<string, { waiting: Set<string>; nextMs: number }>;
}

/**
 * Watches over the health of nodes (pkg/controller/nodelifecycle): a node whose kubelet is silent becomes Unknown, its pods not Ready, and it
 * is tainted, at first against new pods, then against those that are on it.
 */
class NodeLifecycleController implements Controller {
  readonly name = NODE_LIFECYCLE;
  readonly resources = ["nodes"] as const;
  state: State = {
    queue: WorkQueue.emptyState(),
    monitorAtMs: undefined,
    unhealthy: new Map(),
    evictions: new Map(),
  };
  readonly on = {
    monitor: () => this.monitor(),
    removed: (node: NodeIdentity) =>
      this.say(node, "RemovingNode", `event: Removing Node ${node.name} from Controller`),
    evict: (zone: string) => this.evict(zone),
    sync: (name: string) => this.taintNoSchedule(name),
    enqueue: (name: string) => this.queue.add(name),
  };
  private readonly context: ControllerContext;
  private readonly heartbeats: NodeHeartbeats | undefined;
  private readonly queue: WorkQueue;
  private readonly events: EventRecorder;

  constructor(context: ControllerContext, heartbeats: NodeHeartbeats | undefined) {
    this.context = context;
    this.heartbeats = heartbeats;
    this.events = new EventRecorder(context.kernel, context.api, "node-controller");
    this.queue = new WorkQueue(context.kernel, {
      actor: this.name,
      workers: WORKERS,
      syncDelay: SYNC_DELAY,
      stateOf: () => this.state.queue,
    });
  }

  onChange({ type, object }: WatchEvent): void {
    const node = object as Node;
    const { name } = node.metadata;
    if (type === "DELETED") {
      this.state.unhealthy.delete(name);
      this.heartbeats?.resume(name);
      const { kernel } = this.context;
      const untilLook = MONITOR_PERIOD_MS - (kernel.now % MONITOR_PERIOD_MS);
      kernel.schedule(untilLook, this.name, "removed", { name, uid: node.metadata.uid });
    } else if (withNoScheduleTaints(node, "") !== taintsOf(node)) {
      this.queue.add(name);
    }
  }

  /** doNoScheduleTaintingPass */
  private taintNoSchedule(name: string): void {
    this.changeTaints(name, (node, now) => withNoScheduleTaints(node, now));
    this.queue.succeeded(name);
  }

  /** monitorNodeHealth: every 5 seconds, as long as there is a node to worry about. */
  private monitor(): void {
    const { kernel, informers } = this.context;
    const { state } = this;
    if (state.monitorAtMs !== undefined && state.monitorAtMs > kernel.now) return;
    state.monitorAtMs = undefined;
    let isWorried = false;
    for (const node of informers.of("nodes").list()) {
      if (this.look(node)) isWorried = true;
    }
    this.allowEvictions();
    if (!isWorried) return;
    state.monitorAtMs = kernel.now + MONITOR_PERIOD_MS;
    kernel.schedule(MONITOR_PERIOD_MS, this.name, "monitor");
  }

  /** Looks at one node; says whether it has to be looked at again. */
  private look(node: Node): boolean {
    const { unhealthy } = this.state;
    const { name } = node.metadata;
    const observed = readyOf(node)?.status ?? "Unknown";
    const lastRenewalMs = this.heartbeats?.lastRenewalMs(name);
    this.processTaints(node, observed);
    if (lastRenewalMs !== undefined && observed !== "Unknown") this.judge(node, lastRenewalMs);
    const isHealthy = observed === "True" && !isTainted(node);
    if (isHealthy) unhealthy.delete(name);
    else unhealthy.set(name, observed);
    return !isHealthy || lastRenewalMs !== undefined;
  }

  /** Is the silence too long (tryUpdateNodeHealth)? The controller counts from its look after the last renewal. */
  private judge(node: Node, lastRenewalMs: number): void {
    const { kernel, api, decisions } = this.context;
    const seenMs = Math.ceil(lastRenewalMs / MONITOR_PERIOD_MS) * MONITOR_PERIOD_MS;
    const silentMs = kernel.now - seenMs;
    if (silentMs <= GRACE_PERIOD_MS) return;
    const { name } = node.metadata;
    const current = api.find("nodes", "", name);
    if (current === undefined) return;
    const conditions = unknownConditions(current.status.conditions ?? [], timestamp(kernel.now));
    api.updateStatus("nodes", { ...current, status: { ...current.status, conditions } });
    const pods = this.context.informers.of("pods").by(BY_NODE, name);
    decisions.decide({
      actor: this.name,
      object: `node/${name}`,
      code: "node-lifecycle.unknown",
      values: { silentMs: kernel.now - lastRenewalMs, pods: pods.length },
      upstream: `${UPSTREAM} tryUpdateNodeHealth`,
    });
    this.say(node.metadata, "NodeNotReady", "status is now: NodeNotReady");
    for (const pod of pods) this.markNotReady(pod);
  }

  /** controller_utils.go MarkPodsNotReady */
  private markNotReady({ metadata }: Pod): void {
    const { api, kernel } = this.context;
    const pod = api.find("pods", metadata.namespace ?? "", metadata.name);
    if (pod?.metadata.uid !== metadata.uid) return;
    const { conditions = [] } = pod.status;
    if (!conditions.some((c) => c.type === "Ready" && c.status !== "False")) return;
    const lastTransitionTime = timestamp(kernel.now);
    const changed = conditions.map((c) =>
      c.type === "Ready" ? { ...c, status: "False" as const, lastTransitionTime } : c,
    );
    api.updateStatus("pods", { ...pod, status: { ...pod.status, conditions: changed } });
    this.events.event(pod, "Warning", "NodeNotReady", "Node is not ready");
  }

  /** processTaintBaseEviction: by the condition as it was found, hence one look after it has changed. */
  private processTaints(node: Node, observed: string): void {
    const { name } = node.metadata;
    if (observed === "True") {
      for (const { waiting } of this.state.evictions.values()) waiting.delete(name);
      if (!isTainted(node)) return;
      this.changeTaints(name, (current, now) => withNoExecuteTaint(current, undefined, now));
      const pods = this.context.informers.of("pods").by(BY_NODE, name).length;
      this.tell(name, "node-lifecycle.recovered", { pods }, "processTaintBaseEviction");
      return;
    }
    if (isTainted(node)) return;
    const zone = zoneOf(node);
    const { evictions } = this.state;
    const queue = evictions.get(zone) ?? { waiting: new Set<string>(), nextMs: 0 };
    queue.waiting.add(name);
    evictions.set(zone, queue);
  }

  /** Lets each zone's queue go on, as fast as its state allows; where nothing may be evicted, nothing waits either. */
  private allowEvictions(): void {
    const { kernel } = this.context;
    const rates = this.rates();
    for (const [zone, { waiting, nextMs }] of this.state.evictions) {
      if ((rates.get(zone) ?? 0) === 0) waiting.clear();
      else if (waiting.size > 0) {
        kernel.schedule(Math.max(0, nextMs - kernel.now), this.name, "evict", zone);
      }
    }
  }

  /** doNoExecuteTaintingPass, for the first node of a zone's queue. */
  private evict(zone: string): void {
    const { kernel, informers } = this.context;
    const queue = this.state.evictions.get(zone)!;
    if (queue.nextMs > kernel.now) return;
    const [name] = queue.waiting;
    const rate = this.rates().get(zone) ?? 0;
    if (name === undefined || rate === 0) return;
    queue.waiting.delete(name);
    const node = informers.of("nodes").get(name);
    const status = node === undefined ? "True" : readyOf(node)?.status;
    if (status === "True") return;
    queue.nextMs = kernel.now + 1000 / rate;
    const key = status === "False" ? NOT_READY : UNREACHABLE;
    this.changeTaints(name, (current, now) => withNoExecuteTaint(current, key, now));
    const pods = informers.of("pods").by(BY_NODE, name).length;
    this.tell(name, "node-lifecycle.taint", { taint: key, pods }, "doNoExecuteTaintingPass");
    if (queue.waiting.size > 0) kernel.schedule(1000 / rate, this.name, "evict", zone);
  }

  private rates(): Map<string, number> {
    const zones = new Map<string, Node[]>();
    for (const node of this.context.informers.of("nodes").list()) {
      const zone = zones.get(zoneOf(node));
      if (zone === undefined) zones.set(zoneOf(node), [node]);
      else zone.push(node);
    }
    return evictionRates(zones);
  }

  /** controller_utils.go RecordNodeEvent, RecordNodeStatusChange */
  private say({ name, uid }: NodeIdentity, reason: string, what: string): void {
    const node = bareObject("Node", name, { apiVersion: "v1", uid });
    this.events.event(node, "Normal", reason, `Node ${name} ${what}`);
  }

  private changeTaints(name: string, change: (node: Node, now: string) => readonly Taint[]): void {
    const { api, kernel } = this.context;
    const node = api.find("nodes", "", name);
    if (node === undefined) return;
    const taints = change(node, timestamp(kernel.now));
    if (taints === taintsOf(node)) return;
    try {
      api.update("nodes", { ...node, spec: { ...node.spec, taints } });
    } catch (error) {
      if (!isStatus(error, "NotFound", "Conflict")) throw error;
    }
  }

  private tell(
    node: string,
    code: string,
    values: Readonly<Record<string, string | number>>,
    rule: string,
  ): void {
    const upstream = `${UPSTREAM} ${rule}`;
    this.context.decisions.decide({
      actor: this.name,
      object: `node/${node}`,
      code,
      values,
      upstream,
    });
  }
}

/** How the controller is made; without heartbeats every kubelet counts as alive. */
export function nodeLifecycleController(heartbeats?: NodeHeartbeats): ControllerFactory {
  return (context) => new NodeLifecycleController(context, heartbeats);
}

function isTainted(node: Node): boolean {
  return taintsOf(node).some(
    ({ key, effect }) => effect === "NoExecute" && (key === UNREACHABLE || key === NOT_READY),
  );
}
