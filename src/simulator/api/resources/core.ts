import { toBase64 } from "../base64.ts";
import { fillAbsent, fillZero, withField } from "../defaults/fill.ts";
import { setLimitRangeDefaults } from "../defaults/limit-range.ts";
import { setServiceDefaults } from "../defaults/service.ts";
import type { ResourceDefinition } from "../resource.ts";
import { invalid } from "../refusals.ts";
import { allocate, allocateAgain, keepAllocated } from "../service-addresses.ts";
import type {
  ConfigMap,
  Event,
  LimitRange,
  Node,
  ResourceQuota,
  Secret,
  Service,
  ServiceAccount,
} from "../types.ts";
import { validateLimitRange, validateLimitRangeUpdate } from "../validation/limit-range.ts";
import { dns1123Subdomain } from "../validation/names.ts";
import {
  validateKeyedData,
  validateKeyedDataUpdate,
  validateMetaOnly,
  validateMetaUpdateOnly,
  validateNode,
} from "../validation/objects.ts";
import {
  validateResourceQuota,
  validateResourceQuotaUpdate,
} from "../validation/resource-quota.ts";
import { refusedUpdate, validateService, validateServiceUpdate } from "../validation/service.ts";
import { secretWarnings } from "../validation/secret-warnings.ts";
import { serviceWarnings } from "../validation/service-warnings.ts";
import { defineKind } from "./define.ts";

export const services: ResourceDefinition<Service> = defineKind<Service>({
  kind: "Service",
  subresources: ["status"],
  plural: "services",
  shortNames: ["svc"],
  categories: ["all"],
  setDefaults: setServiceDefaults,
  validate: validateService,
  validateUpdate: validateServiceUpdate,
  warnings: serviceWarnings,
  allocate(object, old, others, random) {
    if (old === undefined) return allocate(object, others, random);
    const next = keepAllocated(object, old);
    const refused = refusedUpdate(next.spec, old.spec, others);
    if (refused.length > 0) throw invalid(services, object.metadata.name, refused);
    return allocateAgain(next, old, others, random);
  },
  prepareForCreate: (object) => ({ ...object, status: { loadBalancer: {} } }),
  prepareForUpdate: (object, old) => withField(object, "status", old.status),
});

export const nodes: ResourceDefinition<Node> = defineKind<Node>({
  kind: "Node",
  subresources: ["status"],
  plural: "nodes",
  shortNames: ["no"],
  namespaced: false,
  setDefaults(node) {
    const capacity = node.status?.capacity;
    if (capacity === undefined) return node;
    return withField(node, "status", fillAbsent(node.status, { allocatable: capacity }));
  },
  validate: validateNode,
  validateUpdate: validateMetaUpdateOnly,
  prepareForUpdate: (object, old) => withField(object, "status", old.status),
});

export const events: ResourceDefinition<Event> = defineKind<Event>({
  kind: "Event",
  plural: "events",
  shortNames: ["ev"],
  validate: (event) => validateMetaOnly(event, true, dns1123Subdomain),
  validateUpdate: validateMetaUpdateOnly,
});

export const configmaps: ResourceDefinition<ConfigMap> = defineKind<ConfigMap>({
  kind: "ConfigMap",
  plural: "configmaps",
  shortNames: ["cm"],
  validate: validateKeyedData,
  validateUpdate: validateKeyedDataUpdate,
});

export const secrets: ResourceDefinition<Secret> = defineKind<Secret>({
  kind: "Secret",
  plural: "secrets",
  setDefaults: (secret) => fillZero(secret, { type: "Opaque" }),
  validate: validateKeyedData,
  validateUpdate: validateKeyedDataUpdate,
  warnings: secretWarnings,
  prepareForCreate: mergeStringData,
  prepareForUpdate: mergeStringData,
});

export const serviceaccounts: ResourceDefinition<ServiceAccount> = defineKind<ServiceAccount>({
  kind: "ServiceAccount",
  plural: "serviceaccounts",
  shortNames: ["sa"],
  validate: (account) => validateMetaOnly(account, true, dns1123Subdomain),
  validateUpdate: validateMetaUpdateOnly,
});

export const resourcequotas: ResourceDefinition<ResourceQuota> = defineKind<ResourceQuota>({
  kind: "ResourceQuota",
  subresources: ["status"],
  plural: "resourcequotas",
  shortNames: ["quota"],
  validate: validateResourceQuota,
  validateUpdate: validateResourceQuotaUpdate,
  prepareForCreate: (quota) => withField(quota, "status", {}),
  prepareForUpdate: (quota, old) => withField(quota, "status", old.status),
});

export const limitranges: ResourceDefinition<LimitRange> = defineKind<LimitRange>({
  kind: "LimitRange",
  plural: "limitranges",
  shortNames: ["limits"],
  setDefaults: setLimitRangeDefaults,
  validate: validateLimitRange,
  validateUpdate: validateLimitRangeUpdate,
});

/** `stringData` is for writing only: it overwrites `data`, encoded (pkg/apis/core/v1/conversion.go). */
function mergeStringData(secret: Secret): Secret {
  const { stringData, ...rest } = secret;
  if (stringData === undefined) return secret;
  const encoded = Object.entries(stringData).map(([key, text]) => [key, toBase64(text)]);
  return { ...rest, data: { ...secret.data, ...Object.fromEntries(encoded) } } as Secret;
}
