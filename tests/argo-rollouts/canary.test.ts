import { describe, expect, it } from "vitest";
import { Played, scenarioIn, type Changes } from "./play.ts";

const play = (folder: string, changes: Changes = []) => new Played(scenarioIn(folder, changes));

describe("a canary by numbers of pods", () => {
  const played = play("canary-by-pods").until(89);

  it("waits at 20% with one pod of five, which gets a fifth of the requests", () => {
    expect(played.sizes).toBe("4,1");
    expect(played.status).toBe("Paused - CanaryPauseStep");
    expect(played.share("shop-web:1.1", 50, 89)).toBeCloseTo(0.2, 2);
  });

  it("goes on by hand to 60%, and by itself to the end", () => {
    played.until(105);
    expect(played.sizes).toBe("2,3");
    expect(played.share("shop-web:1.1", 100, 105)).toBeCloseTo(0.6, 1);
    played.until(140);
    expect(played.sizes).toBe("0,5");
    expect(played.status).toBe("Healthy");
    expect(played.rollout.status.currentStepIndex).toBe(4);
    expect(played.run.timeline.rollouts).toMatchObject([{ result: "complete", revision: 2 }]);
  });

  it("never has fewer than replicas - maxUnavailable ready, nor more than replicas + maxSurge pods", () => {
    const [rollout] = played.run.timeline.rollouts;
    expect(rollout!.minReady).toBeGreaterThanOrEqual(5);
    expect(rollout!.maxPods).toBeLessThanOrEqual(6);
  });

  it("tells of each step", () => {
    const steps = played.run.timeline.events.filter((e) => e.reason === "RolloutStepCompleted");
    expect(steps.map(({ message }) => message)).toEqual([
      "Rollout step 1/4 completed (setWeight: 20)",
      "Rollout step 2/4 completed (pause)",
      "Rollout step 3/4 completed (setWeight: 60)",
      "Rollout step 4/4 completed (pause: 20s)",
    ]);
  });
});

describe("commands in mid-canary", () => {
  const atPause = () => play("canary-by-pods", [[/\n.*promote web.*/, ""]]).until(60);

  it("abort: the stable pods come back, and status tells why it is degraded", () => {
    const played = atPause();
    played.kubectl("argo rollouts abort web");
    played.until(80);
    expect(played.sizes).toBe("5,0");
    expect(played.status).toBe(
      "Degraded\nError: The rollout is in a degraded state with message: RolloutAborted: Rollout aborted update to revision 2",
    );
    expect(played.share("shop-web:1.0", 70, 80)).toBe(1);
    expect(played.run.timeline.rollouts).toMatchObject([{ result: "aborted" }]);
  });

  it("retry: begins with the first step again", () => {
    const played = atPause();
    played.kubectl("argo rollouts abort web");
    played.until(80);
    expect(played.kubectl("argo rollouts retry rollout web")).toBe("rollout 'web' retried");
    played.until(100);
    expect(played.sizes).toBe("4,1");
    expect(played.status).toBe("Paused - CanaryPauseStep");
  });

  it("promote --full: skips what is left", () => {
    const played = atPause();
    expect(played.kubectl("argo rollouts promote web --full")).toBe("rollout 'web' fully promoted");
    played.until(90);
    expect(played.sizes).toBe("0,5");
    expect(played.status).toBe("Healthy");
  });

  it("undo: back to the stable template without steps", () => {
    const played = atPause();
    played.kubectl("argo rollouts undo web");
    played.until(80);
    expect(played.sizes).toBe("5,0");
    expect(played.status).toBe("Healthy");
    expect(played.events).toContain("SkipSteps");
  });

  it("pause and promote: nothing moves while spec.paused is set", () => {
    const played = play("canary-by-pods", [[/\n.*promote web.*/, ""]]).until(29);
    played.kubectl("argo rollouts pause web");
    played.until(60);
    expect(played.status).toBe("Paused - manually paused");
    expect(played.rollout.status.currentStepIndex).toBe(0);
    played.kubectl("argo rollouts promote web");
    expect(played.until(90).status).toBe("Paused - CanaryPauseStep");
  });

  it("restart: every pod is replaced, one template", () => {
    const played = play("canary-by-pods", [[/\n.*kubectl.*/g, ""]]).until(30);
    const before = played.cluster.api.list("pods").map(({ metadata }) => metadata.name);
    expect(played.kubectl("argo rollouts restart web")).toBe("rollout 'web' restarts in 0s");
    played.until(200);
    const after = played.cluster.api.list("pods").map(({ metadata }) => metadata.name);
    expect(after).toHaveLength(5);
    expect(after.filter((name) => before.includes(name))).toEqual([]);
    expect(played.status).toBe("Healthy");
  });
});

