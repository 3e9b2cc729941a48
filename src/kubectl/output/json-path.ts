/*
 * JSONPath templates as `kubectl -o jsonpath` takes them: client-go util/jsonpath (parser.go, jsonpath.go).
 */
import { goJson } from "../go-json.ts";

/** Nodes of a template. */
type Node =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "path"; readonly steps: readonly Selector[] }
  | { readonly kind: "range"; readonly steps: readonly Selector[]; readonly body: readonly Node[] };

type Selector =
  | { readonly kind: "field"; readonly name: string }
  | { readonly kind: "wildcard" }
  | { readonly kind: "recursive" }
  | { readonly kind: "slice"; readonly from?: number; readonly to?: number; readonly step: number }
  | { readonly kind: "index"; readonly index: number }
  | { readonly kind: "union"; readonly choices: readonly Selector[] }
  | {
      readonly kind: "filter";
      readonly left: Operand;
      readonly operator?: string;
      readonly right?: Operand;
    };

type Operand =
  | { readonly kind: "value"; readonly value: unknown }
  | { readonly kind: "path"; readonly steps: readonly Selector[]; readonly root: boolean };

/** A template that cannot be read, or a path that leads nowhere; the message is client-go's. */
export class JsonPathError extends Error {}

/** A template, ready to be filled in. */
export class JsonPath {
  private readonly nodes: readonly Node[];

  constructor(template: string) {
    this.nodes = new TemplateReader(template).read();
  }

  /** The text for a document. What is not there is empty. */
  text(document: unknown): string {
    return render(this.nodes, document);
  }

  /** What each of the template's parts finds, the parts of a range at each of its turns. */
  results(document: unknown): readonly (readonly unknown[])[] {
    return results(this.nodes, document, document);
  }

  /** What the template's first path finds. */
  values(document: unknown): readonly unknown[] {
    const path = this.nodes.find((node) => node.kind === "path");
    return path === undefined ? [] : follow(path.steps, [document], document);
  }
}

/** `.a.b`, `a.b`, `{.a.b}`: all as `{.a.b}` (get.RelaxedJSONPathExpression). */
export function relaxed(expression: string): string {
  if (expression === "") return expression;
  const match = /^(?:\{\.?([^{}]+)\}|\.?([^{}]+))$/.exec(expression);
  if (match === null) {
    throw new JsonPathError(
      `unexpected path string, expected a 'name1.name2' or '.name1.name2' or '{name1.name2}' or '{.name1.name2}'`,
    );
  }
  return `{.${match[1] ?? match[2]}}`;
}

/** A value as a template prints it. */
export function printed(value: unknown): string {
  if (value === null || value === undefined) return value === null ? "<nil>" : "";
  return typeof value === "object" ? goJson(value) : String(value as string | number | boolean);
}

function render(nodes: readonly Node[], document: unknown): string {
  return results(nodes, document, document)
    .map((found) => found.map(printed).join(" "))
    .join("");
}

function results(nodes: readonly Node[], current: unknown, root: unknown): unknown[][] {
  return nodes.flatMap((node): unknown[][] => {
    switch (node.kind) {
      case "text":
        return [[node.text]];
      case "path":
        return [follow(node.steps, [current], root)];
      case "range":
        return follow(node.steps, [current], root).flatMap((item) =>
          results(node.body, item, root),
        );
    }
  });
}

function follow(steps: readonly Selector[], from: readonly unknown[], root: unknown): unknown[] {
  let values = [...from];
  for (const step of steps) {
    // Of several names each is looked up in all values, before the next one is.
    values =
      step.kind === "union"
        ? step.choices.flatMap((choice) => values.flatMap((value) => select(choice, value, root)))
        : values.flatMap((value) => select(step, value, root));
    if (values.length === 0) break;
  }
  return values;
}

