import { quantityValue } from "../api/schema/quantity.ts";
import { timestamp } from "../api/time.ts";
import { isTolerated } from "../api/tolerations.ts";
import type { Container, Node, NodeCondition, Pod } from "../api/types.ts";
import type { NodePressure } from "../scenario.ts";
import type { Refusal } from "./admission.ts";
import { isCritical } from "./critical.ts";
import type { KubeletNode } from "./node.ts";
import type { EndPod, PodState } from "./state.ts";

/** From one eviction to the next look at the node (kubelet.go evictionMonitoringPeriod), in milliseconds. */
const MONITORING_MS = 10_000;

/** A node condition stays so long after its cause was last seen (evictionPressureTransitionPeriod), in milliseconds. */
const TRANSITION_MS = 300_000;

/** The grace period of a pod that goes (eviction_manager.go immediateEvictionGracePeriodSeconds). */
const GRACE_SECONDS = 1;

const EVICTED = "Evicted";
const MEMORY_PRESSURE = { key: "node.kubernetes.io/memory-pressure", effect: "NoSchedule" };

/** How much memory or storage a container uses, in KiB. */
interface Usage {
  readonly container: Container;
  readonly usedKi: number;
  readonly requestedKi: number;
}

/** The words of a kind of pressure (kubelet nodestatus/setters.go MemoryPressureCondition and DiskPressureCondition). */
interface PressureWords {
  readonly condition: string;
  readonly on: readonly [reason: string, message: string, event: string];
  readonly off: readonly [reason: string, message: string, event: string];
  /** The default hard threshold (eviction defaults_linux.go) as messages print it: of memory 100Mi, of storage a tenth of 100 GiB. */
  readonly threshold: string;
  readonly thresholdKi: number;
}

const WORDS: Readonly<Record<NodePressure["resource"], PressureWords>> = {
  memory: {
    condition: "MemoryPressure",
    on: [
      "KubeletHasInsufficientMemory",
      "kubelet has insufficient memory available",
      "NodeHasInsufficientMemory",
    ],
    off: [
      "KubeletHasSufficientMemory",
      "kubelet has sufficient memory available",
      "NodeHasSufficientMemory",
    ],
    threshold: "100Mi",
    thresholdKi: 100 * 1024,
  },
  "ephemeral-storage": {
    condition: "DiskPressure",
    on: ["KubeletHasDiskPressure", "kubelet has disk pressure", "NodeHasDiskPressure"],
    off: ["KubeletHasNoDiskPressure", "kubelet has no disk pressure", "NodeHasNoDiskPressure"],
    threshold: "10737418240",
    thresholdKi: 10 * 1024 * 1024,
  },
};

/**
 * Evicts pods of a node that runs out of a resource, when the scenario says that it does (eviction/eviction_manager.go). Simplified: what a
 * container uses is drawn when somebody asks, and nothing on the node can be freed but by evicting pods.
 */
export class Evictions {
  readonly on = {
    pressure: (pressure: NodePressure) => this.begin(pressure),
    evict: (event: { readonly pressure: NodePressure; readonly left: number }) =>
      this.evictOne(event.pressure, event.left),
    pressureOver: (pressure: NodePressure) => this.over(pressure),
  };
  private readonly node: KubeletNode;
  private readonly end: EndPod;

  constructor(node: KubeletNode, end: EndPod) {
    this.node = node;
    this.end = end;
  }

  /** Why a new pod is turned away; undefined when it is not (eviction_manager.go Admit). */
  refusal(pod: Pod): Refusal | undefined {
    const present = Object.values(WORDS)
      .map(({ condition }) => condition)
      .filter((type) => this.node.state.pressures.has(type));
    if (present.length === 0 || isCritical(pod)) return undefined;
    if (present.every((type) => type === "MemoryPressure")) {
      if (pod.status.qosClass !== "BestEffort") return undefined;
      if (isTolerated(MEMORY_PRESSURE, pod.spec.tolerations)) return undefined;
    }
    return { reason: EVICTED, message: `The node had condition: [${present.join(", ")}]. ` };
  }

  /** The conditions of the node that this one vouches for, as they are. */
  conditions(): Pick<NodeCondition, "type" | "status" | "reason" | "message">[] {
    const { pressures } = this.node.state;
    return Object.values(WORDS).map(({ condition: type, on, off }) => {
      const [reason, message] = pressures.has(type) ? on : off;
      return { type, status: pressures.has(type) ? "True" : "False", reason, message };
    });
  }

