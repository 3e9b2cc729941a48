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
import { alwaysWritten } from "./always-written.ts";
import { columnsOf, customColumns } from "./custom-columns.ts";
import { goSyntax } from "./go-syntax.ts";
import { JsonPath, JsonPathError } from "./json-path.ts";
import { toYaml } from "./yaml.ts";

/** Prints objects as they come. */
export interface ObjectPrinter {
  /** `asList`: the objects together are the answer, as a List where the format has one. */
  print(objects: readonly KubernetesObject[], asList: boolean): string;
}

export interface PrinterOptions {
  /** Whether the formats of `kubectl get` are there: wide and those with columns. */
  readonly hasTables?: boolean;
  readonly showManagedFields?: boolean;
  readonly noHeaders?: boolean;
  readonly readFile?: (path: string) => string | undefined;
}

/** Formats that are nothing without what stands behind their `=`. */
const TEMPLATES = new Set([
  "go-template",
  "go-template-file",
  "jsonpath",
  "jsonpath-as-json",
  "jsonpath-file",
  "template",
  "templatefile",
]);

/** Formats that `kubectl get` alone has. */
const TABLE_FORMATS = ["custom-columns", "custom-columns-file", "wide"];

const FORMATS = [
  "go-template",
  "go-template-file",
  "json",
  "jsonpath",
  "jsonpath-as-json",
  "jsonpath-file",
  "name",
  "template",
  "templatefile",
  "yaml",
];

/** The printer for a format; undefined for none, and for the tables of `kubectl get`. */
export function printerFor(
  format: string,
  options: PrinterOptions = {},
): ObjectPrinter | undefined {
  const { hasTables = false } = options;
  if (format === "" || (format === "wide" && hasTables)) return undefined;
  const at = format.indexOf("=");
  const name = at < 0 ? format : format.slice(0, at);
  const argument = at < 0 ? "" : format.slice(at + 1);
  if (TEMPLATES.has(name) && argument === "") {
    throw new KubectlError("template format specified but no template given");
  }
  const formats = hasTables ? [...FORMATS, ...TABLE_FORMATS].sort() : FORMATS;
  switch (formats.includes(name) ? name : undefined) {
    case "json":
      return whole(options, (value) => `${indentedJson(value)}\n`);
    case "yaml":
      return yamlPrinter(options);
    case "name":
      return { print: (objects) => objects.map((object) => `${nameOf(object)}\n`).join("") };
    case "jsonpath":
      return jsonPathPrinter(argument);
    case "jsonpath-file":
      return jsonPathPrinter(fileText(argument, options));
    case "jsonpath-as-json":
      return jsonPathValues(argument);
    case "custom-columns":
      return customColumns(argument, options);
    case "custom-columns-file":
      return customColumns(columnsOf(argument, options), options);
    case "go-template":
    case "template":
    case "go-template-file":
    case "templatefile":
      throw new KubectlError(`the output format ${JSON.stringify(name)} is not simulated`);
    default:
      throw new KubectlError(
        `unable to match a printer suitable for the output format ${JSON.stringify(format)}, allowed formats are: ${formats.join(",")}`,
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

/** Only `-o json` and `-o yaml` leave out who manages which field. */
const WITH_MANAGERS: PrinterOptions = { showManagedFields: true };

function jsonPathPrinter(template: string): ObjectPrinter {
  const path = parsed(template);
  return whole(WITH_MANAGERS, (document) =>
    executed(template, document, () => path.text(document)),
  );
}

/** `-o jsonpath-as-json`: what the template's paths find, as a list. */
function jsonPathValues(template: string): ObjectPrinter {
  const path = parsed(template);
  return whole(WITH_MANAGERS, (document) =>
    executed(template, document, () =>
      path
        .results(document)
        .map((found) => `${indentedJson(found)}\n`)
        .join(""),
    ),
  );
}

function parsed(template: string): JsonPath {
  try {
    return new JsonPath(template);
  } catch (error) {
    if (!(error instanceof JsonPathError)) throw error;
    throw new KubectlError(`error parsing jsonpath ${template}, ${error.message}`);
  }
}

/** What a template gives for a document; an error shows both (cli-runtime pkg/printers/jsonpath.go PrintObj). */
function executed(template: string, document: unknown, run: () => string): string {
  try {
    return run();
  } catch (error) {
    if (!(error instanceof JsonPathError)) throw error;
    const more = "Printing more information for debugging the template";
    throw new KubectlError(
      `error executing jsonpath ${JSON.stringify(template)}: Error executing template: ${error.message}. ${more}:\n\ttemplate was:\n\t\t${template}\n\tobject given to jsonpath engine was:\n\t\t${goSyntax(document)}\n\n`,
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
