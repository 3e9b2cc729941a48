/*
 * YAML as kubectl writes it: sigs.k8s.io/yaml, which is go-yaml v2. Keys in order, lists not indented below their key, and a string is
 * quoted when it would be read as something else.
 */

/** The document of a JSON value, with its last newline. */
export function toYaml(value: unknown): string {
  return typeof value === "object" && value !== null && !isEmpty(value)
    ? `${block(value, 0).join("\n")}\n`
    : `${scalar(value, 0, 0)}\n`;
}

type Plain = Readonly<Record<string, unknown>>;

function isEmpty(value: object): boolean {
  return Array.isArray(value) ? value.length === 0 : keysOf(value as Plain).length === 0;
}

function keysOf(value: Plain): string[] {
  return Object.keys(value)
    .filter((key) => value[key] !== undefined)
    .sort(compareKeys);
}

/** Lines of a mapping or list that is not empty. */
function block(value: object, indent: number): string[] {
  const pad = " ".repeat(indent);
  if (Array.isArray(value)) {
    return value.flatMap((item: unknown) => {
      if (typeof item !== "object" || item === null || isEmpty(item)) {
        return [`${pad}- ${scalar(item, indent, indent + 2)}`];
      }
      const lines = block(item, indent + 2);
      return [`${pad}- ${lines[0]!.slice(indent + 2)}`, ...lines.slice(1)];
    });
  }
  return keysOf(value as Plain).flatMap((key) => {
    const item = (value as Plain)[key];
    const head = `${pad}${scalar(key, indent, -Infinity)}:`;
    if (typeof item !== "object" || item === null || isEmpty(item)) {
      return [`${head} ${scalar(item, indent, head.length + 1)}`];
    }
    return [head, ...block(item, Array.isArray(item) ? indent : indent + 2)];
  });
}

/** `column` is where it begins; a key begins so far left that it is never broken. */
function scalar(value: unknown, indent: number, column: number): string {
  if (value === null || value === undefined) return "null";
  if (Array.isArray(value)) return "[]";
  if (typeof value === "object") return "{}";
  if (typeof value === "number") return number(value);
  if (typeof value !== "string") return String(value as boolean);
  return text(value, indent, column);
}

function number(value: number): string {
  if (Number.isInteger(value) && Math.abs(value) < 1e21) return String(value);
  return String(value).replace(/e([+-])(\d)$/, "e$10$2");
}

function text(value: string, indent: number, column: number): string {
  if (value.includes("\n") && canBeLiteral(value)) return literal(value, indent);
  if (isOtherType(value)) return doubleQuoted(value);
  if (/[^\P{C}\n]|[\u2028\u2029\ufeff]/u.test(value) || value.includes("\n"))
    return doubleQuoted(value);
  const written = isPlain(value) ? value : `'${value.replaceAll("'", "''")}'`;
  return folded(written, indent, column);
}

/** Lines are ended at the first single space behind that column. */
const BEST_WIDTH = 80;

/** What is longer than a line goes on below (yaml_emitter_write_plain_scalar, yaml_emitter_write_single_quoted). */
function folded(written: string, indent: number, column: number): string {
  const pad = " ".repeat(indent + 2);
  let at = column;
  return written.replace(/[^ ]+| +/g, (part) => {
    if (part === " " && at > BEST_WIDTH) {
      at = pad.length;
      return `\n${pad}`;
    }
    at += part.length;
    return part;
  });
}

