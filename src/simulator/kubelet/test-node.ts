import { ApiServer } from "../api/server.ts";
import type { Container, Event, Pod, PodSpec } from "../api/types.ts";
import { Decisions } from "../decisions.ts";
import type { FactSink } from "../facts.ts";
import { Kernel } from "../kernel/kernel.ts";
import type { Decision, LanePhase } from "../record.ts";
import { Processes } from "../runtime/processes.ts";
import { registerNode } from "../nodes.ts";
import { DEFAULT_IMAGE, type ImageBehaviour, type NodePressure } from "../scenario.ts";
import { Kubelet } from "./kubelet.ts";
import { IDEAL_KUBELET_TIMING, type KubeletTiming } from "./timing.ts";

/** A node for tests: an API server, one kubelet, the processes, and what they reported. */
export interface TestNode {
  readonly kernel: Kernel;
  readonly api: ApiServer;
  readonly kubelet: Kubelet;
  readonly processes: Processes;
  readonly phases: { readonly atMs: number; readonly uid: string; readonly phase: LanePhase }[];
  readonly networkGoneMs: number[];
  readonly exits: { readonly atMs: number; readonly code: number; readonly bySigkill: boolean }[];
  readonly warnings: string[];
  readonly decisions: readonly Decision[];
  /** Every change of a pod: time, type, and the pod after it. */
  readonly changes: { readonly atMs: number; readonly type: string; readonly pod: Pod }[];
  /** Every event at each writing. */
  readonly events: { readonly atMs: number; readonly event: Event }[];
  /** Creates a pod bound to the node. */
  run(spec: Partial<PodSpec> & { readonly containers: readonly Container[] }, name?: string): Pod;
  pod(name?: string): Pod;
  /** Time of the first writing of an event with that reason after a time. */
  eventAt(reason: string, afterMs?: number): number | undefined;
  /** Decisions of that code. */
  decided(code: string): Decision[];
}

/** Makes a test node. Without `timing` nothing takes time but what the test gives. */
export function testNode(
  options: {
    readonly seed?: number;
    readonly timing?: KubeletTiming;
    readonly pressures?: readonly NodePressure[];
    readonly images?: readonly (Partial<ImageBehaviour> & { readonly name: string })[];
  } = {},
): TestNode {
  const kernel = new Kernel(options.seed ?? 1);
  const api = new ApiServer(kernel);
  const decisions = new Decisions(kernel);
  const phases: TestNode["phases"] = [];
  const networkGoneMs: number[] = [];
  const exits: TestNode["exits"] = [];
  const warnings: string[] = [];
  const facts: FactSink = {
    podPhase: (uid, phase) => void phases.push({ atMs: kernel.now, uid, phase }),
    listening: () => undefined,
    networkGone: () => void networkGoneMs.push(kernel.now),
    exited: (_, exit) => void exits.push({ atMs: kernel.now, ...exit }),
    route: () => undefined,
    request: () => undefined,
    warn: (message) => void (warnings.includes(message) || warnings.push(message)),
  };
  const processes = new Processes({ kernel, decisions, facts });
  const images = new Map(options.images?.map((i) => [i.name, { ...DEFAULT_IMAGE, ...i }]));
  const machine = { name: "node-1", ip: "192.168.0.1", podSubnet: "10.244.0" };
  const kubelet = new Kubelet({
    kernel,
    api,
    decisions,
    facts,
    processes,
    images: (name) => images.get(name) ?? { ...DEFAULT_IMAGE, name },
    node: machine,
    pressures: options.pressures,
    timing: options.timing ?? IDEAL_KUBELET_TIMING,
  });
  const changes: TestNode["changes"] = [];
  const events: TestNode["events"] = [];
  api.observe(({ type, resource, object }) => {
    if (resource === "pods") changes.push({ atMs: kernel.now, type, pod: object as Pod });
    if (resource === "events") events.push({ atMs: kernel.now, event: object as Event });
  });
  api.create("namespaces", { apiVersion: "v1", kind: "Namespace", metadata: { name: "default" } });
  if (options.pressures !== undefined) registerNode(api, machine, 0);
  return {
    kernel,
    api,
    kubelet,
    processes,
    phases,
    networkGoneMs,
    exits,
    warnings,
    decisions: decisions.entries,
    changes,
    events,
    run: (spec, name = "web") =>
      api.create("pods", {
        apiVersion: "v1",
        kind: "Pod",
        metadata: { name, namespace: "default" },
        spec: { nodeName: "node-1", ...spec },
        status: {},
      }),
    pod: (name = "web") => api.get("pods", "default", name),
    eventAt: (reason, afterMs = 0) =>
      events.find(({ atMs, event }) => atMs >= afterMs && event.reason === reason)?.atMs,
    decided: (code) => decisions.entries.filter((d) => d.code === code),
  };
}

/** A container named web of the image web:v1. */
export function web(extra: Partial<Container> = {}): Container {
  return { name: "web", image: "web:v1", ports: [{ containerPort: 80 }], ...extra };
}
