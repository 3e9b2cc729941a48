import { describe, expect, it } from "vitest";
import { execute } from "../../src/kubectl/execute.ts";
import { Cluster, type ControllerRevision, type Pod, type Run } from "../../src/simulator/index.ts";
import { scenarioOf } from "./scenarios.ts";

/*
 * Recordings 13, 13c, 14 and 14b of a real control plane, played in whole: three nodes, containers that start a second after they are bound, are
 * ready two seconds later and end two seconds after they are told to.
 */

const DB = (partition?: number) => `apiVersion: apps/v1
kind: StatefulSet
metadata: { name: db }
spec:
  serviceName: db
  replicas: 4
  selector: { matchLabels: { app: db } }
  ${partition === undefined ? "" : `updateStrategy: { type: RollingUpdate, rollingUpdate: { partition: ${partition} } }`}
  template:
    metadata: { labels: { app: db } }
    spec:
      containers:
        - name: db
          image: postgres:15
          ports: [{ containerPort: 80 }]
          readinessProbe: { httpGet: { path: /, port: 80 }, periodSeconds: 1 }
`;

const AGENT = (rollingUpdate: string) => `apiVersion: apps/v1
kind: DaemonSet
metadata: { name: agent }
spec:
  selector: { matchLabels: { app: agent } }
  updateStrategy: { type: RollingUpdate, rollingUpdate: ${rollingUpdate} }
  template:
    metadata: { labels: { app: agent } }
    spec:
      containers:
        - name: agent
          image: agent:1
          readinessProbe: { httpGet: { path: /, port: 80 }, periodSeconds: 1 }
`;

const IMAGES = ["postgres:15", "postgres:16", "agent:1", "agent:2"]
  .map((name) => `  - { name: "${name}", ready: 2s, onSigterm: { mode: graceful, drain: 2s } }`)
  .join("\n");

/** A cluster with what is done to it and, in order, what becomes of its pods: `+db-0 postgres:15`, `-db-0` deleted, `x db-0` gone. */
class Played {
  readonly cluster: Cluster;
  readonly pods: { readonly change: "+" | "-" | "x"; readonly pod: Pod }[] = [];
  readonly outputs: string[] = [];

  constructor(manifest: string, seed: number) {
    const scenario = scenarioOf(
      `
duration: 10m
nodes: 3
images:
${IMAGES}
  - { name: "postgres:17-bad", missing: true }
steps:
  - { at: 0s, apply: [web.yaml] }`,
      manifest,
    );
    this.cluster = new Cluster({ scenario, seed });
    this.cluster.api.observe(({ resource, type, object, old }) => {
      if (resource !== "pods") return;
      const pod = object as Pod;
      const wasGoing = old?.metadata.deletionTimestamp !== undefined;
      if (type === "ADDED") this.pods.push({ change: "+", pod });
      else if (pod.metadata.deletionTimestamp !== undefined && !wasGoing) {
        this.pods.push({ change: "-", pod });
      }
      if (type === "DELETED") this.pods.push({ change: "x", pod });
    });
    this.cluster.perform(scenario.steps[0]!.action, execute);
  }

  /** Lets so many seconds pass. */
  wait(seconds: number): void {
    this.cluster.runUntil(this.cluster.now + seconds * 1000);
  }

  kubectl(command: string): void {
    this.outputs.push(this.cluster.perform({ kind: "kubectl", command }, execute).output);
  }

  setPartition(partition: number): void {
    const { api } = this.cluster;
    const set = api.get("statefulsets", "default", "db");
    const updateStrategy = { type: "RollingUpdate", rollingUpdate: { partition } };
    api.update("statefulsets", { ...set, spec: { ...set.spec, updateStrategy } });
  }

  get run(): Run {
    return this.cluster.run({ requests: false });
  }

  get revisions(): string[] {
    return this.cluster.api
      .list("controllerrevisions")
      .map(({ metadata, revision }: ControllerRevision) => `${revision} ${metadata.name}`)
      .toSorted();
  }

  /** Pods by name with their images. */
  get lives(): string {
    return this.pods
      .map(({ change, pod }) => {
        const image = pod.spec.containers[0]!.image!;
        return `${change}${pod.metadata.name}${change === "+" ? ` ${image}` : ""}`;
      })
      .join(", ");
  }

