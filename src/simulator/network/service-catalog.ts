import { deepEqual, objectKey, type WatchEvent } from "../api/server.ts";
import type { EndpointSlice, Service } from "../api/types.ts";
import { SERVICE_NAME_LABEL } from "../api/slice-metadata.ts";

/** What a watcher of Services and EndpointSlices knows: plain data, kept in the state of its owner. */
export interface ServiceCatalog {
  /** By `namespace/name`. */
  services: Map<string, Service>;
  /** By `namespace/name` of the Service, then by name of the slice. */
  slices: Map<string, Map<string, EndpointSlice>>;
}

/** Nothing known yet. */
export function emptyCatalog(): ServiceCatalog {
  return { services: new Map(), slices: new Map() };
}

/** The slices of a Service (`namespace/name`). */
export function slicesOf({ slices }: ServiceCatalog, service: string): EndpointSlice[] {
  return [...(slices.get(service)?.values() ?? [])];
}

/** Notes a change; returns the Service whose endpoints or ports it concerns, unless nothing in them can change. */
export function takeIn(
  catalog: ServiceCatalog,
  { type, resource, object }: WatchEvent,
): string | undefined {
  const gone = type === "DELETED";
  if (resource === "services") {
    const service = object as Service;
    const key = objectKey(service);
    const old = catalog.services.get(key);
    if (gone) catalog.services.delete(key);
    else catalog.services.set(key, service);
    return !gone && old !== undefined && deepEqual(old.spec, service.spec) ? undefined : key;
  }
  const slice = object as EndpointSlice;
  const name = slice.metadata.labels?.[SERVICE_NAME_LABEL];
  if (name === undefined) return undefined;
  const key = `${slice.metadata.namespace}/${name}`;
  const known = catalog.slices.get(key) ?? new Map<string, EndpointSlice>();
  const old = known.get(slice.metadata.name);
  if (gone) known.delete(slice.metadata.name);
  else known.set(slice.metadata.name, slice);
  catalog.slices.set(key, known);
  return !gone && old !== undefined && sameEndpoints(old, slice) ? undefined : key;
}

/** Stored objects are never changed, so what kept its identity is the same; the API server stores nothing that differs in nothing. */
function sameEndpoints(a: EndpointSlice, b: EndpointSlice): boolean {
  return a.endpoints === b.endpoints && a.ports === b.ports;
}
