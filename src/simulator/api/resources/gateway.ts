/* The Gateway API's kinds (sigs.k8s.io/gateway-api release 1.2), which a cluster serves from CustomResourceDefinitions. */
import {
  GATEWAY_CLASS_STATUS,
  GATEWAY_STATUS,
  setGatewayDefaults,
  setHTTPRouteDefaults,
} from "../defaults/gateway.ts";
import type { ResourceDefinition } from "../resource.ts";
import type { Gateway, GatewayClass, HTTPRoute } from "../types.ts";
import {
  customKind,
  validateGatewayClassSpec,
  validateGatewaySpec,
  validateHTTPRouteSpec,
} from "../validation/gateway.ts";
import { defineKind } from "./define.ts";
import { firstGeneration, nextGeneration } from "./generation.ts";

const CUSTOM = {
  group: "gateway.networking.k8s.io",
  categories: ["gateway-api"],
  isCustom: true,
  refusesUnconditionalUpdate: true,
} as const;

export const gatewayclasses: ResourceDefinition<GatewayClass> = defineKind<GatewayClass>({
  ...CUSTOM,
  kind: "GatewayClass",
  subresources: ["status"],
  plural: "gatewayclasses",
  shortNames: ["gc"],
  namespaced: false,
  ...customKind<GatewayClass>(false, validateGatewayClassSpec, true),
  prepareForCreate: (object) => firstGeneration(object, GATEWAY_CLASS_STATUS),
  prepareForUpdate: nextGeneration,
});

export const gateways: ResourceDefinition<Gateway> = defineKind<Gateway>({
  ...CUSTOM,
  kind: "Gateway",
  subresources: ["status"],
  plural: "gateways",
  shortNames: ["gtw"],
  setDefaults: setGatewayDefaults,
  ...customKind<Gateway>(true, validateGatewaySpec, true),
  prepareForCreate: (object) => firstGeneration(object, GATEWAY_STATUS),
  prepareForUpdate: nextGeneration,
});

export const httproutes: ResourceDefinition<HTTPRoute> = defineKind<HTTPRoute>({
  ...CUSTOM,
  kind: "HTTPRoute",
  subresources: ["status"],
  plural: "httproutes",
  setDefaults: setHTTPRouteDefaults,
  ...customKind<HTTPRoute>(true, validateHTTPRouteSpec, true),
  prepareForCreate: (object) => firstGeneration(object, { parents: [] }),
  prepareForUpdate: nextGeneration,
});
