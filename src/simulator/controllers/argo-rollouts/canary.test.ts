import { describe, expect, it } from "vitest";
import type { ReplicaSet } from "../../api/types.ts";
import {
  basicCanaryReplicas,
  currentSetWeight,
  trafficRoutedCanaryReplicas,
  trafficWeightToReplicas,
  type Rollout,
} from "./index.ts";
import type { CanaryStrategy, RolloutStatus } from "./rollout.ts";

function rollout(
  replicas: number,
  canary: CanaryStrategy,
  status: Partial<RolloutStatus> = {},
): Rollout {
  return {
    apiVersion: "argoproj.io/v1alpha1",
    kind: "Rollout",
    metadata: { name: "web", uid: "web", resourceVersion: "1", creationTimestamp: null },
    spec: { replicas, strategy: { canary } },
    status: { currentPodHash: "new", stableRS: "old", currentStepIndex: 0, ...status },
  };
}

/** All pods of it are available. */
function replicaSet(name: string, replicas: number): ReplicaSet {
  return {
    apiVersion: "apps/v1",
    kind: "ReplicaSet",
    metadata: { name, uid: name, resourceVersion: "1", creationTimestamp: null },
    spec: { replicas, selector: {}, template: { spec: { containers: [] } } },
    status: { replicas, availableReplicas: replicas },
  };
}

describe("a basic canary whose pods become available at once", () => {
  const fenceposts = [
    { maxSurge: 1, maxUnavailable: 0 },
    { maxSurge: 0, maxUnavailable: 1 },
    { maxSurge: "25%", maxUnavailable: "25%" },
    { maxSurge: 3, maxUnavailable: 2 },
  ];
  const cases = fenceposts.flatMap((posts) =>
    [0, 1, 10, 33, 50, 75, 100].flatMap((setWeight) =>
      [1, 2, 5, 10].map((replicas) => ({ ...posts, setWeight, replicas })),
    ),
  );

  it.each(cases)(
    "of $replicas at $setWeight, surge $maxSurge, unavailable $maxUnavailable, settles within its bounds",
    ({ replicas, setWeight, ...posts }) => {
      const web = rollout(replicas, { steps: [{ setWeight }], ...posts });
      let counts = { canary: 0, stable: replicas };
      let syncs = 0;
      for (;;) {
        const next = basicCanaryReplicas(web, {
          newRS: replicaSet("new", counts.canary),
          stableRS: replicaSet("old", counts.stable),
        });
        if (next.canary === counts.canary && next.stable === counts.stable) break;
        counts = next;
        expect((syncs += 1)).toBeLessThan(3 * replicas + 3);
        expect(counts.canary + counts.stable).toBeLessThanOrEqual(replicas + 3);
      }
      if (setWeight === 0) expect(counts).toEqual({ canary: 0, stable: replicas });
      if (setWeight === 100) expect(counts).toEqual({ canary: replicas, stable: 0 });
    },
  );
});

describe("a weight of another scale", () => {
  const canary = { steps: [{ setWeight: 250 }], trafficRouting: { maxTrafficWeight: 1000 } };

  it("is a share of maxTrafficWeight", () => {
    expect(trafficRoutedCanaryReplicas(rollout(8, canary))).toEqual({ canary: 2, stable: 8 });
    expect(trafficWeightToReplicas(8, 251, 1000)).toBe(3);
  });

  it("is all of it after the last step", () => {
    const past = rollout(8, canary, { currentStepIndex: 1 });
    expect(currentSetWeight(past)).toBe(1000);
    expect(trafficRoutedCanaryReplicas(past)).toEqual({ canary: 8, stable: 8 });
  });
});

describe("setCanaryScale", () => {
  const steps = [
    { setCanaryScale: { replicas: 4 } },
    { setWeight: 20 },
    { pause: {} },
    { setCanaryScale: { matchTrafficWeight: true } },
  ];
  const sizeAt = (currentStepIndex: number) =>
    trafficRoutedCanaryReplicas(rollout(10, { steps, trafficRouting: {} }, { currentStepIndex }))
      .canary;

  it("holds until a step goes back to the traffic's weight", () => {
    expect([0, 1, 2, 3, 4].map(sizeAt)).toEqual([4, 4, 4, 2, 10]);
  });
});

describe("an abort with dynamicStableScale", () => {
  const canary = {
    steps: [{ setWeight: 25 }, { pause: {} }, { setWeight: 75 }],
    trafficRouting: {},
    dynamicStableScale: true,
  };
  const aborted = rollout(8, canary, { abort: true, currentStepIndex: 2 });
  const weights = { canary: { weight: 75 }, stable: { weight: 25 } };
  const sets = (stable: number) => ({
    newRS: replicaSet("canary", 6),
    stableRS: replicaSet("stable", stable),
  });

  it("brings the stable pods back at once", () => {
    expect(trafficRoutedCanaryReplicas(aborted, weights)).toEqual({ canary: 6, stable: 8 });
  });

  it("goes back through the steps where the ReplicaSets are told: to 25% first, then to none", () => {
    expect(trafficRoutedCanaryReplicas(aborted, weights, sets(2))).toEqual({
      canary: 6,
      stable: 6,
    });
    const later = { newRS: replicaSet("canary", 2), stableRS: replicaSet("stable", 6) };
    expect(trafficRoutedCanaryReplicas(aborted, weights, later).stable).toBe(8);
  });
});
