import type { KubernetesObject } from "../../simulator/index.ts";
import { goSort } from "./go-sort.ts";

/**
 * Objects in the order of a field, as `--sort-by=.metadata.creationTimestamp` has them (kubectl pkg/cmd/get/sorter.go). An object that
 * lacks the field comes first.
 *
 * Simplified: only a path of fields is understood, not all of JSONPath.
 *
 * @throws Error when the path is none; the message is kubectl's
 */
export function sortObjects<T extends KubernetesObject>(objects: readonly T[], path: string): T[] {
  const fields = fieldsOf(path);
  const keyed = objects.map((object) => ({ object, key: valueAt(object, fields) }));
  goSort(keyed, (a, b) => compare(a.key, b.key) < 0);
  return keyed.map(({ object }) => object);
}

/** `{.metadata.name}`, `.metadata.name` and `metadata.name` are the same (RelaxedJSONPathExpression). */
function fieldsOf(path: string): string[] {
  const match = /^(?:\{\.?([^{}]+)\}|\.?([^{}]+))$/.exec(path);
  const fields = (match?.[1] ?? match?.[2] ?? "").split(".");
  if (fields.includes("")) {
    throw new Error(
      `unexpected path string, expected a 'name1.name2' or '.name1.name2' or '{name1.name2}' or '{.name1.name2}'`,
    );
  }
  return fields;
}

function valueAt(object: unknown, fields: readonly string[]): unknown {
  return fields.reduce<unknown>(
    (value, field) =>
      typeof value === "object" && value !== null
        ? (value as Record<string, unknown>)[field]
        : undefined,
    object,
  );
}

function compare(a: unknown, b: unknown): number {
  if (a === undefined || a === null || b === undefined || b === null) {
    return Number(a !== undefined && a !== null) - Number(b !== undefined && b !== null);
  }
  if (typeof a === "number" && typeof b === "number") return a - b;
  return compareNatural(String(a), String(b));
}

/** Numbers within texts by their size: web-9 before web-10 (fvbommel/sortorder NaturalLess, which kubectl uses). */
function compareNatural(a: string, b: string): number {
  const [left, right] = [chunks(a), chunks(b)];
  for (let i = 0; i < Math.min(left.length, right.length); i += 1) {
    const [x, y] = [left[i]!, right[i]!];
    const difference = /^\d/.test(x) && /^\d/.test(y) ? compareDigits(x, y) : compareText(x, y);
    if (difference !== 0) return difference;
  }
  return left.length - right.length;
}

function chunks(text: string): string[] {
  return text.match(/\d+|\D+/g) ?? [];
}

function compareDigits(a: string, b: string): number {
  const [x, y] = [a.replace(/^0+/, ""), b.replace(/^0+/, "")];
  return x.length - y.length || compareText(x, y) || a.length - b.length;
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
