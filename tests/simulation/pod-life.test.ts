/*
 * Pods in the words of `kubectl get pods`, as a watch of a real node (Kubernetes 1.32, containerd) printed them: what the kubelet reports and what
 * kubectl makes of it, together. Left out of the recordings is only what timing alone decides: the ages, and a second row that says the same.
 */
import { describe, expect, it } from "vitest";
import { summarizePod } from "../../src/kubectl/print/pod.ts";
import type { Container, PodSpec } from "../../src/simulator/api/types.ts";
import { testNode, web } from "../../src/simulator/kubelet/test-node.ts";
import type { ImageBehaviour, NodePressure } from "../../src/simulator/scenario.ts";

interface Life {
  readonly name: string;
  readonly container?: Partial<Container>;
  readonly spec?: Partial<PodSpec>;
  readonly image?: Partial<ImageBehaviour>;
  readonly pressures?: readonly NodePressure[];
  /** When it is deleted, in seconds. */
  readonly deletedAt?: number;
  readonly untilSeconds?: number;
  /** READY, STATUS and RESTARTS, each time that one of them changed. */
  readonly rows: readonly string[];
}

function rowsOf(life: Life): string[] {
  const { container, spec, image, pressures, deletedAt, untilSeconds = 40 } = life;
  const images = [{ name: "web:v1", startupMs: 0, readyMs: 0, ...image }];
  const node = testNode({ images, pressures });
  node.kernel.runUntil(0);
  node.run({
    restartPolicy: "Always",
    ...spec,
    containers: [web(container), ...(spec?.containers ?? [])],
  });
  if (deletedAt !== undefined) {
    node.kernel.runUntil(deletedAt * 1000);
    node.api.delete("pods", "default", "web", {
      gracePeriodSeconds: spec?.terminationGracePeriodSeconds ?? 30,
    });
  }
  node.kernel.runUntil(untilSeconds * 1000);
  const rows = node.changes.map(({ type, pod }) => {
    const { ready, total, status, restarts } = summarizePod(pod);
    return `${ready}/${total} ${status} ${restarts}${type === "DELETED" ? " (gone)" : ""}`;
  });
  return rows.filter((row, i) => row !== rows[i - 1]);
}

const CREATED = ["0/1 Pending 0", "0/1 ContainerCreating 0"];
const NOT_FOUND = "no-such-image:1";
const sleeper = { name: "first", image: "busybox", command: ["sleep", "2"] };
const sidecar = { name: "side", image: "side:1", restartPolicy: "Always" };

