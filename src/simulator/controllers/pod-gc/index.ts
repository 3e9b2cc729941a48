import { disruptionTarget, updatePodCondition } from "../../api/pod-conditions.ts";
import type { WatchEvent } from "../../api/server.ts";
import { isStatus } from "../../api/status-error.ts";
import type { Pod } from "../../api/types.ts";
import { BY_NODE } from "../informer.ts";
import type { Controller, ControllerContext } from "../kube-controller-manager.ts";
import { isPodFinished } from "../pod-status.ts";

/** gcCheckPeriod */
const CHECK_PERIOD_MS = 20_000;
/** A node has to be away for so long since a look first missed it (quarantineTime). */
const QUARANTINE_MS = 40_000;
const UPSTREAM = "pkg/controller/podgc/gc_controller.go";

/**
 * Takes away pods whose node does not exist any more (pkg/controller/podgc). Simplified: pods that have ended stay, since upstream leaves the
 * first 12,500 of them, and pods are missed with their node alone, not when they are bound to one that never was.
 */
class PodGarbageCollector implements Controller {
  readonly name = "pod-garbage-collector-controller";
  readonly resources = ["nodes"] as const;
  /** Nodes that are missed. */
  state: { missing: Set<string> } = { missing: new Set() };
  readonly on = { collect: (node: string) => this.collect(node) };
  private readonly context: ControllerContext;

  constructor(context: ControllerContext) {
    this.context = context;
  }

  onChange({ type, object }: WatchEvent): void {
    const { name } = object.metadata;
    const { missing } = this.state;
    if (type !== "DELETED") missing.delete(name);
    else if (!missing.has(name)) {
      missing.add(name);
      const { kernel } = this.context;
      // The look that misses it, and the first one after the quarantine.
      const untilLook = CHECK_PERIOD_MS - (kernel.now % CHECK_PERIOD_MS);
      kernel.schedule(untilLook + QUARANTINE_MS, this.name, "collect", name);
    }
  }

  /** gcOrphaned */
  private collect(node: string): void {
    if (!this.state.missing.delete(node)) return;
    for (const pod of this.context.informers.of("pods").by(BY_NODE, node)) this.take(pod);
  }

  /** markFailedAndDeletePodWithCondition */
  private take({ metadata }: Pod): void {
    const { api, decisions, kernel } = this.context;
    const { namespace = "", name, uid } = metadata;
    const pod = api.find("pods", namespace, name);
    if (pod?.metadata.uid !== uid) return;
    try {
      if (!isPodFinished(pod)) {
        const why = disruptionTarget("DeletionByPodGC", "PodGC: node no longer exists");
        const conditions = updatePodCondition(pod.status.conditions ?? [], why, kernel.now);
        const status = { ...pod.status, phase: "Failed", conditions } as const;
        api.updateStatus("pods", { ...pod, status });
      }
      api.delete("pods", namespace, name, { gracePeriodSeconds: 0 });
    } catch (error) {
      if (!isStatus(error, "NotFound", "Conflict")) throw error;
    }
    decisions.decide({
      actor: this.name,
      object: `pod/${name}`,
      code: "pod-gc.orphaned",
      values: { node: pod.spec.nodeName ?? "" },
      upstream: `${UPSTREAM} gcOrphaned`,
    });
  }
}

/** How the controller is made. */
export const podGarbageCollector = (context: ControllerContext) => new PodGarbageCollector(context);
