import { repackSubsets } from "../../api/endpoint-subsets.ts";
import type { EndpointAddress, EndpointSubset, Pod, Service } from "../../api/types.ts";
import {
  endpointPorts,
  podToEndpoint,
  shouldPodBeInEndpoints,
} from "../endpoint-slice/endpoints.ts";
import { isPodReady } from "../pod-status.ts";

/** Most addresses that Endpoints hold. */
const CAPACITY = 1000;

/** Does the pod belong into the Service's Endpoints? One that is being deleted does not, unless what is not ready is wanted too. */
export function isInEndpoints(pod: Pod, { spec }: Service): boolean {
  const takesAll = spec.publishNotReadyAddresses === true;
  return shouldPodBeInEndpoints(pod) && (takesAll || pod.metadata.deletionTimestamp === undefined);
}

/** The subsets of a Service with those pods (endpoints_controller.go syncService, addEndpointSubset). */
export function subsetsOf(service: Service, pods: readonly Pod[]): EndpointSubset[] {
  const subsets: EndpointSubset[] = [];
  for (const pod of pods) {
    if (!isInEndpoints(pod, service)) continue;
    const isReady = service.spec.publishNotReadyAddresses === true || isPodReady(pod);
    const list = isReady ? "addresses" : "notReadyAddresses";
    const address = addressOf(service, pod);
    if ((service.spec.ports ?? []).length === 0) {
      if (service.spec.clusterIP === "None") subsets.push({ [list]: [address] });
      continue;
    }
    for (const port of endpointPorts(service, pod)) {
      subsets.push({ [list]: [address], ports: [port as typeof port & { port: number }] });
    }
  }
  return repackSubsets(subsets);
}

/** podToEndpointAddressForService */
function addressOf(service: Service, pod: Pod): EndpointAddress {
  const { addresses, hostname, targetRef } = podToEndpoint(pod, service, undefined);
  return {
    ip: addresses[0]!,
    ...(hostname === undefined ? {} : { hostname }),
    nodeName: pod.spec.nodeName ?? "",
    targetRef: targetRef!,
  };
}

/**
 * At most a thousand addresses, ready ones before others; undefined when there are no more than that. Of 1,200 ready ones in two subsets of
 * 900 and 300, the first keeps 750 and the second 250 (truncateEndpoints).
 */
export function truncated(subsets: readonly EndpointSubset[]): EndpointSubset[] | undefined {
  const count = (list: "addresses" | "notReadyAddresses") =>
    subsets.reduce((sum, subset) => sum + (subset[list] ?? []).length, 0);
  const [ready, notReady] = [count("addresses"), count("notReadyAddresses")];
  if (ready + notReady <= CAPACITY) return undefined;
  const cutsReady = ready > CAPACITY;
  const [room, total] = cutsReady ? [CAPACITY, ready] : [CAPACITY - ready, notReady];
  let left = room;
  return subsets.map((subset) => {
    const { addresses = [], notReadyAddresses = [], ...ports } = subset;
    const list = cutsReady ? addresses : notReadyAddresses;
    const kept = list.slice(0, Math.min(left, Math.ceil((list.length * room) / total)));
    left -= kept.length;
    return { ...ports, ...lists(cutsReady ? [kept, []] : [addresses, kept]) };
  });
}

function lists([addresses, notReadyAddresses]: readonly (readonly EndpointAddress[])[]): Pick<
  EndpointSubset,
  "addresses" | "notReadyAddresses"
> {
  return {
    ...(addresses!.length === 0 ? {} : { addresses: addresses! }),
    ...(notReadyAddresses!.length === 0 ? {} : { notReadyAddresses: notReadyAddresses! }),
  };
}
