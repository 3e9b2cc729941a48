import { goSort } from "../print/go-sort.ts";
import { since } from "../print/cells.ts";
import type { Event } from "../../simulator/index.ts";
import type { Lines } from "./lines.ts";

type RecordedEvent = Event & {
  readonly series?: { readonly count: number; readonly lastObservedTime: string };
  readonly reportingComponent?: string;
  readonly eventTime?: string;
};

/** The events of an object, as the API lists them (describe.go DescribeEvents). */
export function eventLines(out: Lines, listed: readonly Event[], nowMs: number): void {
  const events = [...listed] as RecordedEvent[];
  if (events.length === 0) {
    out.add(0, "Events:\t<none>");
    return;
  }
  const lastOf = ({ lastTimestamp }: RecordedEvent) => lastTimestamp ?? "";
  goSort(events, (a, b) => lastOf(a) < lastOf(b));
  out.add(0, "Events:");
  out.add(1, "Type\tReason\tAge\tFrom\tMessage");
  out.add(1, "----\t------\t----\t----\t-------");
  for (const event of events) {
    const { type, reason, source, message, reportingComponent = "" } = event;
    const from = source?.component || reportingComponent;
    out.add(1, `${type}\t${reason}\t${interval(event, nowMs)}\t${from}\t${message.trim()}`);
  }
}

function interval(event: RecordedEvent, nowMs: number): string {
  const { series, count = 1, firstTimestamp, lastTimestamp, eventTime } = event;
  const first = since(firstTimestamp ?? eventTime, nowMs);
  if (series !== undefined) {
    return `${since(series.lastObservedTime, nowMs)} (x${series.count} over ${first})`;
  }
  return count > 1 ? `${since(lastTimestamp, nowMs)} (x${count} over ${first})` : first;
}
