import type { Endpoint, EndpointSlice, Service, ServicePort } from "../api/types.ts";
import { categorizeEndpoints, type ProxyEndpoint } from "./categorize-endpoints.ts";
import { inParts, type Destination, type Destinations } from "./destinations.ts";
import { eachAddressOnce } from "./distinct-addresses.ts";

/** A node's rules for one port of a Service. */
export interface ServicePortRules {
  /** Rises with each change of the destinations. */
  readonly version: number;
  readonly destinations: Destinations;
  /** What becomes of a connection when there is no destination. */
  readonly withoutDestination: "reject" | "drop";
  /** A client's address stays with its destination until it has not been seen for so long (sessionAffinity ClientIP). */
  readonly affinityMs?: number;
  /** Of a node port with externalTrafficPolicy Local: ready endpoints on the node, what healthCheckNodePort answers by. */
  readonly localReady?: number;
}

interface SliceEndpoint extends ProxyEndpoint {
  readonly destination: Destination;
}

/** Key of the rules of a Service's port. */
export function servicePortKey(namespace: string, name: string, port: number): string {
  return `${namespace}/${name}:${port}`;
}

/** Whether kube-proxy leaves a Service alone: it is headless or a mere name (pkg/proxy/util ShouldSkipService). */
export function isSkipped({ spec }: Service): boolean {
  return spec.clusterIP === "None" || spec.type === "ExternalName";
}

/** Key of the rules of the node port that leads to a Service's port. */
export function externalPortKey(key: string): string {
  return `${key}/external`;
}

/** Whether nodes take traffic from outside for it (pkg/proxy/serviceport.go ExternallyAccessible). */
export function isExternallyAccessible({ spec }: Service): boolean {
  return spec.type === "NodePort" || spec.type === "LoadBalancer";
}

/** Destinations of one port of a Service for traffic to its ClusterIP from a pod or process on the node. */
export function destinationsOf(
  service: Service,
  port: ServicePort,
  slices: readonly EndpointSlice[],
  node: string,
): Omit<ServicePortRules, "version"> {
  const affinity = affinityOf(service);
  if (service.spec.internalTrafficPolicy !== "Local") {
    return { ...clusterDestinations(port, slices), ...affinity };
  }
  const { local, hasAny } = localDestinations(service, port, slices, node);
  return {
    destinations: inParts([local]),
    // iptables/proxier.go internalTrafficFilterTarget: REJECT; DROP where the policy is Local and other nodes have endpoints.
    withoutDestination: hasAny ? "drop" : "reject",
    ...affinity,
  };
}

/** Destinations of the node port of a Service's port for traffic from outside. */
export function externalDestinationsOf(
  service: Service,
  port: ServicePort,
  slices: readonly EndpointSlice[],
  node: string,
): Omit<ServicePortRules, "version"> {
  const affinity = affinityOf(service);
  if (service.spec.externalTrafficPolicy !== "Local") {
    return { ...clusterDestinations(port, slices), ...affinity };
  }
  const { local, hasAny } = localDestinations(service, port, slices, node);
  const ready = endpointsOf(port, slices, node).filter((e) => e.local && e.ready);
  return {
    destinations: inParts([local]),
    // iptables/proxier.go externalTrafficFilterTarget.
    withoutDestination: hasAny ? "drop" : "reject",
    localReady: ready.length,
    ...affinity,
  };
}

/** The ready endpoints, which are all that a proxy other than kube-proxy looks at (ingress-nginx controller/endpointslices.go). */
export function readyDestinations(
  { name = "" }: ServicePort,
  slices: readonly EndpointSlice[],
): readonly Destination[] {
  return slices.flatMap((slice) => partOf(slice, name).ready);
}

function affinityOf({ spec }: Service): { readonly affinityMs?: number } {
  if (spec.sessionAffinity !== "ClientIP") return {};
  return { affinityMs: (spec.sessionAffinityConfig?.clientIP?.timeoutSeconds ?? 10_800) * 1000 };
}

