import { parseTimestamp, timestamp } from "../api/time.ts";
import type { KubeletNode } from "./node.ts";
import { SYNC_TICK_MS } from "./pod-workers.ts";
import type { EndPod, PodState } from "./state.ts";

/** What the status of a pod says that was there for too long, and an event. */
const OVERDUE = {
  reason: "DeadlineExceeded",
  message: "Pod was active on the node longer than the specified deadline",
};

/** Ends pods whose activeDeadlineSeconds are over (active_deadline.go). */
export class ActiveDeadline {
  readonly on = { deadline: (event: { readonly uid: string }) => this.look(event.uid) };
  private readonly node: KubeletNode;
  private readonly end: EndPod;

  constructor(node: KubeletNode, end: EndPod) {
    this.node = node;
    this.end = end;
  }

  /** Looks at the pod when its time is over: at the next tick in which the kubelet looks which pods are to be synced. */
  watch(pod: PodState): void {
    const dueMs = this.dueMs(pod);
    if (dueMs === undefined) return;
    const { now, state } = this.node;
    const phase = state.relistPhaseMs;
    const at = phase + Math.ceil((Math.max(now, dueMs) - phase) / SYNC_TICK_MS) * SYNC_TICK_MS;
    this.node.schedule(at - now, "deadline", { uid: pod.uid });
  }

  private look(uid: string): void {
    const pod = this.node.pod(uid);
    if (pod?.work !== "sync" || this.node.now < (this.dueMs(pod) ?? Infinity)) return;
    this.node.event(pod.pod, "Normal", OVERDUE.reason, OVERDUE.message);
    this.end(pod, OVERDUE);
  }

  /** The time counts from status.startTime. */
  private dueMs({ pod, status }: PodState): number | undefined {
    const { activeDeadlineSeconds } = pod.spec;
    if (activeDeadlineSeconds === undefined) return undefined;
    const startTime = status?.startTime ?? timestamp(this.node.now);
    return parseTimestamp(startTime) + activeDeadlineSeconds * 1000;
  }
}