describe("a canary without steps", () => {
  it("is a rolling update within maxSurge and maxUnavailable", () => {
    const played = play("canary-by-pods", [
      [/\n.*promote web.*/, ""],
      [/ {6}steps:\n(?: {8}.*\n)+/, ""],
    ]).until(120);
    expect(played.sizes).toBe("0,5");
    expect(played.status).toBe("Healthy");
    expect(played.rollout.status.currentStepIndex).toBeUndefined();
    const [rollout] = played.run.timeline.rollouts;
    expect(rollout).toMatchObject({ result: "complete", minReady: 5, maxPods: 6 });
  });
});

describe("a canary by HTTPRoute", () => {
  const weights = (played: Played) =>
    played.cluster.api
      .get("httproutes", "default", "web")
      .spec.rules![0]!.backendRefs!.map(({ weight }) => weight);

  it("writes the weights of the two back ends once the pods are there", () => {
    const played = play("canary-by-http-route").until(29);
    expect(weights(played)).toEqual([100, 0]);
    expect(weights(played.until(32))).toEqual([100, 0]);
    expect(weights(played.until(45))).toEqual([90, 10]);
    expect(played.sizes).toBe("5,1");
    expect(weights(played.until(70))).toEqual([50, 50]);
    expect(played.sizes).toBe("5,3");
    expect(played.share("shop-web:1.1", 40, 52)).toBeCloseTo(0.1, 1);
    expect(played.share("shop-web:1.1", 62, 70)).toBeCloseTo(0.5, 1);
    // The stable Service leads to the new pods now, and has it all.
    expect(weights(played.until(90))).toEqual([100, 0]);
    expect(played.sizes).toBe("5,5");
    expect(played.until(130).sizes).toBe("0,5");
    expect(played.status).toBe("Healthy");
  });

  it("an abort takes the traffic back at once, and the canary's pods go 30 s later", () => {
    const played = play("canary-by-http-route").until(70);
    played.kubectl("argo rollouts abort web");
    played.until(71);
    expect(weights(played)).toEqual([100, 0]);
    expect(played.sizes).toBe("5,3");
    expect(played.until(75).share("shop-web:1.0", 73, 75)).toBe(1);
    expect(played.until(105).sizes).toBe("5,0");
  });

  it("dynamicStableScale lets the stable pods go as the traffic leaves them, and gives the traffic back as they return", () => {
    const changes: Changes = [["canary:\n", "canary:\n      dynamicStableScale: true\n"]];
    const played = play("canary-by-http-route", changes).until(70);
    expect(weights(played)).toEqual([50, 50]);
    expect(played.sizes).toBe("3,3");
    played.kubectl("argo rollouts abort web");
    expect(weights(played.until(70.5))).toEqual([60, 40]);
    expect(weights(played.until(80))).toEqual([100, 0]);
    expect(played.sizes).toBe("5,0");
  });

  it("says that the route is missing, and goes on when it is there", () => {
    const played = play("canary-by-http-route", [["httpRoute: web", "httpRoute: wrong"]]).until(20);
    expect(played.run.timeline.events).toContainEqual(
      expect.objectContaining({
        reason: "TrafficRoutingError",
        message: 'httproutes.gateway.networking.k8s.io "wrong" not found',
      }),
    );
  });
});

describe("a canary by ingress-nginx", () => {
  it("makes a second Ingress for the canary Service and writes its weight", () => {
    const played = play("canary-by-ingress").until(45);
    const canary = played.cluster.api.get("ingresses", "default", "web-web-canary");
    expect(canary.metadata.annotations).toEqual({
      "nginx.ingress.kubernetes.io/canary": "true",
      "nginx.ingress.kubernetes.io/canary-weight": "20",
    });
    const [path] = canary.spec.rules![0]!.http!.paths;
    expect(path!.backend.service!.name).toBe("web-canary");
    expect(played.until(54).share("shop-web:1.1", 44, 54)).toBeCloseTo(0.2, 1);
    played.until(100);
    const after = played.cluster.api.get("ingresses", "default", "web-web-canary");
    expect(after.metadata.annotations!["nginx.ingress.kubernetes.io/canary-weight"]).toBe("0");
    expect(played.status).toBe("Healthy");
  });
});