  /** Creations and deletions by node instead of name: `+a agent:1`; nodes in the order in which the update takes them. */
  placesFrom(first: number): string {
    const letters = new Map<string, string>();
    return this.pods
      .slice(first)
      .filter(({ change }) => change !== "x")
      .map(({ change, pod }) => {
        const affinity = pod.spec.affinity?.nodeAffinity;
        const [term] = affinity!.requiredDuringSchedulingIgnoredDuringExecution!.nodeSelectorTerms;
        const node = term!.matchFields![0]!.values![0]!;
        if (!letters.has(node)) letters.set(node, "abc"[letters.size]!);
        return `${change}${letters.get(node)} ${pod.spec.containers[0]!.image}`;
      })
      .join(", ");
  }
}

const SEEDS = [1, 2, 3, 4, 5];

describe("a StatefulSet", () => {
  it.each(SEEDS)(
    "rolls from the highest ordinal to the partition and on, as in recording 13; seed %i",
    (seed) => {
      const played = new Played(DB(2), seed);
      played.wait(20);
      played.kubectl("set image statefulset/db db=postgres:16");
      played.wait(3);
      played.kubectl("rollout status statefulset/db");
      played.wait(20);
      played.kubectl("rollout status statefulset/db");
      played.setPartition(0);
      played.wait(20);
      played.kubectl("scale statefulset/db --replicas=2");
      played.wait(10);
      played.kubectl("scale statefulset/db --replicas=4");
      played.wait(15);
      const [first, second] = played.revisions;
      played.kubectl("rollout undo statefulset/db");
      played.wait(35);
      played.kubectl("rollout status statefulset/db");
      expect(played.lives).toBe(
        [
          "+db-0 postgres:15, +db-1 postgres:15, +db-2 postgres:15, +db-3 postgres:15",
          "-db-3, xdb-3, +db-3 postgres:16, -db-2, xdb-2, +db-2 postgres:16",
          "-db-1, xdb-1, +db-1 postgres:16, -db-0, xdb-0, +db-0 postgres:16",
          "-db-3, xdb-3, -db-2, xdb-2, +db-2 postgres:16, +db-3 postgres:16",
          "-db-3, xdb-3, +db-3 postgres:15, -db-2, xdb-2, +db-2 postgres:15",
          "-db-1, xdb-1, +db-1 postgres:15, -db-0, xdb-0, +db-0 postgres:15",
        ].join(", "),
      );
      expect(played.outputs).toEqual([
        "statefulset.apps/db image updated",
        "Waiting for 1 pods to be ready...",
        "partitioned roll out complete: 2 new pods have been updated...",
        "statefulset.apps/db scaled",
        "statefulset.apps/db scaled",
        "statefulset.apps/db rolled back",
        "partitioned roll out complete: 4 new pods have been updated...",
      ]);
      expect(played.revisions).toEqual([second, first!.replace(/^1/, "3")]);
      const { status } = played.cluster.api.get("statefulsets", "default", "db");
      const name = first!.slice(2);
      expect(status).toEqual({
        observedGeneration: 6,
        replicas: 4,
        readyReplicas: 4,
        currentReplicas: 4,
        updatedReplicas: 4,
        currentRevision: name,
        updateRevision: name,
        collisionCount: 0,
        availableReplicas: 4,
      });
      expect(played.run.timeline.rollouts).toMatchObject([
        { object: "statefulset/db", revision: 2, result: "complete", minReady: 3, maxPods: 4 },
        { object: "statefulset/db", revision: 3, result: "complete", minReady: 3, maxPods: 4 },
      ]);
    },
  );

  it("names its revisions as a real cluster does", () => {
    const played = new Played(DB(2).replace(/ +readinessProbe.*\n/, ""), 1);
    played.wait(20);
    played.kubectl("set image statefulset/db db=postgres:16");
    played.wait(1);
    expect(played.revisions).toEqual(["1 db-6c4f64fcf", "2 db-676bd6b748"]);
    const [pod] = played.cluster.api.list("pods");
    expect(pod!.metadata.labels).toEqual({
      app: "db",
      "apps.kubernetes.io/pod-index": "0",
      "controller-revision-hash": "db-6c4f64fcf",
      "statefulset.kubernetes.io/pod-name": "db-0",
    });
    expect(pod!.spec).toMatchObject({ hostname: "db-0", subdomain: "db" });
  });

  it.each(SEEDS)(
    "keeps a broken pod until it is deleted by hand, as in recording 13c; seed %i",
    (seed) => {
      const played = new Played(DB(), seed);
      played.wait(20);
      played.kubectl("set image statefulset/db db=postgres:17-bad");
      played.wait(12);
      played.kubectl("rollout undo statefulset/db");
      played.wait(10);
      const created =
        "+db-0 postgres:15, +db-1 postgres:15, +db-2 postgres:15, +db-3 postgres:15, -db-3, xdb-3, +db-3 postgres:17-bad";
      expect(played.lives).toBe(created);
      const codes = played.run.timeline.decisions.filter((d) => d.object === "statefulset/db");
      expect(codes.at(-1)).toMatchObject({
        code: "statefulset.wait-outdated",
        values: { pod: "db-3" },
      });
      played.kubectl("delete pod db-3");
      played.wait(40);
      expect(played.lives).toBe(`${created}, -db-3, xdb-3, +db-3 postgres:15`);
      const events = played.cluster.api
        .list("events")
        .filter(({ involvedObject }) => involvedObject.kind === "StatefulSet")
        .map(({ reason, message, count }) => `${count} ${reason} ${message}`);
      expect(events).toEqual([
        "1 SuccessfulCreate create Pod db-0 in StatefulSet db successful",
        "1 SuccessfulCreate create Pod db-1 in StatefulSet db successful",
        "1 SuccessfulCreate create Pod db-2 in StatefulSet db successful",
        "3 SuccessfulCreate create Pod db-3 in StatefulSet db successful",
        "1 SuccessfulDelete delete Pod db-3 in StatefulSet db successful",
      ]);
    },
  );
});

