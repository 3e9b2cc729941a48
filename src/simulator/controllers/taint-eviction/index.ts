import { bareObject, EventRecorder } from "../../api/event-recorder.ts";
import { disruptionTarget, updatePodCondition } from "../../api/pod-conditions.ts";
import { deepEqual, objectKey, type WatchEvent } from "../../api/server.ts";
import { isStatus } from "../../api/status-error.ts";
import type { Node, Pod, Resource, ResourceTypes, Taint } from "../../api/types.ts";
import type { Spread } from "../../kernel/random.ts";
import { BY_NODE } from "../informer.ts";
import type { Controller, ControllerContext } from "../kube-controller-manager.ts";
import { toleratedTime } from "./tolerated-time.ts";

/** From a change that the controller has seen to its decision. */
const REACTION: Spread = { min: 1, median: 5, max: 50 };
/** addConditionAndDeletePod */
const TARGET = disruptionTarget(
  "DeletionByTaintManager",
  "Taint manager: deleting due to NoExecute taint",
);
const UPSTREAM = "pkg/controller/tainteviction/taint_eviction.go";

interface Eviction {
  readonly uid: string;
  /** When the pod's time began, and when it is over. */
  readonly sinceMs: number;
  readonly dueMs: number;
  readonly event: number;
}

interface State {
  /** By key of the pod. */
  evictions: Map<string, Eviction>;
  /** Keys of pods that were deleted for their node's taints: not again for the same ones (timed_workers.go getWrappedWorkerFunc). */
  evicted: Set<string>;
}

/** Deletes pods from nodes with NoExecute taints that they do not tolerate, or not for so long (pkg/controller/tainteviction). */
class TaintEvictionController implements Controller {
  readonly name = "taint-eviction-controller";
  state: State = { evictions: new Map(), evicted: new Set() };
  readonly on = {
    node: (name: string) => this.handleNode(name),
    pod: (key: string) => this.handlePod(key),
    evict: (key: string) => this.evict(key),
  };
  private readonly context: ControllerContext;
  private readonly events: EventRecorder;

  constructor(context: ControllerContext) {
    this.context = context;
    this.events = new EventRecorder(context.kernel, context.api, this.name);
  }

  onChange(event: WatchEvent, old: ResourceTypes[Resource] | undefined): void {
    if (event.resource === "nodes") this.onNode(event as WatchEvent<"nodes">, old as Node);
    else if (event.resource === "pods") this.onPod(event as WatchEvent<"pods">, old as Pod);
  }

  private onNode({ object: node }: WatchEvent<"nodes">, old: Node | undefined): void {
    if (old?.spec.taints === node.spec.taints) return;
    const before = old === undefined ? [] : noExecuteTaints(old);
    if (!deepEqual(before, noExecuteTaints(node))) this.soon("node", node.metadata.name);
  }

  private onPod({ type, key, object: pod }: WatchEvent<"pods">, old: Pod | undefined): void {
    if (type === "DELETED") {
      this.cancel(pod, key);
      return;
    }
    const isNew = old?.spec.nodeName !== pod.spec.nodeName;
    if (!isNew && old?.spec.tolerations === pod.spec.tolerations) return;
    if (pod.spec.nodeName && this.taintsOf(pod).length > 0) this.soon("pod", key);
  }

  private soon(type: string, data: string): void {
    const { kernel } = this.context;
    const delay = kernel.random(`sync/${this.name}`).spread(REACTION);
    kernel.schedule(delay, this.name, type, data);
  }

  /** handleNodeUpdate */
  private handleNode(name: string): void {
    for (const pod of this.context.informers.of("pods").by(BY_NODE, name)) this.process(pod);
  }

  private handlePod(key: string): void {
    const pod = this.context.informers.of("pods").get(key);
    if (pod !== undefined) this.process(pod);
  }

  /** processPodOnNode */
  private process(pod: Pod): void {
    const { kernel } = this.context;
    const key = objectKey(pod);
    const taints = this.taintsOf(pod);
    const timeMs = taints.length === 0 ? undefined : toleratedTime(taints, pod.spec.tolerations);
    if (timeMs === undefined || timeMs === 0) this.cancel(pod, key);
    if (timeMs === undefined) return;
    if (this.state.evicted.has(key)) return;
    const known = this.state.evictions.get(key);
    if (known !== undefined) {
      if (known.sinceMs + timeMs < kernel.now + timeMs) return;
      this.cancel(pod, key);
    }
    const dueMs = kernel.now + timeMs;
    const event = kernel.schedule(timeMs, this.name, "evict", key);
    const { uid, name } = pod.metadata;
    this.state.evictions.set(key, { uid, sinceMs: kernel.now, dueMs, event });
    this.context.decisions.decide({
      actor: this.name,
      object: `pod/${name}`,
      code: "taint-eviction.scheduled",
      values: { node: pod.spec.nodeName ?? "", taint: taints[0]!.key, seconds: timeMs / 1000 },
      upstream: `${UPSTREAM} processPodOnNode`,
    });
  }

  /** cancelWorkWithEvent */
  private cancel(pod: Pod, key: string): void {
    this.state.evicted.delete(key);
    const known = this.state.evictions.get(key);
    if (known === undefined) return;
    this.state.evictions.delete(key);
    this.context.kernel.cancel(known.event);
    this.say(pod, `Cancelling deletion of Pod ${key}`);
  }

  /** deletePodHandler */
  private evict(key: string): void {
    const known = this.state.evictions.get(key);
    this.state.evictions.delete(key);
    const { api, decisions, kernel } = this.context;
    const [namespace = "", name = ""] = key.split("/");
    const pod = api.find("pods", namespace, name);
    if (known === undefined || pod?.metadata.uid !== known.uid) return;
    this.say(pod, `Marking for deletion Pod ${key}`);
    decisions.decide({
      actor: this.name,
      object: `pod/${name}`,
      code: "taint-eviction.delete",
      values: { node: pod.spec.nodeName ?? "", waitedMs: known.dueMs - known.sinceMs },
      upstream: `${UPSTREAM} deletePodHandler`,
    });
    try {
      const conditions = updatePodCondition(pod.status.conditions ?? [], TARGET, kernel.now);
      api.updateStatus("pods", { ...pod, status: { ...pod.status, conditions } });
      api.delete("pods", namespace, name);
      this.state.evicted.add(key);
    } catch (error) {
      if (!isStatus(error, "NotFound", "Conflict")) throw error;
    }
  }

  /** The event names the pod, and not which one of that name (emitPodDeletionEvent): `kubectl describe` does not find it. */
  private say({ metadata }: Pod, message: string): void {
    const { name, namespace = "default" } = metadata;
    const pod = bareObject("Pod", name, { apiVersion: "v1", namespace });
    this.events.event(pod, "Normal", "TaintManagerEviction", message);
  }

  private taintsOf(pod: Pod): readonly Taint[] {
    const node = this.context.informers.of("nodes").get(pod.spec.nodeName ?? "");
    return node === undefined ? [] : noExecuteTaints(node);
  }
}

/** How the controller is made. */
export const taintEvictionController = (context: ControllerContext) =>
  new TaintEvictionController(context);

function noExecuteTaints({ spec }: Node): readonly Taint[] {
  return (spec.taints ?? []).filter(({ effect }) => effect === "NoExecute");
}
