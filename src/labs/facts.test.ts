import { describe, expect, it } from "vitest";
import { simulate } from "../scenario/index.ts";
import { filesInMemory } from "../scenario/read-files.ts";
import type { PodRecord, ReadyRecord } from "../simulator/index.ts";
import { scenarioOf, typed, untouched } from "./attempt.ts";
import { runFacts } from "./facts.ts";
import { readLab } from "./read-lab.ts";
import { SMALL_LAB } from "./testing/small-lab.ts";
import { someRun } from "./testing/some-run.ts";

const OLD_POD: PodRecord = {
  uid: "1",
  name: "web-1",
  namespace: "default",
  owner: "web-a",
  image: "shop-web:1.0",
  createdMs: 0,
  phases: [{ phase: "pending", fromMs: 0 }],
  deletedMs: 20_000,
  goneMs: 52_000,
  listening: [{ fromMs: 1000, toMs: 50_080 }],
  exit: { atMs: 50_120, code: 0, bySigkill: false },
};

const NEW_POD: PodRecord = {
  ...OLD_POD,
  uid: "2",
  name: "web-2",
  image: "shop-web:1.1",
  phases: [{ phase: "ready", fromMs: 15_000 }],
  deletedMs: undefined,
  goneMs: undefined,
  exit: undefined,
};

describe("facts of a termination", () => {
  it("count from the deletion, and say what became of the hook", () => {
    const { terminations, hooks } = runFacts(
      someRun({
        pods: [OLD_POD, NEW_POD],
        routes: [
          { router: "kube-proxy/node-1", pod: "web-1", fromMs: 3000, toMs: 20_900 },
          { router: "kube-proxy/node-2", pod: "web-1", fromMs: 3000, toMs: 21_100 },
          { router: "kube-proxy/node-1", pod: "web-2", fromMs: 15_000 },
        ],
        decisions: [
          { atMs: 20_000, code: "api.delete-accepted", values: { graceSeconds: 30 } },
          { atMs: 20_030, code: "kubelet.hook-start" },
          { atMs: 50_030, code: "kubelet.hook-cut", values: { tookMs: 30_000, graceSeconds: 30 } },
          {
            atMs: 50_040,
            code: "kubelet.stop-signal",
            values: { graceSeconds: 30, remainingSeconds: 2 },
          },
        ],
      }),
    );
    expect(terminations).toEqual([
      {
        pod: "web-1",
        graceSeconds: 30,
        hook: "cut",
        hookSeconds: 30,
        signalAfter: 30.04,
        leftSeconds: 2,
        routersDroppedAfter: 1.1,
        listenerClosedAfter: 30.08,
        exitAfter: 30.12,
        sigkill: false,
      },
    ]);
    expect(hooks).toEqual({ run: 1, done: 0, cut: 1, failed: 0 });
  });

  it("are -1 for what has not happened by the end of the run", () => {
    const pod = { ...OLD_POD, exit: undefined, listening: [{ fromMs: 1000 }] };
    const routes = [{ router: "kube-proxy/node-1", pod: "web-1", fromMs: 3000 }];
    const [termination] = runFacts(someRun({ pods: [pod], routes })).terminations;
    expect(termination).toMatchObject({
      hook: "none",
      signalAfter: -1,
      routersDroppedAfter: -1,
      listenerClosedAfter: -1,
      exitAfter: -1,
    });
  });
});

describe("facts of a run", () => {
  it("speak of the last rollout, and of the versions that are ready at the end", () => {
    const facts = runFacts(someRun({ pods: [OLD_POD, NEW_POD] }));
    expect(facts.rollout).toMatchObject({ revision: 2, complete: true, seconds: 5.25 });
    expect(facts.versions).toEqual(["shop-web:1.1"]);
  });

  it("have the scenario's steps with what became of them, and nothing that was typed", () => {
    const text = SMALL_LAB["lab.yaml"]!.replace(
      "apply: [start/] }",
      'apply: [start/] }, { at: 20s, kubectl: "set image deployment/web nosuch=web:2" }',
    );
    const readFile = filesInMemory(SMALL_LAB);
    const { lab } = readLab(text, { file: "lab.yaml", readFile });
    const { scenario } = scenarioOf(lab!, untouched(lab!));
    const inputs = [typed(5000, "kubectl gte pods", {}), typed(6000, "kubectl get nosuch", {})];
    const facts = runFacts(simulate(scenario!, { seed: 1, inputs }));
    expect(facts.steps).toEqual([
      { at: 0, command: "kubectl apply -f start/", code: 0, seconds: 0 },
      { at: 20, command: "kubectl set image deployment/web nosuch=web:2", code: 1, seconds: 0 },
    ]);
    expect(facts.stepsFailed).toBe(1);
  });

  it("count ready pods from the moment there were first enough of them", () => {
    const ready = [0, 2, 3, 4, 2, 3].map((count, i): ReadyRecord => ({
      atMs: i * 1000,
      object: "deployment/web",
      ready: count,
      available: count,
      active: 3,
      total: 4,
      min: 3,
      max: 4,
    }));
    expect(runFacts(someRun({ ready })).ready).toEqual({ min: 2, last: 3 });
    expect(runFacts(someRun({ ready: ready.slice(0, 2) })).ready).toEqual({ min: 0, last: 2 });
  });
});
