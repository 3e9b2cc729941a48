/*
 * What a CustomResourceDefinition says of its objects: types, bounds and defaults (kube-openapi pkg/validation/validate, apiextensions-apiserver
 * pkg/apiserver/schema/defaulting), keys of lists (schema/listtype) and rules, which upstream has in CEL and which are functions here
 * (schema/cel). Where Go walks a map in random order, fields come in the order of their names here.
 */
import { goQuote } from "../schema/go-text.ts";
import type { FieldError } from "../status-error.ts";
import { duplicate, invalid, notSupported, required, tooLong, tooMany } from "./field-errors.ts";

type Fields = Readonly<Record<string, unknown>>;

/** A rule of a schema. */
export interface CustomRule {
  readonly message: string;
  /** Whether the value keeps it; a text: why that cannot be told, as CEL says it. */
  readonly holds: (value: never, old: never) => boolean | string;
  /** It compares the value with the one before it, and is not looked at where there was none. */
  readonly isTransition?: boolean;
}

export interface CustomSchema {
  readonly type: "object" | "array" | "string" | "integer" | "boolean";
  readonly properties?: Readonly<Record<string, CustomSchema>>;
  /** Of a map: what its values are. */
  readonly additionalProperties?: CustomSchema;
  readonly required?: readonly string[];
  readonly maxProperties?: number;
  readonly items?: CustomSchema;
  /** The list is a map by this field of its elements. */
  readonly key?: string;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly enum?: readonly (string | number)[];
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly pattern?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly default?: unknown;
  readonly rules?: readonly CustomRule[];
}

/** What a CustomResourceDefinition finds wrong: by its schema, and by the rules in it. */
export interface Findings {
  readonly schema: FieldError[];
  /** Undefined: it has none. */
  readonly rules?: FieldError[];
}

/** Holds a value whose types are right against its schema; `old` is what stood there before. */
export function customFindings(
  value: unknown,
  schema: CustomSchema,
  path: string,
  old?: unknown,
): Findings {
  return {
    schema: [...bounds(value, schema, path), ...repeatedKeys(value, schema, path)],
    rules: brokenRules(value, schema, path, old),
  };
}

const isFields = (value: unknown): value is Fields =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** The fields of an object that have a schema, and where they stand. */
function members(
  value: Fields,
  { properties = {}, additionalProperties }: CustomSchema,
  path: string,
): { readonly name: string; readonly schema: CustomSchema; readonly at: string }[] {
  return Object.keys(value)
    .sort()
    .flatMap((name) => {
      const schema = properties[name] ?? additionalProperties;
      if (schema === undefined || value[name] === undefined) return [];
      return [{ name, schema, at: path === "" ? name : `${path}.${name}` }];
    });
}

const inBody = (field: string, value: number | string, rule: string): FieldError =>
  invalid(field, value, `${field} in body should ${rule}`);

function bounds(value: unknown, schema: CustomSchema, path: string): FieldError[] {
  const errors: FieldError[] = [];
  if (typeof value === "string") errors.push(...boundsOfText(value, schema, path));
  if (typeof value === "number") {
    const { minimum = -Infinity, maximum = Infinity } = schema;
    if (value > maximum) {
      errors.push(inBody(path, value, `be less than or equal to ${maximum}`));
    }
    if (value < minimum) {
      errors.push(inBody(path, value, `be greater than or equal to ${minimum}`));
    }
  }
  if (Array.isArray(value)) errors.push(...boundsOfList(value, schema, path));
  const { enum: allowed } = schema;
  if (allowed !== undefined && !allowed.includes(value as string | number)) {
    errors.push(notSupported(path, value as string | number, allowed.map(String)));
  }
  if (isFields(value)) {
    const count = Object.keys(value).length;
    const { maxProperties = Infinity, required: needed = [] } = schema;
    if (count > maxProperties) errors.push(tooMany(path, count, maxProperties));
    for (const { name, schema: one, at } of members(value, schema, path)) {
      errors.push(...bounds(value[name], one, at));
    }
    for (const name of needed) {
      if (value[name] === undefined) errors.push(required(`${path}.${name}`));
    }
  }
  return errors;
}

