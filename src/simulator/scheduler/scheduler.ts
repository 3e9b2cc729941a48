import type { ApiServer, WatchEvent } from "../api/server.ts";
import { EventRecorder } from "../api/event-recorder.ts";
import { namedNodes } from "../api/node-affinity.ts";
import { isStatus } from "../api/status-error.ts";
import { timestamp } from "../api/time.ts";
import type { Node, Pod } from "../api/types.ts";
import { isPodFinished } from "../controllers/pod-status.ts";
import type { DecisionLog } from "../decisions.ts";
import type { Actor, Kernel } from "../kernel/kernel.ts";
import type { Spread } from "../kernel/random.ts";
import { mayHelp, misfitOf, NOT_NAMED, prepare } from "./filters.ts";
import { describeMisfits, type FilterPlugin, type Misfit } from "./misfit.ts";
import { areOwnersSame, controllerOf } from "../controllers/informer.ts";
import { countPod, nodeInfo, updateNode, type NodeInfo } from "./node-info.ts";
import { bestNodes } from "./scores.ts";

/** From a pod's turn to its binding. */
const CYCLE: Spread = { min: 4, median: 9, max: 40 };
/** Waits of a pod that no node could take: doubling from one to ten seconds (podInitialBackoffSeconds, podMaxBackoffSeconds). */
const FIRST_BACKOFF_MS = 1000;
const MAX_BACKOFF_MS = 10_000;
/**
 * A pod that waits longer than this is tried again whatever happened; such pods are looked for every 30 seconds
 * (internal/queue/scheduling_queue.go flushUnschedulablePodsLeftover, DefaultPodMaxInUnschedulablePodsDuration).
 */
const MAX_UNSCHEDULABLE_MS = 300_000;
const FLUSH_PERIOD_MS = 30_000;
/** With more nodes than this the search ends early (minFeasibleNodesToFind). */
const MIN_FEASIBLE = 100;

interface Waiting {
  readonly attempts: number;
  /** Not tried again before. */
  readonly notBeforeMs: number;
  /** What kept it from the nodes. */
  readonly plugins: ReadonlySet<FilterPlugin>;
}

/** What becomes of other pods concerns only pods that one of these kept from a node (their EventsToRegister). */
const POD_GONE: readonly FilterPlugin[] = [
  "NodePorts",
  "NodeResourcesFit",
  "PodTopologySpread",
  "InterPodAffinity",
];
const POD_PLACED: readonly FilterPlugin[] = ["PodTopologySpread", "InterPodAffinity"];

interface State {
  nodes: Map<string, NodeInfo>;
  /** Pods on nodes, as they were counted. */
  assigned: Map<string, Pod>;
  /** Those of them with affinity or anti-affinity. */
  withAffinity: Set<string>;
  /** Unbound pods, in the order in which they are tried. */
  active: Set<string>;
  pending: Map<string, Pod>;
  /** Pods that no node could take. */
  unschedulable: Map<string, Waiting>;
  busy: boolean;
  /** Where the search of nodes begins. */
  nextNode: number;
}

/** What the scheduler is built from. */
export interface SchedulerContext {
  readonly kernel: Kernel;
  readonly api: ApiServer;
  readonly decisions: DecisionLog;
}

/** kube-scheduler: binds each pod to a node, one pod at a time (pkg/scheduler/schedule_one.go). */
export class Scheduler implements Actor {
  readonly name = "kube-scheduler";
  state: State = {
    nodes: new Map(),
    assigned: new Map(),
    withAffinity: new Set(),
    active: new Set(),
    pending: new Map(),
    unschedulable: new Map(),
    busy: false,
    nextNode: 0,
  };
  readonly on = {
    watch: (event: WatchEvent) => this.take(event),
    schedule: (key: string) => this.scheduleOne(key),
    retry: (key: string) => {
      const waiting = this.state.unschedulable.get(key);
      if (waiting !== undefined && waiting.notBeforeMs <= this.kernel.now) this.activate(key);
    },
    flush: ({ key, attempts }: { readonly key: string; readonly attempts: number }) => {
      if (this.state.unschedulable.get(key)?.attempts === attempts) this.activate(key);
    },
  };
  private readonly kernel: Kernel;
  private readonly api: ApiServer;
  private readonly decisions: DecisionLog;
  private readonly events: EventRecorder;

