import type { IntOrString } from "../../api/types.ts";

const UNITS: Readonly<Record<string, number>> = {
  ms: 1,
  s: 1000,
  m: 60_000,
  h: 3_600_000,
};

/** Milliseconds of a Go duration, `1h30m`; undefined when it is none (time.ParseDuration). */
export function durationMs(text: string): number | undefined {
  if (text === "0") return 0;
  if (!/^-?(\d+(\.\d+)?(ms|s|m|h))+$/.test(text)) return undefined;
  let total = 0;
  for (const [, value, unit] of text.matchAll(/(\d+(?:\.\d+)?)(ms|s|m|h)/g)) {
    total += Number(value) * UNITS[unit!]!;
  }
  return text.startsWith("-") ? -total : total;
}

/** Milliseconds of a pause: seconds as a number, or a duration; -1000 when it is neither (v1alpha1 RolloutPause.DurationSeconds). */
export function pauseDurationMs(duration: IntOrString): number {
  if (typeof duration === "number") return duration * 1000;
  if (/^-?\d+$/.test(duration)) return Number(duration) * 1000;
  const ms = durationMs(duration);
  return ms === undefined ? -1000 : Math.trunc(ms / 1000) * 1000;
}
