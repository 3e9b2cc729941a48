import type { PodRecord, RequestRecord, Timeline } from "../../simulator/index.ts";

/** The two facts that raced when a request was lost. Times are milliseconds of the run; undefined: not within it. */
export type Race =
  /** A pod closed its port, and a router went on choosing it. */
  | { readonly kind: "closed"; readonly closedMs?: number; readonly routedUntilMs?: number }
  /** A pod's network was taken down, and a router went on choosing it. */
  | { readonly kind: "gone"; readonly goneMs?: number; readonly routedUntilMs?: number }
  /** A router chose a pod from then on, and its port listened later. */
  | { readonly kind: "early"; readonly routedFromMs?: number; readonly listensMs?: number }
  /** A process closed an idle connection, and a request was on its way on it. */
  | { readonly kind: "idle"; readonly closedMs?: number }
  /** A process had the request, and ended before it had answered. */
  | { readonly kind: "cut"; readonly endedMs?: number; readonly bySigkill: boolean }
  /** The last pod was left out, and the next one came in later. */
  | { readonly kind: "none-left"; readonly lastUntilMs?: number; readonly nextFromMs?: number }
  /** The answer took longer than somebody waited. */
  | { readonly kind: "late"; readonly waitedMs: number }
  /** The application answered with an error; since when it listened. */
  | { readonly kind: "answered"; readonly listensMs?: number }
  /** A proxy had no place to send it to: no rule, one that names what is not there, or no port behind the pod's own proxy. */
  | { readonly kind: "unrouted" };

/** Finds the facts behind a failed request; `pod` is the one that it was sent to. */
export function raceOf(
  request: RequestRecord,
  pod: PodRecord | undefined,
  timeline: Timeline,
): Race {
  const { sentMs, doneMs, pod: name, router, cause } = request;
  const listening = pod?.listening ?? [];
  const own = timeline.routes.filter((route) => route.router === router && route.pod === name);
  const route = own.find(({ fromMs, toMs = Infinity }) => fromMs <= sentMs && sentMs <= toMs);
  switch (cause) {
    case "connection-refused":
      return {
        kind: "closed",
        closedMs: listening.findLast(({ toMs }) => toMs !== undefined && toMs <= sentMs)?.toMs,
        routedUntilMs: route?.toMs,
      };
    case "connect-timeout":
    case "host-unreachable":
      return { kind: "gone", goneMs: pod?.networkGoneMs, routedUntilMs: route?.toMs };
    case "not-ready-yet":
      return {
        kind: "early",
        routedFromMs: route?.fromMs,
        listensMs: listening.find(({ fromMs }) => fromMs >= sentMs)?.fromMs,
      };
    case "idle-connection-closed":
      return { kind: "idle", closedMs: listening.findLast(({ toMs }) => toMs !== undefined)?.toMs };
    case "connection-reset":
    case "answer-cut-off":
      return { kind: "cut", endedMs: pod?.exit?.atMs, bySigkill: pod?.exit?.bySigkill ?? false };
    case "no-endpoint":
      return noneLeft(timeline, sentMs);
    case "slow":
      return { kind: "late", waitedMs: doneMs - sentMs };
    case "no-route":
    case "invalid-backend":
    // The timeline follows the pod's main container only, which did listen.
    case "behind-refused":
      return { kind: "unrouted" };
    default:
      return {
        kind: "answered",
        listensMs: listening.findLast(({ fromMs }) => fromMs <= sentMs)?.fromMs,
      };
  }
}

function noneLeft({ routes }: Timeline, atMs: number): Race {
  let lastUntilMs: number | undefined;
  let nextFromMs: number | undefined;
  for (const { fromMs, toMs } of routes) {
    if (toMs !== undefined && toMs <= atMs) lastUntilMs = Math.max(lastUntilMs ?? 0, toMs);
    if (fromMs >= atMs) nextFromMs = Math.min(nextFromMs ?? Infinity, fromMs);
  }
  return { kind: "none-left", lastUntilMs, nextFromMs };
}