describe("a DaemonSet", () => {
  it.each(SEEDS)("replaces one pod after another, as in recording 14; seed %i", (seed) => {
    const played = new Played(AGENT("{ maxUnavailable: 1 }"), seed);
    played.wait(10);
    expect(played.placesFrom(0)).toBe("+a agent:1, +b agent:1, +c agent:1");
    played.kubectl("set image daemonset/agent agent=agent:2");
    played.wait(30);
    expect(played.placesFrom(3)).toBe(
      "-a agent:1, +a agent:2, -b agent:1, +b agent:2, -c agent:1, +c agent:2",
    );
    const undoneFrom = played.pods.length;
    played.kubectl("rollout undo daemonset/agent");
    played.wait(4);
    played.kubectl("rollout status daemonset/agent");
    played.wait(30);
    played.kubectl("rollout status daemonset/agent");
    expect(played.placesFrom(undoneFrom)).toBe(
      "-a agent:2, +a agent:1, -b agent:2, +b agent:1, -c agent:2, +c agent:1",
    );
    expect(played.outputs).toEqual([
      "daemonset.apps/agent image updated",
      "daemonset.apps/agent rolled back",
      'Waiting for daemon set "agent" rollout to finish: 1 out of 3 new pods have been updated...',
      'daemon set "agent" successfully rolled out',
    ]);
    expect(played.revisions.map((revision) => revision[0])).toEqual(["2", "3"]);
    expect(played.run.timeline.rollouts).toMatchObject([
      { object: "daemonset/agent", revision: 2, result: "complete", minReady: 2, maxPods: 3 },
      { object: "daemonset/agent", revision: 3, result: "complete", minReady: 2, maxPods: 3 },
    ]);
    expect(played.cluster.api.get("daemonsets", "default", "agent").status).toEqual({
      currentNumberScheduled: 3,
      numberMisscheduled: 0,
      desiredNumberScheduled: 3,
      numberReady: 3,
      observedGeneration: 3,
      updatedNumberScheduled: 3,
      numberAvailable: 3,
    });
  });

  it.each(SEEDS)(
    "with maxSurge creates before it deletes, as in recording 14b; seed %i",
    (seed) => {
      const played = new Played(AGENT("{ maxSurge: 1, maxUnavailable: 0 }"), seed);
      played.wait(10);
      played.kubectl("set image daemonset/agent agent=agent:2");
      played.wait(30);
      const forth = "+a agent:2, -a agent:1, +b agent:2, -b agent:1, +c agent:2, -c agent:1";
      expect(played.placesFrom(3)).toBe(forth);
      const undoneFrom = played.pods.length;
      played.kubectl("rollout undo daemonset/agent");
      played.wait(30);
      const back = "+a agent:1, -a agent:2, +b agent:1, -b agent:2, +c agent:1, -c agent:2";
      expect(played.placesFrom(undoneFrom)).toBe(back);
      expect(played.run.timeline.rollouts).toMatchObject([
        { revision: 2, result: "complete", minReady: 3, maxPods: 4 },
        { revision: 3, result: "complete", minReady: 3, maxPods: 4 },
      ]);
    },
  );
});
