import { objectKey, type WatchEvent } from "../api/server.ts";
import type { Gateway, HTTPRoute, Ingress, KubernetesObject, Resource } from "../api/types.ts";
import type { TrafficSource } from "../scenario.ts";
import { only, type Backends } from "./backends.ts";
import type { Method } from "./entrance.ts";
import { backendsKey, type View } from "./proxy-fleet.ts";
import { httpRouteBackends } from "./rules/http-route.ts";
import { ingressBackends } from "./rules/ingress.ts";
import { emptyCatalog, slicesOf, takeIn, type ServiceCatalog } from "./service-catalog.ts";
import { readyDestinations, servicePortKey, type Destination } from "./service-rules.ts";

/** All that a control plane of proxies watches: plain data, kept in its state. */
export interface RouteCatalog extends ServiceCatalog {
  ingresses: Map<string, Ingress>;
  httproutes: Map<string, HTTPRoute>;
  gateways: Map<string, Gateway>;
}

/** Kinds of Ingress or Gateway API that a control plane reads its rules from. */
export const RULE_RESOURCES = ["ingresses", "httproutes", "gateways"] as const;

/** Nothing known yet. */
export function emptyRouteCatalog(): RouteCatalog {
  return { ...emptyCatalog(), ingresses: new Map(), httproutes: new Map(), gateways: new Map() };
}

/** Notes a change; says whether anything that proxies are told can be another. */
export function noteChange(catalog: RouteCatalog, event: WatchEvent): boolean {
  const { type, resource, object } = event;
  if (!isRuleResource(resource)) return takeIn(catalog, event) !== undefined;
  const known = catalog[resource] as Map<string, KubernetesObject>;
  if (type === "DELETED") known.delete(objectKey(object));
  else known.set(objectKey(object), object);
  return true;
}

function isRuleResource(resource: Resource): resource is (typeof RULE_RESOURCES)[number] {
  return (RULE_RESOURCES as readonly string[]).includes(resource);
}

/** Whose rules count: ingress-nginx reads its annotations, another controller of Ingresses does not. */
export interface Reader {
  readonly canaries: boolean;
  /** Whether an Ingress of that class is this controller's. */
  readonly takesClass: (name: string | undefined) => boolean;
}

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
