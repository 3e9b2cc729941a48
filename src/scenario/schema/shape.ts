import { parseQuantity, quantityMilli } from "../../simulator/api/schema/quantity.ts";
import { isMap, isScalar, isSeq } from "yaml";
import type { DocumentReader, Place } from "./document.ts";
import { DURATION_PATTERN, formatDuration, parseDuration } from "./duration.ts";

/** A JSON Schema, as plain data. */
export type JsonSchema = Readonly<Record<string, unknown>>;

/**
 * What a value in a document has to be. One table of shapes is the reader, the TypeScript type and the published JSON Schema, so the three
 * can't drift apart.
 */
export interface Shape<T> {
  /** As a message says it: `a duration such as 250ms`. */
  readonly wanted: string;
  /** The value at a place; undefined when it is not of this shape, which has been reported then. */
  read(place: Place, reader: DocumentReader): T | undefined;
  readonly schema: JsonSchema;
}

/** The type of the values of a shape. */
export type ValueOf<S> = S extends Shape<infer T> ? T : never;

/** A field of a record. */
export interface Field<T> {
  readonly shape: Shape<unknown>;
  readonly required: boolean;
  /** Value of a field that is left out. */
  readonly fallback: T;
  readonly about: string;
}

/** A field that has to be there. */
export function required<T>(shape: Shape<T>, about: string): Field<T> {
  return { shape, required: true, fallback: undefined as T, about };
}

/** A field that may be left out. */
export function optional<T>(shape: Shape<T>, about: string): Field<T | undefined> {
  return { shape, required: false, fallback: undefined, about };
}

/** A field that has a value when it is left out. */
export function defaulted<T, F extends T>(shape: Shape<T>, fallback: F, about: string): Field<T> {
  return { shape, required: false, fallback, about };
}

type RecordOf<F> = { readonly [K in keyof F]: F[K] extends Field<infer T> ? T : never };

/** A mapping with these fields and no others. */
export function record<F extends Readonly<Record<string, Field<never> | Field<unknown>>>>(
  fields: F,
): Shape<RecordOf<F>> {
  const names = Object.keys(fields);
  const wanted = `a mapping with the fields ${names.join(", ")}`;
  return {
    wanted,
    schema: {
      type: "object",
      properties: Object.fromEntries(
        names.map((name) => [
          name,
          { ...fields[name]!.shape.schema, description: fields[name]!.about },
        ]),
      ),
      required: names.filter((name) => fields[name]!.required),
      additionalProperties: false,
    },
    read(place, reader) {
      const node = reader.resolve(place);
      if (node === undefined) return undefined;
      if (!isMap(node)) {
        reader.report(place, `wanted ${wanted}, got ${kindOf(node)}`);
        return undefined;
      }
      const values: Record<string, unknown> = {};
      const given = new Set<string>();
      for (const pair of node.items) {
        const key = isScalar(pair.key) ? String(pair.key.value) : "";
        const field = place.field === "" ? key : `${place.field}.${key}`;
        given.add(key);
        const known = Object.hasOwn(fields, key) ? fields[key] : undefined;
        if (known === undefined) {
          const message = `unknown field; known here: ${names.join(", ")}`;
          reader.report({ node: pair.key, field }, message);
          continue;
        }
        const at = { node: pair.value ?? pair.key, field };
        if (pair.value === null || (isScalar(pair.value) && pair.value.value === null)) {
          reader.report({ node: pair.key, field }, `is empty; wanted ${known.shape.wanted}`);
          continue;
        }
        values[key] = known.shape.read(at, reader);
      }
      for (const name of names) {
        if (given.has(name)) continue;
        const { required: needed, fallback, shape, about } = fields[name]!;
        values[name] = fallback;
        if (!needed) continue;
        const field = place.field === "" ? name : `${place.field}.${name}`;
        reader.report(
          { ...place, field },
          `is missing; wanted ${shape.wanted}${about === shape.wanted ? "" : ` (${about})`}`,
        );
      }
      return values as RecordOf<F>;
    },
  };
}

