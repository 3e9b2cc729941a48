/*
 * Durations as kubectl prints ages (apimachinery pkg/util/duration/duration.go): the longer they are, the coarser. Clocks may differ by
 * less than two seconds, so a little less than nothing is `0s`, and more than that `<invalid>`.
 */

const SECOND_MS = 1000;
const MINUTE_MS = 60 * SECOND_MS;
const HOUR_MS = 60 * MINUTE_MS;
const HOURS_A_DAY = 24;
const HOURS_A_YEAR = 365 * HOURS_A_DAY;

/** `45s`, `3m10s`, `47h`, `2y1d`: one or two units, whichever is needed to tell ages apart (HumanDuration). */
export function humanDuration(ms: number): string {
  const small = inSeconds(ms, 120);
  if (small !== undefined) return small;
  const seconds = Math.floor(ms / SECOND_MS);
  const minutes = Math.floor(ms / MINUTE_MS);
  if (minutes < 10) return twoUnits(minutes, "m", seconds % 60, "s");
  if (minutes < 180) return `${minutes}m`;
  const hours = Math.floor(ms / HOUR_MS);
  if (hours < 8) return twoUnits(hours, "h", minutes % 60, "m");
  if (hours < 48) return `${hours}h`;
  const days = Math.floor(hours / HOURS_A_DAY);
  if (days < 8) return twoUnits(days, "d", hours % HOURS_A_DAY, "h");
  if (hours < 2 * HOURS_A_YEAR) return `${days}d`;
  const years = Math.floor(hours / HOURS_A_YEAR);
  return years < 8 ? twoUnits(years, "y", days % 365, "d") : `${years}y`;
}

/** `59s`, `59m`, `23h`, `364d`, `2y`: the largest unit alone (ShortHumanDuration). */
export function shortHumanDuration(ms: number): string {
  const small = inSeconds(ms, 60);
  if (small !== undefined) return small;
  const minutes = Math.floor(ms / MINUTE_MS);
  if (minutes < 60) return `${minutes}m`;
  const hours = Math.floor(ms / HOUR_MS);
  if (hours < HOURS_A_DAY) return `${hours}h`;
  if (hours < HOURS_A_YEAR) return `${Math.floor(hours / HOURS_A_DAY)}d`;
  return `${Math.floor(hours / HOURS_A_YEAR)}y`;
}

function inSeconds(ms: number, secondsBelow: number): string | undefined {
  const seconds = Math.trunc(ms / SECOND_MS);
  if (seconds < -1) return "<invalid>";
  if (seconds < 0) return "0s";
  return seconds < secondsBelow ? `${seconds}s` : undefined;
}

function twoUnits(large: number, largeUnit: string, small: number, smallUnit: string): string {
  return small === 0 ? `${large}${largeUnit}` : `${large}${largeUnit}${small}${smallUnit}`;
}
