import type { KubernetesObject } from "./types.ts";

/** Do two versions of an object differ in nothing but their version? */
export function sameExceptVersion(a: KubernetesObject, b: KubernetesObject): boolean {
  return (
    areFieldsEqual(a, b, "metadata") &&
    (a.metadata === b.metadata || areFieldsEqual(a.metadata, b.metadata, "resourceVersion"))
  );
}

/** Are all fields but one equal? */
function areFieldsEqual(a: object, b: object, except: string): boolean {
  const left = a as Readonly<Record<string, unknown>>;
  const right = b as Readonly<Record<string, unknown>>;
  for (const key in left) if (key !== except && !deepEqual(left[key], right[key])) return false;
  for (const key in right) {
    if (key !== except && left[key] === undefined && right[key] !== undefined) return false;
  }
  return true;
}

/** Are two plain values equal (apimachinery equality.Semantic.DeepEqual on JSON values)? Absent and undefined are the same. */
export function deepEqual(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return false;
  if (Array.isArray(a) || Array.isArray(b)) {
    if (!Array.isArray(a) || !Array.isArray(b) || a.length !== b.length) return false;
    for (let i = 0; i < a.length; i += 1) if (!deepEqual(a[i], b[i])) return false;
    return true;
  }
  const left = a as Record<string, unknown>;
  const right = b as Record<string, unknown>;
  for (const key in left) if (!deepEqual(left[key], right[key])) return false;
  for (const key in right) if (right[key] !== undefined && left[key] === undefined) return false;
  return true;
}
