import type { ApiServer, WatchEvent } from "../api/server.ts";
import { EventRecorder } from "../api/event-recorder.ts";
import { isStatus } from "../api/status-error.ts";
import { parseTimestamp } from "../api/time.ts";
import type { Pod } from "../api/types.ts";
import { isPodFinished } from "../controllers/pod-status.ts";
import type { DecisionLog } from "../decisions.ts";
import type { Actor, Kernel } from "../kernel/kernel.ts";
import type { Spread } from "../kernel/random.ts";
import { isChangeForScheduling, isCountedAlike, isPlacedAlike } from "./changes.ts";
import { placePod, removePod } from "./cluster-view.ts";
import { mayHelp } from "./filters.ts";
import { describeMisfits, NOT_NAMED, type FilterPlugin, type Unfit } from "./misfit.ts";
import { nominatedFor, priorityOf } from "./nominations.ts";
import { countPod, nodeInfo, updateNode, type NodeInfo } from "./node-info.ts";
import { makeRoom } from "./preemption/make-room.ts";
import { preempt, type Preemption } from "./preemption/preempt.ts";
import { backoffMs, dequeue, emptyQueue, enqueue, leaveQueue, type QueueState } from "./queue.ts";
import { bestNodes } from "./scores.ts";
import { searchNodes } from "./search.ts";
import { refusedStatus } from "./refused-status.ts";

/** From a pod's turn to its binding. */
const CYCLE: Spread = { min: 4, median: 9, max: 40 };
/**
 * A pod that waits longer than this is tried again whatever happened; such pods are looked for every 30 seconds
 * (internal/queue/scheduling_queue.go flushUnschedulablePodsLeftover, DefaultPodMaxInUnschedulablePodsDuration).
 */
const MAX_UNSCHEDULABLE_MS = 300_000;
const FLUSH_PERIOD_MS = 30_000;

interface Waiting {
  readonly attempts: number;
  /** When it was last refused. */
  readonly sinceMs: number;
  /** Not tried again before. */
  readonly notBeforeMs: number;
  /** What kept it from the nodes. */
  readonly plugins: ReadonlySet<FilterPlugin>;
}