/** Of a text that is wrong in several ways, the first is told. */
function boundsOfText(text: string, schema: CustomSchema, path: string): FieldError[] {
  const { minLength = 0, maxLength = Infinity, pattern } = schema;
  const length = [...text].length;
  if (length > maxLength) return [tooLong(path, maxLength)];
  if (length < minLength) return [inBody(path, text, `be at least ${minLength} chars long`)];
  if (pattern === undefined || new RegExp(pattern, "u").test(text)) return [];
  return [inBody(path, text, `match '${pattern}'`)];
}

function boundsOfList(list: readonly unknown[], schema: CustomSchema, path: string): FieldError[] {
  const { items, minItems = 0, maxItems = Infinity } = schema;
  const errors = list.flatMap((item, i) => (items ? bounds(item, items, `${path}[${i}]`) : []));
  if (list.length < minItems) {
    errors.push(inBody(path, list.length, `have at least ${minItems} items`));
  }
  if (list.length > maxItems) errors.push(tooMany(path, list.length, maxItems));
  return errors;
}

/** Elements with the key of one before them, as Go prints the key. */
function repeatedKeys(value: unknown, schema: CustomSchema, path: string): FieldError[] {
  if (isFields(value)) {
    return members(value, schema, path).flatMap(({ name, schema: one, at }) =>
      repeatedKeys(value[name], one, at),
    );
  }
  const { items, key } = schema;
  if (!Array.isArray(value) || items === undefined) return [];
  const list = value as readonly Fields[];
  const seen = new Set<unknown>();
  const errors: FieldError[] = [];
  list.forEach((item, i) => {
    const at = `${path}[${i}]`;
    if (key !== undefined && seen.has(item[key])) {
      const go = `map[string]interface {}{${goQuote(key)}:${goQuote(String(item[key]))}}`;
      errors.push(duplicate(at, { go }));
    }
    if (key !== undefined) seen.add(item[key]);
    errors.push(...repeatedKeys(item, items, at));
  });
  return errors;
}

function brokenRules(
  value: unknown,
  schema: CustomSchema,
  path: string,
  old: unknown,
): FieldError[] {
  const errors: FieldError[] = [];
  for (const { message, holds, isTransition } of schema.rules ?? []) {
    if (isTransition === true && old === undefined) continue;
    const verdict = holds(value as never, old as never);
    if (verdict === true) continue;
    const detail = verdict === false ? message : `${verdict} evaluating rule: ${message}`;
    errors.push(invalid(path, schema.type, detail));
  }
  if (isFields(value)) {
    for (const { name, schema: one, at } of members(value, schema, path)) {
      errors.push(...brokenRules(value[name], one, at, isFields(old) ? old[name] : undefined));
    }
  }
  if (Array.isArray(value) && schema.items !== undefined) {
    value.forEach((item, i) =>
      errors.push(...brokenRules(item, schema.items!, `${path}[${i}]`, undefined)),
    );
  }
  return errors;
}

/** The value with what its schema has in place of what is missing; the same value where nothing is. */
export function withCustomDefaults<T>(value: T, schema: CustomSchema): T {
  if (Array.isArray(value) && schema.items !== undefined) {
    const list = value as readonly unknown[];
    const filled = list.map((item) => withCustomDefaults(item, schema.items!));
    return filled.every((item, i) => item === list[i]) ? value : (filled as T);
  }
  if (!isFields(value)) return value;
  const filled: Record<string, unknown> = { ...value };
  for (const [name, { default: missing }] of Object.entries(schema.properties ?? {})) {
    if (missing !== undefined) filled[name] ??= missing;
  }
  for (const { name, schema: one } of members(filled, schema, "")) {
    filled[name] = withCustomDefaults(filled[name], one);
  }
  const isSame = Object.keys(filled).every((name) => filled[name] === value[name]);
  return isSame ? value : (filled as T);
}
