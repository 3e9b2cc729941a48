/* Look-ups in the short lists that API objects are full of. They are among what a run does most, hence plain loops. */

/** The item of that name. */
export function named<T extends { readonly name: string }>(
  items: readonly T[] | undefined,
  name: string,
): T | undefined {
  if (items === undefined) return undefined;
  for (const item of items) if (item.name === name) return item;
  return undefined;
}

/** The item of that type: a condition. */
export function ofType<T extends { readonly type: string }>(
  items: readonly T[] | undefined,
  type: string,
): T | undefined {
  if (items === undefined) return undefined;
  for (const item of items) if (item.type === type) return item;
  return undefined;
}
