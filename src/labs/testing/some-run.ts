import type { Decision, PodRecord, ReadyRecord, RouteRecord, Run } from "../../simulator/index.ts";

/** A run of a rolling update that went well, but for what is given. */
export function someRun(given: {
  readonly seed?: number;
  readonly failed?: number;
  readonly pods?: readonly PodRecord[];
  readonly routes?: readonly RouteRecord[];
  readonly ready?: readonly ReadyRecord[];
  readonly decisions?: readonly Partial<Decision>[];
}): Run {
  const { seed = 1, failed = 0, pods = [], routes = [], ready = [], decisions = [] } = given;
  const rollouts = [1, 2].map((revision) => ({
    object: "deployment/web",
    revision,
    startMs: revision * 10_000,
    completeMs: revision * 10_000 + 5250,
    minReady: 3,
    maxPods: 4,
    result: "complete" as const,
  }));
  return {
    summary: {
      schema: "rollout-lab/run/v1",
      seed,
      simulatedMs: 60_000,
      wallMs: 0,
      events: 1000,
      requests: {
        total: 100,
        ok: 100 - failed,
        failed,
        byOutcome: failed === 0 ? { "200": 100 } : { "200": 100 - failed, "502": failed },
        byVersion: {},
        byCause: failed === 0 ? {} : { "connection-refused": failed },
      },
      rollouts,
      warnings: [],
    },
    live: {},
    timeline: {
      startMs: 0,
      endMs: 60_000,
      pods,
      routes,
      routers: ["kube-proxy/node-1"],
      requests: [],
      scales: [],
      ready,
      rollouts,
      decisions: decisions.map((decision) => ({
        atMs: 0,
        actor: "kubelet/node-1",
        code: "",
        values: {},
        object: "pod/web-1",
        upstream: "",
        ...decision,
      })),
      events: [],
      inputs: [{ atMs: 0, label: "kubectl apply -f web.yaml", code: 0, output: "" }],
    },
  };
}
