import type { FailureCause, RequestOutcome } from "../../record.ts";

/** What the client of a road sees of a failure. */
export interface Seen {
  readonly outcome: RequestOutcome;
  /** Envoy's response flag. */
  readonly flag?: string;
}

/** Failures on the way between the last proxy (or the client) and a pod, and those for want of a pod: each cause but those that a pod answers with. */
export type WayFailure = Exclude<FailureCause, "application-error" | "behind-refused">;

/** What a client sees of each failure: a column of simulator-model D3. */
export type SeenTable = Readonly<Record<WayFailure, Seen>>;

/** When a proxy tries a request again on another pod. */
export interface RetryPolicy {
  /** Tries in all. */
  readonly tries: number;
  /** Failures after which it does, and for which methods: one that may have reached the application is not sent again unless it is idempotent. */
  readonly on: Readonly<Partial<Record<FailureCause, "any" | "idempotent">>>;
  /** How often it draws anew to avoid the pods that it has tried; 0: it takes what comes next. */
  readonly redraws: number;
}

/** The rules of one road: who waits how long, who tries again, and what the client is told. */
export interface RoadRules {
  readonly seen: SeenTable;
  /** What the client sees where the router knows no such port at all; as without an endpoint when left out. */
  readonly seenWithoutPort?: Seen;
  readonly retry: RetryPolicy;
  readonly connectTimeoutMs: number;
  /** The longest pause until the header of the answer; Infinity: none. */
  readonly readTimeoutMs: number;
  /** The longest time for the whole request, tries and answer; Infinity: none. */
  readonly requestTimeoutMs: number;
  /** Connections are kept to each pod, and a request takes an idle one of the pod that was chosen. */
  readonly keepsToPods: boolean;
  /** Idle connections to pods are closed by the proxy after so long. */
  readonly keptIdleMs: number;
  /** A request's body is taken in whole before a pod is chosen (nginx proxy_request_buffering). */
  readonly buffersUploads: boolean;
  /** Pods are taken in turn whatever the arrivals, as nginx's round robin does. */
  readonly inTurns: boolean;
}

/** Nobody tries again. */
export const NO_RETRY: RetryPolicy = { tries: 1, on: {}, redraws: 0 };

/** A road on which nobody waits, keeps or tries again. */
export const PLAIN: Omit<RoadRules, "seen"> = {
  retry: NO_RETRY,
  connectTimeoutMs: Infinity,
  readTimeoutMs: Infinity,
  requestTimeoutMs: Infinity,
  keepsToPods: false,
  keptIdleMs: Infinity,
  buffersUploads: false,
  inTurns: false,
};
