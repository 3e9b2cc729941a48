import type { WatchEvent } from "../api/server.ts";
import type { Pod } from "../api/types.ts";
import type { Note } from "./violation.ts";

/** A time in which the kubelet of a node hears nothing. */
export interface Outage {
  readonly node: string;
  readonly fromMs: number;
  readonly untilMs: number;
}

/** The floor between signal and SIGKILL (kuberuntime_manager.go minimumGracePeriodInSeconds). */
const FLOOR_MS = 2000;
/**
 * What comes on top of grace and floor: the deletion's way to the kubelet, whole seconds, the work that the kubelet is at (a sync that starts
 * containers), the runtime's own time, which many pods that come and go together share (kubelet/runtime-work.ts), a relist, the status and the
 * final deletion.
 */
const SLACK_MS = 20_000;

/** No pod outlives its grace period by more than the floor of two seconds, and what the node needs to clear up. */
export class Removals {
  private readonly note: Note;
  private readonly now: () => number;
  private readonly outages: readonly Outage[];
  private readonly due = new Map<
    string,
    { readonly name: string; readonly graceSeconds: number; readonly atMs: number }
  >();

  constructor(note: Note, now: () => number, outages: readonly Outage[]) {
    this.note = note;
    this.now = now;
    this.outages = outages;
  }

  observe({ type, resource, object }: WatchEvent): void {
    if (resource !== "pods") return;
    const { uid, name, deletionTimestamp, deletionGracePeriodSeconds } = (object as Pod).metadata;
    const graceSeconds = deletionGracePeriodSeconds ?? 0;
    if (type === "DELETED") this.due.delete(uid);
    else if (deletionTimestamp !== undefined && this.due.get(uid)?.graceSeconds !== graceSeconds) {
      const fromMs = this.heardMs((object as Pod).spec.nodeName);
      this.due.set(uid, { name, graceSeconds, atMs: fromMs + graceSeconds * 1000 });
    }
    this.check();
  }

  /** When the kubelet of the node hears of what is done now: when it is back, if it is away at any time until the pod should be gone. */
  private heardMs(node: string | undefined): number {
    const now = this.now();
    const away = this.outages.filter((outage) => outage.node === node && outage.untilMs > now);
    return Math.max(now, ...away.map(({ untilMs }) => untilMs));
  }

  /** Notes those whose time is over, once each. */
  check(): void {
    const now = this.now();
    for (const [uid, { name, atMs }] of this.due) {
      if (now <= atMs + FLOOR_MS + SLACK_MS) continue;
      this.note("late-removal", `${name} is still there ${now - atMs} ms after its grace period`);
      this.due.delete(uid);
    }
  }
}
