/* kubectl wait (pkg/cmd/wait). */
import type { KubernetesObject } from "../../simulator/index.ts";
import { each } from "../command/each.ts";
import { report } from "../command/report.ts";
import { meant, visitAll, type Info } from "../command/resolve.ts";
import {
  FIELD_SELECTOR_FLAG,
  FILE_FLAGS,
  OUTPUT_FLAG,
  SELECTOR_FLAGS,
  type Call,
  type Verb,
} from "../command/verb.ts";
import { isNotFound, KubectlError } from "../kubectl-error.ts";
import { JsonPath, JsonPathError, printed, relaxed } from "../output/json-path.ts";
import type { Program } from "../program.ts";

const DEFAULT_TIMEOUT_MS = 30_000;
/** A negative timeout is a week. */
const WEEK_MS = 7 * 24 * 3600 * 1000;

/** Whether what is waited for has come; an object that is gone is undefined. */
type IsMet = (object: KubernetesObject | undefined, first: KubernetesObject) => boolean;

export const wait: Verb = {
  name: "wait",
  about: "Wait for a specific condition on one or many resources",
  usage:
    "([-f FILENAME] | resource.group/resource.name | resource.group [(-l label | --all)]) [--for=create|--for=delete|--for condition=available|--for=jsonpath='{}'[=value]]",
  flags: [
    { name: "for", about: "condition=NAME[=VALUE], delete, create or jsonpath='{PATH}'[=VALUE]" },
    { name: "timeout", type: "duration", about: "how long to wait (default 30s)" },
    { name: "all-namespaces", short: "A", type: "bool", about: "objects of all namespaces" },
    FIELD_SELECTOR_FLAG,
    OUTPUT_FLAG,
    ...FILE_FLAGS,
    ...SELECTOR_FLAGS,
  ],
  *run(call) {
    const condition = call.flags.text("for") ?? "";
    const given = call.flags.duration("timeout") ?? DEFAULT_TIMEOUT_MS;
    const untilMs = call.world.now() + (given < 0 ? WEEK_MS : given);
    if (condition.toLowerCase() === "create") yield* untilCreated(call, untilMs);
    const isMet = conditionOf(condition);
    const infos = found(call, condition);
    if (infos.length === 0 && condition.toLowerCase() !== "delete") {
      throw new KubectlError("no matching resources found");
    }
    return yield* each({ infos, errors: [] }, (info) => waitFor(call, info, isMet, untilMs));
  },
};

/** What is waited to be gone may be gone already. */
function found(call: Call, condition: string): readonly Info[] {
  try {
    return visitAll(call);
  } catch (error) {
    if (condition.toLowerCase() === "delete" && isNotFound(error)) return [];
    throw error;
  }
}

function* untilCreated(call: Call, untilMs: number): Program {
  const wanted = meant(call, call.words);
  if ("kinds" in wanted) return 0;
  for (const { kind, namespace, name } of wanted.names) {
    for (;;) {
      try {
        call.client.get({ kind, namespace }, name);
        break;
      } catch (error) {
        if (!isNotFound(error)) throw error;
      }
      if (call.world.now() >= untilMs) {
        throw new KubectlError("timed out waiting for the condition");
      }
      yield { waitForChange: true, untilMs };
    }
  }
  return 0;
}

function* waitFor(call: Call, info: Info, isMet: IsMet, untilMs: number): Program {
  for (;;) {
    const object = current(call, info);
    if (isMet(object, info.object))
      return yield* report(call, info, "condition met", object ?? info.object);
    if (call.world.now() >= untilMs) {
      const name = `${info.kind.plural}/${info.name}`;
      // A timeout of 0 is one look, and no wait.
      const why =
        call.flags.duration("timeout") === 0
          ? "condition not met for"
          : "timed out waiting for the condition on";
      throw new KubectlError(`${why} ${name}`);
    }
    yield { waitForChange: true, untilMs };
  }
}

function current({ client }: Call, info: Info): KubernetesObject | undefined {
  try {
    return client.get(info, info.name);
  } catch (error) {
    if (isNotFound(error)) return undefined;
    throw error;
  }
}

function conditionOf(text: string): IsMet {
  const lower = text.toLowerCase();
  if (lower === "delete") {
    return (object, first) => object === undefined || object.metadata.uid !== first.metadata.uid;
  }
  if (lower === "create") return (object) => object !== undefined;
  if (lower.startsWith("condition=")) return statusCondition(text.slice("condition=".length));
  if (lower.startsWith("jsonpath=")) return fieldCondition(text.slice("jsonpath=".length));
  throw new KubectlError(`unrecognized condition: ${JSON.stringify(text)}`);
}

interface Conditioned extends KubernetesObject {
  readonly status?: {
    readonly observedGeneration?: number;
    readonly conditions?: readonly {
      readonly type: string;
      readonly status: string;
      readonly observedGeneration?: number;
    }[];
  };
}

function statusCondition(text: string): IsMet {
  const [name = "", value = "true"] = text.split("=");
  return (object) => {
    const { status, metadata } = (object ?? { metadata: {} }) as Conditioned;
    const one = status?.conditions?.find(({ type }) => type.toLowerCase() === name.toLowerCase());
    if (one === undefined) return false;
    const observed = one.observedGeneration ?? status?.observedGeneration;
    if (observed !== undefined && observed < (metadata.generation ?? 0)) return false;
    return one.status.toLowerCase() === value.toLowerCase();
  };
}

function fieldCondition(text: string): IsMet {
  const match = /^'?(\{.*?\}|[^=]*)'?(?:=(.*))?$/s.exec(text);
  const [, expression = "", wanted] = match ?? [];
  const value = wanted?.replace(/^(["'])(.*)\1$/s, "$2");
  if (expression === "") throw new KubectlError("jsonpath expression cannot be empty");
  let path: JsonPath;
  try {
    path = new JsonPath(relaxed(expression));
  } catch (error) {
    if (error instanceof JsonPathError) throw new KubectlError(error.message);
    throw error;
  }
  return (object) => {
    if (object === undefined) return false;
    const values = path.values(object);
    if (value === undefined) return values.length > 0;
    if (typeof values[0] === "object" && values[0] !== null) {
      throw new KubectlError("jsonpath leads to a nested object or list which is not supported");
    }
    return values.length === 1 && printed(values[0]) === value;
  };
}
