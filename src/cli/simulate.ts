import { readLab } from "../labs/authoring.ts";
import { scenarioOf, untouched } from "../labs/index.ts";
import { readScenario } from "../scenario/read.ts";
import { simulate } from "../scenario/index.ts";
import { describe } from "../scenario/schema/diagnostic.ts";
import { formatDuration } from "../scenario/schema/duration.ts";
import { documentKind } from "../scenario/schema/document.ts";
import type { Scenario } from "../simulator/index.ts";
import {
  parseArguments,
  print,
  STATUS,
  tell,
  UnusableInput,
  wholeNumber,
  type Command,
} from "./command.ts";
import { filesBeside, readText } from "./files.ts";

export const simulateCommand: Command = {
  name: "simulate",
  usage: "SCENARIO.yaml [--seed N] [--watch] [--requests]",
  summary: "run one scenario in virtual time and print the run as one JSON object",
  help: `SCENARIO.yaml is a Scenario document, or a lab.yaml, whose scenario is run with the manifest that
the lab starts with.

  --seed N     draw at random from this seed, not from the scenario's
  --watch      list every change of every API object, under "watch"
  --requests   list every request, under "requests.each"`,
  run(args) {
    const { values, positionals } = parseArguments(this, args, {
      seed: { type: "string" },
      watch: { type: "boolean", default: false },
      requests: { type: "boolean", default: false },
    });
    if (positionals.length !== 1) {
      throw new UnusableInput([
        `wanted one scenario, got ${positionals.length}`,
        `usage: rollout-lab simulate ${this.usage}`,
      ]);
    }
    const seed = wholeNumber("--seed", values.seed, { min: 0, max: Number.MAX_SAFE_INTEGER });
    const { watch, requests } = values;
    const { scenario, warnings } = loadScenario(positionals[0]!);
    const started = performance.now();
    const { summary, timeline } = simulate(scenario, { seed, watch, requests });
    const wallMs = Math.round((performance.now() - started) * 10) / 10;
    const failed = timeline.inputs
      .filter(({ code }) => code !== 0)
      .map(({ atMs, label, output }) => `at ${formatDuration(atMs)}: ${label}: ${output}`);
    const all = [...new Set([...warnings, ...summary.warnings, ...failed])];
    for (const warning of all) tell(`warning: ${warning}`);
    print(JSON.stringify({ ...summary, wallMs, warnings: all }, null, watch || requests ? 0 : 2));
    return STATUS.good;
  },
};

/** The scenario in a file, be it a Scenario or a Lab. */
export function loadScenario(file: string): { scenario: Scenario; warnings: readonly string[] } {
  const text = readText(file);
  const options = { file, readFile: filesBeside(file) };
  if (documentKind(text) !== "Lab") {
    const { scenario, diagnostics, warnings } = readScenario(text, options);
    if (scenario === undefined) throw new UnusableInput(diagnostics.map(describe));
    return { scenario, warnings };
  }
  const { lab, diagnostics, warnings } = readLab(text, options);
  if (lab === undefined) throw new UnusableInput(diagnostics.map(describe));
  return { scenario: scenarioOf(lab, untouched(lab)).scenario!, warnings };
}
