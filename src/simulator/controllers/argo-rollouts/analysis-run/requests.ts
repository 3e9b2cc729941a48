import type { RequestRecord } from "../../../record.ts";

/** The requests of the run, as an analysis may look at them. */
export interface RequestLog {
  /** Requests that have been answered or given up by now, in the order of sending. */
  finished(): readonly RequestRecord[];
  /** The Service that a source of traffic sends to; undefined when it is none. */
  serviceOf(source: string): { readonly namespace: string; readonly name: string } | undefined;
}

/** Without traffic there is nothing to find. */
export const NO_REQUESTS: RequestLog = { finished: () => [], serviceOf: () => undefined };
