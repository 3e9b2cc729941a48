import { humanDuration, shortHumanDuration } from "../../kubectl/print/index.ts";
import { same, unknownFunction, type Verdict } from "./verdict.ts";

interface Case {
  readonly function: string;
  readonly input: { readonly milliseconds: number; readonly nanosecondsExtra?: number };
  readonly expected: { readonly text: string };
}

const FUNCTIONS: Readonly<Record<string, (ms: number) => string>> = {
  HumanDuration: humanDuration,
  ShortHumanDuration: shortHumanDuration,
};

/** Holds one case of upstream's tests of durations against kubectl's. */
export function run(given: unknown): Verdict {
  const { function: name, input, expected } = given as Case;
  const rule = FUNCTIONS[name];
  if (rule === undefined) return unknownFunction(name);
  const ms = input.milliseconds + (input.nanosecondsExtra ?? 0) / 1_000_000;
  return same(rule(ms), expected.text);
}
