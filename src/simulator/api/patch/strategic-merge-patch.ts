/*
 * Strategic merge patch: apimachinery pkg/util/strategicpatch/patch.go of Kubernetes 1.32. The tags patchMergeKey and patchStrategy stand
 * in the schema's tables (`schema/struct-table.ts`).
 */
import { remembered } from "../remembered.ts";
import { goText } from "../schema/go-text.ts";
import { deepEqual } from "../deep-equal.ts";
import { structByName } from "../schema/index.ts";
import type { Field, Struct } from "../schema/struct-table.ts";
import { mergeByOrder } from "./element-order.ts";
import { isPlain, noMergeKey, PatchError, type Plain } from "./plain.ts";

const DIRECTIVE = "$patch";
const RETAIN_KEYS = "$retainKeys";
const SET_ELEMENT_ORDER = "$setElementOrder/";
const DELETE_FROM_PRIMITIVE_LIST = "$deleteFromPrimitiveList/";

/** The object of that Go struct with the patch carried out. Throws a PatchError for a patch that makes no sense. */
export function strategicMergePatch(structName: string, original: Plain, patch: Plain): Plain {
  return mergeMap(structByName(structName), original, patch);
}

/** mergeMap. A struct that is unknown (a map of strings, say) has no lists to merge. */
function mergeMap(struct: Struct | undefined, original: Plain, patch: Plain): Plain {
  if (DIRECTIVE in patch) return carryOutDirective(patch);
  const merged: Record<string, unknown> = { ...original };
  retainKeys(merged, patch);
  orderLists(struct, merged, patch);
  for (const [key, value] of Object.entries(patch)) {
    if (key === RETAIN_KEYS || key.startsWith(SET_ELEMENT_ORDER)) continue;
    const isDeletion = key.startsWith(DELETE_FROM_PRIMITIVE_LIST);
    const name = isDeletion ? key.slice(DELETE_FROM_PRIMITIVE_LIST.length) : key;
    const ordered = `${SET_ELEMENT_ORDER}${name}` in patch;
    if (ordered) continue;
    if (value === null) {
      delete merged[name];
      continue;
    }
    const before = merged[name];
    const field = struct?.fields.get(name);
    if (isDeletion) {
      if (Array.isArray(before)) merged[name] = without(before, value);
    } else if (isPlain(before) && isPlain(value) && !field?.isReplaced) {
      const inner = structOf(field);
      merged[name] =
        inner === undefined ? mergeMap(inner, before, value) : mergeStruct(before, value, inner);
    } else if (Array.isArray(before) && Array.isArray(value)) {
      merged[name] = mergeSlice(field, name, before, value);
    } else {
      merged[name] = withoutNulls(value);
    }
  }
  return merged;
}

/** A spec and its patch are the same in run after run. */
const mergeStruct = remembered((original: Plain, patch: Plain, struct: Struct) =>
  mergeMap(struct, original, patch),
);

function carryOutDirective(patch: Plain): Plain {
  const { [DIRECTIVE]: directive, ...rest } = patch;
  if (directive === "replace") return rest;
  if (directive === "delete") return {};
  throw new PatchError(`unknown patch type: ${goText(directive)} in map: ${goText(patch)}`);
}

/** applyRetainKeysDirective: keys that are not named go. */
function retainKeys(merged: Record<string, unknown>, patch: Plain): void {
  const kept = patch[RETAIN_KEYS];
  if (kept === undefined) return;
  if (!Array.isArray(kept)) throw new PatchError("invalid patch format of retainKeys");
  for (const key of Object.keys(patch)) {
    if (key.startsWith("$") || patch[key] === null || kept.includes(key)) continue;
    throw new PatchError("invalid patch format of retainKeys");
  }
  for (const key of Object.keys(merged)) if (!kept.includes(key)) delete merged[key];
}

/** mergePatchIntoOriginal: lists with a wanted order of their elements. */
function orderLists(
  struct: Struct | undefined,
  merged: Record<string, unknown>,
  patch: Plain,
): void {
  for (const [key, order] of Object.entries(patch)) {
    if (!key.startsWith(SET_ELEMENT_ORDER)) continue;
    const name = key.slice(SET_ELEMENT_ORDER.length);
    if (!Array.isArray(order)) throw new PatchError("invalid patch format of setElementOrder list");
    const field = struct?.fields.get(name);
    const mergeKey = mergeKeyOf(field, name);
    const original = Array.isArray(merged[name]) ? merged[name] : [];
    let list: readonly unknown[] = original;
    const deletion = patch[`${DELETE_FROM_PRIMITIVE_LIST}${name}`];
    if (deletion !== undefined) list = without(list, deletion);
    const given = patch[name];
    if (given === null) {
      delete merged[name];
      continue;
    }
    if (Array.isArray(given)) {
      refuseOtherOrder(name, given, order, mergeKey);
      list = mergeSlice(field, name, list, given);
    }
    if (list.length > 0 || name in merged) {
      merged[name] = mergeByOrder(list, order, original, mergeKey);
    }
  }
}

