import type { HTTPBackendRef, HTTPRoute, HTTPRouteMatch, HTTPRouteRule } from "../../api/types.ts";
import type { RouteTarget } from "../../scenario.ts";
import { weighted, type Backend, type Backends } from "../backends.ts";
import type { RouteCatalog } from "../route-catalog.ts";
import { servicePortKey } from "../service-rules.ts";
import { hasPrefix, matchesPattern, takesHost, type Request } from "./request.ts";

type Known = Pick<RouteCatalog, "httproutes" | "gateways" | "services">;

/**
 * Back ends of an HTTPRoute for a request, or undefined when no rule of it takes the request or no Gateway has it (sigs.k8s.io/gateway-api
 * apis/v1 httproute_types.go).
 * Simplified: other routes of the same Gateway take nothing away, a Gateway takes the routes of its own namespace only, and filters do nothing.
 */
export function httpRouteBackends(
  known: Known,
  { namespace, name }: RouteTarget,
  request: Request,
): Backends | undefined {
  const route = known.httproutes.get(`${namespace}/${name}`);
  if (route === undefined || !isAttached(route, known)) return undefined;
  const { hostnames = [], rules = [] } = route.spec;
  if (hostnames.length > 0 && !hostnames.some((host) => takesHost(host, request.host))) {
    return undefined;
  }
  const rule = ruleFor(rules, request);
  if (rule === undefined) return undefined;
  const choices = (rule.backendRefs ?? []).map((ref) => backendOf(ref, namespace, known));
  const timeoutMs = milliseconds(rule.timeouts?.request);
  const backends = weighted(choices);
  return timeoutMs === undefined
    ? backends
    : Object.freeze({ ...backends, requestTimeoutMs: timeoutMs });
}

function isAttached(route: HTTPRoute, { gateways }: Known): boolean {
  const { namespace = "default" } = route.metadata;
  return (route.spec.parentRefs ?? []).some(
    ({ kind = "Gateway", namespace: at = namespace, name, sectionName }) => {
      const gateway = kind === "Gateway" ? gateways.get(`${at}/${name}`) : undefined;
      if (gateway === undefined) return false;
      return gateway.spec.listeners.some((listener) => {
        if (sectionName !== undefined && listener.name !== sectionName) return false;
        const from = listener.allowedRoutes?.namespaces?.from ?? "Same";
        return from === "All" || at === namespace;
      });
    },
  );
}

/** A Service of another namespace would need a ReferenceGrant, which is not simulated: such a reference is not permitted. */
function backendOf(ref: HTTPBackendRef, namespace: string, { services }: Known): Backend {
  const { group = "", kind = "Service", name, port, weight = 1 } = ref;
  const service = services.get(`${ref.namespace ?? namespace}/${name}`);
  const isValid =
    group === "" &&
    kind === "Service" &&
    (ref.namespace ?? namespace) === namespace &&
    service?.spec.ports?.some((p) => p.port === port) === true;
  return { key: isValid ? servicePortKey(namespace, name, port!) : undefined, weight };
}

/** The rule whose match comes first: an exact path, the longest prefix, a method, the most headers, then the order in the route. */
function ruleFor(rules: readonly HTTPRouteRule[], request: Request): HTTPRouteRule | undefined {
  let best: { rule: HTTPRouteRule; rank: readonly number[] } | undefined;
  for (const rule of rules) {
    for (const match of rule.matches ?? [{}]) {
      if (!matches(match, request)) continue;
      const rank = rankOf(match);
      if (best === undefined || isAbove(rank, best.rank)) best = { rule, rank };
    }
  }
  return best?.rule;
}

function rankOf({ path, method, headers = [] }: HTTPRouteMatch): readonly number[] {
  const { type = "PathPrefix", value = "/" } = path ?? {};
  return [type === "Exact" ? 1 : 0, value.length, method === undefined ? 0 : 1, headers.length];
}

function isAbove(a: readonly number[], b: readonly number[]): boolean {
  for (let i = 0; i < a.length; i += 1) if (a[i] !== b[i]) return a[i]! > b[i]!;
  return false;
}

function matches(match: HTTPRouteMatch, request: Request): boolean {
  const { type = "PathPrefix", value = "/" } = match.path ?? {};
  const pathMatches =
    type === "Exact"
      ? request.path === value
      : type === "PathPrefix"
        ? hasPrefix(request.path, value)
        : matchesPattern(request.path, value);
  if (!pathMatches || (match.method !== undefined && match.method !== request.method)) return false;
  if ((match.queryParams ?? []).length > 0) return false;
  return (match.headers ?? []).every((header) => {
    const given = request.headers[header.name.toLowerCase()];
    if (given === undefined) return false;
    return header.type === "RegularExpression"
      ? matchesPattern(given, header.value)
      : given === header.value;
  });
}

const UNITS: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 };

/** A Gateway API duration; `0s` is no timeout at all. */
function milliseconds(duration: string | undefined): number | undefined {
  if (duration === undefined) return undefined;
  let ms = 0;
  for (const [, amount, unit] of duration.matchAll(/([0-9]+)(ms|s|m|h)/g)) {
    ms += Number(amount) * UNITS[unit!]!;
  }
  return ms === 0 ? Infinity : ms;
}
