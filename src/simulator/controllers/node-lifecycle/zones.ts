import type { Node } from "../../api/types.ts";
import { readyOf } from "./health.ts";

/** How a zone's nodes fare (node_lifecycle_controller.go ZoneState). */
export type ZoneState = "Normal" | "PartialDisruption" | "FullDisruption";

/** A zone counts as disrupted from this share of nodes on (--unhealthy-zone-threshold). */
const UNHEALTHY_SHARE = 0.55;
/** Nodes tainted a second (--node-eviction-rate), and in a large disrupted zone (--secondary-node-eviction-rate). */
const EVICTION_RATE = 0.1;
const SECONDARY_RATE = 0.01;
/** A zone with more nodes than this is large (--large-cluster-size-threshold). */
const LARGE = 50;

/** The zone of a node by its labels (component-helpers node/topology GetZoneKey). */
export function zoneOf({ metadata }: Node): string {
  const region = metadata.labels?.["topology.kubernetes.io/region"] ?? "";
  const zone = metadata.labels?.["topology.kubernetes.io/zone"] ?? "";
  return region === "" && zone === "" ? "" : `${region}:\0:${zone}`;
}

/** State of a zone by the Ready conditions of its nodes (ComputeZoneState). */
function zoneState(nodes: readonly Node[]): ZoneState {
  const ready = nodes.filter((node) => readyOf(node)?.status === "True").length;
  const notReady = nodes.length - ready;
  if (ready === 0 && notReady > 0) return "FullDisruption";
  if (notReady > 2 && notReady / nodes.length >= UNHEALTHY_SHARE) return "PartialDisruption";
  return "Normal";
}

/**
 * Nodes of each zone that may be tainted NoExecute a second (setLimiterInZone, handleDisruption). When every zone is wholly
 * disrupted, the fault is taken to lie with the control plane, and nothing is evicted at all.
 */
export function evictionRates(zones: ReadonlyMap<string, readonly Node[]>): Map<string, number> {
  const states = new Map([...zones].map(([zone, nodes]) => [zone, zoneState(nodes)]));
  const allDisrupted = [...states.values()].every((state) => state === "FullDisruption");
  return new Map(
    [...states].map(([zone, state]) => {
      if (allDisrupted) return [zone, 0];
      if (state !== "PartialDisruption") return [zone, EVICTION_RATE];
      return [zone, zones.get(zone)!.length > LARGE ? SECONDARY_RATE : 0];
    }),
  );
}