  private begin(pressure: NodePressure): void {
    const { pressures } = this.node.state;
    const { condition, on } = WORDS[pressure.resource];
    if (!pressures.has(condition)) this.setCondition(condition, "True", on);
    this.evictOne(pressure, pressure.pods);
  }

  /** One look at the node: at most one pod goes. The pressure ends with the last of them. */
  private evictOne(pressure: NodePressure, left: number): void {
    const { resource } = pressure;
    const { pressures } = this.node.state;
    const { condition } = WORDS[resource];
    this.node.kernel.cancel(pressures.get(condition));
    pressures.set(condition, this.node.schedule(TRANSITION_MS, "pressureOver", pressure));
    if (left === 0) return;
    const object = this.nodeObject();
    if (object !== undefined) {
      const text = `Attempting to reclaim ${resource}`;
      this.node.eventAboutNode("Warning", "EvictionThresholdMet", text);
    }
    const [first] = this.ranked(resource);
    if (first !== undefined) this.evictPod(first.pod, first.usages, resource);
    this.node.schedule(MONITORING_MS, "evict", { pressure, left: left - 1 });
  }

  private over({ resource }: NodePressure): void {
    const { condition, off } = WORDS[resource];
    this.node.state.pressures.delete(condition);
    this.setCondition(condition, "False", off);
  }

  /** Pods in the order in which they would go (eviction/helpers.go rankMemoryPressure, rankDiskPressureFunc). */
  private ranked(resource: NodePressure["resource"]): { pod: PodState; usages: Usage[] }[] {
    const candidates = [...this.node.state.pods.values()]
      .filter(({ work, pod }) => work === "sync" && !isCritical(pod))
      .map((pod) => {
        const usages = this.usagesOf(pod, resource);
        const over = usages.reduce((sum, u) => sum + u.usedKi - u.requestedKi, 0);
        return { pod, usages, over, priority: pod.pod.spec.priority ?? 0 };
      });
    return candidates.sort(
      (a, b) =>
        Number(b.over > 0) - Number(a.over > 0) || a.priority - b.priority || b.over - a.over,
    );
  }

  private usagesOf({ pod }: PodState, resource: NodePressure["resource"]): Usage[] {
    return pod.spec.containers.map((container) => ({
      container,
      usedKi: this.node.random(`usage/${resource}`).integer(150 * 1024, 400 * 1024),
      requestedKi: quantityValue(container.resources?.requests?.[resource] ?? 0) / 1024,
    }));
  }

  private evictPod(
    pod: PodState,
    usages: readonly Usage[],
    resource: NodePressure["resource"],
  ): void {
    const { threshold, thresholdKi } = WORDS[resource];
    const low = Math.floor(thresholdKi * 0.8);
    const available = this.node.random(`available/${resource}`).integer(low, thresholdKi - 1);
    const greedy = usages
      .filter(({ usedKi, requestedKi }) => usedKi > requestedKi)
      .map(
        ({ container, usedKi }) =>
          `Container ${container.name} was using ${usedKi}Ki, request is ${container.resources?.requests?.[resource] ?? 0}, has larger consumption of ${resource}. `,
      );
    const message = `The node was low on resource: ${resource}. Threshold quantity: ${threshold}, available: ${available}Ki. ${greedy.join("")}`;
    this.node.event(pod.pod, "Warning", EVICTED, message);
    const upstream = "pkg/kubelet/eviction/eviction_manager.go evictPod";
    this.node.decide(
      pod.pod,
      "kubelet.evicted",
      { resource, availableMi: Math.floor(available / 1024) },
      upstream,
    );
    this.end(pod, { reason: EVICTED, message, disruption: message, graceSeconds: GRACE_SECONDS });
  }

  private setCondition(
    type: string,
    status: NodeCondition["status"],
    [reason, message, event]: PressureWords["on"],
  ): void {
    const node = this.nodeObject();
    if (node === undefined || this.node.state.connection.isCut) return;
    const now = timestamp(this.node.now);
    const others = (node.status.conditions ?? []).filter((c) => c.type !== type);
    const condition = {
      type,
      status,
      reason,
      message,
      lastHeartbeatTime: now,
      lastTransitionTime: now,
    };
    this.node.api.updateStatus("nodes", {
      ...node,
      status: { ...node.status, conditions: [...others, condition] },
    });
    const text = `Node ${node.metadata.name} status is now: ${event}`;
    this.node.eventAboutNode("Normal", event, text);
  }

  private nodeObject(): Node | undefined {
    return this.node.api.find("nodes", "", this.node.node.name);
  }
}
