import { goQuote } from "../../simulator/index.ts";

/** A value of JSON as Go's `%#v` prints it: `map[string]interface {}{"a":1}`. */
export function goSyntax(value: unknown): string {
  if (value === null || value === undefined) return "interface {}(nil)";
  if (typeof value === "string") return goQuote(value);
  if (typeof value !== "object") return String(value as number | boolean);
  if (Array.isArray(value)) return `[]interface {}{${value.map(goSyntax).join(", ")}}`;
  const record = value as Readonly<Record<string, unknown>>;
  const pairs = Object.keys(record)
    .filter((key) => record[key] !== undefined)
    .sort()
    .map((key) => `${goQuote(key)}:${goSyntax(record[key])}`);
  return `map[string]interface {}{${pairs.join(", ")}}`;
}
