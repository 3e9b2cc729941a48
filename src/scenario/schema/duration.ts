/** Milliseconds of the units that a duration is written in. */
const UNIT_MS: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 };

/** The durations that documents are written in, as a regular expression: `250ms`, `1.5s`, `1h30m`, `0`. */
export const DURATION_PATTERN = "^(0|([0-9]+(\\.[0-9]+)?(ms|s|m|h))+)$";

const DURATION = new RegExp(DURATION_PATTERN);

/** Whole milliseconds of a duration as Kubernetes writes it (Go's time.ParseDuration, without signs and units below a millisecond). */
export function parseDuration(text: string): number | undefined {
  if (!DURATION.test(text)) return undefined;
  let ms = 0;
  for (const [, amount, unit] of text.matchAll(/([0-9.]+)(ms|s|m|h)/g)) {
    ms += Number(amount) * UNIT_MS[unit!]!;
  }
  return Math.round(ms);
}

/** The shortest way to write a duration: `1h30m`, `2m30s`, `250ms`, `0s`. */
export function formatDuration(ms: number): string {
  if (ms < 1000) return ms === 0 ? "0s" : `${ms}ms`;
  const h = Math.floor(ms / 3_600_000);
  const m = Math.floor((ms % 3_600_000) / 60_000);
  const s = (ms % 60_000) / 1000;
  return `${h === 0 ? "" : `${h}h`}${m === 0 ? "" : `${m}m`}${s === 0 ? "" : `${s}s`}`;
}
