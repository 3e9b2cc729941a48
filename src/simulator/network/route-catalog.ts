import { objectKey, type WatchEvent } from "../api/server.ts";
import type { Gateway, HTTPRoute, Ingress, KubernetesObject, Resource } from "../api/types.ts";
import { emptyCatalog, takeIn, type ServiceCatalog } from "./service-catalog.ts";

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
