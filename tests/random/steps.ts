import type { Draw } from "./draw.ts";
import type { Json, Step } from "./plan.ts";
import { IMAGES } from "./pod-template.ts";
import type { Cast } from "./workloads.ts";

const DELETE_FLAGS = ["", "", "--now", "--grace-period=3", "--force --grace-period=0"];
const CASCADES = ["background", "foreground", "orphan"];

/** What is done to the cluster, in order of time. */
export function steps(
  all: readonly Cast[],
  files: readonly string[],
  nodes: number,
  draw: Draw,
): Step[] {
  const count = draw.whole(0, 8);
  const done: Step[] = [];
  let atMs = draw.whole(1, 40_000);
  for (let i = 0; i < count; i += 1) {
    done.push(step(atMs, all, files, draw));
    atMs += draw.chance(0.4) ? draw.whole(0, 1500) : draw.whole(1000, 40_000);
  }
  if (draw.chance(0.2)) done.push(...drain(draw.whole(5000, atMs), nodes, draw));
  return done.toSorted((a, b) => a.atMs - b.atMs);
}

function step(atMs: number, all: readonly Cast[], files: readonly string[], draw: Draw): Step {
  const { workload, name } = draw.pick(all);
  const isDeployment = workload.startsWith("deployment/");
  const scalable = !workload.startsWith("daemonset/");
  switch (draw.whole(0, 9)) {
    case 0:
    case 1:
      return { atMs, kubectl: `set image ${workload} web=${draw.pick(IMAGES)}` };
    case 2:
    case 3:
      return scalable
        ? { atMs, kubectl: `scale ${workload} --replicas=${draw.whole(0, isDeployment ? 9 : 4)}` }
        : { atMs, kubectl: `rollout restart ${workload}` };
    case 4:
      return { atMs, deletePod: draw.whole(0, 9), flags: draw.pick(DELETE_FLAGS) };
    case 5:
      return { atMs, evictPod: draw.whole(0, 9) };
    case 6:
      return { atMs, apply: draw.pick(files) };
    case 7:
      if (draw.chance(0.3)) {
        return { atMs, kubectl: `delete ${workload} --cascade=${draw.pick(CASCADES)}` };
      }
      return { atMs, apply: draw.pick(files) };
    default: {
      const pausable = isDeployment
        ? [`rollout pause ${workload}`, `rollout resume ${workload}`]
        : [];
      const commands = [
        `rollout undo ${workload}`,
        `rollout restart ${workload}`,
        `delete service/${name}`,
        ...pausable,
      ];
      return { atMs, kubectl: draw.pick(commands) };
    }
  }
}

/** A drain tries again every five seconds, as kubectl does; most nodes are back in service afterwards. */
function drain(atMs: number, nodes: number, draw: Draw): Step[] {
  const node = `node-${draw.whole(1, nodes)}`;
  const tries = draw.whole(1, 8);
  const all: Step[] = Array.from({ length: tries }, (_, i) => ({
    atMs: atMs + i * 5000,
    drain: node,
  }));
  if (draw.chance(0.7)) {
    all.push({ atMs: atMs + tries * 5000 + draw.whole(0, 30_000), uncordon: node });
  }
  return all;
}

/**
 * Nodes that are not heard of for a while, and nodes that run out of memory. `isSurging`: a DaemonSet may have two pods on a node. Where the
 * kubelet refuses its pods it makes a new one with every sync, since only the deletions of failed pods are held back (daemon_controller.go
 * podsShouldBeOnNode; kubernetes issue 124388); thousands of pods would show nothing more, so that such a plan has no pressure.
 */
export function faults(nodes: number, isSurging: boolean, draw: Draw): Json {
  const node = () => `node-${draw.whole(1, nodes)}`;
  const failure = () => {
    const at = draw.whole(1000, 90_000);
    const until = at + draw.pick([5000, 40_000, 100_000, 420_000]);
    const what = draw.pick(["kubelet", "network"]);
    return { at: `${at}ms`, until: `${until}ms`, node: node(), what };
  };
  const pressure = () => ({
    at: `${draw.whole(1000, 90_000)}ms`,
    node: node(),
    resource: draw.pick(["memory", "ephemeral-storage"]),
    pods: draw.whole(1, 3),
  });
  return {
    ...draw.maybe(0.12, () => ({
      nodeFailures: Array.from({ length: draw.whole(1, 2) }, failure),
    })),
    ...draw.maybe(0.05, () => (isSurging ? {} : { nodePressure: [pressure()] })),
  };
}

/** What the pods of `web` use, in steps. */
export function metrics(draw: Draw): Json {
  let atMs = 0;
  const series = Array.from({ length: draw.whole(1, 4) }, () => {
    const point = { at: `${atMs}ms`, value: `${draw.whole(1, 40) * 100}m` };
    atMs += draw.whole(10_000, 60_000);
    return point;
  });
  return {
    metrics: [{ target: "deployment/web", per: draw.pick(["pod", "total"]), series }],
  };
}
