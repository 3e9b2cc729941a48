import type { Endpoint } from "../../api/types.ts";

/** What the change of an endpoint means for those who ask it, with the conditions that say so. */
export interface EndpointDecision {
  readonly code: string;
  readonly values: Readonly<Record<string, string | number>>;
}

/** What is decided of a Service's endpoint; undefined: nothing that a reader asks after. */
export function endpointDecision(
  service: string,
  before: Endpoint | undefined,
  now: Endpoint | undefined,
): EndpointDecision | undefined {
  if (now === undefined) {
    return before && { code: "endpointslice.removed", values: { service } };
  }
  const wasReady = before?.conditions.ready === true;
  const isReady = now.conditions.ready === true;
  if (wasReady === isReady) return undefined;
  if (isReady) return { code: "endpointslice.ready", values: { service } };
  const serving = now.conditions.serving === true ? 1 : 0;
  const terminating = now.conditions.terminating === true ? 1 : 0;
  return { code: "endpointslice.not-ready", values: { service, serving, terminating } };
}
