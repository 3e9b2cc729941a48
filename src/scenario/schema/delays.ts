import { duration, either, record, refined, required } from "./shape.ts";

/** The longest delay that a document may name. */
export const HOUR_MS = 3_600_000;

export const delayMs = duration(0, HOUR_MS);
export const timeoutMs = duration(1, HOUR_MS);

/** A range of delays, or an exact one. */
const range = refined(
  record({
    min: required(delayMs, "the shortest delay"),
    max: required(delayMs, "the longest delay"),
  }),
  (value, at, report) => {
    if (value.min <= value.max) return value;
    report(at("min"), "min is longer than max");
    return undefined;
  },
  "a range such as { min: 100ms, max: 1100ms }",
);
export const delay = either(range, delayMs);
