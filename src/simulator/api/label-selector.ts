/* Label selectors as text: `app=web,tier in (a, b),!canary` (apimachinery pkg/labels/selector.go). */
import { meets, type Labels, type Operator } from "./selectors.ts";
import { goQuote } from "./schema/go-text.ts";
import { labelValue, qualifiedName } from "./validation/names.ts";

export interface LabelRequirement {
  readonly key: string;
  readonly operator: Operator;
  readonly values: readonly string[];
}

/** A selector that cannot be read; the message is upstream's. */
export class SelectorError extends Error {
  constructor(message: string) {
    super(message);
    this.name = "SelectorError";
  }
}

const SPECIAL = /^(!=|==|=|!|,|\(|\)|<|>)/;

const OPERATORS: Readonly<Record<string, Operator>> = {
  "=": "In",
  "==": "In",
  "!=": "NotIn",
  in: "In",
  notin: "NotIn",
  ">": "Gt",
  "<": "Lt",
};

/** Reads a selector; an empty text selects everything. Throws a SelectorError. */
export function parseLabelSelector(text: string): LabelRequirement[] {
  const tokens = scan(text);
  const requirements: LabelRequirement[] = [];
  let at = 0;
  if (tokens.length === 0) return requirements;
  for (;;) {
    const first = tokens[at];
    if (first === undefined) return requirements;
    if (first !== "!" && SPECIAL.test(first)) {
      throw new SelectorError(`found '${first}', expected: !, identifier, or 'end of string'`);
    }
    const { requirement, next } = parseRequirement(tokens, at);
    requirements.push(requirement);
    const separator = tokens[next];
    if (separator === undefined) return requirements;
    if (separator !== ",") {
      throw new SelectorError(`found '${separator}', expected: ',' or 'end of string'`);
    }
    at = next + 1;
    const following = tokens[at];
    if (following === undefined || (following !== "!" && SPECIAL.test(following))) {
      throw new SelectorError(`found '${following ?? ""}', expected: identifier after ','`);
    }
  }
}

function scan(text: string): string[] {
  const tokens: string[] = [];
  let rest = text.trimStart();
  while (rest !== "") {
    const special = SPECIAL.exec(rest)?.[0];
    const token = special ?? /^[^\s!=,()<>]+/.exec(rest)![0];
    tokens.push(token);
    rest = rest.slice(token.length).trimStart();
  }
  return tokens;
}

interface Parsed {
  readonly requirement: LabelRequirement;
  readonly next: number;
}

const unreadable = (message: string) =>
  new SelectorError(`unable to parse requirement: ${message}`);

function parseRequirement(tokens: readonly string[], from: number): Parsed {
  const negated = tokens[from] === "!";
  const at = negated ? from + 1 : from;
  const key = tokens[at];
  if (key === undefined || SPECIAL.test(key)) {
    throw unreadable(`found '${key ?? ""}', expected: identifier`);
  }
  for (const problem of qualifiedName(key)) {
    throw unreadable(`<nil>: Invalid value: ${goQuote(key)}: ${problem}`);
  }
  const sign = tokens[at + 1];
  if (negated || sign === undefined || sign === ",") {
    const operator = negated ? "DoesNotExist" : "Exists";
    return { requirement: { key, operator, values: [] }, next: at + 1 };
  }
  const operator = OPERATORS[sign];
  if (operator === undefined) {
    throw unreadable(`found '${sign}', expected: in, notin, =, ==, !=, gt, lt`);
  }
  const isList = sign === "in" || sign === "notin";
  const { values, next } = isList ? parseValues(tokens, at + 2) : parseValue(tokens, at + 2);
  refuseValues(key, operator, values);
  return { requirement: { key, operator, values }, next };
}

function parseValue(tokens: readonly string[], at: number): { values: string[]; next: number } {
  const token = tokens[at];
  if (token === undefined || token === ",") return { values: [""], next: at };
  if (SPECIAL.test(token)) throw unreadable(`found '${token}', expected: identifier`);
  return { values: [token], next: at + 1 };
}

function parseValues(tokens: readonly string[], from: number): { values: string[]; next: number } {
  if (tokens[from] !== "(") throw unreadable(`found '${tokens[from] ?? ""}' expected: '('`);
  const values: string[] = [];
  let at = from + 1;
  let isValueDue = true;
  for (; tokens[at] !== ")"; at += 1) {
    const token = tokens[at];
    if (token === ",") {
      if (isValueDue) values.push("");
      isValueDue = true;
    } else if (token !== undefined && !SPECIAL.test(token) && isValueDue) {
      values.push(token);
      isValueDue = false;
    } else {
      throw unreadable(`found '${token ?? ""}', expected: ',' or ')'`);
    }
  }
  if (isValueDue && tokens[at - 1] === ",") values.push("");
  return { values: [...new Set(values)].sort(), next: at + 1 };
}

function refuseValues(key: string, operator: Operator, values: readonly string[]): void {
  if ((operator === "In" || operator === "NotIn") && values.length === 0) {
    throw unreadable(
      "values: Invalid value: []: for 'in', 'notin' operators, values set can't be empty",
    );
  }
  values.forEach((value, i) => {
    if ((operator === "Gt" || operator === "Lt") && !/^-?\d+$/.test(value)) {
      const detail = "for 'Gt', 'Lt' operators, the value must be an integer";
      throw unreadable(`values[${i}]: Invalid value: ${goQuote(value)}: ${detail}`);
    }
    for (const problem of labelValue(value)) {
      throw unreadable(`values[${i}][${key}]: Invalid value: ${goQuote(value)}: ${problem}`);
    }
  });
}

/** Does a selector match? Labels that are not there match `notin` and `!`. */
export function requirementsMatch(
  requirements: readonly LabelRequirement[],
  labels: Labels,
): boolean {
  return requirements.every((requirement) => meets(requirement, labels?.[requirement.key]));
}
