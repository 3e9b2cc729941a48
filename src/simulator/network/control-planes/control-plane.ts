import type { ApiServer } from "../../api/server.ts";
import type { DecisionLog } from "../../decisions.ts";
import type { FactSink } from "../../facts.ts";
import type { Kernel } from "../../kernel/kernel.ts";
import type { TrafficSource } from "../../scenario.ts";
import { RULE_RESOURCES } from "../route-catalog.ts";

/** What every control plane of proxies needs. */
export interface ControlPlaneOptions<S> {
  readonly kernel: Kernel;
  readonly api: ApiServer;
  readonly decisions: DecisionLog;
  readonly facts: FactSink;
  readonly settings: S;
  /** The sources whose requests go through its proxies. */
  readonly sources: readonly TrafficSource[];
}

/** Asks to be told of all that proxies are made of: Services, their endpoints, and rules. */
export function watchAll(api: ApiServer, client: string): void {
  for (const resource of ["services", "endpointslices", ...RULE_RESOURCES] as const) {
    api.watch({ resource, client });
  }
}
