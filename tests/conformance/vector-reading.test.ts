import { describe, expect, it } from "vitest";
import { runVectorFile } from "../../src/conformance/vectors/vector-file.ts";

/** What is said of one case of a topic. */
function told(topic: string, given: object): string {
  const [result] = runVectorFile({ topic, cases: [{ name: "case", ...given }] })!;
  return result!.pass ? "passed" : result!.messages.join();
}

describe("what a case asks for and nothing here has a rule for is told", () => {
  it.each([
    [
      "kubelet-prober",
      { input: { probeType: "liveness", podStatus: "pod evicted" }, expected: {} },
      'pod status "pod evicted"',
    ],
    ["defaulting", { input: { kind: "Lease", object: {} }, expected: {} }, "kind Lease"],
    [
      "defaulting",
      { input: { kind: "Pod", featureGates: { ContainerCheckpoint: false } }, expected: {} },
      "feature gate ContainerCheckpoint=false",
    ],
    [
      "validation",
      { function: "ValidateLease", input: {}, expected: {} },
      "function ValidateLease",
    ],
  ])("%s", (topic, given, what) => {
    expect(told(topic, given)).toBe(`no rule for ${what}`);
  });
});

describe("a DaemonSet's template", () => {
  const syncs = (template: string, steps: readonly object[]) =>
    told("daemonset-rolling-update", {
      function: "rollingUpdate",
      input: { nodes: 3, maxUnavailable: 0, maxSurge: 1, template },
      expected: { syncs: steps },
    });
  const first = [{ create: 3, delete: 0 }, { makeReady: "all" }];
  const nothing = { create: 0, delete: 0 };

  it("stays as it is where the case says so", () => {
    expect(syncs("not changed", [...first, nothing, nothing])).toBe("passed");
  });

  it("may cease to tolerate the taint of a node, whose pod then makes room", () => {
    const template = "changed after readiness: the toleration of node-0's taint is removed";
    const one = { create: 1, delete: 1 };
    const steps = [...first, one, nothing, { makeReady: "all" }, one];
    expect(syncs(template, steps)).toBe("passed");
  });

  it("is told when it is said otherwise", () => {
    expect(syncs("as before", first)).toBe('no rule for template "as before"');
  });
});

describe("moments and annotations", () => {
  it.each([
    ["2026-03-01T10:00:29Z", 1],
    ["2026-03-01T10:00:29.000000001Z", 0],
  ])("a Deployment with a deadline at 10:00:30 looks again, at %s, in %i s", (now, seconds) => {
    const condition = {
      type: "Progressing",
      status: "True",
      lastUpdateTime: "2026-03-01T10:00:00Z",
    };
    const input = { progressDeadlineSeconds: 30, specReplicas: 2, status: {}, condition, now };
    const expected = { requeueAfterSeconds: seconds };
    const given = { function: "requeueStuckDeployment", input, expected };
    expect(told("deployment-progress", given)).toBe("passed");
  });

  it("annotations are told by names of the case's own, or not at all", () => {
    const given = (input: object, expected: object) =>
      told("revision-and-cleanup", { function: "SetReplicasAnnotations", input, expected });
    const input = { desiredReplicas: 4, maxReplicas: 6 };
    expect(given(input, { updated: true, desired: 4, max: "6" })).toBe("passed");
    expect(given(input, { updated: true, max: "5" })).toBe('got "6", wanted "5"');
    expect(given({ desired: 4 }, { updated: true })).toBe("no field max in desired");
  });
});

describe("steps of a back-off", () => {
  const steps = (list: readonly object[], expected: object) =>
    told("backoff", { input: { initial: 2, max: 6, steps: list }, expected });
  const ops = ["isInBackOffSinceUpdate(now)", "get if in back-off", "next if not in back-off"];

  it("happen at moments, and some only while it waits or does not", () => {
    // 2 s from the first second on, 4 s from the third on.
    const list = [1, 2, 3, 5, 7].map((at) => ({ at, ops }));
    const expected = { isInBackOffSinceUpdate: [false, true, false, true, false], get: [2, 4] };
    expect(steps(list, expected)).toBe("passed");
  });

  it("are told where their moment is not", () => {
    expect(steps([{ ops }], {})).toBe(`no rule for step ${JSON.stringify({ ops })}`);
  });
});

describe("paths of fields", () => {
  const labels = (path: string, value: string) =>
    told("defaulting", {
      input: { kind: "Namespace", object: { metadata: { name: "shop" } } },
      expected: { fields: { [path]: value } },
    });

  it.each([
    "metadata.labels.kubernetes.io/metadata.name",
    "metadata.labels[kubernetes.io/metadata.name]",
    "metadata.labels['kubernetes.io/metadata.name']",
  ])("%s leads to a label", (path) => {
    expect(labels(path, "shop")).toBe("passed");
    expect(labels(path, "web")).toBe(`${path}: wanted "web", got "shop"`);
  });
});