/** go-yaml resolve.go: what a plain scalar would be read as something else than a string. */
function isOtherType(value: string): boolean {
  if (value === "") return true;
  if (/^(~|null|Null|NULL|<<)$/.test(value)) return true;
  if (
    /^(y|Y|yes|Yes|YES|n|N|no|No|NO|true|True|TRUE|false|False|FALSE|on|On|ON|off|Off|OFF)$/.test(
      value,
    )
  ) {
    return true;
  }
  if (/^[-+]?(\.(inf|Inf|INF))$|^\.(nan|NaN|NAN)$/.test(value)) return true;
  const bare = value.replaceAll("_", "");
  if (/^[-+]?(0b[01]+|0o?[0-7]+|0x[0-9a-fA-F]+|\d+)$/.test(bare)) return true;
  if (/^[-+]?(\.\d+|\d+(\.\d*)?)([eE][-+]?\d+)?$/.test(bare)) return true;
  // Base 60: 1:30
  if (/^[-+]?\d[\d_]*(?::[0-5]?\d)+(?:\.[\d_]*)?$/.test(value)) return true;
  return /^\d{4}-\d{1,2}-\d{1,2}([Tt ]\s*\d{1,2}:\d{1,2}:\d{1,2}(\.\d+)?\s*(Z|[-+]\d{1,2}(:?\d{2})?)?)?$/.test(
    value,
  );
}

/** yaml_emitter_analyze_scalar: whether a string may stand without quotes in a block. */
function isPlain(value: string): boolean {
  if (/^\s|\s$/.test(value)) return false;
  if (/^[#,[\]{}&*!|>'"%@`]/.test(value)) return false;
  if (/^[-?:](\s|$)/.test(value)) return false;
  if (/^(---|\.\.\.)/.test(value)) return false;
  return !/: |:$| #|:\t/.test(value);
}

function canBeLiteral(value: string): boolean {
  return !/[^\P{C}\n]|[\u2028\u2029\ufeff]/u.test(value) && !/ \n| $|^[ \n]/.test(value);
}

function literal(value: string, indent: number): string {
  const chomp = value.endsWith("\n\n") ? "+" : value.endsWith("\n") ? "" : "-";
  const lines = value.replace(/\n$/, "").split("\n");
  const pad = " ".repeat(indent + 2);
  return [`|${chomp}`, ...lines.map((line) => (line === "" ? "" : pad + line))].join("\n");
}

const ESCAPES: Readonly<Record<string, string>> = {
  "\0": "\\0",
  "\x07": "\\a",
  "\b": "\\b",
  "\t": "\\t",
  "\n": "\\n",
  "\v": "\\v",
  "\f": "\\f",
  "\r": "\\r",
  "\x1b": "\\e",
  '"': '\\"',
  "\\": "\\\\",
};

function doubleQuoted(value: string): string {
  const escaped = value.replace(/[\\"]|[^\P{C}]|[\u2028\u2029\ufeff]/gu, (character) => {
    const known = ESCAPES[character];
    if (known !== undefined) return known;
    const code = character.codePointAt(0)!;
    return code <= 0xff
      ? `\\x${code.toString(16).toUpperCase().padStart(2, "0")}`
      : `\\u${code.toString(16).toUpperCase().padStart(4, "0")}`;
  });
  return `"${escaped}"`;
}

/** go-yaml's order of keys: numbers in them by their size, letters before other signs (sorter.go keyList.Less). */
function compareKeys(a: string, b: string): number {
  const [x, y] = [[...a], [...b]];
  for (let i = 0; i < Math.min(x.length, y.length); i += 1) {
    if (x[i] === y[i]) continue;
    const [left, right] = [isLetter(x[i]!), isLetter(y[i]!)];
    if (left && right) return x[i]! < y[i]! ? -1 : 1;
    if (left || right) return left ? 1 : -1;
    return compareDigits(x, y, i);
  }
  return x.length - y.length;
}

function compareDigits(x: readonly string[], y: readonly string[], at: number): number {
  const run = (from: readonly string[]) => {
    let end = at;
    while (end < from.length && /\d/.test(from[end]!)) end += 1;
    return from.slice(at, end).join("");
  };
  const [a, b] = [run(x), run(y)];
  if (a !== "" && b !== "" && Number(a) !== Number(b)) return Number(a) - Number(b);
  if (a.length !== b.length && a !== "" && b !== "") return a.length - b.length;
  return x[at]! < y[at]! ? -1 : 1;
}

function isLetter(character: string): boolean {
  return /\p{L}/u.test(character);
}
