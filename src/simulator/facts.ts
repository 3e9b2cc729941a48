import type { LanePhase, RequestRecord } from "./record.ts";

/** Where the node and the network report what happened, for the timeline. Reporting never changes the run. */
export interface FactSink {
  /** The pod enters a phase now. */
  podPhase(podUid: string, phase: LanePhase): void;
  /** The pod's port begins or ceases to accept connections now. */
  listening(podUid: string, open: boolean): void;
  /** The pod's network is torn down now. */
  networkGone(podUid: string): void;
  /** The main process of the pod's first container ends now. */
  exited(podUid: string, exit: { readonly code: number; readonly bySigkill: boolean }): void;
  /** The router begins or ceases to choose the pod for new connections now. */
  route(router: string, podUid: string, chosen: boolean): void;
  /** A request's end is decided (its `doneMs` may lie ahead). */
  request(record: RequestRecord): void;
  /** Something that the simulator does not know as the user may expect, once for each text. */
  warn(message: string): void;
}
