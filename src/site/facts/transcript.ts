import { simulate } from "../../scenario/index.ts";
import type { InputRecord } from "../../simulator/record.ts";
import { settledValues, type KnobValues } from "../../ui/figure/figure.ts";
import { loadFigure } from "../../ui/figure/load.ts";
import { figureRun } from "./figure-runs.ts";

/** What was typed in a figure's cluster, and what kubectl answered. */
export interface TranscriptRequest {
  readonly figure: string;
  readonly knobs?: KnobValues;
  /** A step of the scenario, the first being 1. */
  readonly step?: number;
  /** Or commands that are not in the scenario, without the word kubectl, … */
  readonly commands?: readonly string[];
  /** … and when, in seconds since the last step. */
  readonly after?: number;
  /** That kubectl refuses is what is to be seen. */
  readonly fails?: boolean;
}

/**
 * A terminal's text: each command behind its prompt, its output below.
 *
 * @throws where there is no such step, or where kubectl fails and should not, or the other way round
 */
export async function transcript(request: TranscriptRequest): Promise<string> {
  const { figure, fails = false } = request;
  const records = request.commands === undefined ? [await ofStep(request)] : await asked(request);
  for (const { label, code, output } of records) {
    if ((code !== 0) === fails) continue;
    throw new Error(
      `Kubectl of the figure "${figure}": ${label} ended with ${code}, and ${fails ? "a failure" : "0"} was wanted: ${output}`,
    );
  }
  return records.map(({ label, output }) => `$ ${label}\n${output}`.trimEnd()).join("\n\n");
}

async function ofStep({ figure, knobs, step = 1 }: TranscriptRequest): Promise<InputRecord> {
  const { inputs } = (await figureRun(figure, knobs)).timeline;
  const record = inputs[step - 1];
  if (record === undefined) {
    throw new Error(
      `Kubectl of the figure "${figure}": there are ${inputs.length} steps, no ${step}`,
    );
  }
  return record;
}

/** Played once more with the commands in it: they look, and change nothing. */
async function asked(request: TranscriptRequest): Promise<readonly InputRecord[]> {
  const { figure: id, knobs = {}, commands = [], after = 0 } = request;
  if (after < 0) {
    throw new Error(
      `Kubectl of the figure "${id}": after is ${after}; wanted seconds since the last step`,
    );
  }
  const figure = await loadFigure(id);
  const scenario = figure.scenario(settledValues(figure, knobs));
  const lastMs = Math.max(0, ...scenario.steps.map(({ atMs }) => atMs));
  const atMs = Math.round(lastMs + after * 1000);
  const inputs = commands.map((command) => ({
    atMs,
    action: { kind: "kubectl", command } as const,
  }));
  return simulate(scenario, { inputs }).timeline.inputs.slice(-commands.length);
}
