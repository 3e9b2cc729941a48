/* Values seen through their topology (structured-merge-diff typed): their fields, how two differ, merging, and taking fields away. */
import { isPlain, type Plain } from "../patch/plain.ts";
import { remembered } from "../remembered.ts";
import { deepEqual } from "../deep-equal.ts";
import { EMPTY, fieldSet, ROOT, union, type FieldSet } from "./field-set.ts";
import type { Struct } from "../schema/struct-table.ts";
import { fieldTopology, keyElement, type Topology } from "./topology.ts";

/** A part of a value: its path element, its topology and the value; undefined: it is not there. */
interface Part {
  readonly element: string;
  readonly topology: Topology;
  readonly value: unknown;
}

/** What a value is made of; undefined for what is taken as a whole: scalars, atomic lists and maps, null. */
function partsOf(topology: Topology, value: unknown): Part[] | undefined {
  switch (topology.kind) {
    case "struct":
    case "map":
      if (!isPlain(value)) return undefined;
      return Object.keys(value)
        .filter((name) => value[name] !== undefined)
        .map((name) => ({
          element: `f:${name}`,
          topology:
            topology.kind === "map" ? topology.element : fieldTopology(topology.struct, name),
          value: value[name],
        }));
    case "set":
      if (!Array.isArray(value)) return undefined;
      return value.map((item) => ({
        element: `v:${JSON.stringify(item)}`,
        topology: { kind: "atomic" },
        value: item,
      }));
    case "list-map":
      if (!Array.isArray(value)) return undefined;
      return value.flatMap((item: unknown) => {
        const element = keyElement(topology.keys, item);
        return element === undefined ? [] : [{ element, topology: topology.element, value: item }];
      });
    default:
      return undefined;
  }
}

const isItem = (element: string) => element.startsWith("k:") || element.startsWith("v:");

/** The fields that an applied configuration sets (ToFieldSet). */
export function fieldsOf(topology: Topology, value: unknown): FieldSet {
  const parts = partsOf(topology, value);
  if (parts === undefined || parts.length === 0) return ROOT;
  return fieldSet(
    false,
    parts.map(({ element, topology: inner, value: part }) => {
      const below = fieldsOf(inner, part);
      return [element, isItem(element) ? union(ROOT, below) : below];
    }),
  );
}

export interface Comparison {
  /** Added or changed. */
  readonly changed: FieldSet;
  readonly removed: FieldSet;
}

/** How a value differs from what it was (Compare); undefined: not there. */
export function compare(topology: Topology, before: unknown, after: unknown): Comparison {
  if (deepEqual(before, after)) return { changed: EMPTY, removed: EMPTY };
  if (before === undefined) return { changed: allOf(topology, after), removed: EMPTY };
  if (after === undefined) return { changed: EMPTY, removed: allOf(topology, before) };
  const old = partsOf(topology, before);
  const parts = partsOf(topology, after);
  if (parts === undefined || (old === undefined && before !== null)) {
    return { changed: ROOT, removed: EMPTY };
  }
  const changed: [string, FieldSet][] = [];
  const removed: [string, FieldSet][] = [];
  const oldParts = new Map((old ?? []).map((part) => [part.element, part]));
  const newParts = new Map(parts.map((part) => [part.element, part]));
  for (const [element, part] of newParts) {
    const inner = comparePart(part, oldParts.get(element)?.value);
    changed.push([element, inner.changed]);
    removed.push([element, inner.removed]);
  }
  for (const [element, part] of oldParts) {
    if (newParts.has(element)) continue;
    removed.push([element, allOf(part.topology, part.value)]);
  }
  return { changed: fieldSet(false, changed), removed: fieldSet(false, removed) };
}

/** Specs are compared with the same ones in run after run. */
function comparePart({ topology, value }: Part, before: unknown): Comparison {
  return isPlain(value) && isPlain(before) && topology.kind === "struct"
    ? compareStructs(value, before, topology.struct)
    : compare(topology, before, value);
}

const compareStructs = remembered((after: Plain, before: Plain, struct: Struct) =>
  compare({ kind: "struct", struct }, before, after),
);

/** The fields of a value that came as a whole, or went. */
function allOf(topology: Topology, value: unknown): FieldSet {
  const parts = partsOf(topology, value);
  if (parts === undefined) return ROOT;
  const children = new Map<string, FieldSet>();
  for (const part of parts) children.set(part.element, allOf(part.topology, part.value));
  return Object.freeze({ member: true, children });
}

/** The live value with what is applied merged in: what is applied comes first in lists, in its order (Merge). */
export function merge(topology: Topology, live: unknown, applied: unknown): unknown {
  if (topology.kind === "set" && Array.isArray(live) && Array.isArray(applied)) {
    return [...applied, ...live.filter((item) => !applied.includes(item))];
  }
  if (topology.kind === "list-map" && Array.isArray(live) && Array.isArray(applied)) {
    return mergeListMap(topology, live, applied);
  }
  if (
    (topology.kind === "struct" || topology.kind === "map") &&
    isPlain(live) &&
    isPlain(applied)
  ) {
    const merged: Record<string, unknown> = { ...live };
    for (const { element, topology: inner, value } of partsOf(topology, applied)!) {
      const name = element.slice(2);
      merged[name] = merge(inner, live[name], value);
    }
    return merged;
  }
  return applied;
}

/** Elements that are only live keep their place between those applied. */
function mergeListMap(
  topology: Topology & { readonly kind: "list-map" },
  live: readonly unknown[],
  applied: readonly unknown[],
): unknown[] {
  const idOf = (item: unknown) => keyElement(topology.keys, item);
  const find = (list: readonly unknown[], id: string | undefined) =>
    list.findIndex((item) => idOf(item) === id);
  const merged: unknown[] = [];
  let next = 0;
  for (const item of applied) {
    const at = find(live, idOf(item));
    for (; at >= 0 && next < at; next += 1) {
      if (find(applied, idOf(live[next])) < 0) merged.push(live[next]);
    }
    if (at >= 0 && next === at) next += 1;
    merged.push(at < 0 ? item : merge(topology.element, live[at], item));
  }
  for (; next < live.length; next += 1) {
    if (find(applied, idOf(live[next])) < 0) merged.push(live[next]);
  }
  return merged;
}

/**
 * The value without the fields that a manager does not apply any more and that nobody else owns (prune: RemoveItems, and what is owned
 * put back). A struct goes as a whole; of a map, like labels, only the keys.
 */
export function prune(
  topology: Topology,
  value: unknown,
  gone: FieldSet,
  owned: FieldSet,
): unknown {
  const parts = partsOf(topology, value);
  if (parts === undefined) return value;
  const left = parts.flatMap((part) => {
    const rest = pruned(part, gone.children.get(part.element), owned.children.get(part.element));
    return rest === undefined ? [] : [{ element: part.element, value: rest }];
  });
  if (Array.isArray(value)) return left.map((part) => part.value);
  return Object.fromEntries(left.map((part) => [part.element.slice(2), part.value]));
}

function pruned(
  { topology, value }: Part,
  gone: FieldSet | undefined,
  owned: FieldSet | undefined,
): unknown {
  if (gone === undefined) return value;
  if (owned !== undefined) return prune(topology, value, gone, owned);
  if (topology.kind !== "map" || gone.children.size === 0) return undefined;
  const rest = prune(topology, value, gone, EMPTY) as Plain;
  return Object.keys(rest).length === 0 ? undefined : rest;
}
