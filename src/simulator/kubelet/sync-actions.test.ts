/* What one sync has to do (kuberuntime_manager.go computePodActions), with the init containers of a pod in every state. */
import { describe, expect, it } from "vitest";
import type { Container, Pod } from "../api/types.ts";
import type { ContainerRun, PodState, ProbeResult, ProbeType } from "./state.ts";
import { computePodActions } from "./sync-actions.ts";

/** How a container stands: it never ran, it runs, or it ended with a status. */
type Standing = "none" | "running" | number;

const init = (name: string): Container => ({ name, image: `${name}:1` });
const sidecar = (name: string): Container => ({ ...init(name), restartPolicy: "Always" });

interface Given {
  readonly initContainers: readonly Container[];
  readonly standing: Readonly<Record<string, Standing>>;
  readonly restartPolicy?: "Always" | "OnFailure" | "Never";
  /** By container and probe: `side startup`. */
  readonly results?: Readonly<Record<string, ProbeResult>>;
}

function actionsOf({ initContainers, standing, restartPolicy = "Always", results = {} }: Given) {
  const runs = Object.entries(standing).flatMap(([name, how]): [string, ContainerRun[]][] => {
    if (how === "none") return [];
    const exit = how === "running" ? {} : { exit: { code: how, finishedMs: 5, seenMs: 5 } };
    const run = { id: name, attempt: 0, image: `${name}:1`, startedMs: 1, ...exit };
    return [[name, [run as unknown as ContainerRun]]];
  });
  const spec = { containers: [init("app")], initContainers, restartPolicy };
  const pod = {
    pod: { metadata: {}, spec } as unknown as Pod,
    runs: new Map(runs),
    sandbox: { ip: "", readyMs: 0 },
  };
  return computePodActions(pod as unknown as PodState, {
    viewMs: 10,
    result: (type: ProbeType, container) => results[`${container} ${type}`],
    started: (container) =>
      container.startupProbe === undefined || results[`${container.name} startup`] === "Success",
  }).map((action) =>
    action.kind === "kill"
      ? action.message
      : action.kind === "start"
        ? `start ${action.container}`
        : action.kind,
  );
}

describe("init containers", () => {
  const initContainers = [init("one"), init("two")];

  it.each<[string, Given["standing"], string[]]>([
    ["begin with the first", {}, ["start one"]],
    ["wait for the first to end", { one: "running" }, []],
    ["go on with the next", { one: 0 }, ["start two"]],
    ["begin a failed one again", { one: 1 }, ["start one"]],
    ["leave the application for the end", { one: 0, two: "running" }, []],
    ["are followed by the application", { one: 0, two: 0 }, ["start app"]],
    ["are known by the last of them", { two: 0 }, ["start app"]],
    ["are over while the application runs", { one: 1, two: 1, app: "running" }, []],
    [
      "need not run again for an application that has crashed",
      { one: 0, two: 0, app: 1 },
      ["start app"],
    ],
  ])("%s", (_, standing, actions) => {
    expect(actionsOf({ initContainers, standing })).toEqual(actions);
  });

  it("end the pod when one fails that is not to be restarted", () => {
    const standing = { one: 1 };
    expect(actionsOf({ initContainers, standing, restartPolicy: "Never" })).toEqual([]);
    expect(actionsOf({ initContainers, standing, restartPolicy: "OnFailure" })).toEqual([
      "start one",
    ]);
  });
});

describe("sidecars", () => {
  const initContainers = [sidecar("side"), init("one")];

  it.each<[string, Given["standing"], string[]]>([
    ["come first where they stand first", {}, ["start side"]],
    ["only have to start", { side: "running" }, ["start one"]],
    ["are restarted while a later one runs", { side: 1, one: "running" }, ["start side"]],
    [
      "are restarted beside a later one that has failed",
      { side: 1, one: 1 },
      ["start side", "start one"],
    ],
    [
      "do not hold up an application when a later one is done",
      { side: 1, one: 0 },
      ["start side", "start app"],
    ],
    ["are restarted beside the application", { side: 0, one: 0, app: "running" }, ["start side"]],
  ])("%s", (_, standing, actions) => {
    expect(actionsOf({ initContainers, standing })).toEqual(actions);
  });

  it("that come last hold up an application that is to be started, and not one that runs", () => {
    const last = [init("one"), sidecar("side")];
    const standing = { one: 0, side: 1 };
    expect(actionsOf({ initContainers: last, standing })).toEqual(["start side"]);
    expect(actionsOf({ initContainers: last, standing: { ...standing, app: 1 } })).toEqual([
      "start side",
    ]);
    expect(actionsOf({ initContainers: last, standing: { ...standing, app: "running" } })).toEqual([
      "start side",
    ]);
  });

  it.each<[string, Given["results"], string[]]>([
    ["has not been probed", {}, []],
    ["has not passed", { "side startup": "Unknown" }, []],
    ["has passed", { "side startup": "Success" }, ["start one"]],
    [
      "has failed",
      { "side startup": "Failure" },
      ["Init container side failed startup probe", "start side"],
    ],
  ])("whose startup probe %s", (_, results, actions) => {
    const probed = { ...sidecar("side"), startupProbe: {} };
    const given = { initContainers: [probed, init("one")], standing: { side: "running" } } as const;
    expect(actionsOf({ ...given, results: results! })).toEqual(actions);
  });

  it("are stopped when the application is done, the last one first", () => {
    const given = {
      initContainers: [sidecar("side1"), sidecar("side2")],
      standing: { side1: "running", side2: "running", app: 0 },
    } as const;
    expect(actionsOf({ ...given, restartPolicy: "OnFailure" })).toEqual([
      "Stopping container side2",
      "Stopping container side1",
    ]);
    expect(actionsOf({ ...given, restartPolicy: "Always" })).toEqual(["start app"]);
  });

  it("are killed for their liveness probe in other words than the application", () => {
    const standing = { side: "running", one: 0, app: "running" } as const;
    const results = { "side liveness": "Failure", "app liveness": "Failure" } as const;
    expect(actionsOf({ initContainers, standing, results })).toEqual([
      "Init container side failed liveness probe",
      "Container app failed liveness probe, will be restarted",
      "start side",
      "start app",
    ]);
  });
});
