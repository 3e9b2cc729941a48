/*
 * Strict decoding of JSON into the API's types, as kube-apiserver does it (sigs.k8s.io/json: encoding/json, case sensitive, with every
 * unknown field reported). Clients send objects with sorted keys, so keys are looked at in that order: it decides which wrong type is the
 * first. In the decoded object null and the zero values of omitempty fields are gone, and structs by value are there even if nobody gave
 * them. Empty lists and maps are kept, since validation prints them; `asStored` drops them as storing does.
 */
import { corruptAt } from "../base64.ts";
import { remembered } from "../remembered.ts";
import type { DecodeResult, WrongType } from "../resource.ts";
import type { KubernetesObject } from "../types.ts";
import { goQuote } from "./go-text.ts";
import { structByName } from "./index.ts";
import { canonicalQuantity, parseQuantity } from "./quantity.ts";
import type { Field, FieldType, Struct } from "./struct-table.ts";

/** The decoder gives up reporting after that many unknown fields. */
const STRICT_ERRORS_MAX = 100;

interface Decoding {
  readonly dropEmpty: boolean;
  readonly unknownFields: { path: string; message: string }[];
  typeError?: { path: string; message: string };
  readonly wrongTypes: WrongType[];
  /** A type that decodes itself has refused its value: nothing that is wrong elsewhere counts any more. */
  isOver?: boolean;
}

/** Where the decoder stands; it is put into words only where something is wrong. */
interface Place {
  readonly above: Place | undefined;
  /** A field's name, a map's key or a list's index. */
  readonly step: string | number;
  /** Whether the step is a field's name: Go's error texts have no others. */
  readonly isField: boolean;
  /** Innermost struct with a field on the way. */
  readonly struct: string;
}

const ROOT: Place = { above: undefined, step: "", isField: false, struct: "" };

/** `spec.containers[0].image` */
function pathOf({ above, step }: Place): string {
  if (above === undefined) return "";
  const before = pathOf(above);
  if (typeof step === "number") return `${before}[${step}]`;
  return before === "" ? step : `${before}.${step}`;
}

/** Field names without indices, as Go puts them into its error texts: `spec.containers.image`. */
function goPathOf({ above, step, isField }: Place): string {
  if (above === undefined) return "";
  const before = goPathOf(above);
  if (!isField) return before;
  return before === "" ? String(step) : `${before}.${step}`;
}

/** Decodes `value` as the struct of that name. */
export function decode(structName: string, value: unknown): DecodeResult {
  return decodeRoot({ unknownFields: [], wrongTypes: [], dropEmpty: false }, structName, value);
}

/** The object as it comes back from the store: also without empty lists and maps of omitempty fields. */
export function asStored<T extends KubernetesObject>(structName: string, object: T): T {
  const decoding = { unknownFields: [], wrongTypes: [], dropEmpty: true };
  return decodeRoot(decoding, structName, object).object as T;
}

function decodeRoot(decoding: Decoding, structName: string, value: unknown): DecodeResult {
  const struct = structByName(structName);
  const type: FieldType = { kind: "struct", go: `v1.${structName}`, name: structName };
  const object = isObject(value)
    ? decodeStruct(decoding, struct, value, ROOT)
    : refuse(decoding, ROOT, value, type);
  const { unknownFields, typeError, wrongTypes } = decoding;
  if (typeError !== undefined) return { unknownFields, typeError, wrongTypes };
  return { unknownFields, object: object as unknown as KubernetesObject };
}

function decodeStruct(
  decoding: Decoding,
  struct: Struct,
  value: Readonly<Record<string, unknown>>,
  place: Place,
): Record<string, unknown> {
  const decoded: Record<string, unknown> = {};
  for (const key of Object.keys(value).sort()) {
    // What components leave undefined is not there, as in JSON.
    if (value[key] === undefined) continue;
    const field = struct.fields.get(key);
    const at: Place = { above: place, step: key, isField: true, struct: struct.name };
    if (field === undefined) {
      if (decoding.unknownFields.length < STRICT_ERRORS_MAX) {
        const path = pathOf(at);
        decoding.unknownFields.push({ path, message: `unknown field ${goQuote(path)}` });
      }
      continue;
    }
    if (value[key] === null) continue;
    const item =
      place === ROOT && key === "spec" && isObject(value[key])
        ? decodeSpec(decoding, struct, field, value[key], at)
        : decodeValue(decoding, field.type, value[key], at);
    if (!isLeftOut(field, item, decoding.dropEmpty)) decoded[key] = item;
  }
  for (const [name, zero] of zerosOf(struct)) if (!(name in decoded)) decoded[name] = zero;
  return decoded;
}

