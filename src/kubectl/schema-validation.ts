/*
 * What kubectl itself finds wrong with an object by the API's OpenAPI schema (kube-openapi pkg/util/proto/validation). Only a `List` is held
 * against it: all else the server looks at, and its texts are others.
 */
import { goQuote, resourceByKind, structByName, structOf, type Field } from "../simulator/index.ts";

type FieldType = Field["type"];
type Fields = Readonly<Record<string, unknown>>;

/** Errors of one object, in the order of sorted keys; a kind whose schema is not known has none. */
export function schemaErrors(object: Fields): string[] {
  const kind = resourceByKind(String(object.apiVersion), String(object.kind));
  if (kind === undefined || kind.isCustom === true) return [];
  return structErrors(object, structOf(kind), kind.kind);
}

const isFields = (value: unknown): value is Fields =>
  typeof value === "object" && value !== null && !Array.isArray(value);

function structErrors(value: unknown, structName: string, path: string): string[] {
  const { openApi, fields } = structByName(structName);
  if (!isFields(value)) return [wrongType(path, openApi, value, "map")];
  const errors: string[] = [];
  for (const name of Object.keys(value).sort()) {
    if (value[name] === null || value[name] === undefined) continue;
    const field = fields.get(name);
    if (field === undefined) {
      errors.push(validationError(path, `unknown field ${goQuote(name)} in ${openApi}`));
    } else {
      const schema = `${openApi}.${name}`;
      errors.push(...valueErrors(value[name], field.type, `${path}.${name}`, schema));
    }
  }
  for (const field of fields.values()) {
    if (!isRequired(field, openApi) || (value[field.name] ?? undefined) !== undefined) continue;
    const missing = `missing required field ${goQuote(field.name)} in ${openApi}`;
    errors.push(validationError(path, missing));
  }
  return errors;
}

/** Fields that Go always writes, though nobody has to give them. */
const OPTIONAL: ReadonlySet<string> = new Set([
  "io.k8s.api.core.v1.GRPCAction.service",
  "io.k8s.api.core.v1.TypedLocalObjectReference.apiGroup",
  "io.k8s.api.core.v1.TypedObjectReference.apiGroup",
  "io.k8s.api.core.v1.ProjectedVolumeSource.sources",
  "io.k8s.api.apps.v1.StatefulSetOrdinals.start",
  "io.k8s.api.apps.v1.StatefulSetStatus.availableReplicas",
  "io.k8s.api.discovery.v1.EndpointSlice.ports",
  "io.k8s.api.autoscaling.v2.HorizontalPodAutoscalerStatus.currentMetrics",
]);

function isRequired({ name, omitEmpty }: Field, openApi: string): boolean {
  return !omitEmpty && !OPTIONAL.has(`${openApi}.${name}`);
}

function valueErrors(value: unknown, type: FieldType, path: string, schema: string): string[] {
  switch (type.kind) {
    case "struct":
      return structErrors(value, type.name, path);
    case "list": {
      if (!Array.isArray(value)) return [wrongType(path, schema, value, "array")];
      return value.flatMap((item: unknown, i) =>
        item === null
          ? [`unknown object type "nil" in ${path}[${i}]`]
          : valueErrors(item, type.element, `${path}[${i}]`, schema),
      );
    }
    case "map":
      if (!isFields(value)) return [wrongType(path, schema, value, "map")];
      return Object.keys(value)
        .sort()
        .flatMap((key) =>
          value[key] === null
            ? [`unknown object type "nil" in ${path}.${key}`]
            : valueErrors(value[key], type.element, `${path}.${key}`, schema),
        );
    case "raw":
      return [];
    default:
      return scalarErrors(value, type.kind, path, schema);
  }
}

/** What a number stands for may be written as a text, but no text as a number. */
function scalarErrors(
  value: unknown,
  kind: FieldType["kind"],
  path: string,
  schema: string,
): string[] {
  const wanted =
    kind === "bool" ? "boolean" : kind === "int32" || kind === "int64" ? "integer" : "string";
  const given = kindOf(value);
  const isTaken =
    given === wanted ||
    (wanted === "integer" && given === "number") ||
    (wanted === "string" && given !== "map" && given !== "array");
  return isTaken ? [] : [wrongType(path, schema, value, wanted)];
}

function wrongType(path: string, schema: string, value: unknown, wanted: string): string {
  const types = `got ${goQuote(kindOf(value))}, expected ${goQuote(wanted)}`;
  return validationError(path, `invalid type for ${schema}: ${types}`);
}

function kindOf(value: unknown): string {
  if (Array.isArray(value)) return "array";
  if (typeof value === "bigint") return "integer";
  if (typeof value === "number") return Number.isInteger(value) ? "integer" : "number";
  return typeof value === "object" ? "map" : typeof value;
}

function validationError(path: string, problem: string): string {
  return `ValidationError(${path}): ${problem}`;
}
