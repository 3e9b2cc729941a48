import type { Language } from "../../../site.config.ts";
import { resourceByKind, structByName, type KubernetesObject } from "../../simulator/index.ts";
import type { Field as SchemaField } from "../../simulator/index.ts";
import { fieldsAt } from "../../ui/editor/fields/index.ts";
import { pagesOfField, SINCE } from "./field-pages.ts";

/** A field as the reference lists it. */
export interface FieldRow {
  /** From the group's place: `rollingUpdate.maxSurge`. */
  readonly path: string;
  readonly type: string;
  /** What the API server fills in; `required`; or undefined: nothing is stored. */
  readonly initial: string | undefined;
  readonly doc: string;
  /** Version of Kubernetes that first has it without a feature gate, where that is recent. */
  readonly since?: string;
  /** Chapters that speak of it, the fittest first; some may not be written. */
  readonly pages: readonly string[];
}

/** Fields of one place of a manifest. */
export interface FieldGroup {
  readonly kind: string;
  /** Keys that lead there, as they are written: `spec.template.spec.containers[]`. */
  readonly place: string;
  readonly rows: readonly FieldRow[];
}

const TYPES: Readonly<Record<Language, Readonly<Record<string, string>>>> = {
  en: {
    int32: "integer",
    int64: "integer",
    bool: "true or false",
    string: "text",
    "int-or-string": "integer or text",
    quantity: "quantity",
    struct: "mapping",
    map: "mapping",
    list: "list",
  },
  ko: {
    int32: "정수",
    int64: "정수",
    bool: "true 또는 false",
    string: "문자열",
    "int-or-string": "정수 또는 문자열",
    quantity: "수량",
    struct: "매핑",
    map: "매핑",
    list: "목록",
  },
};

/** Each group: kind, the keys that lead there, and how deep it goes below. */
const GROUPS = [
  { kind: "Deployment", keys: ["spec"], depth: 3, stopAt: ["template", "selector"] },
  { kind: "Deployment", keys: ["spec", "template", "spec"], depth: 1, stopAt: [] },
  {
    kind: "Deployment",
    keys: ["spec", "template", "spec", "containers"],
    depth: 3,
    stopAt: ["startupProbe", "readinessProbe", "livenessProbe", "lifecycle", "env", "ports"],
  },
  {
    kind: "Deployment",
    keys: ["spec", "template", "spec", "containers", "readinessProbe"],
    depth: 1,
    stopAt: [],
  },
  {
    kind: "Deployment",
    keys: ["spec", "template", "spec", "containers", "lifecycle", "preStop"],
    depth: 2,
    stopAt: [],
  },
  { kind: "Service", keys: ["spec"], depth: 2, stopAt: [] },
] as const;

/** Manifests with only what they need, in which each group has its place. */
const SAMPLES: Readonly<Record<string, KubernetesObject>> = {
  Deployment: {
    apiVersion: "apps/v1",
    kind: "Deployment",
    metadata: { name: "web", namespace: "default" },
    spec: {
      selector: { matchLabels: { app: "web" } },
      template: {
        metadata: { labels: { app: "web" } },
        spec: {
          containers: [
            {
              name: "web",
              image: "web:1",
              readinessProbe: { httpGet: { port: 80 } },
              lifecycle: { preStop: { sleep: { seconds: 5 } } },
            },
          ],
        },
      },
    },
  } as unknown as KubernetesObject,
  Service: {
    apiVersion: "v1",
    kind: "Service",
    metadata: { name: "web", namespace: "default" },
    spec: { selector: { app: "web" }, ports: [{ port: 80 }] },
  } as unknown as KubernetesObject,
};

/** The reference: fields that the editor explains, with their types from the schema and their defaults from the API server's own defaulting. */
export function fieldGroups(lang: Language): readonly FieldGroup[] {
  return GROUPS.map(({ kind, keys, depth, stopAt }) => {
    const rows: FieldRow[] = [];
    collect(kind, keys, "", depth, stopAt, lang, rows);
    return { kind, place: placeOf(kind, keys), rows };
  });
}

function collect(
  kind: string,
  parents: readonly string[],
  prefix: string,
  depth: number,
  stopAt: readonly string[],
  lang: Language,
  rows: FieldRow[],
): void {
  for (const [key, field] of Object.entries(fieldsAt(kind, parents) ?? {})) {
    const keys = [...parents, key];
    const schema = schemaField(kind, keys);
    const path = `${prefix}${key}`;
    const since = SINCE[key];
    rows.push({
      path,
      type: typeName(schema, lang),
      initial: initialOf(kind, keys),
      doc: field.doc[lang],
      ...(since === undefined ? {} : { since }),
      pages: pagesOfField(kind, keys),
    });
    if (field.fields === undefined || depth <= 1 || stopAt.includes(key)) continue;
    if (schema.type.kind === "map") continue;
    const separator = schema.type.kind === "list" ? "[]." : ".";
    collect(kind, keys, `${path}${separator}`, depth - 1, stopAt, lang, rows);
  }
}

/** The schema's field at the end of these keys. */
function schemaField(kind: string, keys: readonly string[]): SchemaField {
  let struct = structByName(kind);
  let found: SchemaField | undefined;
  for (const key of keys) {
    found = struct.fields.get(key);
    if (found === undefined) throw new Error(`the schema of ${kind} has no ${keys.join(".")}`);
    const element = found.type.kind === "list" ? found.type.element : found.type;
    if (element.kind === "struct") struct = structByName(element.name);
  }
  return found!;
}

function typeName({ type }: SchemaField, lang: Language): string {
  return TYPES[lang][type.kind] ?? type.kind;
}

function placeOf(kind: string, keys: readonly string[]): string {
  const written = keys.map((key, i) => {
    const { type } = schemaField(kind, keys.slice(0, i + 1));
    return type.kind === "list" ? `${key}[]` : key;
  });
  return written.join(".");
}

/** Filled in from another field of the manifest, so that it has no default of its own. */
const FROM_ANOTHER_FIELD: readonly string[] = ["targetPort"];

/** What stands there after defaulting a manifest that leaves it out. */
function initialOf(kind: string, keys: readonly string[]): string | undefined {
  if (FROM_ANOTHER_FIELD.includes(keys.at(-1)!)) return undefined;
  const sample = SAMPLES[kind]!;
  const definition = resourceByKind(sample.apiVersion!, kind)!;
  const without = structuredClone(sample);
  const given = removeAt(without, keys);
  const defaulted = definition.setDefaults(without);
  // What is wrong then has to be this field: of several handlers, any one will do.
  const place = placeOf(kind, keys).replace(/\[\]$/, "").replaceAll("[]", "[0]");
  if (given && definition.validate(defaulted).some(({ field }) => field.startsWith(place))) {
    return "required";
  }
  const value = valueAt(given ? defaulted : definition.setDefaults(sample), keys);
  return typeof value === "object" || value === undefined ? undefined : String(value);
}

function valueAt(object: unknown, keys: readonly string[]): unknown {
  let place: unknown = object;
  for (const key of keys) {
    if (Array.isArray(place)) place = place[0] as unknown;
    place = (place as Readonly<Record<string, unknown>> | undefined)?.[key];
  }
  return place;
}

/** Takes the field out; false where it was not there. */
function removeAt(object: unknown, keys: readonly string[]): boolean {
  let parent = valueAt(object, keys.slice(0, -1));
  if (Array.isArray(parent)) parent = parent[0] as unknown;
  const key = keys.at(-1)!;
  if (typeof parent !== "object" || parent === null || !(key in parent)) return false;
  delete (parent as Record<string, unknown>)[key];
  return true;
}