/** Specs go through here several times for each write, mostly the same ones, and mostly there is nothing wrong with them. */
function decodeSpec(
  decoding: Decoding,
  struct: Struct,
  field: Field,
  value: object,
  at: Place,
): unknown {
  const decoder = decoding.dropEmpty ? decodeStoredSpec : decodeGivenSpec;
  const { isRight, item } = decoder(value, field, struct);
  return isRight ? item : decodeValue(decoding, field.type, value, at);
}

const decodeGivenSpec = specDecoder(false);
const decodeStoredSpec = specDecoder(true);

function specDecoder(dropEmpty: boolean) {
  return remembered((spec: object, { name, type }: Field, struct: Struct) => {
    const own: Decoding = { unknownFields: [], wrongTypes: [], dropEmpty };
    const at: Place = { above: ROOT, step: name, isField: true, struct: struct.name };
    const item = Object.freeze(decodeValue(own, type, spec, at));
    return { isRight: own.typeError === undefined && own.unknownFields.length === 0, item };
  });
}

function decodeValue(decoding: Decoding, type: FieldType, value: unknown, place: Place): unknown {
  switch (type.kind) {
    case "struct":
      if (!isObject(value)) return refuse(decoding, place, value, type);
      return decodeStruct(decoding, structByName(type.name), value, place);
    case "list":
      if (!Array.isArray(value)) return refuse(decoding, place, value, type);
      return value.map((item, i) => {
        const at: Place = { above: place, step: i, isField: false, struct: place.struct };
        return item === null
          ? zeroElement(type.element)
          : decodeValue(decoding, type.element, item, at);
      });
    case "map":
      if (!isObject(value)) return refuse(decoding, place, value, type);
      return decodeMap(decoding, type.element, value, place);
    case "raw":
      return value;
    default:
      return decodeScalar(decoding, type, value, place);
  }
}

function decodeMap(
  decoding: Decoding,
  element: FieldType,
  value: Readonly<Record<string, unknown>>,
  place: Place,
): Record<string, unknown> {
  const decoded: Record<string, unknown> = {};
  for (const key of Object.keys(value).sort()) {
    const item = value[key];
    const at: Place = { above: place, step: key, isField: false, struct: place.struct };
    define(
      decoded,
      key,
      item === null ? zeroElement(element) : decodeValue(decoding, element, item, at),
    );
  }
  return decoded;
}

/** Sets a key that a user chose: even `__proto__` becomes a plain property. */
function define(object: Record<string, unknown>, key: string, value: unknown): void {
  if (key === "__proto__") {
    Object.defineProperty(object, key, {
      value,
      enumerable: true,
      writable: true,
      configurable: true,
    });
  } else {
    object[key] = value;
  }
}

function decodeScalar(decoding: Decoding, type: FieldType, value: unknown, place: Place): unknown {
  switch (type.kind) {
    case "string":
      return typeof value === "string" ? value : refuse(decoding, place, value, type);
    case "bool":
      return typeof value === "boolean" ? value : refuse(decoding, place, value, type);
    case "int32":
    case "int64":
      if (!isNumber(value)) return refuse(decoding, place, value, type);
      if (!fits(value, type.kind))
        return refuse(decoding, place, value, type, `number ${jsonNumber(value)}`);
      return Number(value);
    case "int-or-string":
      if (typeof value === "string") return value;
      if (isNumber(value) && fits(value, "int32")) return Number(value);
      return giveUp(
        decoding,
        place,
        `json: cannot unmarshal ${isNumber(value) ? `number ${jsonNumber(value)}` : jsonKind(value)} into Go value of type int32`,
      );
    case "quantity":
      return decodeQuantity(decoding, value, place);
    case "bytes":
      return decodeBytes(decoding, type, value, place);
    default:
      return decodeTime(decoding, type, value, place);
  }
}

/** resource.Quantity UnmarshalJSON: whatever was sent is read as the text of a quantity. */
function decodeQuantity(decoding: Decoding, value: unknown, place: Place): unknown {
  const text =
    typeof value === "string" ? value.trim() : isNumber(value) ? jsonNumber(value) : "{}";
  const parsed = parseQuantity(text);
  return "error" in parsed ? giveUp(decoding, place, parsed.error) : canonicalQuantity(text);
}

function decodeBytes(decoding: Decoding, type: FieldType, value: unknown, place: Place): unknown {
  if (typeof value !== "string") return refuse(decoding, place, value, type);
  const bad = corruptAt(value);
  if (bad >= 0) return fail(decoding, place, `illegal base64 data at input byte ${bad}`);
  return value.replace(/[\r\n]/g, "");
}

const RFC3339 = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/;

function decodeTime(decoding: Decoding, type: FieldType, value: unknown, place: Place): unknown {
  if (typeof value !== "string") {
    return giveUp(
      decoding,
      place,
      `json: cannot unmarshal ${jsonKind(value)} into Go value of type string`,
    );
  }
  if (RFC3339.test(value)) return value;
  const layout =
    type.kind === "micro-time" ? "2006-01-02T15:04:05.000000Z07:00" : "2006-01-02T15:04:05Z07:00";
  const rest = goQuote(value);
  return giveUp(
    decoding,
    place,
    `parsing time ${rest} as ${goQuote(layout)}: cannot parse ${rest} as "2006"`,
  );
}