/** A sequence of values of one shape. */
export function list<T>(
  item: Shape<T>,
  { min = 0, max }: { min?: number; max: number },
): Shape<readonly T[]> {
  const wanted = `a list, each entry ${item.wanted}`;
  return {
    wanted,
    schema: { type: "array", items: item.schema, minItems: min, maxItems: max },
    read(place, reader) {
      const node = reader.resolve(place);
      if (node === undefined) return undefined;
      if (!isSeq(node)) {
        reader.report(place, `wanted ${wanted}, got ${kindOf(node)}`);
        return undefined;
      }
      const { length } = node.items;
      if (length < min || length > max) {
        const bound = length < min ? `at least ${min}` : `at most ${max}`;
        reader.report(place, `has ${length} entries; ${bound} are wanted`);
        return undefined;
      }
      const items = node.items as (typeof place.node)[];
      return items.flatMap((entry, i) => {
        const at = { node: entry ?? place.node, field: `${place.field}[${i}]` };
        const value = item.read(at, reader);
        return value === undefined ? [] : [value];
      });
    },
  };
}

/** A scalar of which `parse` makes a value, or says what is wrong with it. */
function scalar<T>(
  wanted: string,
  schema: JsonSchema,
  parse: (value: unknown) => T | undefined,
): Shape<T> {
  return {
    wanted,
    schema,
    read(place, reader) {
      const node = reader.resolve(place);
      if (node === undefined) return undefined;
      const value = isScalar(node) ? parse(node.value) : undefined;
      if (value === undefined) reader.report(place, `wanted ${wanted}, got ${kindOf(node)}`);
      return value;
    },
  };
}

/** A text; `pattern` is a regular expression for all of it. */
export function text(
  wanted: string,
  { pattern, max = 10_000 }: { pattern?: string; max?: number } = {},
): Shape<string> {
  const expression = pattern === undefined ? undefined : new RegExp(pattern);
  return scalar(
    wanted,
    { type: "string", minLength: 1, maxLength: max, ...(pattern && { pattern }) },
    (value) =>
      typeof value === "string" &&
      value.trim() !== "" &&
      value.length <= max &&
      (expression?.test(value) ?? true)
        ? value
        : undefined,
  );
}

/** A whole number within bounds. */
export function integer(min: number, max: number): Shape<number> {
  return scalar(
    `a whole number from ${min} to ${max}`,
    { type: "integer", minimum: min, maximum: max },
    (value) =>
      Number.isSafeInteger(value) && Number(value) >= min && Number(value) <= max
        ? Number(value)
        : undefined,
  );
}

/** A number within bounds; with `above`, the lower bound itself is left out. */
export function number(min: number, max: number, above = false): Shape<number> {
  return scalar(
    `a number ${above ? "above" : "from"} ${min} ${above ? "and up " : ""}to ${max}`,
    { type: "number", [above ? "exclusiveMinimum" : "minimum"]: min, maximum: max },
    (value) =>
      typeof value === "number" && (above ? value > min : value >= min) && value <= max
        ? value
        : undefined,
  );
}

/** true or false. */
export function boolean(): Shape<boolean> {
  return scalar("true or false", { type: "boolean" }, (value) =>
    typeof value === "boolean" ? value : undefined,
  );
}

/** One of some words. */
export function oneOf<const W extends readonly string[]>(words: W): Shape<W[number]> {
  const wanted = words.length === 1 ? words[0]! : `one of ${words.join(", ")}`;
  return scalar(wanted, { enum: words }, (value) => words.find((word) => word === value));
}

