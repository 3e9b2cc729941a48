/* kubectl explain (pkg/explain/v2, its plaintext template). The types are the API's, the descriptions our own. */
import { structByName, type Field, type ResourceDefinition } from "../../simulator/index.ts";
import type { Verb } from "../command/verb.ts";
import { FIELD_TEXTS, KIND_TEXTS } from "../explain-texts.ts";
import { findKindByWord } from "../kinds.ts";
import { KubectlError } from "../kubectl-error.ts";

/** Characters of a line of text, behind its indentation (template function wrap). */
const WIDTH = 76;
/** Structs do not nest deeper than that with --recursive. */
const DEPTH_MAX = 12;

export const explain: Verb = {
  name: "explain",
  about: "Get documentation for a resource",
  usage:
    "TYPE [--recursive=FALSE|TRUE] [--api-version=api-version-group] [-o|--output=plaintext|plaintext-openapiv2]",
  flags: [
    { name: "recursive", type: "bool", about: "fields of the fields too, without texts" },
    { name: "api-version", about: "version of the kind; each kind has one only" },
    { name: "output", short: "o", about: "plaintext" },
  ],
  *run({ words, flags }) {
    if (words.length === 0) {
      throw new KubectlError(
        'You must specify the type of resource to explain. Use "kubectl api-resources" for a complete list of supported resources.',
      );
    }
    if (words.length > 1) throw new KubectlError("We accept only this format: explain RESOURCE");
    const [type = "", ...path] = words[0]!.split(".");
    const kind = findKindByWord(type);
    if (kind === undefined) {
      const message = `the server doesn't have a resource type ${JSON.stringify(type)}`;
      throw new KubectlError(message, 1, true);
    }
    yield { stdout: head(kind) };
    const found = path.filter((name) => name !== "");
    yield { stdout: body(kind, found, flags.isOn("recursive")) };
    return 0;
  },
};

function head({ group, kind, version }: ResourceDefinition): string {
  const first = group === "" ? "" : `GROUP:      ${group}\n`;
  return `${first}KIND:       ${kind}\nVERSION:    ${version}\n\n`;
}

function body(kind: ResourceDefinition, path: readonly string[], recursive: boolean): string {
  let struct: string | undefined = kind.kind;
  let field: Field | undefined;
  let owner = kind.kind;
  for (const name of path) {
    field = struct === undefined ? undefined : structByName(struct).fields.get(name);
    if (field === undefined) throw new KubectlError(`field ${JSON.stringify(name)} does not exist`);
    owner = struct!;
    struct = structOf(field.type);
  }
  const texts = [
    ...(field === undefined ? [KIND_TEXTS[kind.kind]] : [FIELD_TEXTS[`${owner}.${field.name}`]]),
    ...(field === undefined || struct === undefined ? [] : [KIND_TEXTS[struct]]),
  ].filter((text) => text !== undefined);
  const title = field === undefined ? "" : `FIELD: ${field.name} <${typeText(field.type)}>\n\n\n`;
  const description = `DESCRIPTION:\n${texts.flatMap((text) => wrap(text, 4)).join("\n")}\n    \n`;
  const fields = struct === undefined ? "" : `FIELDS:\n${fieldTexts(struct, recursive, 1)}`;
  return `${title}${description}${fields}${recursive ? "\n" : "\n\n"}`.replace(/\n{4,}$/, "\n\n\n");
}

function fieldTexts(struct: string, recursive: boolean, level: number): string {
  const fields = [...structByName(struct).fields.values()].sort((a, b) =>
    a.name < b.name ? -1 : 1,
  );
  const pad = "  ".repeat(level);
  return fields
    .map((field) => {
      const required = isRequired(field) ? " -required-" : "";
      const line = `${pad}${field.name}\t<${typeText(field.type)}>${required}\n`;
      if (!recursive) return `${line}${wrapped(FIELD_TEXTS[`${struct}.${field.name}`])}\n`;
      const inner = structOf(field.type);
      return inner === undefined || level >= DEPTH_MAX
        ? line
        : line + fieldTexts(inner, true, level + 1);
    })
    .join("");
}

function isRequired({ omitEmpty, pointer, type, name }: Field): boolean {
  return (
    !omitEmpty &&
    !["status", "spec", "metadata"].includes(name) &&
    (pointer || type.kind !== "struct")
  );
}

function structOf(type: Field["type"]): string | undefined {
  if (type.kind === "struct") return type.name;
  return type.kind === "list" || type.kind === "map" ? structOf(type.element) : undefined;
}

function typeText(type: Field["type"]): string {
  switch (type.kind) {
    case "struct":
      return type.name;
    case "list":
      return `[]${typeText(type.element)}`;
    case "map":
      return `map[string]${typeText(type.element)}`;
    case "bool":
      return "boolean";
    case "int32":
    case "int64":
      return "integer";
    case "int-or-string":
      return "IntOrString";
    case "quantity":
      return "Quantity";
    case "time":
      return "Time";
    case "micro-time":
      return "MicroTime";
    case "raw":
      return "Object";
    default:
      return "string";
  }
}

function wrapped(text: string | undefined): string {
  return text === undefined
    ? ""
    : wrap(text, 4)
        .map((line) => `${line}\n`)
        .join("");
}

function wrap(text: string, indent: number): string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(" ")) {
    if (line !== "" && line.length + 1 + word.length > WIDTH) {
      lines.push(line);
      line = word;
    } else line = line === "" ? word : `${line} ${word}`;
  }
  return [...lines, line].map((one) => " ".repeat(indent) + one);
}