  constructor({ kernel, api, decisions }: SchedulerContext) {
    this.kernel = kernel;
    this.api = api;
    this.decisions = decisions;
    this.events = new EventRecorder(kernel, api, "default-scheduler");
    kernel.register(this);
    api.watch({ resource: "nodes", client: this.name });
    api.watch({
      resource: "pods",
      client: this.name,
      ignores: (pod, old) => isPlacedAlike(old as Pod, pod as Pod),
    });
  }

  private take(event: WatchEvent): void {
    if (event.resource === "nodes") this.onNode(event as WatchEvent<"nodes">);
    else this.onPod(event as WatchEvent<"pods">);
  }

  private onNode({ type, object: node }: WatchEvent<"nodes">): void {
    const { nodes, assigned } = this.state;
    const { name } = node.metadata;
    const info = nodes.get(name);
    if (type === "DELETED") {
      nodes.delete(name);
      return;
    }
    if (info !== undefined) {
      const changed = isChangeForScheduling(info.node, node);
      updateNode(info, node);
      if (!changed) return;
    } else {
      const fresh = nodeInfo(node);
      nodes.set(name, fresh);
      for (const pod of assigned.values()) if (pod.spec.nodeName === name) countPod(fresh, pod, 1);
    }
    const changedNode = nodes.get(name)!;
    this.moveUnschedulable((pod, plugins) => mayHelp(pod, changedNode, plugins));
  }

  private onPod({ type, key, object: pod }: WatchEvent<"pods">): void {
    const { assigned, pending, active, unschedulable } = this.state;
    if (type === "DELETED" || isPodFinished(pod)) {
      const wasAssigned = assigned.has(key);
      this.unassign(key);
      active.delete(key);
      pending.delete(key);
      unschedulable.delete(key);
      if (wasAssigned) this.moveBlockedBy(POD_GONE);
    } else if (pod.spec.nodeName) {
      active.delete(key);
      pending.delete(key);
      unschedulable.delete(key);
      const before = assigned.get(key);
      this.assign(key, pod);
      if (before === undefined || before.metadata.labels !== pod.metadata.labels) {
        this.moveBlockedBy(POD_PLACED);
      }
    } else if (!assigned.has(key)) {
      const isNew = !pending.has(key);
      pending.set(key, pod);
      if (pod.metadata.deletionTimestamp !== undefined) active.delete(key);
      else if (isNew) this.activate(key);
    }
  }

  private assign(key: string, pod: Pod): void {
    const { nodes, assigned, withAffinity } = this.state;
    const before = assigned.get(key);
    if (before !== undefined && isCountedAlike(before, pod)) {
      assigned.set(key, pod);
      return;
    }
    this.unassign(key);
    assigned.set(key, pod);
    const { podAffinity, podAntiAffinity } = pod.spec.affinity ?? {};
    if (podAffinity !== undefined || podAntiAffinity !== undefined) withAffinity.add(key);
    const info = nodes.get(pod.spec.nodeName!);
    if (info !== undefined) countPod(info, pod, 1);
  }

  private unassign(key: string): void {
    const { nodes, assigned, withAffinity } = this.state;
    const before = assigned.get(key);
    if (before === undefined) return;
    assigned.delete(key);
    withAffinity.delete(key);
    const info = nodes.get(before.spec.nodeName!);
    if (info !== undefined) countPod(info, before, -1);
  }

  private activate(key: string): void {
    const { active, pending } = this.state;
    if (!pending.has(key)) return;
    active.add(key);
    this.next();
  }

