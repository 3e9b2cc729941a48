import { delayMs } from "./delays.ts";
import { optional, record, refined } from "./shape.ts";

/** Time to answer a request. */
export const latency = refined(
  record({
    p50: optional(delayMs, "half of the answers take no longer; 2ms when left out"),
    p99: optional(delayMs, "99 of 100 answers take no longer; 60ms when left out"),
  }),
  (value, at, report) => {
    if (value.p50 === undefined || value.p99 === undefined || value.p50 <= value.p99) return value;
    report(at("p50"), "p50 is longer than p99");
    return undefined;
  },
  "a mapping such as { p50: 20ms, p99: 120ms }",
);
