import { BackOff, type BackOffEntry } from "../../simulator/kubelet/backoff.ts";
import { same, type Verdict } from "./verdict.ts";

type Step =
  string | { readonly advance?: number; readonly at?: number; readonly ops?: readonly string[] };

interface Case {
  readonly input: {
    readonly initial: number;
    readonly max: number;
    readonly steps: readonly Step[];
  };
  readonly expected: Readonly<Record<string, readonly unknown[]>>;
}

const KEY = "key";

/** Seconds in the case are milliseconds here, which changes nothing but the unit. */
export function run(given: unknown): Verdict {
  const { input, expected } = given as Case;
  const entries = new Map<string, BackOffEntry>();
  const backOff = new BackOff(() => entries, input.initial, input.max);
  const got: Record<string, unknown[]> = {};
  const note = (name: string, value: unknown) => (got[name] ??= []).push(value);
  let now = 0;
  for (const operation of input.steps.flatMap(operationsOf)) {
    const [name = "", argument = ""] = operation.split(/[ ()]+/);
    if (name === "advance") now += Number(argument);
    else if (name === "at") now = Number(argument);
    else if (/^next (if|when) not/.test(operation)) {
      if (!backOff.isInBackOffSinceUpdate(KEY, now)) backOff.next(KEY, now, now);
    } else if (/^get (if|when)/.test(operation)) {
      if (backOff.isInBackOffSinceUpdate(KEY, now)) note("get", backOff.get(KEY));
    } else if (name === "next") backOff.next(KEY, now, now);
    else if (name === "reset") backOff.reset(KEY);
    else if (name === "get") note("get", backOff.get(KEY));
    else if (name === "gc") {
      backOff.collectGarbage(now);
      note("entryPresentAfterGC", entries.has(KEY));
    } else if (name === "isInBackOffSinceUpdate") {
      note(name, backOff.isInBackOffSinceUpdate(KEY, now));
    } else if (name === "isInBackOffSince") {
      const event = argument === "lastUpdate" ? (entries.get(KEY)?.updatedMs ?? now) : now;
      note(name, backOff.isInBackOffSince(KEY, event, now));
    } else return { pass: false, message: `no rule for operation ${operation}` };
  }
  return same(got, expected);
}

/** Single operations of a step: `6 x (advance 1, next)` and `next x11 (1 s apart)` are many. */
function operationsOf(step: Step): string[] {
  if (typeof step !== "string") {
    const { advance, at, ops = [] } = step;
    if (advance === undefined && at === undefined) {
      throw new Error(`no rule for step ${JSON.stringify(step)}`);
    }
    return [at === undefined ? `advance ${advance}` : `at ${at}`, ...ops];
  }
  const group = /^(\d+) x \((.*)\)$/.exec(step);
  if (group !== null) {
    const operations = group[2]!.split(",").map((part) => part.trim());
    return Array.from({ length: Number(group[1]) }, () => operations).flat();
  }
  const repeated = /^(\w+) x(\d+)(?: \((\d+) s apart\))?$/.exec(step);
  if (repeated === null) return [step];
  const [, name = "", times, apart = "0"] = repeated;
  return Array.from({ length: Number(times) }, () => [`advance ${apart}`, name]).flat();
}
