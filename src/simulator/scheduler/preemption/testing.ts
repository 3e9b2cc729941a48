/* Nodes with pods of priorities, for tests. */
import type { Node, Pod, PodDisruptionBudget, PodSpec } from "../../api/types.ts";
import { placePod, type MutableView } from "../cluster-view.ts";
import { nodeInfo, type NodeInfo } from "../node-info.ts";
import type { Surroundings } from "./victims.ts";

/** A pod in short. */
export interface ShortPod {
  readonly name: string;
  readonly priority?: number;
  readonly cpu?: string;
  readonly startedMs?: number;
  readonly labels?: Readonly<Record<string, string>>;
  readonly spec?: Partial<PodSpec>;
  readonly metadata?: Partial<Pod["metadata"]>;
  readonly status?: Pod["status"];
}

export function podOf({ name, priority = 0, cpu = "1", ...more }: ShortPod, node?: string): Pod {
  return {
    apiVersion: "v1",
    kind: "Pod",
    metadata: {
      name,
      namespace: "default",
      uid: name,
      labels: more.labels ?? { app: name },
      resourceVersion: "1",
      creationTimestamp: null,
      ...more.metadata,
    },
    spec: {
      containers: [{ name: "a", image: "a:1", resources: { requests: { cpu } } }],
      priority,
      ...(node === undefined ? {} : { nodeName: node }),
      ...more.spec,
    },
    status: more.status ?? {},
  };
}

/** Nodes of four cores with these pods on them. */
export function nodesWith(
  pods: Readonly<Record<string, readonly ShortPod[]>>,
  budgets: readonly PodDisruptionBudget[] = [],
  zones: Readonly<Record<string, string>> = {},
): Surroundings {
  const nodes = new Map<string, NodeInfo>();
  const view: MutableView = { nodes, assigned: new Map(), withAffinity: new Set() };
  const started = new Map<string, number>();
  for (const [node, all] of Object.entries(pods)) {
    nodes.set(node, nodeInfo(nodeOf(node, zones[node])));
    for (const short of all) {
      placePod(view, `default/${short.name}`, podOf(short, node));
      started.set(short.name, short.startedMs ?? 0);
    }
  }
  return {
    view,
    budgets,
    lowestPriority: -Infinity,
    startedMs: ({ metadata }) => started.get(metadata.name)!,
    nominatedFor: () => [],
  };
}

function nodeOf(name: string, zone = name): Node {
  return {
    apiVersion: "v1",
    kind: "Node",
    metadata: {
      name,
      uid: name,
      labels: { "kubernetes.io/hostname": name, zone },
      resourceVersion: "1",
      creationTimestamp: null,
    },
    spec: {},
    status: { allocatable: { cpu: "4", memory: "8Gi", pods: "10" } },
  };
}

/** A budget for the pods with that label `app`. */
export function budgetFor(app: string, disruptionsAllowed: number, disrupted: string[] = []) {
  return {
    apiVersion: "policy/v1",
    kind: "PodDisruptionBudget",
    metadata: {
      name: app,
      namespace: "default",
      uid: app,
      resourceVersion: "1",
      creationTimestamp: null,
    },
    spec: { selector: { matchLabels: { app } } },
    status: {
      disruptionsAllowed,
      disruptedPods: Object.fromEntries(disrupted.map((name) => [name, "2026-01-01T00:00:00Z"])),
    },
  } satisfies PodDisruptionBudget;
}
