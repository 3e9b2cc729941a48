import type { EventRecorder } from "../../api/event-recorder.ts";
import { ofType } from "../../api/find.ts";
import type { ApiServer } from "../../api/server.ts";
import { isStatus } from "../../api/status-error.ts";
import { timestamp } from "../../api/time.ts";
import type { Pod, PodCondition } from "../../api/types.ts";
import type { Candidate } from "./victims.ts";

/** What it is done with. */
export interface Hands {
  readonly api: ApiServer;
  readonly events: EventRecorder;
  readonly now: number;
}

/** Deletes the victims, each with its own grace, after writing into it why (preemption.go prepareCandidate, PreemptPod). */
export function makeRoom({ api, events, now }: Hands, preemptor: Pod, candidate: Candidate): void {
  for (const { pod: victim } of candidate.victims) {
    const { namespace = "", name, uid } = victim.metadata;
    const pod = api.find("pods", namespace, name);
    if (pod?.metadata.uid !== uid) continue;
    try {
      const conditions = withTarget(pod.status.conditions ?? [], preemptor, now);
      api.updateStatus("pods", { ...pod, status: { ...pod.status, conditions } });
      api.delete("pods", namespace, name);
    } catch (error) {
      if (!isStatus(error, "NotFound")) throw error;
      continue;
    }
    const message = `Preempted by pod ${preemptor.metadata.uid} on node ${candidate.node}`;
    events.event(pod, "Normal", "Preempted", message);
  }
}

function withTarget(
  conditions: readonly PodCondition[],
  { spec }: Pod,
  now: number,
): readonly PodCondition[] {
  const before = ofType(conditions, "DisruptionTarget");
  const others = conditions.filter(({ type }) => type !== "DisruptionTarget");
  const since = before?.status === "True" ? before.lastTransitionTime : timestamp(now);
  const target: PodCondition = {
    type: "DisruptionTarget",
    status: "True",
    lastProbeTime: null,
    lastTransitionTime: since,
    reason: "PreemptionByScheduler",
    message: `${spec.schedulerName ?? "default-scheduler"}: preempting to accommodate a higher priority pod`,
  };
  return [...others, target];
}
