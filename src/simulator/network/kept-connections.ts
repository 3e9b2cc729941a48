import type { RunningProcess } from "../runtime/running-process.ts";
import type { Destination } from "./destinations.ts";

/** A connection that is kept for a later request: plain data. */
export interface KeptConnection {
  readonly destination: Destination;
  readonly processId: number;
  /** Until then a request is on it. */
  busyUntilMs: number;
  /** When the other side closed it. */
  closedMs?: number;
}

/** The connections that a client or proxy keeps to a Service, used in turn: plain data. */
export interface KeptConnections {
  slots: (KeptConnection | undefined)[];
  turn: number;
}

/** No connection yet, of so many. */
export function noConnections(count: number): KeptConnections {
  return { slots: Array.from({ length: count }, () => undefined), turn: 0 };
}

/**
 * The slot of the next request: the first in turn that has no request on it; when all have, a new one. With `shared` a connection takes many
 * requests at a time. A connection whose end has been seen is taken out of its slot; one closed within the last `unseenMs` is still used.
 */
export function nextSlot(
  connections: KeptConnections,
  nowMs: number,
  { unseenMs, shared }: { readonly unseenMs: number; readonly shared: boolean },
): number {
  const { slots } = connections;
  for (let i = 0; i < slots.length; i += 1) {
    const slot = (connections.turn + i) % slots.length;
    const kept = slots[slot];
    if (!shared && kept !== undefined && kept.busyUntilMs > nowMs) continue;
    connections.turn = slot + 1;
    if (kept?.closedMs !== undefined && nowMs - kept.closedMs >= unseenMs) slots[slot] = undefined;
    return slot;
  }
  slots.push(undefined);
  connections.turn = slots.length;
  return slots.length - 1;
}

/** What a proxy finds when it looks for an idle connection to a pod. */
export type Idle = KeptConnection | "closed-unseen" | undefined;

/**
 * An idle connection of those to one pod, the one used last; those whose end has been seen are taken out. One that the pod closed within the
 * last `unseenMs`, by ending or because it was idle for `podIdleMs`, is taken out too, but too late for the request.
 */
export function takeIdle(
  kept: KeptConnection[],
  nowMs: number,
  limits: { readonly unseenMs: number; readonly podIdleMs: number; readonly ownIdleMs: number },
): Idle {
  for (let i = kept.length - 1; i >= 0; i -= 1) {
    const connection = kept[i]!;
    if (connection.busyUntilMs > nowMs) continue;
    const idleMs = nowMs - connection.busyUntilMs;
    const timedOutMs =
      idleMs >= limits.podIdleMs ? connection.busyUntilMs + limits.podIdleMs : undefined;
    const closedMs = connection.closedMs ?? timedOutMs;
    const isOurs = idleMs >= limits.ownIdleMs && limits.ownIdleMs <= limits.podIdleMs;
    if (closedMs === undefined && !isOurs) return connection;
    kept.splice(i, 1);
    if (!isOurs && nowMs - closedMs! < limits.unseenMs) return "closed-unseen";
  }
  return undefined;
}

/**
 * The process closes its connections: idle ones now, busy ones with their answer (nginx src/http/ngx_http_request.c, `ngx_exiting`). With
 * `announced` it says so beforehand (HTTP/2 GOAWAY), and nothing is sent on them any more.
 */
export function closeIdle(
  kept: readonly (KeptConnection | undefined)[],
  process: RunningProcess,
  nowMs: number,
  { unseenMs, announced }: { readonly unseenMs: number; readonly announced: boolean },
): void {
  for (const connection of kept) {
    if (connection?.processId !== process.id) continue;
    // The answer itself says that the connection will be closed, so nothing is sent on it unseen.
    const withAnswerMs = connection.busyUntilMs - unseenMs;
    const closedMs = connection.busyUntilMs > nowMs ? withAnswerMs : nowMs;
    connection.closedMs ??= announced ? nowMs - unseenMs : closedMs;
  }
}

/** The process has ended, and all its connections with it. Who has a request on one sees it at once. */
export function closeAll(
  kept: readonly (KeptConnection | undefined)[],
  process: RunningProcess,
  nowMs: number,
  unseenMs: number,
): void {
  for (const connection of kept) {
    if (connection?.processId !== process.id) continue;
    const busy = connection.busyUntilMs > nowMs;
    connection.closedMs = busy ? nowMs - unseenMs : (connection.closedMs ?? nowMs);
    if (busy) connection.busyUntilMs = nowMs;
  }
}
