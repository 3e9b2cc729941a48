import { LIMITS } from "../../simulator/scenario.ts";
import { HOUR_MS } from "./delays.ts";
import { image } from "./image-shape.ts";
import { network } from "./network-shape.ts";
import {
  defaulted,
  duration,
  integer,
  list,
  oneOf,
  optional,
  quantity,
  record,
  refined,
  required,
  text,
  type ValueOf,
} from "./shape.ts";
import { traffic } from "./traffic-shape.ts";

const timeMs = duration(0, LIMITS.durationMs);

const nodeName = text("a node's name such as node-1", { pattern: "^node-[0-9]+$", max: 20 });

const nodePressure = record({
  at: required(timeMs, "virtual time at which the node runs out of it"),
  node: defaulted(nodeName, "node-1", "which node; node-1 when left out"),
  resource: defaulted(
    oneOf(["memory", "ephemeral-storage"]),
    "memory",
    "what the node runs out of; memory when left out",
  ),
  pods: defaulted(
    integer(1, 100),
    1,
    "how many pods its kubelet has to evict, one every 10s; 1 when left out",
  ),
});

const nodeFailure = refined(
  record({
    at: required(timeMs, "virtual time at which the node fails"),
    until: optional(timeMs, "virtual time at which it is back; never when left out"),
    node: defaulted(nodeName, "node-1", "which node; node-1 when left out"),
    what: defaulted(
      oneOf(["kubelet", "network"]),
      "network",
      "kubelet: the control plane hears nothing of it, while its pods go on to serve; network: nothing reaches its pods either; network when left out",
    ),
  }),
  (value, at, report) => {
    if (value.until === undefined || value.until > value.at) return value;
    report(at("until"), "the node is back before it fails");
    return undefined;
  },
);

const WORKLOADS = {
  deployment: "Deployment",
  statefulset: "StatefulSet",
  replicaset: "ReplicaSet",
  rollout: "Rollout",
} as const;

const workload = refined(
  text("deployment/NAME or deployment/NAMESPACE/NAME", { max: 300 }),
  (value, at, report) => {
    const match = /^([a-z]+)\/(?:([a-z0-9.-]+)\/)?([a-z0-9.-]+)$/.exec(value);
    const kind = WORKLOADS[match?.[1] as keyof typeof WORKLOADS];
    if (match !== null && kind !== undefined) {
      return { kind, namespace: match[2] ?? "default", name: match[3]! };
    }
    const kinds = Object.keys(WORKLOADS).join(", ");
    report(at(), `wanted KIND/NAME with one of ${kinds}, got ${JSON.stringify(value)}`);
    return undefined;
  },
);

const metric = refined(
  record({
    target: required(workload, "whose pods: deployment/NAME"),
    metric: defaulted(
      text("cpu, memory or the name of another metric", { max: 253 }),
      "cpu",
      "what is measured; cpu when left out",
    ),
    per: defaulted(
      oneOf(["pod", "total"]),
      "total",
      "total: the ready pods share it; pod: each uses so much; total when left out",
    ),
    series: required(
      list(
        record({
          at: required(timeMs, "virtual time from which it holds"),
          value: required(quantity(), "a quantity such as 250m"),
        }),
        { min: 1, max: 1000 },
      ),
      "how much, from when on",
    ),
  }),
  (value, at, report) => {
    const late = value.series.findIndex(({ at: ms }, i) => i > 0 && ms < value.series[i - 1]!.at);
    if (late === -1) return value;
    report(at("series", late, "at"), "the series goes back in time");
    return undefined;
  },
);

const step = refined(
  record({
    at: required(timeMs, "virtual time of the step"),
    apply: optional(
      list(text("the path of a file or folder", { max: 1000 }), { min: 1, max: 1000 }),
      "files or folders, relative to this document",
    ),
    kubectl: optional(
      text("a kubectl command line", { max: 2000 }),
      "such as: rollout undo deployment/web",
    ),
  }),
  (value, at, report) => {
    const { at: atMs, apply, kubectl } = value;
    if (apply !== undefined && kubectl === undefined) return { atMs, apply };
    if (kubectl !== undefined && apply === undefined) return { atMs, kubectl };
    report(
      at(),
      apply === undefined
        ? "wanted one of apply and kubectl"
        : "wanted one of apply and kubectl, got both",
    );
    return undefined;
  },
);

