/*
 * Kubernetes times are RFC 3339 strings with whole seconds (metav1.Time). Virtual time 0 is a fixed instant, so that a run prints the
 * same times whenever it is made.
 */

/** The instant of virtual time 0. */
const EPOCH = "2026-01-01T00:00:00Z";

const EPOCH_SECONDS = 1767225600;
/** The same in milliseconds of Unix time. */
export const EPOCH_MS = EPOCH_SECONDS * 1000;
const SECONDS_A_DAY = 86400;

const formatted = new Map<number, string>();
/** The same the other way round. */
const parsed = new Map<string, number>();

/** The time `ms` milliseconds of virtual time after the epoch; fractions of a second are cut off, as metav1.Time does. */
export function timestamp(ms: number): string {
  const seconds = Math.floor(ms / 1000);
  if (seconds === last.seconds) return last.text;
  let text = formatted.get(seconds);
  if (text === undefined) {
    text = format(EPOCH_SECONDS + seconds);
    formatted.set(seconds, text);
    parsed.set(text, seconds * 1000);
  }
  last = { seconds, text };
  return text;
}

/** Most times are asked for several times in a row. */
let last = { seconds: 0, text: EPOCH };

/** Virtual time in milliseconds of an RFC 3339 string in UTC; NaN when it is none. */
export function parseTimestamp(text: string): number {
  const known = parsed.get(text);
  if (known !== undefined) return known;
  const match = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(?:\.(\d{1,3})\d*)?Z$/.exec(text);
  if (match === null) return Number.NaN;
  const [, year, month, day, hours, minutes, seconds, fraction] = match;
  const days = daysFromCivil(Number(year), Number(month), Number(day));
  const inDay = Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds);
  const ms = fraction === undefined ? 0 : Number(fraction.padEnd(3, "0"));
  return (days * SECONDS_A_DAY + inDay - EPOCH_SECONDS) * 1000 + ms;
}

/** Virtual milliseconds of a creationTimestamp and the like; 0 for null. */
export function millisecondsOf(time: string | null | undefined): number {
  return time === null || time === undefined ? 0 : parseTimestamp(time);
}

function format(unixSeconds: number): string {
  const days = Math.floor(unixSeconds / SECONDS_A_DAY);
  const rest = unixSeconds - days * SECONDS_A_DAY;
  const [year, month, day] = civilFromDays(days);
  const clock = [Math.floor(rest / 3600), Math.floor(rest / 60) % 60, rest % 60];
  return `${year}-${two(month)}-${two(day)}T${clock.map(two).join(":")}Z`;
}

function two(value: number): string {
  return String(value).padStart(2, "0");
}

/** Days since 1970-01-01 of a date in the Gregorian calendar; years are counted from March, so that a leap day ends one. */
function daysFromCivil(year: number, month: number, day: number): number {
  const y = month <= 2 ? year - 1 : year;
  const era = Math.floor(y / 400);
  const yearOfEra = y - era * 400;
  const dayOfYear = Math.floor((153 * ((month + 9) % 12) + 2) / 5) + day - 1;
  const dayOfEra =
    yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * 146097 + dayOfEra - 719468;
}

function civilFromDays(days: number): [number, number, number] {
  const shifted = days + 719468;
  const era = Math.floor(shifted / 146097);
  const dayOfEra = shifted - era * 146097;
  const yearOfEra = Math.floor(
    (dayOfEra -
      Math.floor(dayOfEra / 1460) +
      Math.floor(dayOfEra / 36524) -
      Math.floor(dayOfEra / 146096)) /
      365,
  );
  const dayOfYear =
    dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const shiftedMonth = Math.floor((5 * dayOfYear + 2) / 153);
  const day = dayOfYear - Math.floor((153 * shiftedMonth + 2) / 5) + 1;
  const month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9;
  return [yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day];
}
