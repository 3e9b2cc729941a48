/*
 * Plays random scenarios under the checkers: `npm run random -- --runs 1000 --seed 1 [--out FOLDER]`. A failing one is made smaller and
 * written as a Scenario document that `rollout-lab simulate` plays.
 */
import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { parseArgs } from "node:util";
import { randomPlan, type Plan, type Step } from "./plan.ts";
import { documentsOf, play, UnreadablePlan } from "./play.ts";
import { shrink } from "./shrink.ts";

const { values } = parseArgs({
  options: {
    runs: { type: "string", default: "1000" },
    seed: { type: "string", default: "1" },
    out: { type: "string", default: ".cache/random" },
    "no-shrink": { type: "boolean", default: false },
  },
});
const first = Number(values.seed);
const runs = Number(values.runs);
const kinds = new Map<string, number>();
let [events, pods, failed] = [0, 0, 0];
const started = performance.now();

for (let seed = first; seed < first + runs; seed += 1) {
  const plan = randomPlan(seed);
  for (const step of plan.steps) count(kindOf(step), 1);
  for (const [fault, list] of Object.entries(plan.faults)) count(fault, list.length);
  const played = play(plan);
  events += played.events;
  pods += played.pods;
  if (played.violations.length > 0) {
    failed += 1;
    report(plan, played.violations[0]!.invariant);
  }
  if ((seed - first + 1) % 10_000 === 0) print(`${seed - first + 1} played, ${failed} failed`);
}

const seconds = (performance.now() - started) / 1000;
print(
  `${runs} scenarios from seed ${first} in ${seconds.toFixed(0)} s: ${failed} failed; ${pods} pods, ${events} events`,
);
for (const [kind, count] of [...kinds].toSorted((a, b) => b[1] - a[1])) {
  print(`${String(count).padStart(9)}  ${kind}`);
}
process.exitCode = failed === 0 ? 0 : 1;

function report(plan: Plan, invariant: string): void {
  const fails = (candidate: Plan) => {
    try {
      return play(candidate).violations.some((v) => v.invariant === invariant);
    } catch (error) {
      if (error instanceof UnreadablePlan) return false;
      throw error;
    }
  };
  const small = values["no-shrink"] ? plan : shrink(plan, fails);
  const { violations, commands } = play(small);
  const folder = path.join(values.out, String(plan.seed));
  mkdirSync(folder, { recursive: true });
  for (const [file, text] of Object.entries(documentsOf(small, commands))) {
    writeFileSync(path.join(folder, file), text);
  }
  const { atMs, message } = violations.find((v) => v.invariant === invariant)!;
  print(`seed ${plan.seed}: ${invariant} at ${atMs} ms: ${message}\n  ${folder}/scenario.yaml`);
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

function count(kind: string, by: number): void {
  kinds.set(kind, (kinds.get(kind) ?? 0) + by);
}

function kindOf(step: Step): string {
  if ("apply" in step) return "apply";
  if ("evictPod" in step) return "evict pod";
  if ("drain" in step) return "drain";
  if ("uncordon" in step) return "uncordon";
  if ("deletePod" in step) return `delete pod ${step.flags}`.trim();
  return step.kubectl.replace(/ web=.*| --replicas.*|\/\w+/g, "");
}
