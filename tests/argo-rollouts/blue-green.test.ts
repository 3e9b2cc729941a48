import { describe, expect, it } from "vitest";
import { Played, scenarioIn, type Changes } from "./play.ts";

const play = (changes: Changes = [], seed = 1) =>
  new Played(scenarioIn("blue-green", changes), seed);

const BY_HAND: Changes = [["autoPromotionEnabled: true", "autoPromotionEnabled: false"]];

/** Failed requests over so many seeds. */
function failures(delaySeconds: number, seeds: number): number {
  let failed = 0;
  const changes: Changes = [
    [/scaleDownDelaySeconds: \d+/, `scaleDownDelaySeconds: ${delaySeconds}  `],
  ];
  for (let seed = 1; seed <= seeds; seed += 1) {
    failed += play(changes, seed).until(80).run.summary.requests.failed;
  }
  return failed;
}

describe("a blue-green update that promotes itself", () => {
  const played = play().until(29);

  it("is stable from its first deployment on, and switches when all new pods are available", () => {
    expect(played.status).toBe("Healthy");
    const [first] = played.cluster.api.list("replicasets");
    expect(played.rollout.status.stableRS).toBe(
      first!.metadata.labels!["rollouts-pod-template-hash"],
    );
    played.until(32);
    expect(played.sizes).toBe("4,4");
    expect(played.status).toBe("Progressing - active service cutover pending");
    expect(played.share("shop-web:1.1", 30, 32)).toBe(0);
  });

  it("leads the preview to the new pods before, the users after the switch", () => {
    const selector = (name: string) =>
      played.cluster.api.get("services", "default", name).spec.selector![
        "rollouts-pod-template-hash"
      ];
    expect(selector("web-preview")).not.toBe(selector("web"));
    played.until(40);
    expect(selector("web-preview")).toBe(selector("web"));
    expect(played.share("shop-web:1.1", 38, 40)).toBe(1);
    expect(played.status).toBe("Healthy");
  });

  it("keeps the old pods for scaleDownDelaySeconds and then lets them go", () => {
    played.until(60);
    expect(played.sizes).toBe("4,4");
    played.until(75);
    expect(played.sizes).toBe("0,4");
    expect(played.run.timeline.rollouts).toMatchObject([
      { object: "rollout/web", revision: 2, result: "complete", minReady: 4, maxPods: 8 },
    ]);
  });

  it("tells of it in Argo Rollouts' events", () => {
    expect([...new Set(played.events)]).toEqual([
      "RolloutUpdated",
      "NewReplicaSetCreated",
      "SwitchService",
      "ScalingReplicaSet",
      "RolloutCompleted",
      "RolloutNotCompleted",
    ]);
  });
});

describe("scaleDownDelaySeconds under traffic", () => {
  it("30 s outlast every router: no request is lost", () => {
    expect(failures(30, 8)).toBe(0);
  });

  it("1 s does not", () => {
    expect(failures(1, 8)).toBeGreaterThan(0);
  });

  it("0 keeps the old pods until the next update (argo-rollouts issue 1992)", () => {
    const kept = play([["scaleDownDelaySeconds: 30", "scaleDownDelaySeconds: 0"]]).until(170);
    expect(kept.sizes).toBe("4,4");
    expect(kept.status).toBe("Healthy");
    expect(kept.run.summary.requests.failed).toBe(0);
  });
});

describe("autoPromotionEnabled: false", () => {
  it("waits with the new pods ready until somebody promotes", () => {
    const played = play(BY_HAND).until(100);
    expect(played.status).toBe("Paused - BlueGreenPause");
    expect(played.sizes).toBe("4,4");
    expect(played.share("shop-web:1.1", 30, 100)).toBe(0);
    expect(played.run.timeline.rollouts).toMatchObject([{ result: "paused" }]);
    expect(played.kubectl("argo rollouts promote web")).toBe("rollout 'web' promoted");
    played.until(110);
    expect(played.status).toBe("Healthy");
    expect(played.share("shop-web:1.1", 106, 110)).toBe(1);
  });

  it("with autoPromotionSeconds promotes itself after that time", () => {
    const changes: Changes = [["autoPromotionEnabled: true", "autoPromotionSeconds: 20"]];
    const played = play(changes).until(50);
    expect(played.status).toBe("Paused - BlueGreenPause");
    expect(played.until(60).status).toBe("Healthy");
  });

  it("previewReplicaCount: a small preview first, all pods after the promotion", () => {
    const changes: Changes = [
      ...BY_HAND,
      ["activeService: web\n", "activeService: web\n      previewReplicaCount: 1\n"],
    ];
    const played = play(changes).until(60);
    expect(played.sizes).toBe("4,1");
    played.kubectl("argo rollouts promote web");
    expect(played.until(70).sizes).toBe("4,4");
    expect(played.status).toBe("Healthy");
  });

  it("an abort leaves the users where they are; the preview goes after abortScaleDownDelaySeconds", () => {
    const played = play(BY_HAND).until(50);
    expect(played.kubectl("argo rollouts abort web")).toBe("rollout 'web' aborted");
    played.until(60);
    expect(played.status).toContain("RolloutAborted: Rollout aborted update to revision 2");
    expect(played.sizes).toBe("4,4");
    expect(played.until(95).sizes).toBe("4,0");
    expect(played.share("shop-web:1.0", 30, 95)).toBe(1);
    expect(played.run.timeline.rollouts).toMatchObject([{ result: "aborted" }]);
  });
});

describe("going back", () => {
  it("within the delay is instant: the old pods are still there", () => {
    const played = play(BY_HAND).until(50);
    played.kubectl("argo rollouts promote web");
    played.until(60);
    expect(played.kubectl("argo rollouts undo web")).toBe("rollout 'web' undo");
    played.until(64);
    expect(played.status).toBe("Healthy");
    expect(played.rollout.metadata.annotations!["rollout.argoproj.io/revision"]).toBe("3");
    expect(played.share("shop-web:1.0", 63, 64)).toBe(1);
    expect(played.until(100).sizes).toBe("4,0");
  });
});
