import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Session, simulate } from "../../src/scenario/index.ts";
import type { Input } from "../../src/simulator/index.ts";
import { scenarioOf } from "./scenarios.ts";

const scenario = scenarioOf(`
duration: 100s
traffic: [{ name: users, to: service/web:80, rps: 20, start: 15s }]
images: [{ name: "web:1" }, { name: "web:2" }, { name: "web:3" }]
steps:
  - { at: 0s, apply: [web.yaml] }
  - { at: 20s, kubectl: "set image deployment/web web=web:2" }`);

const commands = [
  "set image deployment/web web=web:3",
  "scale deployment/web --replicas=5",
  "scale deployment/web --replicas=1",
  "rollout undo deployment/web",
  "rollout restart deployment/web",
  "set image deployment/web nginx=web:3",
];

const anyInput: fc.Arbitrary<Input> = fc.record({
  atMs: fc.integer({ min: 0, max: 99_999 }),
  action: fc.record({
    kind: fc.constant("kubectl" as const),
    command: fc.constantFrom(...commands),
  }),
});

describe("simulate", () => {
  it("gives the same bytes twice, and other bytes for another seed", () => {
    const bytes = (seed: number) =>
      JSON.stringify(simulate(scenario, { seed, watch: true, requests: true }));
    expect(bytes(1)).toBe(bytes(1));
    expect(bytes(2)).not.toBe(bytes(1));
  });
});

describe("Session", () => {
  it("gives the run that simulate gives for the inputs left, whatever was done and undone before", () => {
    const moves = fc.array(fc.oneof(anyInput, fc.constant("undo" as const)), { maxLength: 6 });
    fc.assert(
      fc.property(moves, fc.integer({ min: 1, max: 1000 }), (steps, seed) => {
        const session = new Session(scenario, seed);
        for (const step of steps) {
          if (step === "undo") session.undo();
          else session.input(step);
        }
        const { inputs } = session;
        expect(session.run()).toEqual(simulate(scenario, { seed, inputs }));
      }),
      { numRuns: 40 },
    );
  });

  it("drops the inputs that came later when something is done earlier", () => {
    const session = new Session(scenario);
    const at = (atMs: number): Input => ({
      atMs,
      action: { kind: "kubectl", command: commands[1]! },
    });
    session.input(at(60_000));
    session.input(at(40_000));
    expect(session.inputs).toEqual([at(40_000)]);
  });
});
