/*
 * Values of YAML nodes as kubectl sees them: sigs.k8s.io/yaml turns YAML 1.1 into JSON, with the implicit types of go-yaml 2
 * (resolve.go): `yes`, `on` and `y` are booleans, `0755` is octal, dates stay strings. A later key of the same name wins.
 */
import { goQuote } from "../../simulator/index.ts";
import type { YamlNode, YamlScalar } from "./parser.ts";
import { YamlSyntaxError } from "./tokens.ts";

/** A document whose aliases make more of it than this is refused, like one that go-yaml finds to alias excessively. */
const NODES_MAX = 200_000;

const WORDS = new Map<string, boolean | null>([
  ...["y", "Y", "yes", "Yes", "YES", "true", "True", "TRUE", "on", "On", "ON"].map(
    (word): [string, boolean] => [word, true],
  ),
  ...["n", "N", "no", "No", "NO", "false", "False", "FALSE", "off", "Off", "OFF"].map(
    (word): [string, boolean] => [word, false],
  ),
  ...["", "~", "null", "Null", "NULL"].map((word): [string, null] => [word, null]),
]);

const INT64_MIN = -9223372036854775808n;
const UINT64_END = 18446744073709551616n;

const FLOAT = /^[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?$/;

const SPECIAL_FLOATS = new Map([
  ...[".inf", ".Inf", ".INF", "+.inf", "+.Inf", "+.INF"].map((word): [string, number] => [
    word,
    Infinity,
  ]),
  ...["-.inf", "-.Inf", "-.INF"].map((word): [string, number] => [word, -Infinity]),
  ...[".nan", ".NaN", ".NAN"].map((word): [string, number] => [word, NaN]),
]);

const TIMESTAMP =
  /^\d{4}-\d\d?-\d\d?([Tt]\d\d?:\d\d?:\d\d?(\.\d+)?(Z|[-+]\d\d:\d\d)| \d\d?:\d\d?:\d\d?(\.\d+)?)?$/;

/** A scalar with one of these tags has to be of that type; with any other tag it is text (resolve.go resolvableTag). */
const TYPED: ReadonlySet<string> = new Set(
  ["bool", "int", "float", "null", "timestamp"].map((type) => `!!${type}`),
);

interface Resolving {
  count: number;
  readonly open: Set<YamlNode>;
}

/** The JSON value of a node. Throws a YamlSyntaxError for aliases that lead nowhere, into themselves or to too much. */
export function valueOf(node: YamlNode): unknown {
  return resolve(node, { count: 0, open: new Set() });
}

function resolve(node: YamlNode, resolving: Resolving): unknown {
  resolving.count += 1;
  if (resolving.count > NODES_MAX) {
    throw new YamlSyntaxError("yaml: document contains excessive aliasing", node.start, "alias");
  }
  switch (node.kind) {
    case "scalar":
      return scalarValue(node);
    case "sequence":
      return node.items.map((item) => resolve(item, resolving));
    case "mapping":
      return mappingValue(node, resolving);
    case "alias": {
      const { target, name, start } = node;
      if (resolving.open.has(target.node)) {
        throw new YamlSyntaxError(`yaml: anchor '${name}' value contains itself`, start, "alias");
      }
      resolving.open.add(target.node);
      const value = resolve(target.node, resolving);
      resolving.open.delete(target.node);
      return value;
    }
  }
}

function mappingValue(
  node: YamlNode & { readonly kind: "mapping" },
  resolving: Resolving,
): Record<string, unknown> {
  const object: Record<string, unknown> = {};
  for (const { key, value } of node.pairs) {
    if (isMerge(key)) {
      merge(object, resolve(value, resolving), key);
      continue;
    }
    const name = resolve(key, resolving);
    if (typeof name === "object" && name !== null) {
      throw new YamlSyntaxError(`yaml: invalid map key: ${goValue(name)}`, key.start);
    }
    const resolved = resolve(value, resolving);
    if (name === null) {
      const parts = `key: <nil>, value: ${resolved === null ? "<nil>" : goValue(resolved)}`;
      const problem = `unsupported map key of type: %!s(<nil>), ${parts}`;
      throw new YamlSyntaxError(problem, key.start);
    }
    // JSON has only strings for keys: numbers and booleans are printed.
    setKey(object, String(name), resolved);
  }
  return object;
}

function isMerge(key: YamlNode): boolean {
  return key.kind === "scalar" && key.style === "plain" && key.value === "<<";
}

function merge(object: Record<string, unknown>, given: unknown, key: YamlNode): void {
  const sources: unknown[] = Array.isArray(given) ? [...given].reverse() : [given];
  for (const source of sources) {
    if (typeof source !== "object" || source === null || Array.isArray(source)) {
      const problem = "yaml: map merge requires map or sequence of maps as the value";
      throw new YamlSyntaxError(problem, key.start);
    }
    for (const [name, value] of Object.entries(source)) setKey(object, name, value);
  }
}

/** Keys that a user chose are plain properties, even `__proto__`. */
function setKey(object: Record<string, unknown>, key: string, value: unknown): void {
  if (key !== "__proto__") {
    object[key] = value;
    return;
  }
  Object.defineProperty(object, key, {
    value,
    enumerable: true,
    writable: true,
    configurable: true,
  });
}

/** `%#v` of what go-yaml decodes without a type; a template that was not filled in, `{{ .Values.tag }}`, is a map with a map for a key. */
function goValue(value: unknown): string {
  if (value === null) return "interface {}(nil)";
  if (typeof value === "string") return goQuote(value);
  if (typeof value !== "object") return String(value);
  if (Array.isArray(value)) return `[]interface {}{${value.map(goValue).join(", ")}}`;
  const map = value as Readonly<Record<string, unknown>>;
  const keys = Object.keys(map).sort();
  const entries = keys.map((key) => `${goQuote(key)}:${goValue(map[key])}`);
  return `map[interface {}]interface {}{${entries.join(", ")}}`;
}

function scalarValue({ value: text, style, tag, start }: YamlScalar): unknown {
  const isText = tag === undefined ? style !== "plain" : !TYPED.has(tag);
  if (isText) return text;
  const [found, value] = typed(text);
  const fits =
    tag === undefined ||
    tag === found ||
    (tag === "!!float" && found === "!!int") ||
    (tag === "!!timestamp" && TIMESTAMP.test(text));
  if (!fits) {
    throw new YamlSyntaxError(`yaml: cannot decode ${found} \`${text}\` as a ${tag}`, start);
  }
  if (typeof value === "number" && !Number.isFinite(value)) {
    // A number to go-yaml, but not to JSON.
    const name = Number.isNaN(value) ? "NaN" : `${value < 0 ? "-" : "+"}Inf`;
    throw new YamlSyntaxError(`json: unsupported value: ${name}`, start);
  }
  return value;
}

/** What a scalar without quotes is, with the tag for that. A number that a double cannot hold is text, and so is a date. */
function typed(text: string): [tag: string, value: unknown] {
  const word = WORDS.get(text);
  if (word !== undefined) return [word === null ? "!!null" : "!!bool", word];
  const special = SPECIAL_FLOATS.get(text);
  if (special !== undefined) return ["!!float", special];
  const plain = /^[-+0-9]/.test(text) ? text.replaceAll("_", "") : text;
  const whole = wholeNumber(plain);
  if (whole !== undefined) return ["!!int", whole];
  const fraction = FLOAT.test(plain) ? Number(plain) : Infinity;
  return Number.isFinite(fraction) ? ["!!float", fraction] : ["!!str", text];
}

function wholeNumber(text: string): number | bigint | undefined {
  const match = /^([-+]?)(0[xX][0-9a-fA-F]+|0[oO]?[0-7]+|0[bB][01]+|0|[1-9][0-9]*)$/.exec(text);
  if (match === null) return undefined;
  const [, sign, digits] = match as unknown as [string, string, string];
  const octal = /^0[0-7]/.test(digits) ? `0o${digits.slice(1)}` : digits;
  const size = BigInt(octal);
  const value = sign === "-" ? -size : size;
  if (value < INT64_MIN || value >= UINT64_END) return undefined;
  const double = Number(value);
  return Number.isSafeInteger(double) ? double : value;
}
