/*
 * Defaulting makes new objects only where something is missing: an object that has all its defaults is returned as it is. Go has two kinds
 * of missing: a nil pointer (zero is a value), and the zero value itself of a field that is no pointer.
 */

/** The object with the fields that are absent taken from `defaults`; for pointer fields. */
export function fillAbsent<T extends object>(object: T, defaults: Readonly<Partial<T>>): T {
  let filled: T | undefined;
  for (const key of Object.keys(defaults) as (keyof T)[]) {
    if (object[key] === undefined || object[key] === null) {
      filled ??= { ...object };
      filled[key] = defaults[key] as T[keyof T];
    }
  }
  return filled ?? object;
}

/** The object with the fields that are absent, empty or 0 taken from `defaults`; for fields by value. */
export function fillZero<T extends object>(object: T, defaults: Readonly<Partial<T>>): T {
  let filled: T | undefined;
  for (const key of Object.keys(defaults) as (keyof T)[]) {
    const value = object[key] as unknown;
    if (value === undefined || value === null || value === "" || value === 0) {
      filled ??= { ...object };
      filled[key] = defaults[key] as T[keyof T];
    }
  }
  return filled ?? object;
}

/** The object with one field set; the same object when it has that value already. */
export function withField<T extends object, K extends keyof T>(object: T, key: K, value: T[K]): T {
  return object[key] === value ? object : { ...object, [key]: value };
}

/** The object with one field, if it is there, passed through a function. */
export function mapField<T extends object, K extends keyof T>(
  object: T,
  key: K,
  change: (value: NonNullable<T[K]>) => T[K],
): T {
  const value = object[key];
  return value === undefined || value === null ? object : withField(object, key, change(value));
}

/** The object with each element of one list, if it is there, passed through a function. */
export function mapList<T extends object, K extends keyof T>(
  object: T,
  key: K,
  change: (item: T[K] extends readonly (infer I)[] | undefined ? I : never) => unknown,
): T {
  const list = object[key] as unknown as readonly never[] | undefined | null;
  if (list === undefined || list === null) return object;
  let changed: unknown[] | undefined;
  for (let i = 0; i < list.length; i += 1) {
    const item = change(list[i]!);
    if (item !== list[i]) (changed ??= [...list])[i] = item;
  }
  return changed === undefined ? object : { ...object, [key]: changed };
}
