import { Environment } from "@marcbachmann/cel-js";
import { grouped } from "../words/format.ts";
import type { RunFacts } from "./facts.ts";

/** Facts in CEL's types. Whole numbers are int, which the library holds as BigInt; everything else is a double. */
const TYPES: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  Requests: {
    total: "int",
    ok: "int",
    failed: "int",
    byOutcome: "map<string, int>",
    byCause: "map<string, int>",
    byVersion: "map<string, int>",
    failedByVersion: "map<string, int>",
  },
  Rollout: {
    object: "string",
    revision: "int",
    result: "string",
    complete: "bool",
    seconds: "double",
    minReady: "int",
    maxPods: "int",
  },
  Ready: { min: "int", last: "int" },
  Pods: { max: "int", maxActive: "int" },
  Workload: {
    minReady: "int",
    lastReady: "int",
    downSeconds: "double",
    maxPods: "int",
    maxActive: "int",
    mixedSeconds: "double",
  },
  Step: { at: "double", command: "string", code: "int", seconds: "double" },
  Event: { at: "double", object: "string", type: "string", reason: "string", message: "string" },
  Hooks: { run: "int", done: "int", cut: "int", failed: "int" },
  Kills: { sigkill: "int" },
  Termination: {
    pod: "string",
    graceSeconds: "int",
    hook: "string",
    hookSeconds: "double",
    signalAfter: "double",
    leftSeconds: "int",
    routersDroppedAfter: "double",
    listenerClosedAfter: "double",
    exitAfter: "double",
    sigkill: "bool",
  },
  Run: {
    seed: "int",
    requests: "Requests",
    rollouts: "list<Rollout>",
    rollout: "Rollout",
    ready: "Ready",
    pods: "Pods",
    workloads: "map<string, Workload>",
    hooks: "Hooks",
    kills: "Kills",
    restarts: "int",
    terminations: "list<Termination>",
    versions: "list<string>",
    events: "list<Event>",
    live: "map<string, dyn>",
    steps: "list<Step>",
    stepsFailed: "int",
    warnings: "list<string>",
  },
};

/** The library tells the types apart by their constructors, so each gets one. */
const CONSTRUCTORS = new Map(Object.keys(TYPES).map((name) => [name, class {}]));

/** A new environment with the facts' types, variables and functions. */
export function environment(): Environment {
  const env = new Environment({
    enableOptionalTypes: true,
    unlistedVariablesAreDyn: false,
    homogeneousAggregateLiterals: false,
    limits: { maxAstNodes: 2000, maxDepth: 60 },
  });
  for (const [name, fields] of Object.entries(TYPES)) {
    env.registerType(name, { ctor: CONSTRUCTORS.get(name)!, fields });
  }
  const largest = <T>(items: readonly T[]): T => items.reduce((a, b) => (a < b ? b : a));
  const smallest = <T>(items: readonly T[]): T => items.reduce((a, b) => (b < a ? b : a));
  for (const type of ["int", "double"]) {
    env.registerFunction(`max(list<${type}>): ${type}`, largest);
    env.registerFunction(`min(list<${type}>): ${type}`, smallest);
  }
  env.registerFunction("sum(list<int>): int", (items: readonly bigint[]) =>
    items.reduce((a, b) => a + b, 0n),
  );
  return env
    .registerVariable("run", "Run")
    .registerVariable("runs", "list<Run>")
    .registerVariable("objects", "map<string, dyn>");
}

let shared: Environment | undefined;
const cel = () => (shared ??= environment());

/** What expressions may speak of. */
export interface Subject {
  /** One entry a seed; `run` is the first. */
  readonly runs: readonly RunFacts[];
  /** The objects that the scenario applies, as written, by `deployment/web`: in mode deploy the learner's. */
  readonly objects: Readonly<Record<string, unknown>>;
}

/** A subject in CEL's own values, made once and used for many expressions. */
export type Context = Readonly<Record<string, unknown>>;

/** Turns a subject into what expressions are evaluated over. */
export function contextOf({ runs, objects }: Subject): Context {
  const converted = runs.map((run) => convert(run, "Run"));
  return { run: converted[0], runs: converted, objects: convertPlain(objects) };
}

function convert(value: unknown, type: string): unknown {
  if (type === "int") return BigInt(value as number);
  const item = /^(?:list<|map<string, )(.+)>$/.exec(type)?.[1];
  if (item !== undefined && Array.isArray(value)) return value.map((entry) => convert(entry, item));
  if (item !== undefined) {
    const entries = Object.entries(value as Readonly<Record<string, unknown>>);
    return Object.fromEntries(entries.map(([key, entry]) => [key, convert(entry, item)]));
  }
  const fields = TYPES[type];
  if (type === "dyn") return convertPlain(value);
  if (fields === undefined) return value;
  const instance = new (CONSTRUCTORS.get(type)!)() as Record<string, unknown>;
  for (const [name, fieldType] of Object.entries(fields)) {
    instance[name] = convert((value as Readonly<Record<string, unknown>>)[name], fieldType);
  }
  return instance;
}

function convertPlain(value: unknown): unknown {
  if (typeof value === "number") return Number.isSafeInteger(value) ? BigInt(value) : value;
  if (Array.isArray(value)) return value.map(convertPlain);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, child]) => [key, convertPlain(child)]),
  );
}

/** What is wrong with an expression that is to be a bool; undefined when it is good. */
export function conditionProblem(expression: string): string | undefined {
  const checked = cel().check(expression);
  if (!checked.valid) return `CEL: ${firstLine(checked.error)}`;
  const type = String(checked.type);
  return type === "bool" || type === "dyn" ? undefined : `CEL: wanted a bool, and this is ${type}`;
}

/** What is wrong with a text that has `{{ … }}` in it; undefined when it is good. */
export function templateProblem(template: string): string | undefined {
  const rest = template.replace(PLACEHOLDER, "");
  if (rest.includes("{{") || rest.includes("}}")) return "a {{ is not closed by }}";
  for (const [, expression] of template.matchAll(PLACEHOLDER)) {
    const checked = cel().check(expression!);
    if (!checked.valid) return `in {{${expression!}}}: CEL: ${firstLine(checked.error)}`;
  }
  return undefined;
}

/** Whether a condition holds. A fact that is not there (the first of an empty list) makes it false. */
export function holds(expression: string, context: Context): boolean {
  try {
    return cel().evaluate(expression, { ...context }) === true;
  } catch {
    return false;
  }
}

/** A text with its `{{ … }}` filled in; a fact that is not there reads as a dash. */
export function fill(template: string, context: Context): string {
  return template.replace(PLACEHOLDER, (_, expression: string) => {
    try {
      return written(cel().evaluate(expression, { ...context }));
    } catch {
      return "–";
    }
  });
}

const PLACEHOLDER = /\{\{((?:(?!\}\}).)*)\}\}/gs;

function written(value: unknown): string {
  // CEL's whole numbers: as the sentences beside them write theirs.
  if (typeof value === "bigint" && value >= 1000n) return grouped(Number(value));
  if (typeof value === "number") return value.toFixed(2);
  if (Array.isArray(value)) return value.map(written).join(", ");
  return String(value);
}

function firstLine(error: unknown): string {
  return error instanceof Error ? error.message.split("\n")[0]! : String(error);
}
