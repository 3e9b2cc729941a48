import { existsSync, statSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { checkVectors } from "../conformance/check-vectors.ts";
import { checkTraces } from "../conformance/check-traces.ts";
import { tally, type Result } from "../conformance/result.ts";
import { parseArguments, print, STATUS, tell, UnusableInput, type Command } from "./command.ts";

/** The project's own copy of the open facts. */
const OWN_FACTS = fileURLToPath(new URL("../../tests/facts", import.meta.url));
/** How many differences of one fact are printed. */
const SHOWN = 8;

export const conformanceCommand: Command = {
  name: "conformance",
  usage: "[--vectors DIR] [--traces DIR] [--json]",
  summary: "hold the simulator against recorded facts of real Kubernetes",
  help: `Without a folder: against the copy that comes with the project. The last line is "N passed, N failed".

  --vectors DIR  cases from unit tests of Kubernetes and kubectl: files of JSON, one topic each
  --traces DIR   recordings of a real cluster: folders with a full.jsonl or an errors.jsonl, at any depth
  --json         one JSON object a line for each fact: name, pass, compared, messages, notes`,
  run(args) {
    const { values, positionals } = parseArguments(this, args, {
      vectors: { type: "string" },
      traces: { type: "string" },
      json: { type: "boolean", default: false },
    });
    if (positionals.length > 0) {
      throw new UnusableInput([
        `wanted no arguments but options, got "${positionals[0]}"`,
        `usage: rollout-lab conformance ${this.usage}`,
      ]);
    }
    const own = values.vectors === undefined && values.traces === undefined;
    const vectors = own ? path.join(OWN_FACTS, "vectors") : values.vectors;
    const traces = own ? path.join(OWN_FACTS, "traces") : values.traces;
    const results: Result[] = [];
    const show = (result: Result) => {
      results.push(result);
      if (values.json) print(JSON.stringify(result));
      else if (!result.pass || isRecording(result)) printResult(result);
    };
    if (vectors !== undefined) read("--vectors", vectors, (folder) => checkVectors(folder, show));
    if (traces !== undefined) read("--traces", traces, (folder) => checkTraces(folder, show));
    if (results.length === 0)
      throw new UnusableInput([`there are no recorded facts in ${vectors ?? traces}`]);
    print(tally(results));
    return results.every(({ pass }) => pass) ? STATUS.good : STATUS.no;
  },
};

function read(option: string, folder: string, check: (folder: string) => void): void {
  if (!existsSync(folder))
    throw new UnusableInput([`${option} ${folder}: there is no such folder`]);
  if (!statSync(folder).isDirectory()) {
    throw new UnusableInput([
      `${option} ${folder}: is no folder; a folder of recorded facts is wanted`,
    ]);
  }
  check(folder);
}

/** Single cases that pass are not told one by one; a recording is, also one of which nothing could be compared. */
function isRecording({ name, compared }: Result): boolean {
  return name.startsWith("traces/") && compared !== 1;
}

function printResult({ name, pass, compared, messages, notes }: Result): void {
  const passed = pass ? `ok      ${name}: ${compared} compared` : `FAILED  ${name}`;
  print(passed);
  for (const message of messages.slice(0, SHOWN)) print(`        ${message}`);
  if (messages.length > SHOWN) print(`        and ${messages.length - SHOWN} more`);
  if (pass) for (const note of notes) tell(`        ${name}: ${note}`);
}
