import type { HTTPIngressPath, Ingress, IngressBackend, Service } from "../../api/types.ts";
import type { RouteTarget } from "../../scenario.ts";
import { only, weighted, type Backends } from "../backends.ts";
import type { Reader, RouteCatalog } from "../route-catalog.ts";
import { servicePortKey } from "../service-rules.ts";
import { canaryShare, isCanary } from "./canary.ts";
import { hasPrefix, takesHost, type Request } from "./request.ts";

type Known = Pick<RouteCatalog, "ingresses" | "services">;

const CLASS_ANNOTATION = "kubernetes.io/ingress.class";
const SERVICE_UPSTREAM = "nginx.ingress.kubernetes.io/service-upstream";

/**
 * Back ends of an Ingress for a request, with the canary that its controller knows for the same rule; undefined when no rule takes it.
 * Simplified: other Ingresses take nothing away, and no annotations are read but those of canaries and service-upstream.
 */
export function ingressBackends(
  known: Known,
  { namespace, name }: RouteTarget,
  request: Request,
  { canaries, takesClass }: Reader,
): Backends | undefined {
  const ingress = known.ingresses.get(`${namespace}/${name}`);
  if (ingress === undefined || !takesClass(classOf(ingress))) return undefined;
  const place = placeFor(ingress, request);
  if (place === undefined) return undefined;
  const main = keyOf(place.backend, namespace, known);
  if (!canaries) return only(main);
  if (ingress.metadata.annotations?.[SERVICE_UPSTREAM] === "true") {
    return Object.freeze({ ...only(main), serviceUpstream: true });
  }
  const canary = canaryFor(known, namespace, place);
  if (canary === undefined) return only(main);
  const share = canaryShare(canary.ingress, request);
  const choices = [
    { key: main, weight: 1 - share },
    { key: keyOf(canary.backend, namespace, known), weight: share },
  ];
  return Object.freeze({ ...weighted(choices), canary: true });
}

/** A path of a rule, or the default back end of an Ingress. */
interface Place {
  readonly host: string;
  readonly path: string;
  readonly backend: IngressBackend;
}

function classOf({ metadata, spec }: Ingress): string | undefined {
  return spec.ingressClassName ?? metadata.annotations?.[CLASS_ANNOTATION];
}

/** The exact path, else the longest prefix, of the rules for the host; else the default back end. */
function placeFor({ spec }: Ingress, request: Request): Place | undefined {
  const rules = spec.rules ?? [];
  const host = request.host ?? rules[0]?.host;
  let best: Place | undefined;
  let bestLength = -1;
  for (const rule of rules) {
    if (!takesHost(rule.host, host)) continue;
    for (const path of rule.http?.paths ?? []) {
      const length = lengthOfMatch(path, request.path);
      if (length <= bestLength) continue;
      bestLength = length;
      best = { host: rule.host ?? "", path: path.path ?? "/", backend: path.backend };
    }
  }
  if (best !== undefined) return best;
  const { defaultBackend } = spec;
  return defaultBackend === undefined
    ? undefined
    : { host: "", path: "/", backend: defaultBackend };
}

/** -1: no match. An exact one is longer than all prefixes. */
function lengthOfMatch({ path = "/", pathType }: HTTPIngressPath, requested: string): number {
  if (pathType === "Exact") return path === requested ? Infinity : -1;
  return hasPrefix(requested, path) ? path.length : -1;
}

/**
 * The back end that a canary Ingress names for a host and path. Of several the oldest one's counts, whatever the others say (lua/balancer.lua
 * route_to_alternative_balancer looks at the first alternative only).
 */
function canaryFor(
  { ingresses }: Known,
  namespace: string,
  place: Place,
): { readonly ingress: Ingress; readonly backend: IngressBackend } | undefined {
  const candidates = [...ingresses.values()]
    .filter((ingress) => (ingress.metadata.namespace ?? "default") === namespace)
    .filter(isCanary)
    .sort((a, b) => compareAge(a, b));
  for (const ingress of candidates) {
    for (const rule of ingress.spec.rules ?? []) {
      if ((rule.host ?? "") !== place.host) continue;
      const path = rule.http?.paths.find((p) => (p.path ?? "/") === place.path);
      if (path !== undefined) return { ingress, backend: path.backend };
    }
  }
  return undefined;
}

function compareAge(a: Ingress, b: Ingress): number {
  const [left, right] = [a.metadata.creationTimestamp ?? "", b.metadata.creationTimestamp ?? ""];
  if (left !== right) return left < right ? -1 : 1;
  return a.metadata.name < b.metadata.name ? -1 : 1;
}

/** Key of the Service's port that a back end names; undefined when there is none such. */
function keyOf({ service }: IngressBackend, namespace: string, { services }: Known) {
  if (service === undefined) return undefined;
  const port = portOf(services.get(`${namespace}/${service.name}`), service.port);
  return port === undefined ? undefined : servicePortKey(namespace, service.name, port);
}

function portOf(
  service: Service | undefined,
  wanted: NonNullable<IngressBackend["service"]>["port"],
): number | undefined {
  const ports = service?.spec.ports ?? [];
  return ports.find((p) => (wanted?.name ? p.name === wanted.name : p.port === wanted?.number))
    ?.port;
}
