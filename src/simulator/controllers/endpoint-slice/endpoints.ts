import { isSidecar } from "../../api/containers.ts";
import type { Endpoint, EndpointSlice, NewObject, Node, Pod, Service } from "../../api/types.ts";
import { MANAGED_BY_LABEL, SERVICE_NAME_LABEL } from "../../api/slice-metadata.ts";
import { controllerRef } from "../controller-ref.ts";
import { isPodFinished, isPodReady } from "../pod-status.ts";

type EndpointPort = EndpointSlice["ports"][number];

/** The value of `MANAGED_BY_LABEL` for this controller. */
export const CONTROLLER_NAME = "endpointslice-controller.k8s.io";
const HEADLESS = "service.kubernetes.io/headless";
const ZONE = "topology.kubernetes.io/zone";

/** Does a Service's pod belong into its slices: with an address, and not ended (endpointslice/util ShouldPodBeInEndpoints)? */
export function shouldPodBeInEndpoints(pod: Pod): boolean {
  return !isPodFinished(pod) && ipv4Address(pod) !== undefined;
}

/**
 * The endpoint of a pod: ready while it passes its readiness probe and is not being deleted, serving while it passes the probe, deleted or
 * not (staging/src/k8s.io/endpointslice utils.go podToEndpoint).
 */
export function podToEndpoint(pod: Pod, service: Service, node: Node | undefined): Endpoint {
  const { metadata, spec } = pod;
  const serving = isPodReady(pod);
  const terminating = metadata.deletionTimestamp !== undefined;
  const published = service.spec.publishNotReadyAddresses === true;
  const zone = node?.metadata.labels?.[ZONE];
  const address = ipv4Address(pod);
  return {
    addresses: address === undefined ? [] : [address],
    conditions: { ready: published || (serving && !terminating), serving, terminating },
    ...(isHostnamePublished(pod, service) ? { hostname: spec.hostname } : {}),
    targetRef: {
      kind: "Pod",
      namespace: metadata.namespace ?? "",
      name: metadata.name,
      uid: metadata.uid,
    },
    ...(spec.nodeName ? { nodeName: spec.nodeName } : {}),
    ...(zone === undefined ? {} : { zone }),
  };
}

const numberedPorts = new WeakMap<Service, readonly EndpointPort[]>();

/** The ports of a pod that a Service's ports lead to; where all have numbers they are the same for every pod, and one list. */
export function endpointPorts(service: Service, pod: Pod): readonly EndpointPort[] {
  const known = numberedPorts.get(service);
  if (known !== undefined) return known;
  const ports = Object.freeze(portsOf(service, pod));
  const hasNames = service.spec.ports?.some(({ targetPort }) => typeof targetPort === "string");
  if (hasNames !== true) numberedPorts.set(service, ports);
  return ports;
}

/** A port whose name the pod does not know is left out (utils.go getEndpointPorts). */
function portsOf(service: Service, pod: Pod): EndpointPort[] {
  const ports: EndpointPort[] = [];
  for (const { name = "", protocol = "TCP", port, targetPort, appProtocol } of service.spec.ports ??
    []) {
    const number = portNumber(pod, targetPort ?? port, protocol);
    if (number === undefined) continue;
    ports.push({ name, protocol, port: number, ...(appProtocol ? { appProtocol } : {}) });
  }
  return ports;
}

/** A slice of a Service, to be created (utils.go newEndpointSlice). */
export function newEndpointSlice(
  service: Service,
  ports: readonly EndpointPort[],
  endpoints: readonly Endpoint[],
): NewObject<EndpointSlice> {
  const { name, namespace } = service.metadata;
  return {
    apiVersion: "discovery.k8s.io/v1",
    kind: "EndpointSlice",
    metadata: {
      generateName: `${name}-`,
      namespace,
      labels: sliceLabels(service),
      ownerReferences: [controllerRef(service)],
    },
    addressType: "IPv4",
    endpoints,
    ports,
  };
}

const knownLabels = new WeakMap<Service, Readonly<Record<string, string>>>();

/** The labels of a Service's slices: the same object for all, so that caches see that they are as before. */
export function sliceLabels(service: Service): Readonly<Record<string, string>> {
  let labels = knownLabels.get(service);
  if (labels === undefined) knownLabels.set(service, (labels = makeLabels(service)));
  return labels;
}

/** The Service's labels but for those that are the controller's own, and these (utils.go setEndpointSliceLabels). */
function makeLabels(service: Service): Readonly<Record<string, string>> {
  const {
    [SERVICE_NAME_LABEL]: _name,
    [MANAGED_BY_LABEL]: _by,
    [HEADLESS]: _headless,
    ...labels
  } = service.metadata.labels ?? {};
  const { clusterIP } = service.spec;
  const headless = clusterIP === undefined || clusterIP === "" || clusterIP === "None";
  return {
    ...labels,
    ...(headless ? { [HEADLESS]: "" } : {}),
    [SERVICE_NAME_LABEL]: service.metadata.name,
    [MANAGED_BY_LABEL]: CONTROLLER_NAME,
  };
}

function ipv4Address({ status }: Pod): string | undefined {
  const { podIP, podIPs = [] } = status;
  if (podIPs.length > 0) return podIPs.find(({ ip }) => isIpv4(ip))?.ip;
  return podIP && isIpv4(podIP) ? podIP : undefined;
}

function isIpv4(address: string): boolean {
  return !address.includes(":");
}

/** pod/util FindPort */
function portNumber(pod: Pod, target: number | string, protocol: string): number | undefined {
  if (typeof target === "number") return target;
  const sidecars = (pod.spec.initContainers ?? []).filter(isSidecar);
  for (const { ports = [] } of [...pod.spec.containers, ...sidecars]) {
    const port = ports.find((p) => p.name === target && (p.protocol ?? "TCP") === protocol);
    if (port !== undefined) return port.containerPort;
  }
  return undefined;
}

/** api/v1/endpoints ShouldSetHostname */
function isHostnamePublished({ metadata, spec }: Pod, service: Service): boolean {
  return (
    Boolean(spec.hostname) &&
    spec.subdomain === service.metadata.name &&
    metadata.namespace === service.metadata.namespace
  );
}