  private moveBlockedBy(plugins: readonly FilterPlugin[]): void {
    if (this.state.unschedulable.size === 0) return;
    this.moveUnschedulable((_, blocking) => plugins.some((plugin) => blocking.has(plugin)));
  }

  /** Something has changed that may let pods fit: those that it concerns are tried again after their back-off. */
  private moveUnschedulable(
    concerns: (pod: Pod, plugins: ReadonlySet<FilterPlugin>) => boolean,
  ): void {
    const { unschedulable, pending, active } = this.state;
    for (const [key, { notBeforeMs, plugins }] of unschedulable) {
      const pod = pending.get(key);
      if (pod === undefined || active.has(key)) continue;
      // A cluster without nodes has nothing that could have blocked a pod.
      if (plugins.size > 0 && !concerns(pod, plugins)) continue;
      const wait = Math.max(0, notBeforeMs - this.kernel.now);
      this.kernel.schedule(wait, this.name, "retry", key);
    }
  }

  private next(): void {
    if (this.state.busy) return;
    for (const key of this.state.active) {
      this.state.active.delete(key);
      this.state.busy = true;
      const cycle = this.kernel.random("scheduler/cycle").spread(CYCLE);
      this.kernel.schedule(cycle, this.name, "schedule", key);
      return;
    }
  }

  private scheduleOne(key: string): void {
    this.state.busy = false;
    const pod = this.state.pending.get(key);
    if (pod !== undefined && pod.metadata.deletionTimestamp === undefined) this.place(key, pod);
    this.next();
  }

  private place(key: string, pod: Pod): void {
    const { feasible, misfits } = this.search(pod);
    const { namespace = "", name } = pod.metadata;
    if (feasible.length === 0) {
      this.refuse(key, pod, misfits);
      return;
    }
    const best = feasible.length === 1 ? feasible : bestNodes(pod, feasible, this.state);
    const { node } = best.length === 1 ? best[0]! : this.kernel.random("scheduler/ties").pick(best);
    const nodeName = node.metadata.name;
    try {
      this.api.bind(namespace, name, nodeName);
    } catch (error) {
      if (!isStatus(error)) throw error;
      this.state.pending.delete(key);
      return;
    }
    this.state.pending.delete(key);
    this.state.unschedulable.delete(key);
    this.assign(key, { ...pod, spec: { ...pod.spec, nodeName } });
    const message = `Successfully assigned ${namespace}/${name} to ${nodeName}`;
    this.events.event(pod, "Normal", "Scheduled", message);
    const values = { node: nodeName, feasible: feasible.length, nodes: this.state.nodes.size };
    this.tell(pod, "scheduler.bind", values, "selectHost");
  }

  /** Feasible nodes; of many nodes only so many are looked for, beginning where the last search ended (findNodesThatPassFilters). */
  private search(pod: Pod): { feasible: NodeInfo[]; misfits: Misfit[] } {
    const all = [...this.state.nodes.values()];
    const named = namedNodes(pod.spec);
    const nodes =
      named === undefined ? all : all.filter(({ node }) => named.has(node.metadata.name));
    const enough = feasibleNodesToFind(nodes.length);
    const misfit = misfitOf(pod, prepare(pod, this.state));
    const feasible: NodeInfo[] = [];
    const misfits: Misfit[] = new Array<Misfit>(all.length - nodes.length).fill(NOT_NAMED);
    let looked = 0;
    for (; looked < nodes.length && feasible.length < enough; looked += 1) {
      const info = nodes[(this.state.nextNode + looked) % nodes.length]!;
      const why = misfit(info);
      if (why === undefined) feasible.push(info);
      else misfits.push(why);
    }
    if (nodes.length > 0) this.state.nextNode = (this.state.nextNode + looked) % nodes.length;
    return { feasible, misfits };
  }

