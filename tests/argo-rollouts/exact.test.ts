import { describe, expect, it } from "vitest";
import { Session, simulate } from "../../src/scenario/index.ts";
import type { Input } from "../../src/simulator/index.ts";
import { scenarioIn } from "./play.ts";

const at = (seconds: number, command: string): Input => ({
  atMs: seconds * 1000,
  action: { kind: "kubectl", command },
});

describe("a run with a Rollout", () => {
  const scenario = scenarioIn("canary-with-analysis");

  it("gives the same bytes twice", () => {
    const bytes = () => JSON.stringify(simulate(scenario, { watch: true, requests: true }));
    expect(bytes()).toBe(bytes());
  });

  it("goes on from a snapshot as if it had been played from the start", () => {
    const inputs = [at(65, "argo rollouts retry rollout web"), at(72, "argo rollouts undo web")];
    const session = new Session(scenario);
    session.input(at(52, "argo rollouts promote web --full"));
    session.undo();
    for (const input of inputs) session.input(input);
    expect(session.run()).toEqual(simulate(scenario, { inputs }));
  });
});

it("costs nothing where there is no Rollout: no decision, no event", () => {
  const plain = scenarioIn("blue-green", [
    [/---\napiVersion: argoproj(?:.*\n)+/, ""],
    [/\n.*argo rollouts set image.*/, ""],
  ]);
  const { timeline } = simulate(plain);
  expect(timeline.decisions.filter(({ actor }) => /rollouts|analysis/.test(actor))).toEqual([]);
  expect(timeline.events).toEqual([]);
});
