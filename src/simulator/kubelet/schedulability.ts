import type { WatchEvent } from "../api/server.ts";
import type { KubeletNode } from "./node.ts";

/** How often a kubelet reports on its node (nodeStatusUpdateFrequency), in milliseconds. */
const REPORT_MS = 10_000;

/** Tells of it in an event when somebody cordons the node, or lets it have pods again (kubelet_node_status.go recordNodeSchedulableEvent). */
export class Schedulability {
  readonly on = { nodeReport: () => this.report() };
  private readonly node: KubeletNode;

  constructor(node: KubeletNode) {
    this.node = node;
  }

  /** Takes a change of the node, which it tells of when it next reports. */
  watch({ object }: WatchEvent<"nodes">): void {
    const { schedulability } = this.node.state;
    if (
      schedulability.isDue ||
      (object.spec.unschedulable === true) === schedulability.isCordoned
    ) {
      return;
    }
    schedulability.isDue = true;
    this.node.schedule(this.node.random("report").integer(0, REPORT_MS - 1), "nodeReport", {});
  }

  private report(): void {
    const { node } = this;
    const { connection, schedulability } = node.state;
    if (connection.isCut) {
      node.schedule(REPORT_MS, "nodeReport", {});
      return;
    }
    schedulability.isDue = false;
    const { name } = node.node;
    const isCordoned = node.api.find("nodes", "", name)?.spec.unschedulable === true;
    if (isCordoned === schedulability.isCordoned) return;
    schedulability.isCordoned = isCordoned;
    const reason = isCordoned ? "NodeNotSchedulable" : "NodeSchedulable";
    node.eventAboutNode("Normal", reason, `Node ${name} status is now: ${reason}`);
  }
}
