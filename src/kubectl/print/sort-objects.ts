import { parseQuantity, type KubernetesObject } from "../../simulator/index.ts";
import { JsonPath, JsonPathError, relaxed } from "../output/json-path.ts";
import { goSort } from "./go-sort.ts";

/** Why objects cannot be sorted, in kubectl's words. */
export class SortError extends Error {
  /** A value that has no order ends kubectl on the spot, with a line of its log. */
  readonly isFatal: boolean;

  constructor(message: string, isFatal = false) {
    super(message);
    this.isFatal = isFatal;
  }
}

/**
 * Objects in the order of a field, as `--sort-by=.metadata.creationTimestamp` has them (kubectl pkg/cmd/get/sorter.go). An object that
 * lacks the field comes first, and of two that lack it neither stays where it is: each is less than the other.
 *
 * @throws SortError when the path is none, leads nowhere, or to what has no order
 */
export function sortObjects<T extends KubernetesObject>(objects: readonly T[], path: string): T[] {
  const field = pathOf(path);
  const keyed = objects.map((object) => ({ object, values: valuesOf(field, object) }));
  if (objects.length > 0 && keyed.every(({ values }) => values.length === 0)) throw notFound(path);
  goSort(keyed, ({ values: a }, { values: b }) => {
    if (a.length === 0) return true;
    return b.length > 0 && isLess(a[0], b[0], path);
  });
  return keyed.map(({ object }) => object);
}

/** Tables of several kinds have no fields to sort them by: SortObjects is asked for the order of the tables themselves. */
export function refuseToSort(path: string): never {
  pathOf(path);
  throw notFound(path);
}

function notFound(path: string): SortError {
  return new SortError(
    `couldn't find any field with path ${JSON.stringify(relaxed(path))} in the list of objects`,
  );
}

function pathOf(path: string): JsonPath {
  return guarded(() => new JsonPath(relaxed(path)));
}

function valuesOf(field: JsonPath, object: KubernetesObject): readonly unknown[] {
  return guarded(() => field.values(object));
}

function guarded<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw error instanceof JsonPathError ? new SortError(error.message) : error;
  }
}

/** Quantities by their amounts, other texts by their signs. */
function isLess(a: unknown, b: unknown, path: string): boolean {
  if (a === null || b === null) return a === null && b !== null;
  if (typeof a === "number" && typeof b === "number") return a < b;
  if (typeof a === "string" && typeof b === "string") {
    const [x, y] = [parseQuantity(a), parseQuantity(b)];
    return "error" in x || "error" in y ? a < b : x.nano < y.nano;
  }
  const why =
    typeof a === "number" || typeof a === "string"
      ? "unsortable interface: interface"
      : `unsortable type: ${goType(a)}`;
  throw new SortError(
    `Field ${relaxed(path)} in [][][]reflect.Value is an unsortable type: interface, err: ${why}`,
    true,
  );
}

function goType(value: unknown): string {
  if (Array.isArray(value)) return "[]interface {}";
  return typeof value === "boolean" ? "bool" : "map[string]interface {}";
}
