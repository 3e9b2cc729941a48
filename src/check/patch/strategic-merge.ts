import { stringify } from "yaml";
import { isRecord, type GivenObject } from "../input/read-input.ts";
import { valueAt } from "../plan/pod-spec.ts";
import type { Edit, Path } from "../remedy/edit.ts";

/** The edits of an object as a strategic merge patch that `kubectl patch --patch-file` and Kustomize take. Containers are told by their names. */
export function strategicMergePatch(given: GivenObject, edits: readonly Edit[]): string {
  const { apiVersion, kind, name, namespace, object } = given;
  const written = valueAt(object, "metadata", "namespace") === undefined ? {} : { namespace };
  let patch: unknown = { apiVersion, kind, metadata: { name, ...written } };
  for (const { path, value } of edits) {
    patch = merge(patch, partOf(object, path, replacing(valueAt(object, ...path), value)));
  }
  return stringify(patch);
}

/** A mapping merges with what stands there: what has to go is set to null. */
function replacing(old: unknown, value: unknown): unknown {
  if (value === undefined) return null;
  if (!isRecord(old) || !isRecord(value)) return value;
  const gone = Object.keys(old).filter((key) => !Object.hasOwn(value, key));
  const kept = Object.entries(value).map(([key, child]) => [key, replacing(old[key], child)]);
  return Object.fromEntries([...kept, ...gone.map((key) => [key, null])]) as unknown;
}

/** A value in the mappings around it; an element of a list with the name that it is merged by. */
function partOf(object: unknown, path: Path, value: unknown): unknown {
  const [step, ...rest] = path;
  if (step === undefined) return value;
  const inner = partOf(valueAt(object, step), rest, value);
  if (typeof step === "string") return { [step]: inner };
  const name = valueAt(object, step, "name");
  return [{ name, ...(isRecord(inner) ? inner : {}) }];
}

function merge(a: unknown, b: unknown): unknown {
  if (Array.isArray(a) && Array.isArray(b)) {
    const [list, more] = [a as unknown[], b as unknown[]];
    const others = more.filter((item) => !list.some((one) => isSameElement(one, item)));
    return [
      ...list.map((one) => more.filter((item) => isSameElement(one, item)).reduce(merge, one)),
      ...others,
    ];
  }
  if (!isRecord(a) || !isRecord(b)) return b;
  const keys = [...new Set([...Object.keys(a), ...Object.keys(b)])];
  return Object.fromEntries(
    keys.map((key) => [key, key in a && key in b ? merge(a[key], b[key]) : (a[key] ?? b[key])]),
  );
}

function isSameElement(a: unknown, b: unknown): boolean {
  return isRecord(a) && isRecord(b) && a.name !== undefined && a.name === b.name;
}