function select(step: Selector, value: unknown, root: unknown): unknown[] {
  switch (step.kind) {
    case "field": {
      if (typeof value !== "object" || value === null || Array.isArray(value)) return [];
      const found = (value as Record<string, unknown>)[step.name];
      return found === undefined ? [] : [found];
    }
    case "wildcard":
      return childrenOf(value);
    case "recursive":
      return descendants(value, 0);
    case "index": {
      if (!Array.isArray(value)) return [];
      const at = step.index < 0 ? value.length + step.index : step.index;
      if (at >= 0 && at < value.length) return [value[at]];
      throw new JsonPathError(
        `array index out of bounds: index ${step.index}, length ${value.length}`,
      );
    }
    case "slice":
      return Array.isArray(value) ? slice(step, value) : [];
    case "union":
      return step.choices.flatMap((choice) => select(choice, value, root));
    case "filter":
      return childrenOf(value).filter((item) => matches(step, item, root));
  }
}

function childrenOf(value: unknown): unknown[] {
  if (Array.isArray(value)) return value as unknown[];
  if (typeof value !== "object" || value === null) return [];
  const record = value as Record<string, unknown>;
  return Object.keys(record)
    .sort()
    .map((key) => record[key]);
}

/** Objects do not nest deeper than that. */
const DEPTH_MAX = 64;

function descendants(value: unknown, depth: number): unknown[] {
  if (typeof value !== "object" || value === null || depth > DEPTH_MAX) return [];
  return [value, ...childrenOf(value).flatMap((child) => descendants(child, depth + 1))];
}

function slice(step: Extract<Selector, { kind: "slice" }>, list: readonly unknown[]): unknown[] {
  const at = (given: number | undefined, otherwise: number) =>
    given === undefined
      ? otherwise
      : given < 0
        ? list.length + given
        : Math.min(given, list.length);
  const found: unknown[] = [];
  const end = at(step.to, list.length);
  for (let i = Math.max(0, at(step.from, 0)); i < end; i += step.step) found.push(list[i]);
  return found;
}

function matches(
  { left, operator, right }: Extract<Selector, { kind: "filter" }>,
  item: unknown,
  root: unknown,
): boolean {
  const valuesOf = (operand: Operand) =>
    operand.kind === "value"
      ? [operand.value]
      : follow(operand.steps, [operand.root ? root : item], root);
  const found = valuesOf(left);
  if (operator === undefined || right === undefined) return found.length > 0;
  const [a] = found;
  const [b] = valuesOf(right);
  if (a === undefined || b === undefined) return false;
  if (operator === "==") return a === b;
  if (operator === "!=") return a !== b;
  if (typeof a !== typeof b) {
    throw new JsonPathError(`incompatible types for comparison`);
  }
  const [x, y] = [a as number, b as number];
  return { "<": x < y, ">": x > y, "<=": x <= y, ">=": x >= y }[operator] ?? false;
}

class TemplateReader {
  private readonly template: string;
  private at = 0;

  constructor(template: string) {
    this.template = template;
  }

  read(): Node[] {
    return this.nodesUntilEnd(false);
  }

  private nodesUntilEnd(inRange: boolean): Node[] {
    const nodes: Node[] = [];
    while (this.at < this.template.length) {
      const open = this.template.indexOf("{", this.at);
      if (open !== this.at) {
        const end = open < 0 ? this.template.length : open;
        nodes.push({ kind: "text", text: this.template.slice(this.at, end) });
        this.at = end;
        continue;
      }
      const action = this.action();
      if (action === "end") {
        if (!inRange) throw new JsonPathError("not in range, nothing to end");
        return nodes;
      }
      if (action.startsWith("range ") || action.startsWith("range\t")) {
        const steps = pathOf(action.slice(5).trim());
        nodes.push({ kind: "range", steps, body: this.nodesUntilEnd(true) });
      } else nodes.push(...actionNodes(action));
    }
    return nodes;
  }

  /** The inside of the braces that begin here. */
  private action(): string {
    let quote = "";
    for (let i = this.at + 1; i < this.template.length; i += 1) {
      const c = this.template[i]!;
      if (quote !== "") {
        if (c === "\\") i += 1;
        else if (c === quote) quote = "";
      } else if (c === '"' || c === "'") quote = c;
      else if (c === "}") {
        const inside = this.template.slice(this.at + 1, i).trim();
        this.at = i + 1;
        return inside;
      }
    }
    throw new JsonPathError("unclosed action");
  }
}

