import { describe, expect, it } from "vitest";
import type { Container, PodSpec } from "../api/types.ts";
import { DELETED_MS, graceful } from "./test-deletion.ts";
import { testNode, web } from "./test-node.ts";

describe("containers of one pod stop in order", () => {
  const sidecar = (name: string, extra: Partial<Container> = {}): Container => ({
    name,
    image: "side:v1",
    restartPolicy: "Always",
    ...extra,
  });
  function stopTimes(spec: Partial<PodSpec>, drains: { web: number; side: number }) {
    const node = testNode({
      images: [
        { name: "web:v1", onSigterm: graceful(drains.web) },
        { name: "side:v1", onSigterm: graceful(drains.side) },
      ],
    });
    node.run({ terminationGracePeriodSeconds: 30, containers: [web()], ...spec });
    node.kernel.runUntil(DELETED_MS);
    node.api.delete("pods", "default", "web");
    node.kernel.runUntil(60_000);
    const from = node.eventAt("Killing")!;
    const signals = node.decided("kubelet.stop-signal");
    return signals.map(({ atMs, values }) => [
      values.container,
      atMs - from,
      values.remainingSeconds,
    ]);
  }

  it("native sidecars after the application, last first", () => {
    const initContainers = [sidecar("side1"), sidecar("side2")];
    expect(stopTimes({ initContainers }, { web: 2100, side: 1250 })).toEqual([
      ["web", 0, 30],
      ["side2", 2100, 28],
      ["side1", 3350, 27],
    ]);
  });

  it("a sidecar's hook starts at once and counts against its wait", () => {
    const lifecycle = { preStop: { sleep: { seconds: 4 } } };
    const initContainers = [sidecar("side", { lifecycle })];
    expect(stopTimes({ initContainers }, { web: 2000, side: 0 })).toEqual([
      ["web", 0, 30],
      ["side", 4000, 26],
    ]);
  });

  it("an application that uses up the grace period leaves the sidecars two seconds", () => {
    const initContainers = [sidecar("side")];
    const spec = { initContainers, terminationGracePeriodSeconds: 6 };
    expect(stopTimes(spec, { web: 20_000, side: 0 })).toEqual([
      ["web", 0, 6],
      ["side", 6000, 2],
    ]);
  });

  it("classic sidecars at once", () => {
    const containers = [web(), { name: "side", image: "side:v1" }];
    expect(stopTimes({ containers }, { web: 2000, side: 0 })).toEqual([
      ["web", 0, 30],
      ["side", 0, 30],
    ]);
  });
});