/** A duration, in milliseconds. */
export function duration(minMs: number, maxMs: number): Shape<number> {
  const from = minMs === 0 ? "" : `from ${formatDuration(minMs)} `;
  return scalar(
    `a duration such as 250ms, 40s or 1h30m, ${from}up to ${formatDuration(maxMs)}`,
    // YAML reads the `0` that needs no unit as a number.
    { type: ["string", "integer"], pattern: DURATION_PATTERN, minimum: 0, maximum: 0 },
    (value) => {
      const ms = value === 0 ? 0 : typeof value === "string" ? parseDuration(value) : undefined;
      return ms === undefined || ms < minMs || ms > maxMs ? undefined : ms;
    },
  );
}

/** A quantity of Kubernetes, in milli units: `250m` of a core is 250. */
export function quantity(): Shape<number> {
  const pattern = "^[0-9.]+([eE][0-9]+|m|k|[KMGT]i?)?$";
  return scalar(
    "a quantity such as 250m, 2 or 64Mi",
    { type: ["string", "number"], pattern, minimum: 0 },
    (value) => {
      const text = String(value);
      if (typeof value !== "string" && typeof value !== "number") return undefined;
      return new RegExp(pattern).test(text) && "nano" in parseQuantity(text)
        ? quantityMilli(text)
        : undefined;
    },
  );
}

/** A mapping, or a scalar in its place: the shape is chosen by how the value is written. */
export function either<A, B>(mapping: Shape<A>, other: Shape<B>): Shape<A | B> {
  return {
    wanted: `${other.wanted}, or ${mapping.wanted}`,
    schema: { anyOf: [other.schema, mapping.schema] },
    read(place, reader) {
      const node = reader.resolve(place);
      if (node === undefined) return undefined;
      return isMap(node) ? mapping.read(place, reader) : other.read(place, reader);
    },
  };
}

/** One word that stands for something, or else a value of a shape. */
export function wordOr<const W extends string, T>(word: W, shape: Shape<T>): Shape<W | T> {
  return {
    wanted: `the word ${word}, or ${shape.wanted}`,
    schema: { anyOf: [{ const: word }, shape.schema] },
    read(place, reader) {
      const node = reader.resolve(place);
      if (node === undefined) return undefined;
      return isScalar(node) && node.value === word ? word : shape.read(place, reader);
    },
  };
}

/** A shape with a further condition, or with its values turned into others. `make` reports what it does not like. */
export function refined<A, B>(
  shape: Shape<A>,
  make: (value: A, at: PlaceOf, report: (place: Place, message: string) => void) => B | undefined,
  wanted = shape.wanted,
): Shape<B> {
  return {
    wanted,
    schema: shape.schema,
    read(place, reader) {
      const before = reader.diagnostics.length;
      const value = shape.read(place, reader);
      if (value === undefined || reader.diagnostics.length > before) return undefined;
      const at: PlaceOf = (...path) => inside(place, path, reader);
      return make(value, at, (where, message) => reader.report(where, message));
    },
  };
}

/** The place of a field of the value, or of the value itself when the field is not written. */
export type PlaceOf = (...path: readonly (string | number)[]) => Place;

/** The place of a field below a place; the nearest one above it that is written, when it is not. */
export function inside(
  place: Place,
  path: readonly (string | number)[],
  reader: DocumentReader,
): Place {
  let at = place;
  for (const step of path) {
    const node = reader.resolve(at);
    const field = typeof step === "number" ? `${at.field}[${step}]` : `${at.field}.${step}`;
    const next =
      isMap(node) || isSeq(node) ? (node.get(step as never, true) as Place["node"]) : undefined;
    at = { node: next ?? at.node, field: field.replace(/^\./, "") };
  }
  return at;
}

/** What was written, as a message says it. */
function kindOf(node: unknown): string {
  if (isMap(node)) return "a mapping";
  if (isSeq(node)) return "a list";
  const value = isScalar(node) ? node.value : null;
  if (value === null) return "nothing";
  const written = typeof value === "string" ? JSON.stringify(value) : String(value);
  return written.length > 60 ? `${written.slice(0, 57)}…` : written;
}