  private refuse(key: string, pod: Pod, misfits: readonly Misfit[]): void {
    const message = describeMisfits(this.state.nodes.size, misfits);
    const attempts = (this.state.unschedulable.get(key)?.attempts ?? 0) + 1;
    let backoff = FIRST_BACKOFF_MS;
    for (let i = 1; i < attempts && backoff < MAX_BACKOFF_MS; i += 1) backoff *= 2;
    const notBeforeMs = this.kernel.now + Math.min(backoff, MAX_BACKOFF_MS);
    const plugins = new Set(misfits.map(({ plugin }) => plugin));
    this.state.unschedulable.set(key, { attempts, notBeforeMs, plugins });
    const overdueMs = this.kernel.now + MAX_UNSCHEDULABLE_MS;
    const flushMs = (Math.floor(overdueMs / FLUSH_PERIOD_MS) + 1) * FLUSH_PERIOD_MS;
    this.kernel.schedule(flushMs - this.kernel.now, this.name, "flush", { key, attempts });
    this.events.event(pod, "Warning", "FailedScheduling", message);
    this.tell(pod, "scheduler.no-fit", { nodes: this.state.nodes.size, message }, "schedulePod");
    this.markUnschedulable(pod, message);
  }

  /** The condition PodScheduled (schedule_one.go handleSchedulingFailure). */
  private markUnschedulable({ metadata }: Pod, message: string): void {
    const pod = this.api.find("pods", metadata.namespace ?? "", metadata.name);
    if (pod === undefined) return;
    const before = pod.status.conditions?.find((c) => c.type === "PodScheduled");
    const others = (pod.status.conditions ?? []).filter((c) => c.type !== "PodScheduled");
    const lastTransitionTime =
      before?.status === "False" ? before.lastTransitionTime : timestamp(this.kernel.now);
    const condition = {
      type: "PodScheduled",
      status: "False" as const,
      lastProbeTime: null,
      lastTransitionTime,
      reason: "Unschedulable",
      message,
    };
    this.api.updateStatus("pods", {
      ...pod,
      status: { ...pod.status, conditions: [...others, condition] },
    });
  }

  private tell(
    { metadata }: Pod,
    code: string,
    values: Readonly<Record<string, string | number>>,
    rule: string,
  ): void {
    const upstream = `pkg/scheduler/schedule_one.go ${rule}`;
    const object = `pod/${metadata.name}`;
    this.decisions.decide({ actor: this.name, object, code, values, upstream });
  }
}

/** schedule_one.go numFeasibleNodesToFind: all up to 100 nodes, then a share that falls from 50 to 5 percent. */
function feasibleNodesToFind(nodes: number): number {
  if (nodes < MIN_FEASIBLE) return nodes;
  const percentage = Math.max(5, 50 - Math.floor(nodes / 125));
  return Math.max(MIN_FEASIBLE, Math.floor((nodes * percentage) / 100));
}

function isCountedAlike(before: Pod, now: Pod): boolean {
  return (
    before.spec.nodeName === now.spec.nodeName &&
    before.metadata.uid === now.metadata.uid &&
    controllerOf(before)?.uid === controllerOf(now)?.uid &&
    (before.metadata.deletionTimestamp === undefined) ===
      (now.metadata.deletionTimestamp === undefined)
  );
}

/** A pod that has its node, and in which nothing has changed that the scheduler looks at. */
function isPlacedAlike(before: Pod, now: Pod): boolean {
  return (
    Boolean(now.spec.nodeName) &&
    before.spec === now.spec &&
    before.metadata.labels === now.metadata.labels &&
    areOwnersSame(before, now) &&
    isPodFinished(before) === isPodFinished(now) &&
    isCountedAlike(before, now)
  );
}

function isChangeForScheduling(before: Node, now: Node): boolean {
  return (
    before.spec !== now.spec ||
    before.metadata.labels !== now.metadata.labels ||
    before.status.allocatable !== now.status.allocatable
  );
}
