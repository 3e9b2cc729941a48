import { simulate } from "../../src/scenario/index.ts";
import { filesInMemory } from "../../src/scenario/read-files.ts";
import { scenarioOf, untouched } from "../../src/labs/index.ts";
import { readLab } from "../../src/labs/authoring.ts";

/** The run of a lab's scenario as the command line prints it, wall time aside; made wherever this is called. */
export function runOfLab(files: Readonly<Record<string, string>>, seed: number): string {
  const { lab, diagnostics } = readLab(files["lab.yaml"]!, {
    file: "lab.yaml",
    readFile: filesInMemory(files),
  });
  if (lab === undefined) throw new Error(JSON.stringify(diagnostics));
  const { scenario } = scenarioOf(lab, untouched(lab));
  const { summary } = simulate(scenario!, { seed, watch: true, requests: true });
  return JSON.stringify(summary);
}

(globalThis as { runOfLab?: typeof runOfLab }).runOfLab = runOfLab;
