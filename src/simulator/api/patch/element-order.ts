/* The order of lists that are merged (strategicpatch/patch.go normalizeElementOrder and mergeSortedSlice). */
import { deepEqual } from "../deep-equal.ts";
import { isPlain } from "./plain.ts";

/**
 * The list with the elements that `order` names in that order, and between them those that only the server has, each before an element that
 * it stood before.
 */
export function mergeByOrder(
  list: readonly unknown[],
  order: readonly unknown[],
  serverOrder: readonly unknown[],
  mergeKey: string,
): unknown[] {
  const placeIn = (items: readonly unknown[], item: unknown) =>
    items.findIndex((other) => isSame(other, item, mergeKey));
  const named = list
    .filter((item) => placeIn(order, item) >= 0)
    .sort((a, b) => placeIn(order, a) - placeIn(order, b));
  const serverOnly = list
    .filter((item) => placeIn(order, item) < 0)
    .sort((a, b) => placeIn(serverOrder, a) - placeIn(serverOrder, b));
  const merged: unknown[] = [];
  let next = 0;
  for (const item of serverOnly) {
    const at = placeIn(serverOrder, item);
    while (next < named.length) {
      const other = placeIn(serverOrder, named[next]);
      if (at >= 0 && other >= 0 && at < other) break;
      merged.push(named[next]);
      next += 1;
    }
    merged.push(item);
  }
  return [...merged, ...named.slice(next)];
}

/** Do two elements have the same merge key (or, without one, the same value)? */
export function isSame(a: unknown, b: unknown, mergeKey: string): boolean {
  if (mergeKey === "") return a === b;
  return isPlain(a) && isPlain(b) && deepEqual(a[mergeKey], b[mergeKey]);
}
