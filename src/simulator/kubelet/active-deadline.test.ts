import { expect, it } from "vitest";
import { testNode, web } from "./test-node.ts";

it("a pod ends when its activeDeadlineSeconds are over, with its own grace and no word of a disruption", () => {
  const node = testNode();
  const container = web({ lifecycle: { preStop: { sleep: { seconds: 4 } } } });
  node.run({
    activeDeadlineSeconds: 600,
    terminationGracePeriodSeconds: 9,
    containers: [container],
  });
  node.kernel.runUntil(5000);
  const pod = node.pod();
  node.api.update("pods", { ...pod, spec: { ...pod.spec, activeDeadlineSeconds: 10 } });
  node.kernel.runUntil(60_000);
  expect(node.eventAt("DeadlineExceeded")).toBe(10_000);
  expect(node.pod().status).toMatchObject({
    phase: "Failed",
    reason: "DeadlineExceeded",
    message: "Pod was active on the node longer than the specified deadline",
  });
  expect(node.pod().status.conditions?.some(({ type }) => type === "DisruptionTarget")).toBe(false);
  expect(node.decided("kubelet.stop-signal")[0]).toMatchObject({
    atMs: 14_000,
    values: { remainingSeconds: 5 },
  });
});
