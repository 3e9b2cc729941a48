import { describe, expect, it } from "vitest";
import { Decisions } from "../decisions.ts";
import type { FactSink } from "../facts.ts";
import { Kernel } from "../kernel/kernel.ts";
import { DEFAULT_IMAGE, type ImageBehaviour, type StopBehaviour } from "../scenario.ts";
import type { ProcessExit, Signal } from "./contract.ts";
import { Processes } from "./processes.ts";

const POD = "uid-a";

function world(behaviour: Partial<ImageBehaviour> = {}) {
  const kernel = new Kernel(1);
  const decisions = new Decisions(kernel);
  const log: string[] = [];
  const note = (what: string) => void log.push(`${kernel.now} ${what}`);
  const facts: FactSink = {
    podPhase: () => {},
    listening: (_, open) => note(open ? "open" : "closed"),
    networkGone: () => note("network gone"),
    exited: (_, { code, bySigkill }) => note(`exit ${code}${bySigkill ? " by SIGKILL" : ""}`),
    route: () => {},
    request: () => {},
    warn: () => {},
  };
  const processes = new Processes({ kernel, decisions, facts });
  const exits: ProcessExit[] = [];
  kernel.register({
    name: "kubelet/node-1",
    state: {},
    on: { processExited: (exit: ProcessExit) => void exits.push(exit) },
  });
  const image = { ...DEFAULT_IMAGE, name: "web:1", startupMs: 100, readyMs: 300, ...behaviour };
  const start = (pod: { podUid: string; podName: string; node: string; hostNetwork: boolean }) =>
    processes.start({
      ...pod,
      namespace: "default",
      address: "10.244.0.2",
      container: "web",
      image,
      main: true,
      ports: { own: [], others: [] },
      owner: "kubelet/node-1",
    });
  const id = start({ podUid: POD, podName: "a", node: "node-1", hostNetwork: false });
  return { kernel, decisions, processes, log, exits, id, start };
}

