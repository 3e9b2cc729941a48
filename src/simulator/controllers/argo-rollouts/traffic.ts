/* Telling the router of the canary's share (argo-rollouts rollout/trafficrouting.go reconcileTrafficRouting). */
import { deepEqual } from "../../api/server.ts";
import type { TrafficWeights } from "../../api/types.ts";
import { controllerOf } from "../informer.ts";
import { isFullyPromoted } from "./rollout.ts";
import { ensureTargets } from "./services.ts";
import type { SyncContext } from "./sync-context.ts";
import { desiredWeight, isDynamicallyRollingBack, weightStatus } from "./traffic-weight.ts";
import {
  canaryIngress,
  canaryIngressName,
  gatewayRoutes,
  stableIngresses,
  TrafficRoutingError,
  weightedRoute,
} from "./traffic-routers.ts";

const UPSTREAM = "argo-rollouts rollout/trafficrouting.go reconcileTrafficRouting";

/** Works out the share, has the router's objects say it, and notes it in the status. */
export function reconcileTraffic(sync: SyncContext): void {
  const { canary, rollout, parts } = sync;
  if (canary?.trafficRouting === undefined) {
    sync.draft = { ...sync.draft, canary: { ...sync.draft.canary, weights: undefined } };
    return;
  }
  const wanted = desiredWeight(rollout, parts, sync.isAborted);
  const isWayBack =
    sync.isAborted &&
    !isFullyPromoted(rollout) &&
    isDynamicallyRollingBack(rollout, parts.newRS) === undefined;
  if (isWayBack && (canary.dynamicStableScale !== true || wanted.weight === 0)) {
    ensureTargets(sync, canary.canaryService, parts.stableRS, false);
  }
  try {
    setWeight(sync, wanted.weight);
  } catch (error) {
    if (error instanceof TrafficRoutingError) {
      sync.event("TrafficRoutingError", error.message, "Warning");
    }
    throw error;
  }
  const before = rollout.status.canary?.weights;
  const weights = weightStatus(rollout, parts, wanted);
  if (deepEqual(before, weights)) return;
  sync.event("TrafficWeightUpdated", `Traffic weight updated ${change(before, weights)}`);
  const from = before?.canary.weight ?? 0;
  if (from !== wanted.weight) {
    sync.tell("rollout.traffic-weight", { from, to: wanted.weight }, UPSTREAM);
  }
  sync.draft = { ...sync.draft, canary: { ...sync.draft.canary, weights } };
}

/** trafficWeightUpdatedMessage */
function change(before: TrafficWeights | undefined, now: TrafficWeights): string {
  if (before === undefined) return `to ${now.canary.weight}`;
  if (before.canary.weight === now.canary.weight) return "";
  return `from ${before.canary.weight} to ${now.canary.weight}`;
}

function setWeight(sync: SyncContext, weight: number): void {
  const { rollout, actions } = sync;
  for (const name of stableIngresses(rollout)) setCanaryIngress(sync, name, weight);
  const { namespace, names } = gatewayRoutes(rollout);
  for (const name of names) {
    const route = actions.context.api.find("httproutes", namespace, name);
    if (route === undefined) {
      throw new TrafficRoutingError(`httproutes.gateway.networking.k8s.io "${name}" not found`);
    }
    const next = weightedRoute(rollout, route, weight);
    if (!deepEqual(next.spec, route.spec)) actions.updateHTTPRoute(next);
  }
}

/** nginx.go SetWeightPerIngress */
function setCanaryIngress(sync: SyncContext, stableName: string, weight: number): void {
  const { rollout, actions } = sync;
  const { api } = actions.context;
  const namespace = rollout.metadata.namespace ?? "";
  const stable = api.find("ingresses", namespace, stableName);
  if (stable === undefined) {
    const why = `ingress.networking.k8s.io "${stableName}" not found`;
    throw new TrafficRoutingError(
      `error retrieving stableIngress \`${stableName}\` from cache: ${why}`,
    );
  }
  const wanted = canaryIngress(rollout, stable, weight);
  const name = canaryIngressName(rollout, stableName);
  const existing = api.find("ingresses", namespace, name);
  if (existing === undefined) {
    const message = `Creating canary ingress \`${name}\` with weight \`${weight}\``;
    sync.event("CreatingCanaryIngress", message);
    actions.createIngress(wanted);
    return;
  }
  if (controllerOf(existing)?.uid !== rollout.metadata.uid) {
    throw new TrafficRoutingError(`canary ingress \`${name}\` controlled by different object`);
  }
  const { annotations } = wanted.metadata;
  const isSame =
    deepEqual(existing.metadata.annotations, annotations) && deepEqual(existing.spec, wanted.spec);
  if (isSame) return;
  sync.event("PatchingCanaryIngress", `Updating Ingress \`${name}\` to desiredWeight '${weight}'`);
  actions.updateIngress({
    ...existing,
    metadata: { ...existing.metadata, annotations },
    spec: wanted.spec,
  });
}