/** validatePatchWithSetOrderList: what is set must be named, in that order. */
function refuseOtherOrder(
  name: string,
  patch: readonly unknown[],
  order: readonly unknown[],
  mergeKey: string,
): void {
  const idOf = (item: unknown) => (mergeKey === "" ? item : isPlain(item) ? item[mergeKey] : item);
  const ids = order.map(idOf);
  let at = 0;
  for (const item of patch) {
    if (isPlain(item) && item[DIRECTIVE] === "delete") continue;
    if (isPlain(item) && item[DIRECTIVE] === "replace") continue;
    at = ids.indexOf(idOf(item), at);
    if (at < 0) {
      throw new PatchError(
        `The order in patch list:\n${goText(patch)}\n doesn't match ${SET_ELEMENT_ORDER}${name} list:\n${goText(order)}\n`,
      );
    }
  }
}

function mergeKeyOf(field: Field | undefined, name: string): string {
  if (field?.mergeKey === undefined) {
    throw new PatchError(`cannot find merge key for list: ${name}`);
  }
  return field.mergeKey;
}

/** mergeSliceHandler and mergeSlice: lists without a merge strategy are replaced. */
function mergeSlice(
  field: Field | undefined,
  name: string,
  original: readonly unknown[],
  patch: readonly unknown[],
): unknown[] {
  const mergeKey = field?.mergeKey;
  if (mergeKey === undefined) return [...patch];
  if (mergeKey === "") {
    const merged: unknown[] = [];
    for (const item of [...original, ...patch]) if (!merged.includes(item)) merged.push(item);
    return mergeByOrder(merged, patch, original, "");
  }
  const wanted = patch.map((item) => element(item, mergeKey, name));
  if (wanted.some((item) => item[DIRECTIVE] === "replace")) {
    return wanted.filter((item) => item[DIRECTIVE] === undefined).map(withoutNulls);
  }
  const merged: unknown[] = original.filter(
    (item) =>
      !wanted.some((other) => other[DIRECTIVE] === "delete" && hasKey(item, mergeKey, other)),
  );
  const struct = structOfElement(field!);
  const set = wanted.filter((item) => item[DIRECTIVE] !== "delete");
  for (const item of set) {
    const at = merged.findIndex((other) => hasKey(other, mergeKey, item));
    if (at < 0) merged.push(withoutNulls(item));
    else merged[at] = mergeMap(struct, merged[at] as Plain, item);
  }
  return mergeByOrder(merged, set, original, mergeKey);
}

function element(item: unknown, mergeKey: string, name: string): Plain {
  if (!isPlain(item)) throw new PatchError(`invalid JSON document: ${name} is a list of objects`);
  const directive = item[DIRECTIVE];
  if (directive === "replace") return item;
  if (directive !== undefined && directive !== "delete" && directive !== "merge") {
    throw new PatchError(`unknown patch type: ${goText(directive)} in map: ${goText(item)}`);
  }
  if (item[mergeKey] === undefined) throw noMergeKey(item, mergeKey);
  return item;
}

function hasKey(item: unknown, mergeKey: string, other: Plain): boolean {
  return isPlain(item) && deepEqual(item[mergeKey], other[mergeKey]);
}

function without(list: readonly unknown[], items: unknown): unknown[] {
  const gone = Array.isArray(items) ? items : [];
  return list.filter((item) => !gone.includes(item));
}

/** discardNullValuesFromPatch: a null deletes, so that it is nothing in what is new. */
function withoutNulls(value: unknown): unknown {
  if (!isPlain(value)) return value;
  const entries = Object.entries(value).filter(([, item]) => item !== null);
  return Object.fromEntries(entries.map(([key, item]) => [key, withoutNulls(item)]));
}

/** The struct of a field's value; undefined for maps and scalars. */
export function structOf(field: Field | undefined): Struct | undefined {
  return field?.type.kind === "struct" ? structByName(field.type.name) : undefined;
}

/** The struct of a list's elements. */
export function structOfElement(field: Field | undefined): Struct | undefined {
  const type = field?.type.kind === "list" ? field.type.element : undefined;
  return type?.kind === "struct" ? structByName(type.name) : undefined;
}
