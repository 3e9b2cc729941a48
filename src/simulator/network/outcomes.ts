import type { FailureCause, RequestOutcome } from "../record.ts";
import type { RoadRules, WayFailure } from "./roads/index.ts";

/** How a request, or one try of it, ends. */
export interface Ending {
  readonly outcome: RequestOutcome;
  readonly cause?: FailureCause;
  readonly flag?: string;
  /** From now to the answer or error, in ms. */
  readonly afterMs: number;
  /** Whose patience ended it, beside the try's own: then it is not tried again by the road. */
  readonly over?: "client" | "road";
}

/** An RST is there within a round trip. */
export const ROUND_TRIP_MS = 1;

/** What is left of the patience of client and road. */
export interface Patience {
  readonly clientMs: number;
  readonly roadMs: number;
}

/** Turns what happens on the way into what a client of a road sees. */
export class Outcomes {
  private readonly rules: RoadRules;

  constructor(rules: RoadRules) {
    this.rules = rules;
  }

  /** RST to the SYN, or to what was sent on a connection; or a proxy's own answer. */
  broken(cause: WayFailure, patience: Patience): Ending {
    return this.failed(cause, ROUND_TRIP_MS, patience);
  }

  /** The router knows no such port. */
  withoutPort(patience: Patience): Ending {
    const ending = this.broken("no-endpoint", patience);
    const { seenWithoutPort } = this.rules;
    if (seenWithoutPort === undefined || ending.over !== undefined) return ending;
    return { ...ending, outcome: seenWithoutPort.outcome };
  }

  /** Nothing comes back; SYNs sent again go to the same dead pod, since the NAT entry was made by the first. */
  unanswered(cause: "connect-timeout" | "no-endpoint", patience: Patience): Ending {
    const end = this.failed("connect-timeout", this.rules.connectTimeoutMs, patience);
    return cause === "connect-timeout" ? end : { ...end, cause };
  }

  /** The network says after a while that there is no way to the pod, unless the patience of who connects ends before. */
  unreachable(afterMs: number, patience: Patience): Ending {
    return afterMs < this.rules.connectTimeoutMs
      ? this.failed("host-unreachable", afterMs, patience)
      : this.unanswered("connect-timeout", patience);
  }

  /** The application answers, unless somebody's patience ends before. */
  answered(
    status: "200" | "500" | "502" | "503",
    headerMs: number,
    totalMs: number,
    patience: Patience,
  ): Ending {
    const { readTimeoutMs } = this.rules;
    if (headerMs > readTimeoutMs) return this.failed("slow", readTimeoutMs, patience);
    if (totalMs > patience.clientMs || totalMs > patience.roadMs) {
      return this.failed("slow", totalMs, patience);
    }
    if (status === "200") return { outcome: "200", afterMs: totalMs };
    const cause = status === "502" ? "behind-refused" : "application-error";
    return { outcome: status, cause, afterMs: totalMs };
  }

  private failed(cause: WayFailure, afterMs: number, { clientMs, roadMs }: Patience): Ending {
    if (roadMs < afterMs && roadMs <= clientMs) {
      return { ...this.rules.seen.slow, cause, afterMs: roadMs, over: "road" };
    }
    if (clientMs < afterMs) return { outcome: "timeout", cause, afterMs: clientMs, over: "client" };
    const { outcome, flag } = this.rules.seen[cause];
    return flag === undefined ? { outcome, cause, afterMs } : { outcome, cause, flag, afterMs };
  }
}
