/* Defaults that the CustomResourceDefinitions of the Gateway API (release 1.2) declare. */
import type { Condition, Gateway, HTTPBackendRef, HTTPRoute, HTTPRouteMatch } from "../types.ts";
import { fillAbsent, mapField, mapList, withField } from "./fill.ts";

const GROUP = "gateway.networking.k8s.io";

const ANY_PATH: HTTPRouteMatch = { path: { type: "PathPrefix", value: "/" } };

/** A condition that no controller has written yet: it dates from the beginning of Unix time. */
function pending(type: string): Condition {
  return {
    type,
    status: "Unknown",
    reason: "Pending",
    message: "Waiting for controller",
    lastTransitionTime: "1970-01-01T00:00:00Z",
  };
}

export const GATEWAY_CLASS_STATUS = { conditions: [pending("Accepted")] };

export const GATEWAY_STATUS = { conditions: [pending("Accepted"), pending("Programmed")] };

/** Routes of the Gateway's own namespace may attach to a listener. */
export function setGatewayDefaults(gateway: Gateway): Gateway {
  return mapField(gateway, "spec", (spec) =>
    mapList(spec, "listeners", (listener) => {
      const { namespaces, ...routes } = listener.allowedRoutes ?? {};
      const allowedRoutes = {
        ...routes,
        namespaces: fillAbsent(namespaces ?? {}, { from: "Same" }),
      };
      const withRoutes = withField(listener, "allowedRoutes", allowedRoutes);
      return mapField(withRoutes, "tls", (tls) => fillAbsent(tls, { mode: "Terminate" }));
    }),
  );
}

/** A route without rules, or a rule without matches, takes every path; back ends are Services of weight 1. */
export function setHTTPRouteDefaults(route: HTTPRoute): HTTPRoute {
  return withField(route, "spec", setSpecDefaults(route.spec ?? {}));
}

function setSpecDefaults(given: HTTPRoute["spec"]): HTTPRoute["spec"] {
  let spec = mapList(given, "parentRefs", (parent) =>
    fillAbsent(parent, { group: GROUP, kind: "Gateway" }),
  );
  spec = fillAbsent(spec, { rules: [{}] });
  return mapList(spec, "rules", (rule) => {
    const withMatches = fillAbsent(rule, { matches: [ANY_PATH] });
    const matched = mapList(withMatches, "matches", setMatchDefaults);
    return mapList(matched, "backendRefs", (backend) =>
      fillAbsent<HTTPBackendRef>(backend, { group: "", kind: "Service", weight: 1 }),
    );
  });
}

function setMatchDefaults(match: HTTPRouteMatch): HTTPRouteMatch {
  let filled = fillAbsent(match, { path: {} });
  filled = mapField(filled, "path", (path) => fillAbsent(path, ANY_PATH.path!));
  for (const list of ["headers", "queryParams"] as const) {
    filled = mapList(filled, list, (item) => fillAbsent(item, { type: "Exact" }));
  }
  return filled;
}
