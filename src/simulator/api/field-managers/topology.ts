/*
 * How server-side apply merges a field: the tags listType, listMapKey and mapType/structType of k8s.io/api (the x-kubernetes-* extensions of
 * its OpenAPI). They follow the tags of strategic merge patch but where a line here says otherwise.
 */
import { structByName } from "../schema/index.ts";
import type { Field, FieldType, Struct } from "../schema/struct-table.ts";

/** What stands at a place, and how it is merged. */
export type Topology =
  | { readonly kind: "atomic" }
  | { readonly kind: "struct"; readonly struct: Struct }
  | { readonly kind: "map"; readonly element: Topology }
  | { readonly kind: "set" }
  | { readonly kind: "list-map"; readonly keys: readonly string[]; readonly element: Topology };

const ATOMIC: Topology = { kind: "atomic" };

/** Keys that differ from patchMergeKey, by struct and field; an empty list makes the field atomic. */
const LIST_KEYS: Readonly<Record<string, readonly string[]>> = {
  "Container.ports": ["containerPort", "protocol"],
  "EphemeralContainer.ports": ["containerPort", "protocol"],
  "ServiceSpec.ports": ["port", "protocol"],
  "PodSpec.topologySpreadConstraints": ["topologyKey", "whenUnsatisfiable"],
  "ResourceRequirements.claims": ["name"],
  "HorizontalPodAutoscalerStatus.conditions": ["type"],
  "GatewaySpec.listeners": ["name"],
  "GatewayStatus.listeners": ["name"],
  "GatewayStatus.conditions": ["type"],
  "GatewayClassStatus.conditions": ["type"],
  "ListenerStatus.conditions": ["type"],
  "RouteParentStatus.conditions": ["type"],
};

const ATOMIC_STRUCTS = new Set([
  "LabelSelector",
  "NodeSelector",
  "NodeSelectorTerm",
  "ObjectReference",
  "LocalObjectReference",
  "TypedLocalObjectReference",
  "ObjectFieldSelector",
  "ResourceFieldSelector",
  "ConfigMapKeySelector",
  "SecretKeySelector",
]);

const ATOMIC_MAPS = new Set(["ServiceSpec.selector", "PodSpec.nodeSelector"]);

/** A part of a key that has a default, so that it may be left out. */
const KEY_DEFAULTS: Readonly<Record<string, unknown>> = { protocol: "TCP" };

/** How objects of that kind are merged. */
export function topologyOf(kind: string): Topology {
  return { kind: "struct", struct: structByName(kind) };
}

/** How a field of a struct is merged; unknown fields are atomic. */
export function fieldTopology(struct: Struct, name: string): Topology {
  const field = struct.fields.get(name);
  if (field === undefined) return ATOMIC;
  const place = `${struct.name}.${name}`;
  if (field.type.kind === "list") return listTopology(place, field);
  if (ATOMIC_MAPS.has(place)) return ATOMIC;
  return typeTopology(field.type);
}

function listTopology(place: string, { type, mergeKey }: Field): Topology {
  const keys = LIST_KEYS[place] ?? (mergeKey === undefined ? [] : [mergeKey]);
  if (keys.length === 0 || type.kind !== "list") return ATOMIC;
  if (keys[0] === "") return { kind: "set" };
  const { element } = type;
  if (element.kind !== "struct") return ATOMIC;
  const struct = structByName(element.name);
  return { kind: "list-map", keys, element: { kind: "struct", struct } };
}

function typeTopology(type: FieldType): Topology {
  if (type.kind === "map") return { kind: "map", element: typeTopology(type.element) };
  if (type.kind !== "struct" || ATOMIC_STRUCTS.has(type.name)) return ATOMIC;
  return { kind: "struct", struct: structByName(type.name) };
}

/** The path element of a list's element: `k:{"name":"web"}`; undefined when a part of its key is missing. */
export function keyElement(keys: readonly string[], item: unknown): string | undefined {
  const key: Record<string, unknown> = {};
  for (const name of [...keys].sort()) {
    const value = (item as Readonly<Record<string, unknown>> | null)?.[name] ?? KEY_DEFAULTS[name];
    if (value === undefined) return undefined;
    key[name] = value;
  }
  return `k:${JSON.stringify(key)}`;
}
