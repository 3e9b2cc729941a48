import { describe, expect, it } from "vitest";
import type { Lab } from "../../labs/index.ts";
import { typed } from "../../labs/index.ts";
import { syntheticTimeline } from "../../../tests/ui/synthetic-timeline.ts";
import { deployedVersion, focusOfStand } from "./lab-facts.ts";

const lab = (...steps: { atMs: number; kubectl?: string }[]) =>
  ({ scenario: { duration: 60_000, steps } }) as unknown as Lab;

describe("the version that a lab deploys", () => {
  it.each([
    ["set image deployment/web web=shop-web:1.1", "1.1"],
    ["kubectl set image deployment/web web=registry:5000/shop:2.0-rc.1", "2.0-rc.1"],
    ["set image deployment/web web=shop", undefined],
    ["rollout restart deployment/web", undefined],
  ])("of %s", (kubectl, version) => {
    expect(deployedVersion(lab({ atMs: 0 }, { atMs: 30_000, kubectl }))).toBe(version);
  });
});

describe("what is looked at first", () => {
  const operated = { mode: "operate", beginMs: 1000 } as unknown as Lab;
  const timeline = syntheticTimeline();
  const [rollout] = timeline.rollouts;

  const typedAt = (atMs: number, line: string) => {
    const inputs = [typed(atMs, line, {})];
    return { attempt: { files: {}, inputs }, deploys: true, seed: 1 };
  };

  it("begins with the stuck rollout that an undo ends", () => {
    const stuck = { ...rollout!, completeMs: undefined, result: "superseded" as const };
    const undoMs = stuck.startMs + 40_000;
    const undo = { ...rollout!, startMs: undoMs, completeMs: undoMs + 2000 };
    const endMs = undoMs + 60_000;
    const both = { ...timeline, pods: [], rollouts: [stuck, undo], endMs };
    const seen = focusOfStand(both, operated, typedAt(undoMs, "kubectl rollout undo deploy/web"));
    expect(seen.fromMs).toBeLessThan(stuck.startMs);
    expect(seen.toMs).toBeGreaterThan(undo.completeMs);
    expect(seen.toMs).toBeLessThan(endMs - 40_000);
  });

  it("holds half a minute where an undo is over in seconds", () => {
    const undoMs = 60_000;
    const undo = { ...rollout!, startMs: undoMs, completeMs: undoMs + 2000 };
    const alone = { ...timeline, pods: [], requests: [], rollouts: [undo], endMs: 90_000 };
    const seen = focusOfStand(alone, operated, typedAt(undoMs, "kubectl rollout undo deploy/web"));
    expect(seen.toMs - seen.fromMs).toBe(30_000);
    expect(seen.toMs).toBeGreaterThan(undo.completeMs);
  });

  it("begins before what was done ahead of the rollout", () => {
    const firstMs = rollout!.startMs - 6000;
    const inputs = [typed(firstMs, "kubectl scale deployment/web --replicas=3", {})];
    const stand = { attempt: { files: {}, inputs }, deploys: true, seed: 1 };
    expect(focusOfStand(timeline, operated, stand).fromMs).toBeLessThanOrEqual(firstMs - 2000);
  });

  it("is the whole run while nothing has been done", () => {
    const stand = { attempt: { files: {}, inputs: [] }, deploys: true, seed: 1 };
    const { startMs, endMs } = timeline;
    expect(focusOfStand(timeline, operated, stand)).toEqual({ fromMs: startMs, toMs: endMs });
  });
});
