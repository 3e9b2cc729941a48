/* The phase of a pod by the states of its containers (kubelet_pods.go getPhase). */
import { expect, it } from "vitest";
import type { Container, ContainerState, ContainerStatus, Pod, PodPhase } from "../api/types.ts";
import { podPhase } from "./phase.ts";

type RestartPolicy = "Always" | "OnFailure" | "Never";

/** A container: it runs, is started, waits for its first start, ended so, or waits after having ended so. */
type How = "running" | "started" | "waiting" | "none" | `ended ${number}` | `again ${number}`;

function statusOf(name: string, how: How): ContainerStatus[] {
  if (how === "none") return [];
  const [word, code] = how.split(" ");
  const ended = { terminated: { exitCode: Number(code) } } as unknown as ContainerState;
  const running = { running: { startedAt: "" } };
  const waiting = { waiting: { reason: "x" } };
  const state =
    word === "ended" ? ended : word === "waiting" || word === "again" ? waiting : running;
  const lastState = word === "again" ? ended : {};
  return [{ name, state, lastState, started: word === "started" } as unknown as ContainerStatus];
}

it.each<[RestartPolicy, How[], How[], How[], boolean, PodPhase]>([
  // Policy, init containers, sidecars, containers, whether it is over.
  ["Always", [], [], ["waiting"], false, "Pending"],
  ["Always", [], [], ["none"], false, "Pending"],
  ["Always", [], [], ["started"], false, "Running"],
  ["Always", [], [], ["started", "waiting"], false, "Pending"],
  ["Always", [], [], ["started", "again 1"], false, "Running"],
  ["Always", [], [], ["again 1"], false, "Running"],
  ["Always", [], [], ["ended 0"], true, "Succeeded"],
  ["Always", [], [], ["ended 0", "ended 1"], true, "Failed"],
  ["OnFailure", [], [], ["ended 0"], false, "Succeeded"],
  ["OnFailure", [], [], ["ended 1"], false, "Running"],
  ["Never", [], [], ["ended 0", "ended 1"], false, "Failed"],
  ["Always", ["running"], [], ["waiting"], false, "Pending"],
  ["Always", ["ended 1"], [], ["waiting"], false, "Pending"],
  ["Never", ["ended 1"], [], ["waiting"], false, "Failed"],
  ["Never", ["again 1"], [], ["waiting"], false, "Failed"],
  ["Always", ["ended 0"], [], ["started"], false, "Running"],
  ["Always", [], ["running"], ["waiting"], false, "Pending"],
  ["Always", [], ["running"], ["started"], false, "Running"],
  ["Always", [], ["again 1"], ["started"], false, "Running"],
  ["Always", [], ["waiting"], ["waiting"], false, "Pending"],
  // A sidecar that runs keeps the pod from being over, one that has ended does not, however it ended.
  ["Never", [], ["started"], ["ended 0"], false, "Running"],
  ["Never", [], ["ended 143"], ["ended 0"], false, "Succeeded"],
  ["OnFailure", [], ["ended 1"], ["ended 0"], true, "Succeeded"],
])("%s, %j, %j, %j, over: %s is %s", (restartPolicy, inits, sidecars, mains, terminal, phase) => {
  const init = inits.map((_, i): Container => ({ name: `init${i}` }));
  const side = sidecars.map((_, i): Container => ({ name: `side${i}`, restartPolicy: "Always" }));
  const containers = mains.map((_, i): Container => ({ name: `main${i}` }));
  const spec = { restartPolicy, initContainers: [...init, ...side], containers };
  const all = (names: string, how: How[]) => how.flatMap((one, i) => statusOf(`${names}${i}`, one));
  const initStatuses = [...all("init", inits), ...all("side", sidecars)];
  const pod = { spec } as unknown as Pod;
  expect(podPhase(pod, all("main", mains), initStatuses, terminal)).toBe(phase);
});
