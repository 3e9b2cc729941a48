import type { EventRecorder } from "../../api/event-recorder.ts";
import { disruptionTarget, updatePodCondition } from "../../api/pod-conditions.ts";
import type { ApiServer } from "../../api/server.ts";
import { isStatus } from "../../api/status-error.ts";
import type { Pod } from "../../api/types.ts";
import type { Candidate } from "./victims.ts";

/** What it is done with. */
export interface Hands {
  readonly api: ApiServer;
  readonly events: EventRecorder;
  readonly now: number;
}

/** Deletes the victims, each with its own grace, after writing into it why (preemption.go prepareCandidate, PreemptPod). */
export function makeRoom({ api, events, now }: Hands, preemptor: Pod, candidate: Candidate): void {
  const scheduler = preemptor.spec.schedulerName ?? "default-scheduler";
  const message = `${scheduler}: preempting to accommodate a higher priority pod`;
  const why = disruptionTarget("PreemptionByScheduler", message);
  for (const { pod: victim } of candidate.victims) {
    const { namespace = "", name, uid } = victim.metadata;
    const pod = api.find("pods", namespace, name);
    if (pod?.metadata.uid !== uid) continue;
    try {
      const conditions = updatePodCondition(pod.status.conditions ?? [], why, now);
      api.updateStatus("pods", { ...pod, status: { ...pod.status, conditions } });
      api.delete("pods", namespace, name);
    } catch (error) {
      if (!isStatus(error, "NotFound")) throw error;
      continue;
    }
    const text = `Preempted by pod ${preemptor.metadata.uid} on node ${candidate.node}`;
    events.event(pod, "Normal", "Preempted", text);
  }
}