describe("Processes", () => {
  it("refuse, then answer 503, then 200, and answer nothing without a network", () => {
    const { kernel, processes } = world({ latency: { p50Ms: 5, p99Ms: 5 } });
    const at = (ms: number) => {
      kernel.runUntil(ms);
      return processes.httpGet(POD, 80);
    };
    expect(at(99)).toEqual({ kind: "refused" });
    expect(at(100)).toEqual({ kind: "answer", status: 503, afterMs: 5 });
    expect(at(300)).toEqual({ kind: "answer", status: 200, afterMs: 5 });
    expect(processes.tcpConnect(POD, 80)).toBe("open");
    processes.tearDownNetwork(POD);
    expect(at(301)).toEqual({ kind: "no-answer" });
    expect(processes.tcpConnect(POD, 80)).toBe("no-answer");
  });

  it("that pass requests on answer 502 while the container behind them does not listen", () => {
    const { kernel, processes, id } = world({ passesOn: "app", readyMs: 100 });
    const image = { ...DEFAULT_IMAGE, name: "app:1", startupMs: 500, readyMs: 500 };
    const spec = processes.find(id)!.spec;
    const app = processes.start({ ...spec, container: "app", image, main: false });
    const statusAt = (ms: number) => {
      kernel.runUntil(ms);
      const answer = processes.httpGet(POD, 80);
      return answer.kind === "answer" ? answer.status : answer.kind;
    };
    expect(statusAt(50)).toBe("refused");
    expect(statusAt(200)).toBe(502);
    expect(statusAt(600)).toBe(200);
    expect(processes.behind(processes.find(id)!)).toMatchObject({ id: app });
    processes.signal(app, "STOPSIGNAL");
    expect(statusAt(700)).toBe(502);
  });

  it("on a node's own address answer for each other, and refuse when none listens", () => {
    const { kernel, processes, start } = world();
    const onHost = (podUid: string, node: string) =>
      start({ podUid, podName: podUid, node, hostNetwork: true });
    const old = onHost("old", "node-1");
    onHost("elsewhere", "node-2");
    kernel.runUntil(400);
    const next = onHost("next", "node-1");
    kernel.runUntil(450);
    expect(processes.connect("next", 80)).toMatchObject({ id: old });
    processes.signal(old, "SIGKILL");
    expect(processes.connect("old", 80)).toBe("refused");
    kernel.runUntil(600);
    expect(processes.connect("old", 80)).toMatchObject({ id: next });
    processes.signal(next, "SIGKILL");
    expect(processes.connect("old", 80)).toBe("refused");
  });

  it.each<[Signal, StopBehaviour, string, string[]]>([
    ["STOPSIGNAL", { mode: "fast" }, "web:1", ["1000 closed", "1000 exit 143"]],
    [
      "STOPSIGNAL",
      { mode: "fast" },
      "docker.io/library/nginx:1.27",
      ["1000 closed", "1000 exit 0"],
    ],
    ["SIGTERM", { mode: "graceful", drainMs: 0 }, "web:1", ["1000 closed", "1250 exit 0"]],
    ["SIGTERM", { mode: "graceful", drainMs: 700 }, "web:1", ["1000 closed", "1700 exit 0"]],
    ["STOPSIGNAL", { mode: "ignore" }, "web:1", []],
    ["SIGQUIT", { mode: "fast" }, "web:1", ["1000 closed", "1250 exit 0"]],
    ["SIGQUIT", { mode: "ignore" }, "web:1", ["1000 closed", "1250 exit 0"]],
    ["STOPSIGNAL", { mode: "graceful", drainMs: 0 }, "nginx", ["1000 closed", "1250 exit 0"]],
    ["SIGTERM", { mode: "graceful", drainMs: 0 }, "nginx", ["1000 closed", "1000 exit 0"]],
    ["SIGKILL", { mode: "ignore" }, "web:1", ["1000 closed", "1000 exit 137 by SIGKILL"]],
  ])("on %s with %j (%s), busy for another 250 ms: %j", (signal, onSigterm, name, expected) => {
    const { kernel, processes, log, id } = world({ onSigterm, name });
    kernel.runUntil(1000);
    processes.occupy(processes.find(id)!, 1250);
    processes.signal(id, signal);
    kernel.runUntil(5000);
    expect(log).toEqual(["100 open", ...expected]);
  });

  it("are killed while they drain, and end once", () => {
    const { kernel, processes, log, exits, id } = world({
      onSigterm: { mode: "graceful", drainMs: 5000 },
    });
    kernel.runUntil(1000);
    processes.signal(id, "STOPSIGNAL");
    processes.signal(id, "STOPSIGNAL");
    kernel.runUntil(3000);
    processes.signal(id, "SIGKILL");
    processes.signal(id, "SIGKILL");
    kernel.runUntil(10_000);
    expect(log).toEqual(["100 open", "1000 closed", "3000 exit 137 by SIGKILL"]);
    expect(exits).toEqual([
      {
        processId: id,
        podUid: POD,
        container: "web",
        exitCode: 137,
        bySigkill: true,
        outOfMemory: false,
        course: {
          openedMs: 100,
          stop: { signal: "SIGTERM", mode: "graceful", atMs: 1000 },
          closedMs: 1000,
        },
      },
    ]);
  });

  it.each<[Partial<ImageBehaviour>, string[]]>([
    [{ crash: { afterMs: 3000, exitCode: 3 } }, ["100 open", "3000 closed", "3000 exit 3"]],
    [{ crash: { afterMs: 50, exitCode: 0 } }, ["50 exit 0"]],
    [{ oom: { afterMs: 3000 } }, ["100 open", "3000 closed", "3000 exit 137"]],
  ])("end by themselves when their image does: %j", (image, expected) => {
    const { kernel, log, exits } = world(image);
    kernel.runUntil(10_000);
    expect(log).toEqual(expected);
    expect(exits.map(({ outOfMemory }) => outOfMemory)).toEqual([image.oom !== undefined]);
  });

  it("never listen when they end before", () => {
    const { kernel, processes, log, id } = world();
    kernel.runUntil(50);
    processes.exit(id, 1);
    kernel.runUntil(500);
    expect(log).toEqual(["50 exit 1"]);
    expect(processes.connect(POD, 80)).toBe("refused-not-yet");
  });

  it("tell a port that is not open yet from one that is open no more, and from a wrong one", () => {
    const { kernel, processes, id } = world({ ports: [8080] });
    expect(processes.connect(POD, 8080)).toBe("refused-not-yet");
    kernel.runUntil(200);
    expect(processes.connect(POD, 80)).toBe("refused");
    processes.exit(id, 1);
    expect(processes.connect(POD, 8080)).toBe("refused");
    expect(processes.connect("uid-unknown", 8080)).toBe("refused-not-yet");
  });

  it("listen on what their containers declare; the main one on all else", () => {
    const { kernel, processes } = world();
    const pod = { podUid: "uid-2", podName: "b", node: "node-1", hostNetwork: false };
    const image = { ...DEFAULT_IMAGE, name: "web:1", startupMs: 100 };
    const start = (container: string, main: boolean, own: number[], others: number[]) =>
      processes.start({
        ...pod,
        namespace: "default",
        address: "10.244.0.3",
        container,
        image,
        main,
        ports: { own, others },
        owner: "kubelet/node-1",
      });
    const loader = start("loader", false, [9000], [3000]);
    const panel = start("panel", true, [3000], [9000]);
    kernel.runUntil(200);
    const meets = (port: number) => processes.connect("uid-2", port);
    expect([9000, 3000, 8080].map(meets)).toMatchObject([
      { id: loader },
      { id: panel },
      { id: panel },
    ]);
    processes.exit(loader, 1);
    expect(meets(9000)).toBe("refused");
  });

  it("say why a listener closed", () => {
    const { kernel, decisions, processes, id } = world();
    kernel.runUntil(1000);
    processes.signal(id, "STOPSIGNAL");
    processes.tearDownNetwork(POD);
    expect(decisions.entries.map(({ atMs, code, values }) => [atMs, code, values])).toEqual([
      [100, "app.listener-open", { container: "web", afterMs: 100 }],
      [
        1000,
        "app.listener-closed",
        { container: "web", mode: "graceful", signal: "SIGTERM", afterMs: 0 },
      ],
      [1000, "network.torn-down", { afterMs: 0 }],
    ]);
  });
});
