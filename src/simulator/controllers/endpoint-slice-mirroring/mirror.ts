import { deepEqual } from "../../api/server.ts";
import { MANAGED_BY_LABEL, SERVICE_NAME_LABEL, TRIGGER_TIME } from "../../api/slice-metadata.ts";
import type {
  Endpoint,
  EndpointAddress,
  Endpoints,
  EndpointSlice,
  EndpointSubset,
  NewObject,
} from "../../api/types.ts";
import { controllerRef } from "../controller-ref.ts";

/** The value of `MANAGED_BY_LABEL` for what is mirrored. */
const CONTROLLER_NAME = "endpointslicemirroring-controller.k8s.io";

const SKIP_MIRROR = "endpointslice.kubernetes.io/skip-mirror";
const LEADER = "control-plane.alpha.kubernetes.io/leader";
/** Annotations of Endpoints that are not their slices'. */
const OWN_ANNOTATIONS = new Set([TRIGGER_TIME, "kubectl.kubernetes.io/last-applied-configuration"]);

/** --mirroring-max-endpoints-per-subset */
const MAX_ENDPOINTS = 1000;

/** What has to be written so that slices say what Endpoints do. */
export interface Mirroring {
  readonly create: readonly NewObject<EndpointSlice>[];
  readonly update: readonly EndpointSlice[];
  /** Names. */
  readonly delete: readonly string[];
}

/** Is a slice this controller's? */
export function isMirrored({ metadata }: EndpointSlice): boolean {
  return metadata.labels?.[MANAGED_BY_LABEL] === CONTROLLER_NAME;
}

/** Are Endpoints to be mirrored, if their Service has no selector (endpointslicemirroring_controller.go shouldMirror)? */
export function shouldMirror({ metadata }: Endpoints): boolean {
  return metadata.labels?.[SKIP_MIRROR] !== "true" && metadata.annotations?.[LEADER] === undefined;
}

/**
 * What the slices of Endpoints need: one slice for each set of ports. A slice for ports that are not there any more is used for new ones
 * before it is deleted (reconciler.go reconcile, reconcileByPortMapping, recycleSlices). Simplified: addresses are IPv4 alone, and no event
 * tells of those above a thousand of a subset.
 */
export function mirroring(endpoints: Endpoints, slices: readonly EndpointSlice[]): Mirroring {
  const wanted = (endpoints.subsets ?? [])
    .map((subset) => sliceOf(endpoints, subset))
    .filter((slice) => slice.endpoints.length > 0);
  const spare = [...slices];
  const create: NewObject<EndpointSlice>[] = [];
  const update: EndpointSlice[] = [];
  for (const slice of wanted) {
    const at = spare.findIndex(({ ports }) => deepEqual(ports ?? [], slice.ports));
    if (at < 0) create.push(slice);
    else update.push(...changed(spare.splice(at, 1)[0]!, slice));
  }
  while (create.length > 0 && spare.length > 0) {
    update.push(...changed(spare.shift()!, create.shift()!));
  }
  return { create, update, delete: spare.map(({ metadata }) => metadata.name) };
}

/** The slice as it is to be; nothing where it is so. */
function changed(slice: EndpointSlice, wanted: NewObject<EndpointSlice>): EndpointSlice[] {
  const { labels, annotations, ...metadata } = slice.metadata;
  const isSame =
    deepEqual(slice.endpoints, wanted.endpoints) &&
    deepEqual(slice.ports, wanted.ports) &&
    deepEqual(labels, wanted.metadata.labels) &&
    deepEqual(annotations, wanted.metadata.annotations);
  if (isSame) return [];
  const { generateName: _base, ...own } = wanted.metadata;
  return [{ ...slice, ...wanted, metadata: { ...metadata, ...own } } as EndpointSlice];
}

/** utils.go newEndpointSlice */
function sliceOf(endpoints: Endpoints, subset: EndpointSubset): NewObject<EndpointSlice> {
  const { name, namespace, labels, annotations = {} } = endpoints.metadata;
  const kept = Object.entries(annotations).filter(([key]) => !OWN_ANNOTATIONS.has(key));
  return {
    apiVersion: "discovery.k8s.io/v1",
    kind: "EndpointSlice",
    metadata: {
      generateName: `${name}-`,
      namespace,
      labels: { ...labels, [SERVICE_NAME_LABEL]: name, [MANAGED_BY_LABEL]: CONTROLLER_NAME },
      ...(kept.length === 0 ? {} : { annotations: Object.fromEntries(kept) }),
      ownerReferences: [controllerRef(endpoints)],
    },
    addressType: "IPv4",
    endpoints: endpointsOf(subset),
    ports: (subset.ports ?? []).map(({ name: portName = "", ...port }) => ({
      name: portName,
      ...port,
    })),
  } as NewObject<EndpointSlice>;
}

function endpointsOf({ addresses = [], notReadyAddresses = [] }: EndpointSubset): Endpoint[] {
  const ready = addresses.map((address) => endpointOf(address, true));
  const others = notReadyAddresses.map((address) => endpointOf(address, false));
  return [...ready, ...others].flat().slice(0, MAX_ENDPOINTS);
}

/** utils.go addressToEndpoint */
function endpointOf(
  { ip, hostname, nodeName, targetRef }: EndpointAddress,
  ready: boolean,
): Endpoint[] {
  if (ip.includes(":")) return [];
  const endpoint = {
    addresses: [ip],
    conditions: { ready },
    ...(hostname ? { hostname } : {}),
    ...(nodeName ? { nodeName } : {}),
    ...(targetRef === undefined ? {} : { targetRef }),
  };
  return [endpoint as Endpoint];
}
