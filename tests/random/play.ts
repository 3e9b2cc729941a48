import { stringify } from "yaml";
import { execute } from "../../src/kubectl/execute.ts";
import { filesInMemory } from "../../src/scenario/read-files.ts";
import { readScenario } from "../../src/scenario/read.ts";
import {
  Cluster,
  InvariantChecker,
  type Scenario,
  type StepAction,
  type Violation,
} from "../../src/simulator/index.ts";
import { disrupt } from "./disrupt.ts";
import type { Json, Plan, Step } from "./plan.ts";
import { CLASSES } from "./pod-template.ts";

/** What came of a plan. */
export interface Played {
  readonly violations: readonly (Violation | Crash)[];
  /** The commands that were carried out, with pods by their names. */
  readonly commands: readonly string[];
  readonly events: number;
  readonly pods: number;
}

/** An assertion of the simulator itself. */
export interface Crash {
  readonly atMs: number;
  readonly invariant: "crash";
  readonly message: string;
}

/** The plan's documents are refused: a shrunk one may be. */
export class UnreadablePlan extends Error {}

/** What comes before all that a plan does. */
const CLASSES_STEP = { at: "0ms", apply: ["classes.yaml"] };

/** Nothing has to happen for so long before the cluster is looked at as one at rest: longer than an autoscaler's period. */
const QUIET_MS = 16_000;
/** How long it is given to come to rest. */
const PATIENCE_MS = 900_000;
/** No node is away for longer, counted from the last step. */
const LONGEST_OUTAGE_MS = 600_000;
/** Time after the last step in which anything goes. */
const AFTER_MS = 60_000;

/** Plays a plan under all checkers. */
export function play(plan: Plan): Played {
  const { scenario } = scenarioOf(plan);
  const cluster = new Cluster({ scenario, seed: plan.seed });
  const outages = (scenario.nodeFailures ?? []).map(({ node, atMs, untilMs = Infinity }) => ({
    node,
    fromMs: atMs,
    untilMs,
  }));
  const checker = new InvariantChecker(cluster.api, () => cluster.now, outages);
  const commands: string[] = [];
  const violations: (Violation | Crash)[] = [];
  try {
    const applied = scenario.steps.filter(({ action }) => action.kind === "apply");
    const classes = applied.shift()!.action;
    checker.outside(() => cluster.perform(classes, execute));
    for (const step of plan.steps) {
      cluster.runUntil(step.atMs);
      if ("evictPod" in step || "drain" in step || "uncordon" in step) {
        commands.push(checker.outside(() => disrupt(step, cluster)));
        continue;
      }
      const action = "apply" in step ? applied.shift()!.action : commandOf(step, cluster);
      commands.push(action.kind === "apply" ? `apply ${action.label}` : action.command);
      checker.outside(() => cluster.perform(action, execute));
    }
    const pressures = scenario.nodePressure ?? [];
    const faults = [...outages.map((o) => o.untilMs), ...pressures.map((p) => p.atMs)];
    const backMs = Math.max(0, ...faults);
    cluster.runUntil(Math.max(cluster.now, backMs) + AFTER_MS);
    const endMs = cluster.now + PATIENCE_MS;
    while (cluster.now < endMs && !(isAtRest(cluster, checker) && isCleared(cluster))) {
      cluster.runUntil(cluster.now + 1000);
    }
    if (isAtRest(cluster, checker)) checker.checkAtRest(cluster.remains());
  } catch (error) {
    const message = error instanceof Error ? (error.stack ?? error.message) : String(error);
    violations.push({ atMs: cluster.now, invariant: "crash", message });
  }
  violations.push(...checker.violations);
  const { summary, timeline } = cluster.run({ requests: false });
  return { violations, commands, events: summary.events, pods: timeline.pods.length };
}

function isAtRest(cluster: Cluster, checker: InvariantChecker): boolean {
  if (checker.quietMs < QUIET_MS) return false;
  return cluster.api.list("pods").every((pod) => pod.metadata.deletionTimestamp === undefined);
}

/** Have the processes of pods that were deleted by force ended too? */
function isCleared(cluster: Cluster): boolean {
  const uids = new Set(cluster.api.list("pods").map((pod) => pod.metadata.uid));
  return cluster.remains().running.every((uid) => uids.has(uid));
}

function commandOf(
  step: Extract<Step, { kubectl: string } | { deletePod: number }>,
  { api }: Cluster,
): StepAction {
  if ("kubectl" in step) return { kind: "kubectl", command: step.kubectl };
  const pods = api.list("pods");
  const name = pods.length === 0 ? "none" : pods[step.deletePod % pods.length]!.metadata.name;
  return { kind: "kubectl", command: `delete pod ${name} ${step.flags}`.trim() };
}

/** The plan as a Scenario document with its manifests; `commands` are those that `play` carried out. What no step can say is in them alone. */
export function documentsOf(plan: Plan, commands?: readonly string[]): Record<string, string> {
  const endMs = Math.max(0, ...plan.steps.map((step) => step.atMs)) + AFTER_MS;
  const spec = {
    seed: plan.seed,
    duration: `${endMs + LONGEST_OUTAGE_MS + PATIENCE_MS}ms`,
    nodes: plan.nodes,
    images: plan.images,
    ...(plan.traffic.length === 0
      ? {}
      : { traffic: plan.traffic.map((t) => ({ ...t, stop: `${endMs}ms` })) }),
    ...(Object.keys(plan.network).length === 0 ? {} : { network: plan.network }),
    ...plan.faults,
    steps: [
      CLASSES_STEP,
      ...plan.steps.flatMap((step, i): object[] => {
        const at = `${step.atMs}ms`;
        if ("apply" in step) return [{ at, apply: [step.apply] }];
        if ("kubectl" in step) return [{ at, kubectl: step.kubectl }];
        const kubectl = "deletePod" in step ? commands?.[i] : undefined;
        return kubectl === undefined ? [] : [{ at, kubectl }];
      }),
    ],
  };
  const scenario = {
    apiVersion: "rollout-lab/v1",
    kind: "Scenario",
    metadata: { name: "random" },
    spec,
  };
  const documents: Record<string, string> = {
    "scenario.yaml": stringify(scenario),
    "classes.yaml": textOf(CLASSES),
  };
  if (commands !== undefined) {
    const told = plan.steps.map((step, i) => `${step.atMs} ms: ${commands[i] ?? "not reached"}\n`);
    documents["commands.txt"] = told.join("");
  }
  for (const [file, objects] of Object.entries(plan.files)) {
    documents[file] = textOf(objects);
  }
  return documents;
}

function textOf(objects: readonly Json[]): string {
  return objects.map((object) => stringify(object)).join("---\n");
}

function scenarioOf(plan: Plan): { scenario: Scenario } {
  const { "scenario.yaml": text, ...files } = documentsOf(plan);
  const read = readScenario(text!, { file: "scenario.yaml", readFile: filesInMemory(files) });
  if (read.scenario === undefined) throw new UnreadablePlan(JSON.stringify(read.diagnostics));
  return { scenario: read.scenario };
}
