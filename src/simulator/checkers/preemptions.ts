import type { ApiServer, WatchEvent } from "../api/server.ts";
import type { Pod } from "../api/types.ts";
import type { Note } from "./violation.ts";

/** No pod is preempted but for one that has a higher priority, waits for a node, and may preempt. */
export class Preemptions {
  private readonly api: ApiServer;
  private readonly note: Note;

  constructor(api: ApiServer, note: Note) {
    this.api = api;
    this.note = note;
  }

  observe({ type, resource, object, old }: WatchEvent): void {
    if (resource !== "pods" || type === "ADDED") return;
    const pod = object as Pod;
    const isMarked = (one: Pod) => one.metadata.deletionTimestamp !== undefined;
    if (!isMarked(pod) || isMarked(old as Pod) || !isPreempted(pod)) return;
    const { priority = 0 } = pod.spec;
    const waits = ({ spec }: Pod) =>
      !spec.nodeName && (spec.priority ?? 0) > priority && spec.preemptionPolicy !== "Never";
    if (this.api.list("pods").some(waits)) return;
    const why = `and no pod of a priority above ${priority} waits`;
    this.note("preempted-in-vain", `${pod.metadata.name} is preempted, ${why}`);
  }
}

function isPreempted({ status }: Pod): boolean {
  return (
    status.conditions?.some(
      (c) => c.type === "DisruptionTarget" && c.reason === "PreemptionByScheduler",
    ) ?? false
  );
}
