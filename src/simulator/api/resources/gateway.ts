/* The Gateway API's kinds (sigs.k8s.io/gateway-api release 1.2), which a cluster serves from CustomResourceDefinitions. */
import { withField } from "../defaults/fill.ts";
import { GATEWAY_CLASS_STATUS, GATEWAY_STATUS } from "../defaults/gateway.ts";
import type { ResourceDefinition } from "../resource.ts";
import type { Gateway, GatewayClass, HTTPRoute, KubernetesObject } from "../types.ts";
import { customKind } from "../validation/custom-kind.ts";
import {
  customFindings,
  withCustomDefaults,
  type CustomSchema,
} from "../validation/custom-schema.ts";
import { GATEWAY_CLASS_SPEC, GATEWAY_SPEC } from "../validation/gateway-schemas.ts";
import { HTTP_ROUTE_SPEC } from "../validation/http-route-schema.ts";
import { defineKind } from "./define.ts";
import { firstGeneration, nextGeneration } from "./generation.ts";

const CUSTOM = {
  group: "gateway.networking.k8s.io",
  categories: ["gateway-api"],
  isCustom: true,
  refusesUnconditionalUpdate: true,
} as const;

/** A kind whose objects have a spec of that schema. */
function specOf<T extends KubernetesObject & { readonly spec: unknown }>(
  schema: CustomSchema,
  namespaced: boolean,
) {
  return {
    setDefaults: (object: T) => withField(object, "spec", withCustomDefaults(object.spec, schema)),
    ...customKind<T>(namespaced, (spec, old) => customFindings(spec, schema, "spec", old), true),
  };
}

export const gatewayclasses: ResourceDefinition<GatewayClass> = defineKind<GatewayClass>({
  ...CUSTOM,
  kind: "GatewayClass",
  subresources: ["status"],
  plural: "gatewayclasses",
  shortNames: ["gc"],
  namespaced: false,
  ...specOf<GatewayClass>(GATEWAY_CLASS_SPEC, false),
  prepareForCreate: (object) => firstGeneration(object, GATEWAY_CLASS_STATUS),
  prepareForUpdate: nextGeneration,
});

export const gateways: ResourceDefinition<Gateway> = defineKind<Gateway>({
  ...CUSTOM,
  kind: "Gateway",
  subresources: ["status"],
  plural: "gateways",
  shortNames: ["gtw"],
  ...specOf<Gateway>(GATEWAY_SPEC, true),
  prepareForCreate: (object) => firstGeneration(object, GATEWAY_STATUS),
  prepareForUpdate: nextGeneration,
});

export const httproutes: ResourceDefinition<HTTPRoute> = defineKind<HTTPRoute>({
  ...CUSTOM,
  kind: "HTTPRoute",
  subresources: ["status"],
  plural: "httproutes",
  ...specOf<HTTPRoute>(HTTP_ROUTE_SPEC, true),
  prepareForCreate: (object) => firstGeneration(object, { parents: [] }),
  prepareForUpdate: nextGeneration,
});
