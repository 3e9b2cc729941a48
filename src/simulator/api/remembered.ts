/*
 * What pure functions made of values that cannot change. A check plays hundreds of runs of one scenario, and each reads, defaults, validates
 * and compares the same specs; what is remembered is neither worked out again nor, mostly, compiled.
 */

/**
 * The function, remembering of each first value what it made with the others that came last. Only frozen values are remembered; by agreement what
 * is frozen is so to its depth. What is made of them is frozen too.
 */
export function remembered<Values extends readonly [object, ...object[]], Made extends object>(
  make: (...values: Values) => Made,
): (...values: Values) => Made {
  const known = new WeakMap<object, { readonly values: Values; readonly made: Made }>();
  return (...values) => {
    if (!values.every((value) => Object.isFrozen(value))) return make(...values);
    const last = known.get(values[0]);
    if (last?.values.every((value, i) => value === values[i]) === true) return last.made;
    const made = Object.freeze(make(...values));
    known.set(values[0], { values, made });
    return made;
  };
}

/** Freezes a plain value to its depth, and returns it. */
export function deepFreeze<T>(value: T): T {
  if (typeof value !== "object" || value === null || Object.isFrozen(value)) return value;
  for (const item of Object.values(value)) deepFreeze(item);
  return Object.freeze(value);
}
