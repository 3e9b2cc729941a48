/*
 * The strategic merge patch that `kubectl apply` sends (apimachinery pkg/util/strategicpatch CreateThreeWayMergePatch): what differs
 * between the live object and the manifest, and deletions of what was applied before and is not any more.
 */
import { deepEqual } from "../deep-equal.ts";
import { remembered } from "../remembered.ts";
import { goText } from "../schema/go-text.ts";
import { structByName } from "../schema/index.ts";
import type { Field, Struct } from "../schema/struct-table.ts";
import { isSame } from "./element-order.ts";
import { isPlain, noMergeKey, PatchError, type Plain } from "./plain.ts";
import { strategicMergePatch, structOf, structOfElement } from "./strategic-merge-patch.ts";

/**
 * The patch for an object of that kind; an empty one means that nothing changes. Without a kind (a custom one), lists are taken whole. Throws a PatchError for an element of a merged list that
 * is no object or has no merge key.
 */
export function threeWayPatch(
  kind: string | undefined,
  last: unknown,
  modified: Plain,
  live: Plain,
): Plain {
  const struct = kind === undefined ? undefined : structByName(kind);
  return patchObject(struct, isPlain(last) ? last : {}, modified, live, false);
}

/** What `kubectl apply` makes of three objects: the one last applied, the one applied now, and the live one. */
export function threeWayMerge(kind: string, last: unknown, modified: Plain, live: Plain): Plain {
  return strategicMergePatch(kind, live, threeWayPatch(kind, last, modified, live));
}

function patchObject(
  struct: Struct | undefined,
  last: Plain,
  modified: Plain,
  live: Plain,
  retainKeys: boolean,
): Plain {
  const patch: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(modified)) {
    const field = struct?.fields.get(key);
    if (value === null) {
      if (live[key] !== undefined && live[key] !== null) patch[key] = null;
      continue;
    }
    if (Array.isArray(value) && Array.isArray(live[key]) && field?.mergeKey !== undefined) {
      Object.assign(patch, patchList(field, field.mergeKey, last[key], value, live[key]));
      continue;
    }
    // What is replaced as a whole is sent even where nothing changes (handleMapDiff), and then an apply is never "unchanged".
    if (field?.isReplaced && isPlain(value) && isPlain(live[key])) {
      patch[key] = value;
      continue;
    }
    const part = patchValue(field, last[key], value, live[key]);
    if (part !== undefined) patch[key] = part;
  }
  for (const key of Object.keys(last)) {
    if (!(key in modified) && last[key] !== null && key in live) patch[key] = null;
  }
  if (retainKeys && Object.keys(patch).length > 0) {
    patch.$retainKeys = Object.keys(modified)
      .filter((key) => modified[key] !== null)
      .sort();
  }
  return patch;
}

/** The patch of a field that holds a struct: of a spec, the same in run after run. */
const patchField = remembered((value: Plain, live: Plain, last: Plain, field: Field) =>
  patchObject(structOf(field), last, value, live, field.retainKeys ?? false),
);

/** Undefined: nothing changes. */
function patchValue(
  field: Field | undefined,
  last: unknown,
  value: unknown,
  live: unknown,
): unknown {
  if (isPlain(value) && isPlain(live)) {
    const before = isPlain(last) ? last : {};
    const patch =
      field === undefined
        ? patchObject(undefined, before, value, live, false)
        : patchField(value, live, before, field);
    return Object.keys(patch).length === 0 ? undefined : patch;
  }
  return live !== undefined && deepEqual(value, live) ? undefined : value;
}

/**
 * The parts of the patch for one merged list: elements that are new or changed, deletions of those applied before, and, when anything
 * changes or stands in another order, the order (diffLists).
 */
function patchList(
  field: Field,
  key: string,
  last: unknown,
  modified: readonly unknown[],
  live: readonly unknown[],
): Plain {
  const before = Array.isArray(last) ? last : [];
  if (live.length === 0) return modified.length === 0 ? {} : { [field.name]: modified };
  if (key === "") return patchScalars(field.name, before, modified, live);
  const alike = (list: readonly unknown[], one: Plain) =>
    list.filter((item): item is Plain => isPlain(item) && deepEqual(item[key], one[key]));
  if (!modified.every(isPlain)) {
    // diffLists asks for elements of one type (sliceElementType); those that stand are objects.
    throw new PatchError(`list element types are not identical: ${goText([live, modified])}`);
  }
  const nameless = modified.find((item) => item[key] === undefined);
  if (nameless !== undefined) throw noMergeKey(nameless, key);
  const struct = structOfElement(field);
  const patches: unknown[] = [];
  for (const [i, item] of modified.entries()) {
    // Elements of one key, like a port for TCP and for UDP, are compared in turn (diffListsOfMaps).
    const turn = alike(modified.slice(0, i), item).length;
    const current = alike(live, item)[turn];
    if (current === undefined) {
      patches.push(item);
      continue;
    }
    const lastItem = alike(before, item)[turn] ?? {};
    const patch = patchObject(struct, lastItem, item, current, field.retainKeys ?? false);
    if (Object.keys(patch).length > 0) patches.push({ ...patch, [key]: item[key] });
  }
  for (const [i, item] of before.entries()) {
    if (!isPlain(item) || alike(live, item).length === 0) continue;
    if (alike(modified, item).length > alike(before.slice(0, i), item).length) continue;
    patches.push({ $patch: "delete", [key]: item[key] });
  }
  if (patches.length === 0 && isOrderSame(live, modified, key)) return {};
  return {
    [`$setElementOrder/${field.name}`]: modified.map((item) => ({ [key]: item[key] })),
    ...(patches.length === 0 ? {} : { [field.name]: patches }),
  };
}

/** A list of scalars that is merged as a set. */
function patchScalars(
  name: string,
  last: readonly unknown[],
  modified: readonly unknown[],
  live: readonly unknown[],
): Plain {
  const added = modified.filter((item) => !live.includes(item));
  const gone = last.filter((item) => !modified.includes(item) && live.includes(item));
  const same = isOrderSame(live, modified, "");
  if (added.length === 0 && gone.length === 0 && same) return {};
  return {
    [`$setElementOrder/${name}`]: modified,
    ...(gone.length === 0 ? {} : { [`$deleteFromPrimitiveList/${name}`]: gone }),
    ...(added.length === 0 ? {} : { [name]: added }),
  };
}

function isOrderSame(live: readonly unknown[], modified: readonly unknown[], key: string): boolean {
  return live.length === modified.length && live.every((item, i) => isSame(item, modified[i], key));
}