/** The destinations on this node, and whether any node has one. */
function localDestinations(
  service: Service,
  port: ServicePort,
  slices: readonly EndpointSlice[],
  node: string,
): { readonly local: readonly Destination[]; readonly hasAny: boolean } {
  const { local = [], hasAny } = categorizeEndpoints(
    endpointsOf(port, slices, node),
    {
      internalPolicyLocal: service.spec.internalTrafficPolicy === "Local",
      externalPolicyLocal: service.spec.externalTrafficPolicy === "Local",
      externallyAccessible: isExternallyAccessible(service),
      // Simplified: the simulator's nodes have no zones, so hints never apply.
      topologyHints: false,
    },
    undefined,
  );
  return { local: local.map(({ destination }) => destination), hasAny };
}

/**
 * What `categorizeEndpoints` says where the node does not matter, out of what each slice has by itself, so that a change costs its slice
 * and not the Service.
 */
function clusterDestinations(
  { name = "" }: ServicePort,
  slices: readonly EndpointSlice[],
): Omit<ServicePortRules, "version"> {
  const parts = slices.map((slice) => partOf(slice, name));
  const anyReady = parts.some(({ ready }) => ready.length > 0);
  const chosen = parts.map(({ ready, stillServing }) => (anyReady ? ready : stillServing));
  return { destinations: inParts(chosen), withoutDestination: "reject" };
}

interface SlicePart {
  readonly ready: readonly Destination[];
  readonly stillServing: readonly Destination[];
}

const knownParts = new WeakMap<EndpointSlice, Map<string, SlicePart>>();

/** The destinations that a slice has for a port. Slices are never changed, so it is worked out once. */
function partOf(slice: EndpointSlice, portName: string): SlicePart {
  let byPort = knownParts.get(slice);
  if (byPort === undefined) knownParts.set(slice, (byPort = new Map()));
  const known = byPort.get(portName);
  if (known !== undefined) return known;
  const ready: Destination[] = [];
  const stillServing: Destination[] = [];
  const port = portOf(slice, portName);
  if (port !== undefined) {
    const endpoints = eachAddressOnce(slice);
    for (let i = 0; i < endpoints.length; i += 1) {
      const endpoint = endpoints[i]!;
      const { ready: isReady = true, serving = true, terminating = false } = endpoint.conditions;
      if (isReady) ready.push(destinationOf(endpoint, port));
      if (serving && terminating) stillServing.push(destinationOf(endpoint, port));
    }
  }
  const part = { ready, stillServing };
  byPort.set(portName, part);
  return part;
}

/** The endpoints that the slices have for a port, each address once (pkg/proxy/endpointslicecache.go endpointInfoByServicePort). */
function endpointsOf(
  { name = "" }: Pick<ServicePort, "name">,
  slices: Iterable<EndpointSlice>,
  node: string,
): SliceEndpoint[] {
  const found = new Map<string, SliceEndpoint>();
  for (const slice of slices) {
    const port = portOf(slice, name);
    if (port === undefined) continue;
    for (const endpoint of slice.endpoints ?? []) {
      const { conditions, nodeName } = endpoint;
      found.set(`${endpoint.addresses[0]!}:${port}`, {
        destination: destinationOf(endpoint, port),
        ready: conditions.ready ?? true,
        serving: conditions.serving ?? true,
        terminating: conditions.terminating ?? false,
        local: nodeName === node,
      });
    }
  }
  return [...found.values()];
}

/** The number that a slice has for the name of a Service's port. */
function portOf({ ports }: EndpointSlice, name: string): number | undefined {
  return (ports ?? []).find((port) => (port.name ?? "") === name)?.port;
}

const knownDestinations = new WeakMap<Endpoint, Destination>();

/** An endpoint that stays as it is keeps its destination, so that changes are found by identity. */
function destinationOf(endpoint: Endpoint, port: number): Destination {
  const known = knownDestinations.get(endpoint);
  if (known?.port === port) return known;
  const { addresses, targetRef } = endpoint;
  const address = addresses[0]!;
  const destination: Destination = Object.freeze(
    targetRef?.uid === undefined
      ? { podUid: address, podName: address, port, isAddress: true }
      : { podUid: targetRef.uid, podName: targetRef.name, port },
  );
  knownDestinations.set(endpoint, destination);
  return destination;
}