const ONE = "pkg/scheduler/schedule_one.go";
const PREEMPTION = "pkg/scheduler/framework/preemption/preemption.go";

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
  /** Unbound pods that wait for their turn. */
  active: QueueState;
  pending: Map<string, Pod>;
  /** Unbound pods that room is being made for, with their nodes. */
  nominations: Map<string, string>;
  /** Pods that no node could take. */
  unschedulable: Map<string, Waiting>;
  busy: boolean;
  /** No pod that was ever on a node had a lower one. */
  lowestPriority: number;
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
    active: emptyQueue(),
    pending: new Map(),
    nominations: new Map(),
    unschedulable: new Map(),
    busy: false,
    lowestPriority: Infinity,
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
    const { assigned, pending, active } = this.state;
    if (type === "DELETED" || isPodFinished(pod)) {
      const wasAssigned = assigned.has(key);
      removePod(this.state, key);
      this.forget(key);
      if (wasAssigned) this.moveBlockedBy(POD_GONE);
    } else if (pod.spec.nodeName) {
      this.forget(key);
      const before = assigned.get(key);
      this.assign(key, pod);
      if (before === undefined || before.metadata.labels !== pod.metadata.labels) {
        this.moveBlockedBy(POD_PLACED);
      }
    } else if (!assigned.has(key)) {
      const known = pending.get(key);
      pending.set(key, pod);
      this.noteNomination(key, pod, known);
      if (pod.metadata.deletionTimestamp !== undefined) leaveQueue(active, key);
      else if (known === undefined) this.activate(key);
    }
  }

  /** The pod has its node, or is gone. */
  private forget(key: string): void {
    const { pending, active, unschedulable, nominations } = this.state;
    if (!pending.delete(key)) return;
    leaveQueue(active, key);
    unschedulable.delete(key);
    nominations.delete(key);
  }

  /** What the pod's status says of its nomination counts when that changes; until then, what was decided here (nominator.go UpdateNominatedPod). */
  private noteNomination(key: string, { status }: Pod, known: Pod | undefined): void {
    const { nominations } = this.state;
    const { nominatedNodeName: node } = status;
    if (node) nominations.set(key, node);
    else if (known?.status.nominatedNodeName) nominations.delete(key);
  }

  private assign(key: string, pod: Pod): void {
    const { assigned } = this.state;
    const before = assigned.get(key);
    if (before !== undefined && isCountedAlike(before, pod)) {
      assigned.set(key, pod);
      return;
    }
    removePod(this.state, key);
    placePod(this.state, key, pod);
    this.state.lowestPriority = Math.min(this.state.lowestPriority, priorityOf(pod));
  }

  private activate(key: string): void {
    const { active, pending, unschedulable } = this.state;
    const pod = pending.get(key);
    if (pod === undefined) return;
    if (!active.keys.has(key)) {
      const sinceMs = unschedulable.get(key)?.sinceMs ?? this.kernel.now;
      enqueue(active, { key, priority: priorityOf(pod), sinceMs });
    }
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
      if (pod === undefined || active.keys.has(key)) continue;
      // A cluster without nodes has nothing that could have blocked a pod.
      if (plugins.size > 0 && !concerns(pod, plugins)) continue;
      const wait = Math.max(0, notBeforeMs - this.kernel.now);
      this.kernel.schedule(wait, this.name, "retry", key);
    }
  }

  private next(): void {
    if (this.state.busy) return;
    const key = dequeue(this.state.active);
    if (key === undefined) return;
    this.state.busy = true;
    const cycle = this.kernel.random("scheduler/cycle").spread(CYCLE);
    this.kernel.schedule(cycle, this.name, "schedule", key);
  }

  private scheduleOne(key: string): void {
    this.state.busy = false;
    const pod = this.state.pending.get(key);
    if (pod !== undefined && pod.metadata.deletionTimestamp === undefined) this.place(key, pod);
    this.next();
  }

  private place(key: string, pod: Pod): void {
    const { feasible, unfit, looked, of } = searchNodes(pod, this.state, this.state.nextNode);
    if (of > 0) this.state.nextNode = (this.state.nextNode + looked) % of;
    if (feasible.length === 0) {
      this.refuse(key, pod, unfit);
      return;
    }
    const { namespace = "", name } = pod.metadata;
    const best = feasible.length === 1 ? feasible : bestNodes(pod, feasible, this.state);
    const { node } = best.length === 1 ? best[0]! : this.kernel.random("scheduler/ties").pick(best);
    const nodeName = node.metadata.name;
    try {
      this.api.bind(namespace, name, nodeName);
    } catch (error) {
      if (!isStatus(error)) throw error;
      this.state.pending.delete(key);
      this.state.nominations.delete(key);
      return;
    }
    this.forget(key);
    this.assign(key, { ...pod, spec: { ...pod.spec, nodeName } });
    const message = `Successfully assigned ${namespace}/${name} to ${nodeName}`;
    this.events.event(pod, "Normal", "Scheduled", message);
    const values = { node: nodeName, feasible: feasible.length, nodes: this.state.nodes.size };
    this.tell(pod, "scheduler.bind", values, `${ONE} selectHost`);
  }

  /** No node can take the pod: room is made for it, if it may be, and it waits (schedule_one.go handleSchedulingFailure). */
  private refuse(key: string, pod: Pod, unfit: Unfit): void {
    const nodes = this.state.nodes.size;
    const outcome = nodes === 0 ? undefined : this.preempt(key, pod, unfit);
    const isNominated = outcome?.kind === "candidate";
    const message = describeMisfits(nodes, unfit, isNominated ? undefined : outcome);
    const attempts = (this.state.unschedulable.get(key)?.attempts ?? 0) + 1;
    const { now } = this.kernel;
    const plugins = new Set([...unfit.byNode.values()].map(({ plugin }) => plugin));
    if (unfit.absent > 0) plugins.add(NOT_NAMED.plugin);
    const notBeforeMs = now + backoffMs(attempts);
    this.state.unschedulable.set(key, { attempts, sinceMs: now, notBeforeMs, plugins });
    const overdueMs = now + MAX_UNSCHEDULABLE_MS;
    const flushMs = (Math.floor(overdueMs / FLUSH_PERIOD_MS) + 1) * FLUSH_PERIOD_MS;
    this.kernel.schedule(flushMs - now, this.name, "flush", { key, attempts });
    this.events.event(pod, "Warning", "FailedScheduling", message);
    this.tell(pod, "scheduler.no-fit", { nodes, message }, `${ONE} schedulePod`);
    const { namespace = "", name } = pod.metadata;
    const latest = this.api.find("pods", namespace, name);
    if (latest === undefined) return;
    // A pod that may not preempt keeps the nomination that it has.
    const keeps = outcome?.kind === "not-eligible" || outcome === undefined;
    const nominatedNodeName = keeps
      ? latest.status.nominatedNodeName
      : this.state.nominations.get(key);
    const status = refusedStatus(latest.status, { message, nominatedNodeName, now });
    this.api.updateStatus("pods", { ...latest, status });
  }

  /** DefaultPreemption's PostFilter: chooses a node, sees to it that its victims go, and keeps their room for the pod. */
  private preempt(key: string, pod: Pod, unfit: Unfit): Preemption {
    const { api, kernel, events } = this;
    const { nominations, pending } = this.state;
    const startedMs = ({ metadata }: Pod) => {
      const found = api.find("pods", metadata.namespace ?? "", metadata.name)?.status.startTime;
      return found === undefined ? kernel.now : parseTimestamp(found);
    };
    const outcome = preempt(
      pod,
      unfit,
      {
        view: this.state,
        budgets: api.list("poddisruptionbudgets"),
        lowestPriority: this.state.lowestPriority,
        startedMs,
        nominatedFor: (one, node) => nominatedFor(one, node, nominations, pending),
      },
      () => kernel.random("scheduler/preemption"),
    );
    if (outcome.kind === "in-vain") nominations.delete(key);
    if (outcome.kind !== "candidate") return outcome;
    const { candidate, candidates } = outcome;
    const { node, victims, violations } = candidate;
    makeRoom({ api, events, now: kernel.now }, pod, candidate);
    for (const [other, name] of nominations) {
      const nominee = pending.get(other);
      if (name !== node || nominee === undefined || priorityOf(nominee) >= priorityOf(pod))
        continue;
      this.clearNomination(nominee);
    }
    nominations.set(key, node);
    const pods = victims.map((victim) => victim.pod.metadata.name).join(", ");
    const values = { node, count: victims.length, pods, violations, candidates };
    this.tell(pod, "scheduler.preempt", values, `${PREEMPTION} Preempt`);
    return outcome;
  }

  /** A less important pod for which room was being made on the node may not fit there any more (getLowerPriorityNominatedPods). */
  private clearNomination({ metadata }: Pod): void {
    const pod = this.api.find("pods", metadata.namespace ?? "", metadata.name);
    if (pod === undefined) return;
    const { nominatedNodeName: _, ...status } = pod.status;
    this.api.updateStatus("pods", { ...pod, status });
  }

  private tell(
    { metadata }: Pod,
    code: string,
    values: Readonly<Record<string, string | number>>,
    upstream: string,
  ): void {
    const object = `pod/${metadata.name}`;
    this.decisions.decide({ actor: this.name, object, code, values, upstream });
  }
}
