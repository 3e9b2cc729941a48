import type { RunningProcess } from "../runtime/running-process.ts";
import type { Method } from "./entrance.ts";
import type { Ending } from "./outcomes.ts";
import type { Destination } from "./destinations.ts";

/** One request on its way, over all its tries: plain data. */
export interface Trip {
  readonly id: number;
  readonly source: number;
  readonly sentMs: number;
  readonly method: Method;
  /** Number of the address that it comes from. */
  readonly client: number;
  /** When the client's present try began. */
  fromMs: number;
  /** The client's tries; those of the road within the present one; all tries. */
  clientTries: number;
  roadTries: number;
  tries: number;
  /** Index of the router that has it; -1: not chosen. */
  router: number;
  /** Rules that it goes by, once chosen. */
  key?: string;
  isServiceUpstream?: boolean;
  requestTimeoutMs?: number;
  /** A kept connection turned out closed, so the next try goes on a new one. */
  isFresh?: boolean;
  /** Uids of pods tried, where the road avoids them. */
  tried?: string[];
}

/** What came of one try. */
export interface Try {
  readonly ending: Ending;
  readonly destination?: Destination;
  /** The process that has it. */
  readonly process?: RunningProcess;
  /** From now until the header of the answer. */
  readonly headerMs?: number;
}
