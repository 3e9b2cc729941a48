/* A pod that is deleted, for tests. */
import type { Container, PodSpec } from "../api/types.ts";
import type { ImageBehaviour } from "../scenario.ts";
import { testNode, web, type TestNode } from "./test-node.ts";

/** When it is asked for. */
export const DELETED_MS = 10_000;

/** An application that answers what it has taken before it ends. */
export const graceful = (drainMs: number) => ({ mode: "graceful", drainMs }) as const;
/** A container with a hook. */
export const preStop = (...command: string[]): Partial<Container> => ({
  lifecycle: { preStop: { exec: { command } } },
});

/** Runs a pod of one container, deletes it after ten seconds; times that follow count from the kubelet's hearing of it. */
export function deletePod(
  container: Partial<Container>,
  spec: Partial<PodSpec> = {},
  image: Partial<ImageBehaviour> = {},
  gracePeriodSeconds?: number,
): TestNode & { since(ms: number | undefined): number | undefined } {
  const node = testNode({ images: [{ name: "web:v1", ...image }] });
  node.run({ terminationGracePeriodSeconds: 30, ...spec, containers: [web(container)] });
  node.kernel.runUntil(DELETED_MS);
  node.api.delete("pods", "default", "web", { gracePeriodSeconds });
  node.kernel.runUntil(DELETED_MS + 120_000);
  const seenMs = node.eventAt("Killing")!;
  return { ...node, since: (ms) => (ms === undefined ? undefined : ms - seenMs) };
}
