import type { LimitRange } from "../../simulator/index.ts";
import type { Note } from "../notes.ts";
import { requestsOfPod } from "./pod-amounts.ts";
import {
  lastingContainers,
  podSpecOf,
  recordsOf,
  valueAt,
  withPodSpec,
  type Plain,
} from "./pod-spec.ts";

/** What a simulated node has to give (simulator/nodes.ts ALLOCATABLE), with room for what a kubelet keeps. */
const NODE = { milliCpu: 7500, bytes: 30 * 1024 * 1024 * 1024, pods: 110 };

const LEAST_NODES = 3;
const MOST_NODES = 200;

/** Kinds that bring new pods beside the old ones; a StatefulSet's come when their predecessors have gone. */
const SURGING_KINDS = ["Deployment", "Rollout"];

/**
 * A workload as it is scheduled here. The cluster that it is meant for is not known, so what picks nodes by their labels is left out: nodes are
 * taken to fit. `replicas`: how many pods it has, where that is not what it asks for. `isCut`: its pods are played without their amounts.
 */
export function fitWorkload(
  workload: Plain,
  {
    replicas,
    isCut = false,
  }: { readonly replicas?: number | undefined; readonly isCut?: boolean } = {},
): { workload: Plain; notes: Note[] } {
  const podSpec = podSpecOf(workload);
  const {
    nodeSelector,
    affinity,
    topologySpreadConstraints: spread,
    readinessGates,
    ...rest
  } = podSpec;
  const kept = keptAffinity(affinity);
  const spreadKept = recordsOf(spread).filter((c) => c.topologyKey === "kubernetes.io/hostname");
  // Helm leaves fields without a value where nothing is wanted.
  const isGiven = (value: unknown) => value !== undefined && value !== null;
  const left = [
    ...(isGiven(nodeSelector) ? ["nodeSelector"] : []),
    ...["nodeAffinity", "podAffinity"]
      .filter((field) => isGiven(valueAt(affinity, field)))
      .map((field) => `affinity.${field}`),
    ...(spreadKept.length === recordsOf(spread).length ? [] : ["topologySpreadConstraints"]),
  ];
  const notes: Note[] =
    left.length === 0 ? [] : [{ code: "nodes-fit", values: { fields: left.join(", ") } }];
  const gates = recordsOf(readinessGates).map(({ conditionType }) => String(conditionType));
  if (gates.length > 0)
    notes.push({ code: "readiness-gates", values: { gates: gates.join(", ") } });
  const spec = {
    ...rest,
    ...(kept === undefined ? {} : { affinity: kept }),
    ...(spreadKept.length === 0 ? {} : { topologySpreadConstraints: spreadKept }),
  };
  if (SURGING_KINDS.includes(String(workload.kind)) && isApart(spec)) {
    notes.push({ code: "nodes-apart", values: { nodes: nodesApart(resized(workload, replicas)) } });
  }
  return { workload: withPodSpec(workload, isCut ? withoutResources(spec) : spec), notes };
}

/** Does a pod of the workload ask for more than a simulated node has? */
export function isTooLarge(workload: Plain, ranges: readonly LimitRange[]): boolean {
  const { milliCpu, bytes } = requestsOfPod(workload, ranges);
  return milliCpu > NODE.milliCpu || bytes > NODE.bytes;
}

/** How many nodes hold the workloads with every old pod beside every new one. */
export function nodesFor(
  workloads: readonly Plain[],
  options: {
    readonly ranges?: readonly LimitRange[];
    /** With room for each pod on a node of its own, since it matters on which nodes they are. */
    readonly isSpread?: boolean;
  } = {},
): number {
  const { ranges = [], isSpread = false } = options;
  let [milliCpu, bytes, pods, apart] = [0, 0, 0, 0];
  for (const workload of workloads) {
    const replicas = replicasOf(workload);
    const need = requestsOfPod(workload, ranges);
    milliCpu += 2 * replicas * need.milliCpu;
    bytes += 2 * replicas * need.bytes;
    pods += 2 * replicas;
    if (isSpread || isApart(podSpecOf(workload))) apart = Math.max(apart, nodesApart(workload));
  }
  const nodes = Math.max(
    LEAST_NODES,
    Math.ceil(milliCpu / NODE.milliCpu),
    Math.ceil(bytes / NODE.bytes),
    Math.ceil(pods / NODE.pods),
    apart,
  );
  return Math.min(MOST_NODES, nodes);
}

/** Does each pod need a node of its own: kept apart by anti-affinity that is required, or with a port of the node? */
function isApart(podSpec: Plain): boolean {
  const ports = lastingContainers(podSpec).flatMap((container) => recordsOf(container.ports));
  const takesPort = (port: Plain) => port.hostPort !== undefined || podSpec.hostNetwork === true;
  const apart = ["affinity", "podAntiAffinity", "requiredDuringSchedulingIgnoredDuringExecution"];
  return recordsOf(valueAt(podSpec, ...apart)).length > 0 || ports.some(takesPort);
}

/** Nodes for every old pod beside every new one, as far as there are. */
function nodesApart(workload: Plain): number {
  return Math.min(MOST_NODES, Math.max(LEAST_NODES, 2 * replicasOf(workload)));
}

/** spec.replicas, 1 where it is left out. */
export function replicasOf(workload: Plain): number {
  const replicas = valueAt(workload, "spec", "replicas");
  return typeof replicas === "number" ? replicas : 1;
}

/** The workload with that many replicas; undefined: with what it has. */
export function resized(workload: Plain, replicas: number | undefined): Plain {
  if (replicas === undefined) return workload;
  return { ...workload, spec: { ...(workload.spec as Plain), replicas } };
}

/** Anti-affinity among pods stays: it decides whether a surge pod finds room. */
function keptAffinity(affinity: unknown): Plain | undefined {
  const podAntiAffinity = valueAt(affinity, "podAntiAffinity");
  return podAntiAffinity === undefined ? undefined : { podAntiAffinity };
}

function withoutResources(podSpec: Plain): Plain {
  const strip = ({ resources: _, ...container }: Plain) => container;
  return {
    ...podSpec,
    containers: recordsOf(podSpec.containers).map(strip),
    ...(podSpec.initContainers === undefined
      ? {}
      : { initContainers: recordsOf(podSpec.initContainers).map(strip) }),
  };
}