function refuse(
  decoding: Decoding,
  place: Place,
  value: unknown,
  type: FieldType,
  given = jsonKind(value),
): undefined {
  decoding.wrongTypes.push({
    path: pathOf(place),
    given: schemaType(value),
    wanted: SCHEMA_TYPES[type.kind],
  });
  const where =
    place.struct === "" ? "Go value" : `Go struct field ${place.struct}.${goPathOf(place)}`;
  return fail(decoding, place, `json: cannot unmarshal ${given} into ${where} of type ${type.go}`);
}

/** encoding/json keeps the first error and reads on. */
function fail(decoding: Decoding, place: Place, message: string): undefined {
  decoding.typeError ??= { path: pathOf(place), message };
  return undefined;
}

/** The error of a type's own UnmarshalJSON ends the decoding at once, so that it is told instead of a wrong type before it. */
function giveUp(decoding: Decoding, place: Place, message: string): undefined {
  if (decoding.isOver !== true) decoding.typeError = { path: pathOf(place), message };
  decoding.isOver = true;
  return undefined;
}

function isLeftOut(field: Field, item: unknown, dropEmpty: boolean): boolean {
  if (item === undefined) return true;
  if (field.pointer || !field.omitEmpty) return false;
  if (item === "" || item === 0 || item === false) return true;
  if (!dropEmpty) return false;
  if (Array.isArray(item)) return item.length === 0;
  return field.type.kind === "map" && Object.keys(item as object).length === 0;
}

const zeros = new WeakMap<Struct, readonly (readonly [string, unknown])[]>();

/** The fields that Go writes though nobody gave them, with their values, which all objects share. */
function zerosOf(struct: Struct): readonly (readonly [string, unknown])[] {
  let found = zeros.get(struct);
  if (found === undefined) {
    found = [...struct.fields.values()].flatMap((field) => {
      const zero = field.pointer ? undefined : zeroValue(field);
      if (typeof zero === "object" && zero !== null) Object.freeze(zero);
      return zero === undefined ? [] : [[field.name, zero] as const];
    });
    zeros.set(struct, found);
  }
  return found;
}

/** What Go writes for a field by value that nobody gave; undefined: nothing. */
function zeroValue(field: Field): unknown {
  const { type } = field;
  if (type.kind === "struct") return zeroElement(type);
  if (type.kind === "time" || type.kind === "micro-time") return null;
  if (field.omitEmpty || type.kind === "list" || type.kind === "map") return undefined;
  return zeroElement(type);
}

function zeroElement(type: FieldType): unknown {
  switch (type.kind) {
    case "struct":
      return decodeStruct(
        { unknownFields: [], wrongTypes: [], dropEmpty: true },
        structByName(type.name),
        {},
        ROOT,
      );
    case "list":
      return [];
    case "map":
      return {};
    case "bool":
      return false;
    case "int32":
    case "int64":
    case "int-or-string":
      return 0;
    case "quantity":
      return "0";
    case "time":
    case "micro-time":
    case "raw":
      return null;
    default:
      return "";
  }
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Whole numbers beyond what a double holds exactly are bigint. */
function isNumber(value: unknown): value is number | bigint {
  return typeof value === "number" || typeof value === "bigint";
}

function fits(value: number | bigint, kind: "int32" | "int64"): boolean {
  if (kind === "int32")
    return Number.isInteger(Number(value)) && value >= -2147483648 && value <= 2147483647;
  if (typeof value === "bigint") return BigInt.asIntN(64, value) === value;
  return Number.isInteger(value) && Math.abs(value) < 9223372036854775807;
}

function jsonNumber(value: number | bigint): string {
  return String(value);
}

/** What OpenAPI calls the types; those that decode themselves are not asked for. */
const SCHEMA_TYPES: Readonly<Record<FieldType["kind"], string>> = {
  ...{ struct: "object", map: "object", raw: "object", list: "array" },
  ...{ string: "string", bool: "boolean", int32: "integer", int64: "integer" },
  ...{ bytes: "string", time: "string", "micro-time": "string" },
  ...{ quantity: "integer,string", "int-or-string": "integer,string" },
};

/** What OpenAPI calls a value's type. */
function schemaType(value: unknown): string {
  if (typeof value === "boolean") return "boolean";
  if (isNumber(value)) return Number.isInteger(Number(value)) ? "integer" : "number";
  return jsonKind(value);
}

/** What encoding/json calls a value. */
function jsonKind(value: unknown): string {
  if (Array.isArray(value)) return "array";
  if (typeof value === "boolean") return "bool";
  if (isNumber(value)) return "number";
  return typeof value === "string" ? "string" : value === null ? "null" : "object";
}
