import { describe, expect, it } from "vitest";
import type { Pod, ReplicaSet, Rollout } from "../../simulator/index.ts";
import { splitWords } from "../split-words.ts";
import { argoRollouts, type CommandLine } from "./argo-rollouts.ts";
import type { RolloutsClient } from "./client.ts";

/** Words and flags of a command, as the verb hands them on. */
function lineOf(command: string): CommandLine {
  const all = splitWords(command);
  const flags = all
    .filter((word) => word.startsWith("--"))
    .map((word): [string, string] => {
      const [name = "", value = "true"] = word.slice(2).split("=");
      return [name, value];
    });
  return { words: all.filter((word) => !word.startsWith("--")), flags: new Map(flags) };
}

const meta = (name: string, uid: string, more: object = {}) => ({
  name,
  namespace: "default",
  uid,
  resourceVersion: "1",
  creationTimestamp: "2026-01-01T00:00:00Z",
  ...more,
});

const ownedBy = (kind: string, uid: string) => ({
  ownerReferences: [{ apiVersion: "", kind, name: "", uid, controller: true }],
});

function replicaSet(hash: string, revision: number, image: string, replicas: number): ReplicaSet {
  return {
    apiVersion: "apps/v1",
    kind: "ReplicaSet",
    metadata: meta(`web-${hash}`, hash, {
      ...ownedBy("Rollout", "web"),
      labels: { "rollouts-pod-template-hash": hash },
      annotations: { "rollout.argoproj.io/revision": String(revision) },
    }),
    spec: {
      replicas,
      selector: {},
      template: {
        metadata: { labels: { app: "web", "rollouts-pod-template-hash": hash } },
        spec: { containers: [{ name: "web", image }] },
      },
    },
    status: { replicas, availableReplicas: replicas },
  };
}

function pod(hash: string, suffix: string): Pod {
  return {
    apiVersion: "v1",
    kind: "Pod",
    metadata: meta(`web-${hash}-${suffix}`, `${hash}-${suffix}`, ownedBy("ReplicaSet", hash)),
    spec: { containers: [{ name: "web", image: "web:1" }], nodeName: "node-1" },
    status: {
      phase: "Running",
      containerStatuses: [
        { name: "web", ready: true, restartCount: 0, image: "web:1", state: { running: {} } },
      ],
    },
  } as unknown as Pod;
}

/** A canary of one pod of three, paused at its second step. */
function paused(): Rollout {
  return {
    apiVersion: "argoproj.io/v1alpha1",
    kind: "Rollout",
    metadata: meta("web", "web", { generation: 2 }),
    spec: {
      replicas: 3,
      selector: { matchLabels: { app: "web" } },
      strategy: { canary: { steps: [{ setWeight: 20 }, { pause: {} }, { setWeight: 60 }] } },
      template: {
        metadata: { labels: { app: "web" } },
        spec: { containers: [{ name: "web", image: "web:2" }] },
      },
    },
    status: {
      phase: "Paused",
      message: "CanaryPauseStep",
      observedGeneration: "2",
      currentPodHash: "new",
      stableRS: "old",
      currentStepIndex: 1,
      controllerPause: true,
      pauseConditions: [{ reason: "CanaryPauseStep", startTime: "2026-01-01T00:00:00Z" }],
      replicas: 3,
      updatedReplicas: 1,
      readyReplicas: 3,
      availableReplicas: 3,
    },
  };
}

function type(command: string, rollout = paused()) {
  let written = rollout;
  const client: RolloutsClient = {
    nowMs: 90_000,
    namespace: "default",
    rollout: (name) => (name === "web" ? rollout : undefined),
    rollouts: () => [rollout],
    replicaSets: () => [replicaSet("old", 1, "web:1", 2), replicaSet("new", 2, "web:2", 1)],
    pods: () => [pod("old", "a"), pod("old", "b"), pod("new", "c")],
    analysisRuns: () => [],
    updateRollout: (next) => (written = { ...written, spec: next.spec }),
    updateStatus: (next) => (written = { ...written, status: next.status }),
  };
  const lines = argoRollouts(client, lineOf(command));
  return { output: lines.join("\n"), written };
}

describe("get rollout", () => {
  it("draws the tree of a canary", () => {
    expect(type("get rollout web").output).toBe(
      `Name:            web
Namespace:       default
Status:          ॥ Paused
Message:         CanaryPauseStep
Strategy:        Canary
  Step:          1/3
  SetWeight:     20
  ActualWeight:  33
Images:          web:1 (stable)
                 web:2 (canary)
Replicas:
  Desired:       3
  Current:       3
  Updated:       1
  Ready:         3
  Available:     3

NAME                  KIND        STATUS     AGE  INFO
⟳ web                 Rollout     ॥ Paused   90s
├──# revision:2
│  └──⧉ web-new       ReplicaSet  ✔ Healthy  90s  canary
│     └──□ web-new-c  Pod         ✔ Running  90s  ready:1/1
└──# revision:1
   └──⧉ web-old       ReplicaSet  ✔ Healthy  90s  stable
      ├──□ web-old-a  Pod         ✔ Running  90s  ready:1/1
      └──□ web-old-b  Pod         ✔ Running  90s  ready:1/1`,
    );
  });
});

describe("list rollouts", () => {
  it("is a table", () => {
    expect(type("list rollouts").output).toBe(
      [
        "NAME        STRATEGY   STATUS        STEP  SET-WEIGHT  READY  DESIRED  UP-TO-DATE  AVAILABLE",
        "web         Canary     Paused        1/3   20          3/3    3        1           3",
      ].join("\n"),
    );
  });
});

describe("what a verb changes", () => {
  it("promote ends the pause and takes no step", () => {
    const { status } = type("promote web").written;
    expect(status.pauseConditions).toBeUndefined();
    expect(status).toMatchObject({ controllerPause: true, currentStepIndex: 1 });
  });

  it("promote outside of a pause goes past the step", () => {
    const rollout = paused();
    const { pauseConditions: _none, ...status } = rollout.status;
    expect(type("promote web", { ...rollout, status }).written.status.currentStepIndex).toBe(2);
  });

  it("promote --full asks for everything; once promoted it asks for nothing", () => {
    expect(type("promote --full web").written.status.promoteFull).toBe(true);
    const done = { ...paused(), status: { ...paused().status, stableRS: "new" } };
    expect(type("promote web --full", done).written).toEqual(done);
  });

  it("abort and retry", () => {
    const aborted = type("abort web").written;
    expect(aborted.status.abort).toBe(true);
    expect(type("retry rollout web", aborted).written.status.abort).toBeUndefined();
  });

  it("set image", () => {
    const { output, written } = type("set image web web=web:3");
    expect(output).toBe('rollout "web" image updated');
    expect(written.spec.template!.spec.containers[0]!.image).toBe("web:3");
  });

  it("undo writes the template of the revision before, without its hash", () => {
    const { template } = type("undo web").written.spec;
    expect(template!.spec.containers[0]!.image).toBe("web:1");
    expect(template!.metadata!.labels).toEqual({ app: "web" });
  });
});

describe("mistakes", () => {
  it.each<[string, string]>([
    ["promote", "usage: kubectl argo rollouts promote ROLLOUT_NAME [--full]"],
    ["promote api", 'rollouts.argoproj.io "api" not found'],
    ["set image web api=web:3", 'unable to find container named "api"'],
    ["undo web --to-revision=7", "unable to find specified revision 7 in history"],
    ["dance web", 'unknown command "dance" for "kubectl-argo-rollouts"'],
  ])("%s", (command, message) => {
    expect(() => type(command)).toThrow(message);
  });
});
