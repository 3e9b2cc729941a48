/* `-o json|yaml|name|jsonpath=…|custom-columns=…` (cli-runtime pkg/printers, kubectl pkg/cmd/get). */
import {
  asStored,
  resourceByKind,
  structOf,
  type KubernetesObject,
} from "../../simulator/index.ts";
import { goJson } from "../go-json.ts";
import { KubectlError } from "../kubectl-error.ts";
import { typeName } from "../kinds.ts";
import { TabWriter } from "../print/tab-writer.ts";
import { alwaysWritten } from "./always-written.ts";
import { JsonPath, JsonPathError, printed, relaxed } from "./json-path.ts";
import { toYaml } from "./yaml.ts";

/** Prints objects as they come. */
export interface ObjectPrinter {
  /** `asList`: the objects together are the answer, as a List where the format has one. */
  print(objects: readonly KubernetesObject[], asList: boolean): string;
}

export interface PrinterOptions {
  readonly showManagedFields?: boolean;
  readonly noHeaders?: boolean;
  readonly readFile?: (path: string) => string | undefined;
}

const FORMATS = [
  "custom-columns",
  "custom-columns-file",
  "go-template",
  "go-template-file",
  "json",
  "jsonpath",
  "jsonpath-as-json",
  "jsonpath-file",
  "name",
  "template",
  "templatefile",
  "wide",
  "yaml",
];

/** The printer for a format other than a table; undefined for tables (`""` and `wide`). */
export function printerFor(
  format: string,
  options: PrinterOptions = {},
): ObjectPrinter | undefined {
  if (format === "" || format === "wide") return undefined;
  const at = format.indexOf("=");
  const name = at < 0 ? format : format.slice(0, at);
  const argument = at < 0 ? "" : format.slice(at + 1);
  switch (name) {
    case "json":
      return whole(options, (value) => `${indentedJson(value)}\n`);
    case "yaml":
      return yamlPrinter(options);
    case "name":
      return { print: (objects) => objects.map((object) => `${nameOf(object)}\n`).join("") };
    case "jsonpath":
      return jsonPathPrinter(argument, options);
    case "jsonpath-file":
      return jsonPathPrinter(fileText(argument, options), options);
    case "custom-columns":
      return customColumns(argument, options);
    case "go-template":
    case "template":
    case "go-template-file":
    case "templatefile":
    case "jsonpath-as-json":
    case "custom-columns-file":
      throw new KubectlError(`the output format ${JSON.stringify(name)} is not simulated`);
    default:
      throw new KubectlError(
        `unable to match a printer suitable for the output format ${JSON.stringify(format)}, allowed formats are: ${FORMATS.join(",")}`,
      );
  }
}

/** `deployment.apps/web` */
export function nameOf({ apiVersion, kind, metadata }: KubernetesObject): string {
  const definition = resourceByKind(apiVersion, kind);
  const type = definition === undefined ? kind.toLowerCase() : typeName(definition);
  return `${type}/${metadata.name}`;
}

function whole(
  { showManagedFields = false }: PrinterOptions,
  write: (value: unknown) => string,
): ObjectPrinter {
  const shown = (object: KubernetesObject) => forPrinting(object, showManagedFields);
  return {
    print: (objects, asList) =>
      asList ? write(listOf(objects.map(shown))) : objects.map((o) => write(shown(o))).join(""),
  };
}

function yamlPrinter(options: PrinterOptions): ObjectPrinter {
  const { print } = whole(options, toYaml);
  let printedBefore = 0;
  return {
    print(objects, asList) {
      const parts = asList ? [print(objects, true)] : objects.map((o) => print([o], false));
      // Documents that come one by one are parted (printers/yaml.go).
      return parts.map((part) => ((printedBefore += 1) > 1 ? `---\n${part}` : part)).join("");
    },
  };
}

function listOf(items: readonly unknown[]): object {
  return { apiVersion: "v1", items, kind: "List", metadata: { resourceVersion: "" } };
}