/** `spec` of a Scenario document, and `scenario` of a Lab. */
export const scenarioSpec = refined(
  record({
    seed: defaulted(
      integer(0, Number.MAX_SAFE_INTEGER),
      1,
      "seed of all that is drawn at random; 1 when left out",
    ),
    duration: defaulted(
      duration(1, LIMITS.durationMs),
      300_000,
      "virtual time to run; 5m when left out",
    ),
    until: defaulted(
      oneOf(["duration", "settled"]),
      "duration",
      "settled: end as soon as every rollout has ended and no pod terminates; duration when left out",
    ),
    settledFor: defaulted(
      duration(0, HOUR_MS),
      0,
      "with until settled: how long it has to stay so, while traffic goes on; 0s when left out",
    ),
    nodes: defaulted(integer(1, LIMITS.nodes), 3, "number of nodes; 3 when left out"),
    nodePressure: defaulted(
      list(nodePressure, { max: 100 }),
      [],
      "when a node runs out of a resource, so that its kubelet evicts pods",
    ),
    nodeFailures: defaulted(
      list(nodeFailure, { max: 100 }),
      [],
      "when a node ceases to be heard of, and for how long",
    ),
    metrics: defaulted(
      list(metric, { max: 100 }),
      [],
      "how much the pods of a workload use, for its HorizontalPodAutoscaler; without any it is a cluster without metrics-server",
    ),
    images: defaulted(list(image, { max: 1000 }), [], "how each image behaves"),
    network: optional(network, "delays of the data path"),
    traffic: defaulted(list(traffic, { max: 100 }), [], "who sends requests"),
    steps: defaulted(
      list(step, { max: LIMITS.steps }),
      [],
      "what is done to the cluster, and when",
    ),
  }),
  (spec, at, report) => {
    const end = spec.duration;
    let good = true;
    const wrong = (path: readonly (string | number)[], message: string) => {
      report(at(...path), message);
      good = false;
    };
    for (const field of ["nodePressure", "nodeFailures"] as const) {
      spec[field].forEach(({ node }, i) => {
        if (Number(node.slice("node-".length)) <= spec.nodes && node !== "node-0") return;
        wrong([field, i, "node"], `there is no ${node}; nodes are node-1 to node-${spec.nodes}`);
      });
    }
    const names = new Set<string>();
    spec.images.forEach(({ name }, i) => {
      if (names.has(name)) wrong(["images", i, "name"], `${name} is described twice`);
      names.add(name);
    });
    spec.steps.forEach(({ atMs }, i) => {
      if (atMs > end)
        wrong(["steps", i, "at"], "the step lies after the scenario's end (duration)");
    });
    let requests = 0;
    spec.traffic.forEach(({ start = 0, stop = end, rps }, i) => {
      if (start >= end)
        wrong(["traffic", i, "start"], "the traffic starts after the scenario's end (duration)");
      requests += (Math.max(0, Math.min(stop, end) - start) / 1000) * rps;
    });
    if (requests > LIMITS.requests) {
      wrong(
        ["traffic"],
        `this makes about ${Math.round(requests)} requests; at most ${LIMITS.requests} are simulated`,
      );
    }
    return good ? spec : undefined;
  },
);

export type ScenarioSpec = ValueOf<typeof scenarioSpec>;

/** A Scenario document. */
export const scenarioDocument = record({
  apiVersion: required(oneOf(["rollout-lab/v1"]), "rollout-lab/v1"),
  kind: required(oneOf(["Scenario"]), "Scenario"),
  metadata: defaulted(
    record({ name: required(text("a name", { max: 253 }), "what to call the scenario") }),
    { name: "scenario" },
    "its name",
  ),
  spec: required(scenarioSpec, "the cluster and what happens to it"),
});
