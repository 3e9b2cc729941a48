/* Values as Go's fmt prints them: the texts of field errors hold them. */
import type { IntOrString, LabelSelector } from "../types.ts";

/** What strconv.IsPrint takes for printable, beside the space. */
const PRINTABLE = /^[\p{L}\p{M}\p{N}\p{P}\p{S}]$/u;

/** strconv.Quote: what cannot be seen, like a space that does not break, is escaped. */
export function goQuote(text: string): string {
  let quoted = '"';
  for (const character of text) {
    const code = character.codePointAt(0)!;
    const short = ESCAPES[character];
    if (short !== undefined) quoted += short;
    else if (code < 0x20 || code === 0x7f) quoted += `\\x${code.toString(16).padStart(2, "0")}`;
    else if (code < 0x80 || PRINTABLE.test(character)) quoted += character;
    else if (code < 0x10000) quoted += `\\u${code.toString(16).padStart(4, "0")}`;
    else quoted += `\\U${code.toString(16).padStart(8, "0")}`;
  }
  return `${quoted}"`;
}

const ESCAPES: Readonly<Record<string, string>> = {
  '"': '\\"',
  "\\": "\\\\",
  "\n": "\\n",
  "\r": "\\r",
  "\t": "\\t",
  "\v": "\\v",
  "\f": "\\f",
  "\b": "\\b",
  "\x07": "\\a",
};

/** `%#v` of a map[string]string. */
export function goStringMap(map: Readonly<Record<string, string>> | undefined): string {
  if (map === undefined || map === null) return "map[string]string(nil)";
  const entries = Object.keys(map).sort();
  return `map[string]string{${entries.map((key) => `${goQuote(key)}:${goQuote(map[key]!)}`).join(", ")}}`;
}

/** `%#v` of a []string. */
export function goStringList(list: readonly string[] | undefined): string {
  if (list === undefined || list === null) return "[]string(nil)";
  return `[]string{${list.map(goQuote).join(", ")}}`;
}

/** `%#v` of an intstr.IntOrString. */
export function goIntOrString(value: IntOrString): string {
  return typeof value === "number"
    ? `intstr.IntOrString{Type:0, IntVal:${value}, StrVal:""}`
    : `intstr.IntOrString{Type:1, IntVal:0, StrVal:${goQuote(value)}}`;
}

/** `%#v` of a metav1.LabelSelector. */
export function goLabelSelector({ matchLabels, matchExpressions }: LabelSelector): string {
  const type = "v1.LabelSelectorRequirement";
  const expressions = (matchExpressions ?? []).map(
    ({ key, operator, values }) =>
      `${type}{Key:${goQuote(key)}, Operator:${goQuote(operator)}, Values:${goStringList(values)}}`,
  );
  const list =
    matchExpressions === undefined ? `[]${type}(nil)` : `[]${type}{${expressions.join(", ")}}`;
  return `v1.LabelSelector{MatchLabels:${goStringMap(matchLabels)}, MatchExpressions:${list}}`;
}

/**
 * `%#v` of a pointer within a struct. Simplified: where upstream prints the addresses of pointers, they are all the same here.
 */
export function goPointer(type: string, value: unknown): string {
  return `(*${type})(${value === undefined || value === null ? "nil" : "0xc000000000"})`;
}

/** `%v` of a value as JSON decodes it: `map[name:web ports:[80]]`. */
export function goText(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(goText).join(" ")}]`;
  if (typeof value !== "object" || value === null) return value === null ? "<nil>" : String(value);
  const object = value as Readonly<Record<string, unknown>>;
  const keys = Object.keys(object).sort();
  return `map[${keys.map((key) => `${key}:${goText(object[key])}`).join(" ")}]`;
}