/** An object as the API returns it, with every field that is always written, and without managedFields unless they are asked for. */
function forPrinting(object: KubernetesObject, showManagedFields: boolean): KubernetesObject {
  const definition = resourceByKind(object.apiVersion, object.kind);
  const stored =
    definition === undefined
      ? object
      : alwaysWritten(asStored(structOf(definition), object), structOf(definition));
  if (showManagedFields || stored.metadata.managedFields === undefined) return stored;
  const { managedFields: _managed, ...metadata } = stored.metadata;
  return { ...stored, metadata };
}

function indentedJson(value: unknown): string {
  const text = JSON.stringify(JSON.parse(goJson(value)), null, 4);
  return text.replace(
    /[<>&\u2028\u2029]/g,
    (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

function jsonPathPrinter(
  template: string,
  { showManagedFields = false }: PrinterOptions,
): ObjectPrinter {
  const path = parsed(template);
  const shown = (object: KubernetesObject) => forPrinting(object, showManagedFields);
  return {
    print: (objects, asList) => {
      const documents: unknown[] = asList ? [listOf(objects.map(shown))] : objects.map(shown);
      return documents.map((document) => guarded(template, () => path.text(document))).join("");
    },
  };
}

function parsed(template: string): JsonPath {
  try {
    return new JsonPath(template);
  } catch (error) {
    if (!(error instanceof JsonPathError)) throw error;
    throw new KubectlError(`error parsing jsonpath ${template}, ${error.message}`);
  }
}

function guarded<T>(template: string, run: () => T): T {
  try {
    return run();
  } catch (error) {
    if (!(error instanceof JsonPathError)) throw error;
    throw new KubectlError(
      `error executing jsonpath ${JSON.stringify(template)}: ${error.message}`,
    );
  }
}

function fileText(path: string, { readFile }: PrinterOptions): string {
  const text = readFile?.(path);
  if (text !== undefined) return text;
  throw new KubectlError(
    `error reading --template ${path}, open ${path}: no such file or directory`,
  );
}

/** `NAME:.metadata.name,IP:.status.podIP` (kubectl pkg/cmd/get/customcolumn.go). */
function customColumns(spec: string, { noHeaders = false }: PrinterOptions): ObjectPrinter {
  if (spec === "") {
    throw new KubectlError("custom-columns format specified but no custom columns given");
  }
  const columns = splitColumns(spec).map((part) => {
    const at = part.indexOf(":");
    if (at < 0) {
      throw new KubectlError(
        `unexpected custom-columns spec: ${part}, expected <header>:<json-path-expr>`,
      );
    }
    const expression = part.slice(at + 1);
    try {
      return { header: part.slice(0, at), path: new JsonPath(relaxedColumn(expression)) };
    } catch (error) {
      if (!(error instanceof JsonPathError)) throw error;
      throw new KubectlError(error.message);
    }
  });
  const writer = new TabWriter();
  let headersDue = !noHeaders;
  return {
    print(objects) {
      const rows = objects.map((object) =>
        columns.map(({ path }) => {
          const values = guarded(spec, () => path.values(object));
          return values.length === 0 ? "<none>" : values.map(cellOf).join(",");
        }),
      );
      const lines = headersDue ? [columns.map(({ header }) => header), ...rows] : rows;
      headersDue = false;
      return writer
        .write(lines)
        .map((line) => `${line}\n`)
        .join("");
    },
  };
}

/** A value in a cell: Go prints lists and maps in its own way. */
function cellOf(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(cellOf).join(" ")}]`;
  if (typeof value === "object" && value !== null) {
    const record = value as Record<string, unknown>;
    const pairs = Object.keys(record)
      .sort()
      .map((key) => `${key}:${cellOf(record[key])}`);
    return `map[${pairs.join(" ")}]`;
  }
  return printed(value);
}

/** A column may hold a filter, whose commas and braces are its own. */
function splitColumns(spec: string): string[] {
  const parts: string[] = [];
  let depth = 0;
  let part = "";
  for (const c of spec) {
    if (c === "[" || c === "(") depth += 1;
    if (c === "]" || c === ")") depth -= 1;
    if (c === "," && depth === 0) {
      parts.push(part);
      part = "";
    } else part += c;
  }
  return [...parts, part];
}

function relaxedColumn(expression: string): string {
  return /[[\]]/.test(expression)
    ? `{${expression.replace(/^\{|\}$/g, "").replace(/^(?!\.)/, ".")}}`
    : relaxed(expression);
}
