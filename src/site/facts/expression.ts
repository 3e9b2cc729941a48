import type { Run } from "../../simulator/record.ts";
import { contextOf, environment } from "../../labs/expressions.ts";
import { runFacts } from "../../labs/facts.ts";
import { momentsOf, type DecisionFacts, type PodFacts } from "./moments.ts";

/*
 * What a chapter says of a run is CEL over the facts that labs judge (`run`, `runs`) and over the moments of the first run:
 * `update.first("scheduler.bind").after`.
 */

const DECISION = {
  at: "double",
  after: "double",
  actor: "string",
  code: "string",
  object: "string",
  values: "map<string, dyn>",
};

const POD = {
  name: "string",
  owner: "string",
  image: "string",
  created: "double",
  deleted: "double",
  gone: "double",
  readyAfter: "double",
  goneAfter: "double",
};

// The library tells the types apart by their constructors.
const DecisionType = class {};
const PodType = class {};

const env = environment()
  .registerType("Decision", { ctor: DecisionType, fields: DECISION })
  .registerType("Pod", { ctor: PodType, fields: POD })
  .registerVariable("decisions", "list<Decision>")
  .registerVariable("update", "list<Decision>")
  .registerVariable("pods", "list<Pod>")
  .registerFunction("list<Decision>.first(string): Decision", (list: DecisionFacts[], code) =>
    nth(list, code as string, 1n),
  )
  .registerFunction("list<Decision>.nth(string, int): Decision", (list: DecisionFacts[], code, n) =>
    nth(list, code as string, n as bigint),
  )
  .registerFunction("list<Decision>.last(string): Decision", (list: DecisionFacts[], code) =>
    nth([...list].reverse(), code as string, 1n),
  )
  .registerFunction("list<Decision>.of(string): list<Decision>", (list: DecisionFacts[], code) =>
    list.filter((decision) => decision.code === code),
  );

function nth(list: readonly DecisionFacts[], code: string, n: bigint): DecisionFacts {
  const found = list.filter((decision) => decision.code === code);
  const wanted = found[Number(n) - 1];
  if (wanted === undefined) {
    throw new Error(`${found.length} decisions are ${code}, and number ${n} is asked for`);
  }
  return wanted;
}

/** A value that can be written into a text. */
export type FactValue = number | string;

/**
 * What the expression says of the runs. Whole numbers and fractions are numbers.
 *
 * @throws where it is not CEL, speaks of something that is not there, or gives neither a number nor a text
 */
export function evaluateFact(expression: string, runs: readonly [Run, ...Run[]]): FactValue {
  const checked = env.check(expression);
  if (!checked.valid) throw new Error(`CEL: ${firstLine(checked.error)}`);
  const { decisions, update, pods } = momentsOf(runs[0].timeline);
  const context = {
    ...contextOf({ runs: runs.map(runFacts), objects: {} }),
    decisions: decisions.map(celDecision),
    update: update.map(celDecision),
    pods: pods.map((pod): PodFacts => Object.assign(new PodType(), pod)),
  };
  let value: unknown;
  try {
    value = env.evaluate(expression, context);
  } catch (error) {
    throw new Error(firstLine(error), { cause: error });
  }
  if (typeof value === "bigint") return Number(value);
  if (typeof value === "number" || typeof value === "string") return value;
  throw new Error(`wanted a number or a text, and this is ${String(checked.type)}`);
}

function celDecision(decision: DecisionFacts): DecisionFacts {
  const values = Object.entries(decision.values).map(([name, value]) => [
    name,
    Number.isInteger(value) ? BigInt(value) : value,
  ]);
  return Object.assign(new DecisionType(), decision, { values: Object.fromEntries(values) });
}

function firstLine(error: unknown): string {
  return error instanceof Error ? error.message.split("\n")[0]! : String(error);
}
