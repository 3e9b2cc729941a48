import type { ApiServer, WatchEvent } from "../api/server.ts";
import type { Pod } from "../api/types.ts";
import type { Note } from "./violation.ts";

/** So long the scheduler may know of a pod that it has gone: the watch, and the turn of a pod that has begun. */
const LAG_MS = 200;

/** No pod is preempted but for one that has a higher priority, waits for a node, and may preempt, as far as the scheduler can know. */
export class Preemptions {
  private readonly api: ApiServer;
  private readonly note: Note;
  /** Pods that were deleted while they waited. */
  private gone: { readonly pod: Pod; readonly atMs: number }[] = [];

  constructor(api: ApiServer, note: Note) {
    this.api = api;
    this.note = note;
  }

  observe({ type, resource, object, old }: WatchEvent): void {
    if (resource !== "pods" || type === "ADDED") return;
    const pod = object as Pod;
    if (type === "DELETED" && !pod.spec.nodeName) this.gone.push({ pod, atMs: this.api.now });
    const isMarked = (one: Pod) => one.metadata.deletionTimestamp !== undefined;
    if (!isMarked(pod) || isMarked(old as Pod) || !isPreempted(pod)) return;
    const { priority = 0 } = pod.spec;
    const waits = ({ spec }: Pod) =>
      !spec.nodeName && (spec.priority ?? 0) > priority && spec.preemptionPolicy !== "Never";
    if (this.api.list("pods").some(waits)) return;
    this.gone = this.gone.filter(({ atMs }) => this.api.now - atMs <= LAG_MS);
    if (this.gone.some((one) => waits(one.pod))) return;
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
