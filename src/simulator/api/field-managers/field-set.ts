/*
 * Sets of fields as managedFields keeps them (sigs.k8s.io/structured-merge-diff fieldpath). An element of a path is written as in FieldsV1:
 * `f:spec`, `k:{"name":"web"}`, `v:"finalizer"`.
 */
import { remembered } from "../remembered.ts";
import { isPlain, type Plain } from "../patch/plain.ts";

/** A tree of paths; a path that ends in a member is in the set. Sets are not changed once made. */
export interface FieldSet {
  readonly member: boolean;
  readonly children: ReadonlyMap<string, FieldSet>;
}

export const EMPTY: FieldSet = Object.freeze({ member: false, children: new Map() });

/** The set of the one empty path. */
export const ROOT: FieldSet = Object.freeze({ member: true, children: new Map() });

export function isEmpty({ member, children }: FieldSet): boolean {
  return !member && children.size === 0;
}

/** A set of children, without empty ones. */
export function fieldSet(
  member: boolean,
  children: Iterable<readonly [string, FieldSet]>,
): FieldSet {
  const full = [...children].filter(([, child]) => !isEmpty(child));
  return Object.freeze({ member, children: new Map(full) });
}

export function union(a: FieldSet, b: FieldSet): FieldSet {
  if (isEmpty(a)) return b;
  if (isEmpty(b)) return a;
  const children = new Map(a.children);
  for (const [key, child] of b.children) {
    const own = children.get(key);
    children.set(key, own === undefined ? child : union(own, child));
  }
  return Object.freeze({ member: a.member || b.member, children });
}

export function intersection(a: FieldSet, b: FieldSet): FieldSet {
  if (isEmpty(a) || isEmpty(b)) return EMPTY;
  return eachChild(a, a.member && b.member, (child, key) =>
    intersection(child, b.children.get(key) ?? EMPTY),
  );
}

export function difference(a: FieldSet, b: FieldSet): FieldSet {
  if (isEmpty(a) || isEmpty(b)) return a;
  return eachChild(a, a.member && !b.member, (child, key) =>
    difference(child, b.children.get(key) ?? EMPTY),
  );
}

/** The set without the paths at and below those of another (RecursiveDifference). */
export function recursiveDifference(a: FieldSet, b: FieldSet): FieldSet {
  if (b.member) return EMPTY;
  if (isEmpty(b)) return a;
  return eachChild(a, a.member, (child, key) =>
    recursiveDifference(child, b.children.get(key) ?? EMPTY),
  );
}

function eachChild(
  { children }: FieldSet,
  member: boolean,
  change: (child: FieldSet, key: string) => FieldSet,
): FieldSet {
  return fieldSet(
    member,
    [...children].map(([key, child]) => [key, change(child, key)]),
  );
}

/** FieldsV1. */
export const toFieldsV1 = remembered(({ member, children }: FieldSet): Plain => {
  const fields: Record<string, Plain> = {};
  if (member && children.size > 0) fields["."] = {};
  for (const key of [...children.keys()].sort()) fields[key] = toFieldsV1(children.get(key)!);
  return fields;
});

/** The set that FieldsV1 says. */
export function fromFieldsV1(fields: unknown): FieldSet {
  return isPlain(fields) ? setOf(fields) : EMPTY;
}

const setOf = remembered((fields: Plain): FieldSet => {
  const { ".": self, ...rest } = fields;
  const entries = Object.entries(rest);
  return {
    member: self !== undefined || entries.length === 0,
    children: new Map(entries.map(([key, child]) => [key, fromFieldsV1(child)])),
  };
});

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
