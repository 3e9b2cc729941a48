import type { Diagnostic } from "../scenario/schema/diagnostic.ts";
import type { Input, Run, Scenario } from "../simulator/index.ts";
import type { InBoth } from "../words/language.ts";
import { contextOf, fill, holds, type Context } from "./expressions.ts";
import { runFacts, type RunFacts } from "./facts.ts";
import { scenarioOf, type Attempt } from "./attempt.ts";
import type { Check, Lab } from "./lab.ts";

/** What a check says of an attempt. */
export interface CheckResult {
  readonly id: string;
  readonly title: InBoth<string>;
  readonly passed: boolean;
  /** How many seeds it was judged over, and those that it fails in when each is judged alone. */
  readonly seeds: number;
  readonly failedSeeds: readonly number[];
  /** What happened, and what to think about; both only when it did not pass. */
  readonly failure?: InBoth<string>;
  readonly hint?: InBoth<string>;
}

/** What came of judging. */
export type Judgement =
  /** The manifest can't be applied: nothing was run. */
  | { readonly kind: "refused"; readonly diagnostics: readonly Diagnostic[] }
  | {
      readonly kind: "judged";
      readonly passed: boolean;
      readonly checks: readonly CheckResult[];
      /** The hint of the wrong answer that this one is, with its number in the lab's `answers`. */
      readonly answer?: { readonly index: number; readonly hint: InBoth<string> };
      /** One entry a seed, from the lab's seed upwards. */
      readonly runs: readonly RunFacts[];
    };

/** How far judging has come: runs done, and runs in all. */
export interface Progress {
  readonly done: number;
  readonly total: number;
}

export type Simulate = (
  scenario: Scenario,
  options: { readonly seed: number; readonly inputs: readonly Input[] },
) => Run;

/**
 * Judges what a learner did: plays the lab's scenario with it over as many seeds as the checks want, or over `seedsMin` where that is more.
 * Yields after every run, so that whoever drives it can show progress, see to other things, or stop.
 */
export function* judge(
  lab: Lab,
  attempt: Attempt,
  simulate: Simulate,
  seedsMin = 1,
): Generator<Progress, Judgement, void> {
  const { scenario, problems, diagnostics } = scenarioOf(lab, attempt);
  const { inputs } = attempt;
  if (scenario === undefined) {
    if (problems.length > 0) throw new Error(`lab ${lab.id}: ${problems[0]!.message}`);
    return { kind: "refused", diagnostics };
  }
  const checked = lab.checks.map((check) => ({ ...check, seeds: Math.max(check.seeds, seedsMin) }));
  const total = Math.max(...checked.map(({ seeds }) => seeds));
  const runs: RunFacts[] = [];
  while (runs.length < total) {
    runs.push(runFacts(simulate(scenario, { seed: scenario.seed + runs.length, inputs })));
    yield { done: runs.length, total };
  }
  const objects = writtenObjects(scenario.steps);
  const checks = checked.map((check) => judgeCheck(check, runs.slice(0, check.seeds), objects));
  const passed = checks.every((check) => check.passed);
  const context = contextOf({ runs, objects });
  const index = passed ? -1 : lab.answers.findIndex(({ when }) => holds(when, context));
  return {
    kind: "judged",
    passed,
    checks,
    ...(index < 0 ? {} : { answer: { index, hint: fillBoth(lab.answers[index]!.hint, context) } }),
    runs,
  };
}

function judgeCheck(
  check: Check,
  runs: readonly RunFacts[],
  objects: Readonly<Record<string, unknown>>,
): CheckResult {
  const { id, title, expr, seeds } = check;
  const context = contextOf({ runs, objects });
  if (holds(expr, context)) return { id, title, passed: true, seeds, failedSeeds: [] };
  const failing = runs.filter((run) => !holds(expr, contextOf({ runs: [run], objects })));
  return {
    id,
    title,
    passed: false,
    seeds,
    failedSeeds: failing.map(({ seed }) => seed),
    failure: fillBoth(check.failure, context),
    hint: fillBoth(check.hint, context),
  };
}

function fillBoth(template: InBoth<string>, context: Context): InBoth<string> {
  return { en: fill(template.en, context), ko: fill(template.ko, context) };
}

/** The objects that a scenario applies, as they were last written, by `deployment/web`. */
function writtenObjects(applied: readonly Input[]): Record<string, unknown> {
  const entries: [string, unknown][] = [];
  for (const { action } of applied) {
    if (action.kind !== "apply") continue;
    for (const object of action.objects) {
      const { kind, metadata } = object as { kind?: string; metadata?: { name?: string } };
      entries.push([`${(kind ?? "").toLowerCase()}/${metadata?.name ?? ""}`, object]);
    }
  }
  return Object.fromEntries(entries);
}
