import type { Mutable } from "../api/types.ts";
import type { RequestRecord } from "../record.ts";
import type { Ending } from "./outcomes.ts";
import type { Source } from "./source.ts";
import type { Trip, Try } from "./trip.ts";

/** How a request ends as things stand. */
export function recordOf(
  trip: Trip,
  { config, entrance }: Source,
  { ending, destination, process }: Try,
  nowMs: number,
): RequestRecord {
  const { outcome, cause, flag, afterMs } = ending;
  const record: Mutable<RequestRecord> = {
    id: trip.id,
    source: config.name,
    sentMs: trip.sentMs,
    doneMs: nowMs + afterMs,
    outcome,
    cause,
    router: entrance.routers[Math.max(0, trip.router)]?.name,
    pod: process?.spec.podName ?? destination?.podName,
    version: outcome === "200" ? process?.spec.image.name : undefined,
  };
  if (trip.method === "POST") record.method = "POST";
  if (trip.tries > 1) record.tries = trip.tries;
  if (flag !== undefined) record.responseFlag = flag;
  return record;
}

/** The record of a request whose process has ended in the meantime. */
export function brokenRecord(record: RequestRecord, ending: Ending, nowMs: number): RequestRecord {
  const { version: _, responseFlag: __, ...rest } = record;
  const { outcome, cause, flag } = ending;
  return {
    ...rest,
    doneMs: nowMs,
    outcome,
    cause,
    version: undefined,
    ...(flag === undefined ? {} : { responseFlag: flag }),
  };
}
