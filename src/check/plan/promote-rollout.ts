import { parseDuration } from "../../scenario/schema/duration.ts";
import type { Note } from "../notes.ts";
import { recordsOf, valueAt, type Plain } from "./pod-spec.ts";

/** How long a pause lasts here: enough to see requests meet both versions. */
const PAUSE_SECONDS = 10;

/**
 * An Argo Rollout as it is played: somebody promotes it at each pause that waits for that, and long pauses are short. Neither changes which requests
 * fail, and a check does not have hours.
 */
export function promoteRollout(rollout: Plain): { workload: Plain; notes: Note[] } {
  const spec = (rollout.spec ?? {}) as Plain;
  const strategy = (spec.strategy ?? {}) as Plain;
  const canary = strategy.canary as Plain | undefined;
  const blueGreen = strategy.blueGreen as Plain | undefined;
  let changed = 0;
  const steps = recordsOf(canary?.steps).map((step) => {
    if (!("pause" in step) || !isLong(valueAt(step, "pause", "duration"))) return step;
    changed += 1;
    return { pause: { duration: PAUSE_SECONDS } };
  });
  const waits = blueGreen?.autoPromotionEnabled === false;
  if (waits) changed += 1;
  if (changed === 0) return { workload: rollout, notes: [] };
  const played = {
    ...strategy,
    ...(canary === undefined ? {} : { canary: { ...canary, steps } }),
    ...(waits
      ? {
          blueGreen: {
            ...blueGreen,
            autoPromotionEnabled: true,
            autoPromotionSeconds: PAUSE_SECONDS,
          },
        }
      : {}),
  };
  return {
    workload: { ...rollout, spec: { ...spec, strategy: played } },
    notes: [{ code: "pauses-short", values: { seconds: PAUSE_SECONDS } }],
  };
}

/** A pause is as long as it says in seconds or as a duration; without any it waits for somebody. */
function isLong(duration: unknown): boolean {
  if (duration === undefined || duration === null) return true;
  const ms = typeof duration === "number" ? duration * 1000 : parseDuration(String(duration));
  const seconds = /^\d+$/.test(String(duration)) ? Number(duration) : (ms ?? 0) / 1000;
  return seconds > PAUSE_SECONDS;
}
