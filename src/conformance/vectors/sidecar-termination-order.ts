import type { Container } from "../../simulator/api/types.ts";
import { testNode } from "../../simulator/kubelet/test-node.ts";
import { same, type Verdict } from "./verdict.ts";

type ByContainer = number | Readonly<Record<string, number>>;

interface Case {
  readonly input: {
    readonly sidecars: readonly string[];
    readonly main: readonly string[];
    readonly graceSeconds: ByContainer;
    readonly exitSeconds: ByContainer;
  };
  readonly expected: { readonly waitSeconds: Readonly<Record<string, number>> };
}

const RUNNING_MS = 60_000;

/** A pod of those containers is run on a node without delays, and deleted; each waits from then until its stop signal. */
export function run(given: unknown): Verdict {
  const { input, expected } = given as Case;
  const names = [...input.sidecars, ...input.main];
  const node = testNode({
    images: names.map((name) => ({
      name,
      onSigterm: { mode: "graceful", drainMs: valueFor(input.exitSeconds, name) * 1000 },
    })),
  });
  // A pod has one grace period for all; that of a container which waits for nothing makes no difference.
  const gracePeriodSeconds = Math.max(...names.map((name) => valueFor(input.graceSeconds, name)));
  const container = (name: string): Container => ({ name, image: name });
  node.run({
    initContainers: input.sidecars.map((name) => ({ ...container(name), restartPolicy: "Always" })),
    containers: input.main.map(container),
  });
  node.kernel.runUntil(RUNNING_MS);
  node.api.delete("pods", "default", "web", { gracePeriodSeconds });
  node.kernel.runUntil(2 * RUNNING_MS + gracePeriodSeconds * 1000);
  const fromMs = node.eventAt("Killing") ?? 0;
  const waits = node
    .decided("kubelet.stop-signal")
    .map(({ atMs, values }) => [values.container, Math.floor((atMs - fromMs) / 1000)]);
  return same(Object.fromEntries(waits), expected.waitSeconds);
}

function valueFor(values: ByContainer, name: string): number {
  return typeof values === "number" ? values : (values[name] ?? 0);
}
