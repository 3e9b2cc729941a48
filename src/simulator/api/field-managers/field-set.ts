/*
 * Sets of fields as managedFields keeps them (sigs.k8s.io/structured-merge-diff fieldpath). An element of a path is written as in FieldsV1:
 * `f:spec`, `k:{"name":"web"}`, `v:"finalizer"`.
 */
import { isPlain, type Plain } from "../patch/plain.ts";

/** A tree of paths; a path that ends in a member is in the set. Sets are not changed once made. */
export interface FieldSet {
  readonly member: boolean;
  readonly children: ReadonlyMap<string, FieldSet>;
}

export const EMPTY: FieldSet = { member: false, children: new Map() };

/** The set of the one empty path. */
export const ROOT: FieldSet = { member: true, children: new Map() };

export function isEmpty({ member, children }: FieldSet): boolean {
  return !member && children.size === 0;
}

/** A set of children, without empty ones. */
export function fieldSet(
  member: boolean,
  children: Iterable<readonly [string, FieldSet]>,
): FieldSet {
  return { member, children: new Map([...children].filter(([, child]) => !isEmpty(child))) };
}

function combine(a: FieldSet, b: FieldSet, member: (a: boolean, b: boolean) => boolean): FieldSet {
  const keys = new Set([...a.children.keys(), ...b.children.keys()]);
  return fieldSet(
    member(a.member, b.member),
    [...keys].map((key) => [
      key,
      combine(a.children.get(key) ?? EMPTY, b.children.get(key) ?? EMPTY, member),
    ]),
  );
}

export const union = (a: FieldSet, b: FieldSet): FieldSet => combine(a, b, (x, y) => x || y);

export const intersection = (a: FieldSet, b: FieldSet): FieldSet => combine(a, b, (x, y) => x && y);

export const difference = (a: FieldSet, b: FieldSet): FieldSet => combine(a, b, (x, y) => x && !y);

/** The set without the paths at and below those of another (RecursiveDifference). */
export function recursiveDifference(a: FieldSet, b: FieldSet): FieldSet {
  if (b.member) return EMPTY;
  return fieldSet(
    a.member,
    [...a.children].map(([key, child]) => {
      const other = b.children.get(key);
      return [key, other === undefined ? child : recursiveDifference(child, other)];
    }),
  );
}

/** FieldsV1. */
export function toFieldsV1({ member, children }: FieldSet): Plain {
  const entries = [...children].sort(([a], [b]) => (a < b ? -1 : 1));
  return {
    ...(member && entries.length > 0 ? { ".": {} } : {}),
    ...Object.fromEntries(entries.map(([key, child]) => [key, toFieldsV1(child)])),
  };
}

/** The set that FieldsV1 says. */
export function fromFieldsV1(fields: unknown): FieldSet {
  if (!isPlain(fields)) return EMPTY;
  const { ".": self, ...rest } = fields;
  const entries = Object.entries(rest);
  return {
    member: self !== undefined || entries.length === 0,
    children: new Map(entries.map(([key, child]) => [key, fromFieldsV1(child)])),
  };
}

/** The paths as conflicts print them: `.spec.template.spec.containers[name="web"].image`. */
export function paths({ member, children }: FieldSet, prefix = ""): string[] {
  const below = [...children]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([key, child]) => paths(child, prefix + printElement(key)));
  return member ? [prefix, ...below] : below;
}

function printElement(element: string): string {
  const rest = element.slice(2);
  if (element.startsWith("f:")) return `.${rest}`;
  if (element.startsWith("v:")) return `[=${rest}]`;
  if (element.startsWith("i:")) return `[${rest}]`;
  const key = JSON.parse(rest) as Plain;
  return `[${Object.keys(key)
    .map((name) => `${name}=${JSON.stringify(key[name])}`)
    .join(",")}]`;
}
