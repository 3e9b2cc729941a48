/*
 * The objects by which a router learns of the canary's share: a canary Ingress of ingress-nginx (argo-rollouts
 * rollout/trafficrouting/nginx/nginx.go), and the weights of an HTTPRoute (argoproj-labs/rollouts-plugin-trafficrouter-gatewayapi
 * pkg/plugin/httproute.go).
 */
import { deepEqual } from "../../api/server.ts";
import type { HTTPRoute, Ingress, NewObject, Rollout } from "../../api/types.ts";
import { controllerRef } from "../controller-ref.ts";
import { maxTrafficWeight } from "./rollout.ts";

/** A router cannot be told: the object that it reads is missing or does not fit. The message is the event's. */
export class TrafficRoutingError extends Error {}

/** Name of the plugin for the Gateway API. */
export const GATEWAY_API_PLUGIN = "argoproj-labs/gatewayAPI";

const MAX_NAME = 253;

/** Names of the Ingresses of the stable Service. */
export function stableIngresses({ spec }: Rollout): readonly string[] {
  const { nginx } = spec.strategy.canary?.trafficRouting ?? {};
  return nginx?.stableIngresses ?? (nginx?.stableIngress ? [nginx.stableIngress] : []);
}

/** utils/ingress GetCanaryIngressName */
export function canaryIngressName({ metadata }: Rollout, stableIngress: string): string {
  const suffix = "-canary";
  return `${`${metadata.name}-${stableIngress}`.slice(0, MAX_NAME - suffix.length)}${suffix}`;
}

/** The Ingress beside the stable one that gives the canary Service its share (buildCanaryIngress). */
export function canaryIngress(
  rollout: Rollout,
  stable: Ingress,
  weight: number,
): NewObject<Ingress> {
  const {
    canaryService = "",
    stableService = "",
    trafficRouting,
  } = rollout.spec.strategy.canary ?? {};
  const prefix = trafficRouting?.nginx?.annotationPrefix || "nginx.ingress.kubernetes.io";
  const rules = (stable.spec.rules ?? []).flatMap((rule) => {
    const paths = (rule.http?.paths ?? []).map((path) =>
      path.backend.service?.name === stableService
        ? { ...path, backend: { service: { ...path.backend.service, name: canaryService } } }
        : path,
    );
    return deepEqual(paths, rule.http?.paths ?? []) ? [] : [{ ...rule, http: { paths } }];
  });
  if (rules.length === 0) {
    throw new TrafficRoutingError(
      `ingress \`${stable.metadata.name}\` has no rules using service ${stableService} backend`,
    );
  }
  const className = stable.metadata.annotations?.["kubernetes.io/ingress.class"];
  const annotations: Record<string, string> = {
    ...(className === undefined ? {} : { "kubernetes.io/ingress.class": className }),
  };
  for (const [key, value] of Object.entries(
    trafficRouting?.nginx?.additionalIngressAnnotations ?? {},
  )) {
    annotations[key.startsWith(prefix) ? key : `${prefix}/${key}`] = value;
  }
  annotations[`${prefix}/canary`] = "true";
  annotations[`${prefix}/canary-weight`] = String(weight);
  const most = maxTrafficWeight(rollout);
  if (most !== 100) annotations[`${prefix}/canary-weight-total`] = String(most);
  const { tls, ingressClassName } = stable.spec;
  return {
    apiVersion: "networking.k8s.io/v1",
    kind: "Ingress",
    metadata: {
      name: canaryIngressName(rollout, stable.metadata.name),
      namespace: stable.metadata.namespace,
      annotations,
      ownerReferences: [controllerRef(rollout)],
    },
    spec: {
      ...(ingressClassName === undefined ? {} : { ingressClassName }),
      ...(tls === undefined ? {} : { tls }),
      rules,
    },
  };
}

/** The HTTPRoutes that the plugin is to write: `httpRoute`, `httpRoutes`, and the namespace. */
export function gatewayRoutes({ spec, metadata }: Rollout): {
  namespace: string;
  names: readonly string[];
} {
  const config = (spec.strategy.canary?.trafficRouting?.plugins?.[GATEWAY_API_PLUGIN] ?? {}) as {
    readonly httpRoute?: string;
    readonly httpRoutes?: readonly { readonly name: string }[];
    readonly namespace?: string;
  };
  const names = [
    ...(config.httpRoute ? [config.httpRoute] : []),
    ...(config.httpRoutes ?? []).map(({ name }) => name),
  ];
  return { namespace: config.namespace || (metadata.namespace ?? "default"), names };
}

/** The HTTPRoute with the canary's and the stable Service's weights (setHTTPRouteWeight); the same object when it has them. */
export function weightedRoute(rollout: Rollout, route: HTTPRoute, weight: number): HTTPRoute {
  const { canaryService, stableService } = rollout.spec.strategy.canary ?? {};
  const weights = new Map([
    [canaryService, weight],
    [stableService, maxTrafficWeight(rollout) - weight],
  ]);
  const found = new Set<string>();
  const rules = (route.spec.rules ?? []).map((rule) => ({
    ...rule,
    backendRefs: (rule.backendRefs ?? []).map((backend) => {
      const wanted = weights.get(backend.name);
      if (wanted === undefined) return backend;
      found.add(backend.name);
      return { ...backend, weight: wanted };
    }),
  }));
  if (found.size < 2) throw new TrafficRoutingError("backendRef was not found in httpRoute");
  return { ...route, spec: { ...route.spec, rules } };
}
