import type { TrafficSource } from "../scenario.ts";
import { only, type Backends } from "./backends.ts";
import type { Method } from "./entrance.ts";
import { backendsKey, type View } from "./proxy-fleet.ts";
import type { Reader, RouteCatalog } from "./route-catalog.ts";
import { httpRouteBackends } from "./rules/http-route.ts";
import { ingressBackends } from "./rules/ingress.ts";
import { slicesOf } from "./service-catalog.ts";
import type { Destination } from "./destinations.ts";
import { readyDestinations, servicePortKey } from "./service-rules.ts";

const METHODS: readonly Method[] = ["GET", "POST"];

/** What the proxies are to know of these sources' ways now. */
export function viewOf(
  catalog: RouteCatalog,
  sources: readonly TrafficSource[],
  reader: Reader,
  sinceMs: number,
): View {
  const backends = new Map<string, Backends>();
  const endpoints = new Map<string, readonly Destination[]>();
  for (const source of sources) {
    for (const method of METHODS) {
      const found = backendsFor(catalog, source, method, reader);
      if (found === undefined) continue;
      backends.set(backendsKey(source.name, method), found);
      for (const { key } of found.choices) {
        const known = key === undefined ? undefined : endpointsOf(catalog, key);
        if (known !== undefined) endpoints.set(key!, known);
      }
    }
  }
  return Object.freeze({ backends, endpoints, sinceMs });
}

function backendsFor(
  catalog: RouteCatalog,
  source: TrafficSource,
  method: Method,
  reader: Reader,
): Backends | undefined {
  const { service, route, head } = source;
  if (service !== undefined) {
    return only(servicePortKey(service.namespace, service.name, service.port));
  }
  if (route === undefined) return undefined;
  const request = { ...(head ?? { path: "/", headers: {}, cookies: {} }), method };
  return route.kind === "Ingress"
    ? ingressBackends(catalog, route, request, reader)
    : httpRouteBackends(catalog, route, request);
}

/** The ready endpoints of a Service's port; undefined when there is no such Service or port. */
function endpointsOf(catalog: RouteCatalog, key: string): readonly Destination[] | undefined {
  const at = key.lastIndexOf(":");
  const service = catalog.services.get(key.slice(0, at));
  const number = Number(key.slice(at + 1));
  const port = service?.spec.ports?.find((p) => p.port === number);
  if (port === undefined) return undefined;
  return Object.freeze(readyDestinations(port, slicesOf(catalog, key.slice(0, at))));
}
