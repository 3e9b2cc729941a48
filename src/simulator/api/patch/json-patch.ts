/* JSON Patch (RFC 6902) as kube-apiserver carries it out (gopkg.in/evanphx/json-patch.v4), and JSON Merge Patch (RFC 7396). */
import { deepEqual } from "../deep-equal.ts";
import { isPlain, PatchError, type Plain } from "./plain.ts";

/** Operations of one patch at most (apiserver endpoints/handlers/patch.go maxJSONPatchOperations). */
export const JSON_PATCH_OPERATIONS_MAX = 10000;

interface Operation {
  readonly op?: unknown;
  readonly path?: unknown;
  readonly from?: unknown;
  readonly value?: unknown;
}

/** The document after all operations. Throws a PatchError for the first that cannot be done. */
export function jsonPatch(document: unknown, operations: readonly unknown[]): unknown {
  return operations.reduce((current, operation) => {
    if (!isPlain(operation)) throw new PatchError("Unexpected kind: unknown");
    return carryOut(current, operation);
  }, document);
}

function carryOut(document: unknown, operation: Operation): unknown {
  const path = pointer(operation.path, operation.op);
  switch (operation.op) {
    case "add":
      return add(document, path, valueOf(operation));
    case "remove":
      return change(document, path, remove(path, "remove"));
    case "replace":
      return change(document, path, replace(path, valueOf(operation)));
    case "move": {
      const from = pointer(operation.from, operation.op);
      const value = get(document, from, "move");
      return add(change(document, from, remove(from, "move")), path, value);
    }
    case "copy":
      return add(document, path, get(document, pointer(operation.from, operation.op), "copy"));
    case "test":
      if (deepEqual(find(document, path) ?? null, operation.value ?? null)) return document;
      throw new PatchError(`testing value ${text(path)} failed: test failed`);
    default:
      throw new PatchError(`Unexpected kind: ${String(operation.op)}`);
  }
}

function pointer(path: unknown, op: unknown): string[] {
  if (typeof path !== "string") {
    throw new PatchError(`${String(op)} operation failed to decode path: missing field`);
  }
  if (path === "") return [];
  return path
    .split("/")
    .slice(1)
    .map((part) => part.replaceAll("~1", "/").replaceAll("~0", "~"));
}

function text(path: readonly string[]): string {
  return path.map((part) => `/${part}`).join("");
}

function valueOf(operation: Operation): unknown {
  return operation.value ?? null;
}

function find(document: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>((value, part) => {
    if (Array.isArray(value)) return value[indexOf(part, value.length)] as unknown;
    return isPlain(value) && Object.hasOwn(value, part) ? value[part] : undefined;
  }, document);
}

function get(document: unknown, path: readonly string[], op: string): unknown {
  const value = find(document, path);
  if (value === undefined) throw missing(path, op);
  return value;
}

function missing(path: readonly string[], op: string): PatchError {
  return new PatchError(
    `${op} operation does not apply: doc is missing path: ${text(path)}: missing value`,
  );
}

type Container = Record<string, unknown> | unknown[];

/** The document with a copy of the container that the last part of the path is in, changed. */
function change(
  document: unknown,
  path: readonly string[],
  edit: (container: Container, key: string) => void,
  at = 0,
): unknown {
  if (!Array.isArray(document) && !isPlain(document)) throw missing(path, "remove");
  const copy: Container = Array.isArray(document) ? [...document] : { ...document };
  const part = path[at]!;
  if (at === path.length - 1) {
    edit(copy, part);
    return copy;
  }
  const key = Array.isArray(copy) ? String(indexOf(part, copy.length)) : part;
  if (!Object.hasOwn(copy, key)) throw missing(path, "replace");
  (copy as Record<string, unknown>)[key] = change(
    (copy as Record<string, unknown>)[key],
    path,
    edit,
    at + 1,
  );
  return copy;
}

function add(document: unknown, path: readonly string[], value: unknown): unknown {
  if (path.length === 0) return value;
  if (path.length > 1 && find(document, path.slice(0, -1)) === undefined)
    throw missing(path, "add");
  return change(document, path, (container, key) => {
    if (!Array.isArray(container)) define(container, key, value);
    else if (key === "-") container.push(value);
    else {
      const index = indexOf(key, container.length);
      if (index < 0 || index > container.length) throw outOfRange(key);
      container.splice(index, 0, value);
    }
  });
}

function remove(path: readonly string[], op: string) {
  return (container: Container, key: string) => {
    if (!Array.isArray(container)) {
      if (!Object.hasOwn(container, key)) throw missing(path, op);
      delete container[key];
      return;
    }
    const index = indexOf(key, container.length);
    if (index < 0 || index >= container.length) throw outOfRange(key);
    container.splice(index, 1);
  };
}

function replace(path: readonly string[], value: unknown) {
  return (container: Container, key: string) => {
    const at = Array.isArray(container) ? String(indexOf(key, container.length)) : key;
    if (!Object.hasOwn(container, at)) throw missing(path, "replace");
    define(container as Record<string, unknown>, at, value);
  };
}

function outOfRange(key: string): PatchError {
  return new PatchError(`Unable to access invalid index: ${key}: invalid index referenced`);
}

/** An index counts from the end when it is negative. */
function indexOf(part: string, length: number): number {
  if (!/^-?\d+$/.test(part)) return -1;
  const index = Number(part);
  return index < 0 ? index + length : index;
}

/** Sets a key that a user chose: even `__proto__` becomes a plain property. */
function define(object: Record<string, unknown>, key: string, value: unknown): void {
  Object.defineProperty(object, key, {
    value,
    enumerable: true,
    writable: true,
    configurable: true,
  });
}

/** JSON Merge Patch: objects are merged, null removes, everything else replaces. */
export function jsonMergePatch(document: unknown, patch: unknown): unknown {
  if (!isPlain(patch)) return patch;
  const merged: Record<string, unknown> = isPlain(document) ? { ...(document as Plain) } : {};
  for (const [key, value] of Object.entries(patch)) {
    if (value === null) delete merged[key];
    else define(merged, key, jsonMergePatch(merged[key], value));
  }
  return merged;
}