const lives: Life[] = [
  {
    name: "a web server that is deleted",
    deletedAt: 10,
    rows: [
      ...CREATED,
      "1/1 Running 0",
      "1/1 Terminating 0",
      "0/1 Completed 0",
      "0/1 Completed 0 (gone)",
    ],
  },
  {
    name: "one that is killed with SIGKILL",
    image: { onSigterm: { mode: "ignore" } },
    spec: { terminationGracePeriodSeconds: 5 },
    deletedAt: 10,
    rows: [...CREATED, "1/1 Running 0", "1/1 Terminating 0", "0/1 Error 0", "0/1 Error 0 (gone)"],
  },
  {
    name: "a crash loop",
    image: { crash: { afterMs: 1500, exitCode: 1 } },
    untilSeconds: 35,
    rows: [
      ...CREATED,
      "1/1 Running 0",
      "0/1 Error 0",
      "1/1 Running 1",
      "0/1 Error 1",
      "0/1 CrashLoopBackOff 1",
      "1/1 Running 2",
      "0/1 Error 2",
      "0/1 CrashLoopBackOff 2",
    ],
  },
  {
    name: "memory beyond the limit",
    image: { oom: { afterMs: 2500 } },
    untilSeconds: 38,
    rows: [
      ...CREATED,
      "1/1 Running 0",
      "0/1 OOMKilled 0",
      "1/1 Running 1",
      "0/1 OOMKilled 1",
      "0/1 CrashLoopBackOff 1",
      "1/1 Running 2",
      "0/1 OOMKilled 2",
      "0/1 CrashLoopBackOff 2",
    ],
  },
  {
    name: "a command that the image does not have",
    image: { programs: ["web"] },
    container: { command: ["/nosuch"] },
    untilSeconds: 30,
    rows: [
      ...CREATED,
      "0/1 RunContainerError 0",
      "0/1 RunContainerError 1",
      "0/1 CrashLoopBackOff 1",
      "0/1 RunContainerError 2",
      "0/1 CrashLoopBackOff 2",
    ],
  },
  {
    name: "an image that no registry has",
    container: { image: NOT_FOUND },
    untilSeconds: 40,
    rows: [
      ...CREATED,
      "0/1 ErrImagePull 0",
      "0/1 ImagePullBackOff 0",
      "0/1 ErrImagePull 0",
      "0/1 ImagePullBackOff 0",
    ],
  },
  {
    name: "an image name that can not be",
    container: { image: "Web:V1" },
    rows: [...CREATED, "0/1 InvalidImageName 0"],
  },
  {
    name: "an image that must not be pulled",
    container: { image: NOT_FOUND, imagePullPolicy: "Never" },
    rows: [...CREATED, "0/1 ErrImageNeverPull 0"],
  },
  {
    name: "a ConfigMap that is not there",
    container: { envFrom: [{ configMapRef: { name: "missing" } }] },
    rows: [...CREATED, "0/1 CreateContainerConfigError 0"],
  },
  {
    name: "an init container before the application",
    spec: { initContainers: [sleeper] },
    rows: ["0/1 Pending 0", "0/1 Init:0/1 0", "0/1 PodInitializing 0", "1/1 Running 0"],
  },
  {
    name: "an init container that fails",
    spec: { initContainers: [{ ...sleeper, command: ["sh", "-c", "sleep 2; exit 1"] }] },
    untilSeconds: 12,
    rows: [
      "0/1 Pending 0",
      "0/1 Init:0/1 0",
      "0/1 Init:Error 0",
      "0/1 Init:0/1 1",
      "0/1 Init:Error 1",
    ],
  },
  {
    name: "two sidecars before the application",
    spec: { initContainers: [sidecar, { ...sidecar, name: "other" }] },
    rows: [
      "0/3 Pending 0",
      "0/3 Init:0/2 0",
      "1/3 Init:1/2 0",
      "2/3 PodInitializing 0",
      "3/3 Running 0",
    ],
  },
  {
    name: "a job that succeeds",
    container: { command: ["sleep", "3"] },
    spec: { restartPolicy: "Never" },
    rows: [...CREATED, "1/1 Running 0", "0/1 Completed 0"],
  },
  {
    name: "a job that fails, and is tried again until it does not",
    container: { command: ["sh", "-c", "sleep 3; exit 4"] },
    spec: { restartPolicy: "OnFailure" },
    untilSeconds: 12,
    rows: [...CREATED, "1/1 Running 0", "0/1 Error 0", "1/1 Running 1", "0/1 Error 1"],
  },
  {
    name: "one of two containers that has done its work",
    container: { command: ["sleep", "3"] },
    spec: { restartPolicy: "Never", containers: [{ name: "other", image: "other:1" }] },
    rows: ["0/2 Pending 0", "0/2 ContainerCreating 0", "2/2 Running 0", "1/2 NotReady 0"],
  },
  {
    name: "one that is evicted: its containers have more to tell than its reason",
    pressures: [{ atMs: 10_000, node: "node-1", resource: "memory", pods: 1 }],
    rows: [...CREATED, "1/1 Running 0", "0/1 Completed 0"],
  },
  {
    name: "one that its node does not take",
    pressures: [{ atMs: 0, node: "node-1", resource: "memory", pods: 1 }],
    rows: ["0/1 Pending 0", "0/1 Evicted 0"],
  },
  {
    name: "a slow starter that its liveness probe kills again and again",
    image: { startupMs: 60_000, readyMs: 60_000 },
    container: { livenessProbe: { httpGet: { port: 80 }, periodSeconds: 4 } },
    untilSeconds: 75,
    rows: [
      ...CREATED,
      "1/1 Running 0",
      "1/1 Running 1",
      "1/1 Running 2",
      "1/1 Running 3",
      "0/1 CrashLoopBackOff 3",
      "1/1 Running 4",
    ],
  },
];

describe("kubectl get pods -w", () => {
  it.each(lives)("$name", (life) => {
    const images = { ...life.image };
    if (life.container?.image === NOT_FOUND)
      Object.assign(images, { name: NOT_FOUND, exists: false });
    expect(rowsOf({ ...life, image: images })).toEqual(life.rows);
  });
});
