import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { execute } from "../../src/kubectl/execute.ts";
import { filesInMemory } from "../../src/scenario/read-files.ts";
import { readScenario } from "../../src/scenario/read.ts";
import { Cluster, type Rollout, type Scenario } from "../../src/simulator/index.ts";

const here = path.dirname(fileURLToPath(import.meta.url));

/** Texts of a scenario's files that a test wants otherwise. */
export type Changes = readonly (readonly [from: string | RegExp, to: string])[];

/** The scenario in a folder beside this file; each change has to fit somewhere. */
export function scenarioIn(folder: string, changes: Changes = []): Scenario {
  const left = new Set(changes);
  const files = Object.fromEntries(
    readdirSync(path.join(here, folder)).map((name) => {
      let text = readFileSync(path.join(here, folder, name), "utf8");
      for (const change of changes) {
        const next = text.replace(change[0], change[1]);
        if (next !== text) left.delete(change);
        text = next;
      }
      return [name, text];
    }),
  );
  if (left.size > 0) throw new Error(`${folder}: nothing to change: ${[...left].join(" | ")}`);
  const { scenario, diagnostics } = readScenario(files["scenario.yaml"]!, {
    file: "scenario.yaml",
    readFile: filesInMemory(files),
  });
  if (scenario === undefined) throw new Error(JSON.stringify(diagnostics));
  return scenario;
}

/** A cluster that a test plays step by step. */
export class Played {
  readonly cluster: Cluster;
  private readonly steps: Scenario["steps"];
  private next = 0;

  constructor(scenario: Scenario, seed = 1) {
    this.cluster = new Cluster({ scenario, seed });
    this.steps = scenario.steps;
  }

  /** Plays on up to that second, steps included. */
  until(seconds: number): this {
    for (; this.steps[this.next] !== undefined; this.next += 1) {
      const { atMs, action } = this.steps[this.next]!;
      if (atMs > seconds * 1000) break;
      this.cluster.runUntil(atMs);
      this.cluster.perform(action, execute);
    }
    this.cluster.runUntil(seconds * 1000);
    return this;
  }

  /** Types a command now; its output. */
  kubectl(command: string): string {
    return this.cluster.perform({ kind: "kubectl", command }, execute).output;
  }

  get rollout(): Rollout {
    return this.cluster.api.get("rollouts", "default", "web");
  }

  /** spec.replicas of each ReplicaSet in order of creation: `4,0`. */
  get sizes(): string {
    const sets = this.cluster.api.list("replicasets", "default");
    return sets.map(({ spec }) => spec.replicas).join(",");
  }

  /** Phase and message, as `kubectl argo rollouts status` tells them. */
  get status(): string {
    return this.kubectl("argo rollouts status web");
  }

  /** Reasons of the Rollout's events, in order of their first time. */
  get events(): string[] {
    return this.run.timeline.events
      .filter(({ object }) => object === "rollout/web")
      .map(({ reason }) => reason);
  }

  get run() {
    return this.cluster.run({ requests: true });
  }

  /** Share of the requests sent in these seconds that a version answered. */
  share(version: string, fromSeconds: number, toSeconds: number): number {
    const sent = this.run.timeline.requests.filter(
      ({ sentMs }) => sentMs >= fromSeconds * 1000 && sentMs < toSeconds * 1000,
    );
    return sent.filter((request) => request.version === version).length / sent.length;
  }
}
