import { stringify } from "yaml";
import { filesInMemory } from "../../scenario/read-files.ts";
import { readScenario } from "../../scenario/read.ts";
import { describe } from "../../scenario/schema/diagnostic.ts";
import { formatDuration } from "../../scenario/schema/duration.ts";
import type { Scenario } from "../../simulator/index.ts";
import type { RequestHead } from "./entrance-head.ts";
import type { Plain } from "./pod-spec.ts";
import type { Prepared } from "./prepare.ts";

/** What users' requests go to, and what they say so that the rules there lead them to the checked Service. */
export interface Traffic extends RequestHead {
  /** As a Scenario document has it: `service/web:80`. */
  readonly to: string;
  readonly road: string;
  readonly rps: number;
}

/** Virtual times of a checked update. */
export interface Window {
  /** First request. */
  readonly startMs: number;
  /** The update. */
  readonly updateMs: number;
  /** The end, if it does not settle before. */
  readonly endMs: number;
  /** How long traffic goes on after all has settled. */
  readonly afterMs: number;
}

/** A Scenario document with its manifests: what `simulate` takes. */
export interface ScenarioFiles {
  /** `scenario.yaml` */
  readonly document: string;
  /** The manifests that it applies, by name. */
  readonly manifests: Readonly<Record<string, string>>;
}

/** A run to make: as a document for a person, and as the simulator takes it. */
export interface Plan {
  readonly files: ScenarioFiles;
  readonly scenario: Scenario;
}

/** Written so that kubectl reads the same: texts like `no` and `y` are in quotes. */
const YAML = { version: "1.1", compat: "core", aliasDuplicateObjects: false } as const;

/** When the first state has been applied. */
const RESIZED_AT = "1s";

const STATE_NAMES = ["before", "after", "back"] as const;

/**
 * Makes the scenario of a prepared unit: its first state from the start, the next one at the update, a third when that has ended. It is written as a
 * document and read back, so that what is checked is what `simulate` plays.
 *
 * @throws when the document cannot be read: what is prepared has been validated, so that is our own mistake
 */
export function planRun(
  prepared: Prepared,
  window: Window,
  options: {
    readonly name: string;
    readonly traffic?: Traffic;
    readonly backMs?: number;
  },
): Plan {
  const { name, traffic, backMs } = options;
  const manifests = Object.fromEntries(
    prepared.states.map((objects, i) => [`${STATE_NAMES[i]!}.yaml`, textOf(objects)]),
  );
  const times = [0, window.updateMs, backMs ?? window.endMs];
  const spec = {
    seed: 1,
    duration: formatDuration(window.endMs),
    until: "settled",
    settledFor: formatDuration(window.afterMs),
    nodes: prepared.nodes,
    images: prepared.images,
    traffic: traffic === undefined ? [] : [{ ...traffic, start: formatDuration(window.startMs) }],
    steps: prepared.states.flatMap((_, i) => {
      const apply = { at: formatDuration(times[i]!), apply: [`${STATE_NAMES[i]!}.yaml`] };
      const resizes = i > 0 ? [] : prepared.resizes;
      return [apply, ...resizes.map((kubectl) => ({ at: RESIZED_AT, kubectl }))];
    }),
  };
  const document = stringify(
    { apiVersion: "rollout-lab/v1", kind: "Scenario", metadata: { name }, spec },
    YAML,
  );
  const read = readScenario(document, {
    file: "scenario.yaml",
    readFile: filesInMemory(manifests),
  });
  if (read.scenario === undefined) {
    throw new Error(`the check made a bad scenario: ${read.diagnostics.map(describe).join("; ")}`);
  }
  return { files: { document, manifests }, scenario: read.scenario };
}

function textOf(objects: readonly Plain[]): string {
  return objects.map((object) => stringify(object, YAML)).join("---\n");
}
