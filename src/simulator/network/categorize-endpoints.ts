/** An endpoint as kube-proxy looks at it (pkg/proxy/endpoint.go BaseEndpointInfo). */
export interface ProxyEndpoint {
  readonly ready: boolean;
  readonly serving: boolean;
  readonly terminating: boolean;
  /** On the node of this kube-proxy. */
  readonly local: boolean;
  /** Zones that the EndpointSlice's hints give it to; undefined: no hints. */
  readonly zoneHints?: readonly string[];
}

/** What kube-proxy has to know of a Service's port (pkg/proxy/serviceport.go BaseServicePortInfo). */
export interface ProxyServicePort {
  readonly internalPolicyLocal: boolean;
  readonly externalPolicyLocal: boolean;
  /** It has a NodePort, a load balancer's address or external addresses. */
  readonly externallyAccessible: boolean;
  /** Whether the Service asks for its endpoints' zone hints to be heeded. */
  readonly topologyHints: boolean;
}

/** The endpoints that traffic of each policy may use; undefined where the Service has no traffic of that policy. */
export interface CategorizedEndpoints<E extends ProxyEndpoint> {
  readonly cluster?: readonly E[];
  readonly local?: readonly E[];
  /** Those that this node can reach: both of the above. */
  readonly all: readonly E[];
  /** Whether the Service has a usable endpoint anywhere in the cluster. */
  readonly hasAny: boolean;
}

/**
 * Which endpoints does this node send new connections to (pkg/proxy/topology.go CategorizeEndpoints)? The ready ones; where there is none,
 * those that terminate and still pass their readiness probe, for each policy by itself.
 */
export function categorizeEndpoints<E extends ProxyEndpoint>(
  endpoints: readonly E[],
  service: ProxyServicePort,
  zone: string | undefined,
): CategorizedEndpoints<E> {
  const usesCluster = !service.internalPolicyLocal || service.externallyAccessible;
  const usesLocal =
    service.internalPolicyLocal || (service.externalPolicyLocal && service.externallyAccessible);
  const useHints = service.topologyHints && canUseHints(endpoints, zone);
  const cluster = usesCluster
    ? readyElseTerminating(endpoints, (e) => !useHints || hintsAt(e, zone))
    : undefined;
  if (!usesLocal) return { cluster, all: cluster ?? [], hasAny: (cluster ?? []).length > 0 };

  const locals = endpoints.filter((e) => e.local);
  const local = readyElseTerminating(locals, () => true);
  const hasAny = (cluster ?? []).length > 0 || endpoints.some((e) => e.ready || stillServes(e));
  if (cluster === undefined) return { local, all: local, hasAny };
  return { cluster, local, all: [...new Set([...cluster, ...local])], hasAny };
}

function readyElseTerminating<E extends ProxyEndpoint>(
  endpoints: readonly E[],
  isNear: (endpoint: E) => boolean,
): readonly E[] {
  const ready = endpoints.filter((e) => e.ready && isNear(e));
  return ready.length > 0 ? ready : endpoints.filter(stillServes);
}

function stillServes(endpoint: ProxyEndpoint): boolean {
  return endpoint.serving && endpoint.terminating;
}

/** Hints are heeded only when every ready endpoint has some, and one of them is for this zone (topology.go canUseTopology). */
function canUseHints(endpoints: readonly ProxyEndpoint[], zone: string | undefined): boolean {
  if (!zone) return false;
  const ready = endpoints.filter((e) => e.ready);
  return ready.every((e) => (e.zoneHints ?? []).length > 0) && ready.some((e) => hintsAt(e, zone));
}

function hintsAt({ zoneHints }: ProxyEndpoint, zone: string | undefined): boolean {
  return zone !== undefined && (zoneHints ?? []).includes(zone);
}
