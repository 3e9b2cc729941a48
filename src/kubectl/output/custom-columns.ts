/* `-o custom-columns=…` (kubectl pkg/cmd/get/customcolumn.go). */
import { KubectlError } from "../kubectl-error.ts";
import { TabWriter } from "../print/tab-writer.ts";
import { JsonPath, JsonPathError, printed, relaxed } from "./json-path.ts";
import type { ObjectPrinter, PrinterOptions } from "./printer.ts";

/** A file of columns: their headers in its first line, their paths in the second (NewCustomColumnsPrinterFromTemplate). */
export function columnsOf(path: string, { readFile }: PrinterOptions): string {
  if (path === "") return path;
  const text = readFile?.(path);
  if (text === undefined) {
    throw new KubectlError(
      `error reading template ${path}, open ${path}: no such file or directory`,
    );
  }
  const [headers = [], paths = []] = text.split("\n").map((line) => line.match(/\S+/g) ?? []);
  for (const [line, what] of [
    [headers, "header"],
    [paths, "columns spec"],
  ] as const) {
    if (line.length > 0) continue;
    throw new KubectlError(
      `invalid template, missing ${what} line. Expected format is one line of space separated headers, one line of space separated column specs.`,
    );
  }
  if (headers.length !== paths.length) {
    throw new KubectlError(
      `number of headers (${headers.length}) and field specifications (${paths.length}) don't match`,
    );
  }
  return headers.map((header, i) => `${header}:${paths[i]}`).join(",");
}

/** `NAME:.metadata.name,IP:.status.podIP` (kubectl pkg/cmd/get/customcolumn.go). */
export function customColumns(spec: string, { noHeaders = false }: PrinterOptions): ObjectPrinter {
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
