/* The one form in which the subsets of Endpoints are kept (pkg/api/endpoints/util.go). */
import { md5 } from "./md5.ts";
import type { EndpointAddress, EndpointSubset, EndpointsPort } from "./types.ts";

/** Addresses with the same ports, and which of them are ready. */
interface Group {
  readonly ports: EndpointsPort[];
  readonly addresses: readonly (readonly [EndpointAddress, boolean])[];
}

/**
 * Subsets in their canonical form: each address once a port, ports with the same addresses in one subset, all in order; an address that is
 * somewhere not ready for a port is not ready for it (RepackSubsets).
 */
export function repackSubsets(subsets: readonly EndpointSubset[]): EndpointSubset[] {
  const addresses = new Map<string, EndpointAddress>();
  const byPort = new Map<
    string,
    { port: EndpointsPort | undefined; ready: Map<string, boolean> }
  >();
  for (const subset of subsets) {
    // Addresses without ports stand below none.
    const ports = (subset.ports ?? []).length === 0 ? [undefined] : subset.ports!;
    for (const port of ports) {
      const key = port === undefined ? "" : dumpPort(port);
      let found = byPort.get(key);
      if (found === undefined) byPort.set(key, (found = { port, ready: new Map() }));
      for (const [list, isReady] of [
        [subset.addresses, true],
        [subset.notReadyAddresses, false],
      ] as const) {
        for (const address of list ?? []) {
          const id = `${address.ip} ${address.targetRef?.uid ?? ""}`;
          if (!addresses.has(id)) addresses.set(id, address);
          if (found.ready.get(id) !== false) found.ready.set(id, isReady);
        }
      }
    }
  }
  const groups = new Map<string, Group>();
  for (const { port, ready } of byPort.values()) {
    const list = [...ready]
      .map(([id, isReady]) => [addresses.get(id)!, isReady] as const)
      .sort(([a], [b]) => compareAddresses(a, b));
    const key = list.map(([address, isReady]) => `${dumpAddress(address)} ${isReady}`).join();
    const group = groups.get(key);
    const own = port === undefined ? [] : [port];
    if (group === undefined) groups.set(key, { ports: own, addresses: list });
    else group.ports.push(...own);
  }
  const packed = [...groups.values()].map(subsetOf);
  if (packed.length < 2) return packed;
  return byHash(packed, dumpSubset);
}

function subsetOf({ ports, addresses }: Group): EndpointSubset {
  const of = (wanted: boolean) =>
    addresses.filter(([, isReady]) => isReady === wanted).map(([address]) => address);
  const [ready, notReady] = [of(true), of(false)];
  return {
    ...(ready.length === 0 ? {} : { addresses: ready }),
    ...(notReady.length === 0 ? {} : { notReadyAddresses: notReady }),
    ...(ports.length === 0 ? {} : { ports: byHash(ports, dumpPort) }),
  };
}

/** LessEndpointAddress: by the bytes of the address, then by the uid of what it belongs to. */
function compareAddresses(a: EndpointAddress, b: EndpointAddress): number {
  if (a.ip !== b.ip) return a.ip < b.ip ? -1 : 1;
  const [left, right] = [a.targetRef?.uid ?? "", b.targetRef?.uid ?? ""];
  return left < right ? -1 : left > right ? 1 : 0;
}

/** In the order of the hashes of their dumps (portsByHash, subsetsByHash). */
function byHash<T>(items: readonly T[], dump: (item: T) => string): T[] {
  return items
    .map((item) => ({ item, hash: md5(dump(item)) }))
    .sort((a, b) => (a.hash < b.hash ? -1 : 1))
    .map(({ item }) => item);
}

/* What is hashed: the object as github.com/davecgh/go-spew prints it for %#v (pkg/util/hash DeepHashObject). */

function dumpPort(port: EndpointsPort): string {
  return `(core.EndpointPort)${portFields(port)}`;
}

function portFields({ name = "", port, protocol = "", appProtocol }: EndpointsPort): string {
  return `{Name:(string)${name} Port:(int32)${port} Protocol:(core.Protocol)${protocol} AppProtocol:(*string)${appProtocol ?? "<nil>"}}`;
}

function dumpAddress({ ip, hostname = "", nodeName, targetRef }: EndpointAddress): string {
  return `{IP:(string)${ip} Hostname:(string)${hostname} NodeName:(*string)${nodeName ?? "<nil>"} TargetRef:(*core.ObjectReference)${dumpReference(targetRef)}}`;
}

function dumpReference(reference: EndpointAddress["targetRef"]): string {
  if (reference === undefined) return "<nil>";
  const { kind, namespace, name, uid, apiVersion, resourceVersion, fieldPath } = reference;
  return `{Kind:(string)${kind ?? ""} Namespace:(string)${namespace ?? ""} Name:(string)${name ?? ""} UID:(types.UID)${uid ?? ""} APIVersion:(string)${apiVersion ?? ""} ResourceVersion:(string)${resourceVersion ?? ""} FieldPath:(string)${fieldPath ?? ""}}`;
}

function dumpSubset({ addresses, notReadyAddresses, ports }: EndpointSubset): string {
  return `(core.EndpointSubset){Addresses:([]core.EndpointAddress)${dumpList(addresses, dumpAddress)} NotReadyAddresses:([]core.EndpointAddress)${dumpList(notReadyAddresses, dumpAddress)} Ports:([]core.EndpointPort)${dumpList(ports, portFields)}}`;
}

function dumpList<T>(list: readonly T[] | undefined, dump: (item: T) => string): string {
  return list === undefined ? "<nil>" : `[${list.map(dump).join(" ")}]`;
}