/** What stands in braces: a text in quotes, or paths one after another. */
function actionNodes(action: string): Node[] {
  const quoted = /^(["'])((?:\\.|(?!\1).)*)\1\s*/s.exec(action);
  if (quoted !== null) {
    const rest = action.slice(quoted[0].length);
    const text: Node = { kind: "text", text: unescaped(quoted[2]!) };
    return rest === "" ? [text] : [text, ...actionNodes(rest)];
  }
  return [{ kind: "path", steps: pathOf(action) }];
}

function unescaped(text: string): string {
  return text.replace(/\\(.)/gs, (_, c: string) => ({ n: "\n", t: "\t", r: "\r" })[c] ?? c);
}

function pathOf(text: string): Selector[] {
  const steps: Selector[] = [];
  let rest = text;
  for (;;) {
    rest = rest.replace(/^[@$](?=[.[]|$)/, "");
    if (rest === "") return steps;
    if (rest.startsWith("[")) {
      const end = closing(rest);
      steps.push(bracket(rest.slice(1, end).trim()));
      rest = rest.slice(end + 1);
      continue;
    }
    if (rest.startsWith("..")) {
      steps.push({ kind: "recursive" });
      rest = rest.slice(rest[2] === "[" ? 2 : 1);
      continue;
    }
    const match = /^\.?((?:\\.|[^.[\]\s{}])+)/s.exec(rest);
    if (match === null) {
      if (rest === ".") return steps;
      throw new JsonPathError(
        `unrecognized character in action: U+${rest.codePointAt(0)!.toString(16).toUpperCase().padStart(4, "0")} '${rest[0]}'`,
      );
    }
    const name = match[1]!.replace(/\\(.)/g, "$1");
    steps.push(name === "*" ? { kind: "wildcard" } : { kind: "field", name });
    rest = rest.slice(match[0].length).trimStart();
  }
}

function closing(text: string): number {
  let depth = 0;
  let quote = "";
  for (let i = 0; i < text.length; i += 1) {
    const c = text[i]!;
    if (quote !== "") {
      if (c === quote) quote = "";
    } else if (c === '"' || c === "'") quote = c;
    else if (c === "[") depth += 1;
    else if (c === "]" && (depth -= 1) === 0) return i;
  }
  throw new JsonPathError("unterminated array");
}

function bracket(inside: string): Selector {
  const filter = /^\?\(\s*(.*?)\s*\)$/s.exec(inside);
  if (filter !== null) return filterOf(filter[1]!);
  if (inside === "*") return { kind: "wildcard" };
  if (inside.includes(",") && !/^'[^']*'$/.test(inside)) {
    return { kind: "union", choices: inside.split(",").map((part) => bracket(part.trim())) };
  }
  const name = /^'((?:\\.|[^'])*)'$/.exec(inside);
  if (name !== null) return { kind: "field", name: name[1]!.replace(/\\(.)/g, "$1") };
  const range = /^(-?\d*):(-?\d*)(?::(\d*))?$/.exec(inside);
  if (range !== null) {
    const [, from, to, step] = range;
    return {
      kind: "slice",
      ...(from ? { from: Number(from) } : {}),
      ...(to ? { to: Number(to) } : {}),
      step: Math.max(1, Number(step || 1)),
    };
  }
  if (/^-?\d+$/.test(inside)) return { kind: "index", index: Number(inside) };
  throw new JsonPathError(`invalid array index ${inside}`);
}

function filterOf(text: string): Selector {
  const match = /^(.+?)\s*(==|!=|<=|>=|<|>)\s*(.+)$/s.exec(text);
  if (match === null) return { kind: "filter", left: operand(text) };
  const [, left, operator, right] = match;
  return { kind: "filter", left: operand(left!), operator: operator!, right: operand(right!) };
}

function operand(text: string): Operand {
  const quoted = /^(["'])(.*)\1$/s.exec(text);
  if (quoted !== null) return { kind: "value", value: unescaped(quoted[2]!) };
  if (/^-?\d+(\.\d+)?$/.test(text)) return { kind: "value", value: Number(text) };
  if (text === "true" || text === "false") return { kind: "value", value: text === "true" };
  return { kind: "path", steps: pathOf(text), root: text.startsWith("$") };
}
