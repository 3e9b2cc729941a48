import type { WatchEvent } from "../api/server.ts";
import { timestamp } from "../api/time.ts";
import type { NodeCondition } from "../api/types.ts";
import type { Evictions } from "./evictions.ts";
import type { KubeletNode } from "./node.ts";
import type { StatusManager } from "./status-manager.ts";

/** What the connection leads to. */
interface Ends {
  readonly statuses: StatusManager;
  readonly evictions: Evictions;
  /** Takes a change of a pod, as the watch brings it. */
  take(event: WatchEvent<"pods">): void;
}

/**
 * The kubelet's way to the API server. While it is cut, the kubelet goes on with the pods that it knows of, and hears of none; afterwards it
 * lists them anew, so that what came and went meanwhile does not exist for it (client-go tools/cache/reflector.go ListAndWatch). Simplified:
 * what it has to say meanwhile of events is lost at once, and it is back at the first moment it can be.
 */
export class Connection {
  private readonly node: KubeletNode;
  private readonly ends: Ends;

  constructor(node: KubeletNode, ends: Ends) {
    this.node = node;
    this.ends = ends;
  }

  /** A change that the watch brings: taken now, or when the connection is back. */
  watch(event: WatchEvent<"pods">): void {
    const { isCut, missed } = this.node.state.connection;
    if (isCut) missed.set(event.object.metadata.uid, event);
    else this.ends.take(event);
  }

  cut(): void {
    this.node.state.connection.isCut = true;
  }

  /** The way is free again: the kubelet says that its node is well, hears of its pods, and tells what has become of them. */
  restore(): void {
    const { state } = this.node;
    const { connection } = state;
    if (!connection.isCut) return;
    connection.isCut = false;
    this.reportNode();
    const missed = [...connection.missed.values()];
    connection.missed.clear();
    for (const event of missed) {
      if (event.type !== "DELETED" || state.pods.has(event.object.metadata.uid)) {
        this.ends.take(event);
      }
    }
    for (const pod of state.pods.values()) this.ends.statuses.sendAgain(pod);
  }

  /** nodestatus/setters.go ReadyCondition and its siblings. */
  private reportNode(): void {
    const { api, node, now } = this.node;
    const current = api.find("nodes", "", node.name);
    if (current === undefined) return;
    const at = timestamp(now);
    const wasReady = current.status.conditions?.some(
      ({ type, status }) => type === "Ready" && status === "True",
    );
    const known = new Map((current.status.conditions ?? []).map((c) => [c.type, c]));
    const wanted: Omit<NodeCondition, "lastHeartbeatTime" | "lastTransitionTime">[] = [
      ...this.ends.evictions.conditions(),
      {
        type: "PIDPressure",
        status: "False",
        reason: "KubeletHasSufficientPID",
        message: "kubelet has sufficient PID available",
      },
      {
        type: "Ready",
        status: "True",
        reason: "KubeletReady",
        message: "kubelet is posting ready status",
      },
    ];
    const conditions = wanted.map((condition): NodeCondition => {
      const before = known.get(condition.type);
      const stays = before?.status === condition.status;
      const since = stays ? before.lastTransitionTime : at;
      return { ...condition, lastHeartbeatTime: at, lastTransitionTime: since ?? at };
    });
    const others = [...known.values()].filter(
      ({ type }) => !conditions.some((condition) => condition.type === type),
    );
    api.updateStatus("nodes", {
      ...current,
      status: { ...current.status, conditions: [...others, ...conditions] },
    });
    if (wasReady === true) return;
    const message = `Node ${node.name} status is now: NodeReady`;
    this.node.eventAboutNode("Normal", "NodeReady", message);
  }
}
