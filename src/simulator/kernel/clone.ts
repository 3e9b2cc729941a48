/**
 * A deep copy of plain state for a snapshot: numbers, strings, booleans, null, arrays, plain objects, Map, Set and typed arrays.
 * Frozen objects are immutable by agreement (API objects are frozen when stored) and are shared, not copied.
 */
export function cloneState<T>(value: T): T {
  return clone(value) as T;
}

function clone(value: unknown): unknown {
  if (typeof value !== "object" || value === null || Object.isFrozen(value)) return value;
  if (Array.isArray(value)) return value.map(clone);
  if (value instanceof Map) {
    const copy = new Map<unknown, unknown>();
    for (const [key, item] of value) copy.set(key, clone(item));
    return copy;
  }
  if (value instanceof Set) return new Set([...value].map(clone));
  if (ArrayBuffer.isView(value)) return (value as Uint8Array).slice();
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) {
    throw new Error(`A snapshot can only hold plain data, found ${value.constructor.name}`);
  }
  const copy: Record<string, unknown> = {};
  for (const key of Object.keys(value)) copy[key] = clone((value as Record<string, unknown>)[key]);
  return copy;
}
