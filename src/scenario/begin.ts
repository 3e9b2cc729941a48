import { labelOf, programOf } from "../kubectl/execute.ts";
import { requestsOf } from "../kubectl/requests.ts";
import { runLine, type ShellState, type ShellWorld } from "../shell/index.ts";
import type { Cluster, StepAction, TypedLine } from "../simulator/index.ts";
import type { Begun } from "./player.ts";
import { filesInMemory } from "./read-files.ts";

/** What a step or input does to a cluster, as a program; a typed line goes on from what its terminal remembers. */
export function begin(cluster: Cluster, action: StepAction | TypedLine, shell: ShellState): Begun {
  if (action.kind !== "shell") {
    return { label: labelOf(action), program: programOf(cluster, action, worldOf(cluster, {})) };
  }
  const { program, state } = runLine(action.line, worldOf(cluster, action.files), shell);
  return { label: action.line, program, shell: state };
}

/** The world of a terminal beside a cluster. */
export function worldOf(cluster: Cluster, files: Readonly<Record<string, string>>): ShellWorld {
  const read = filesInMemory(files);
  return {
    api: requestsOf(cluster.api),
    now: () => cluster.now,
    read: (path) => {
      const content = read(path);
      if (path === "." && content === undefined) return { names: [] };
      return typeof content === "object" && "refused" in content ? undefined : content;
    },
    hasEditor: true,
    containers: cluster.containers,
    ...(cluster.metrics === undefined ? {} : { metrics: cluster.metrics }),
    request: (request) => {
      const answer = cluster.singleRequest(request);
      if ("error" in answer) return answer;
      const { pod, image, ...rest } = answer;
      return { ...rest, body: `${pod} ${image}\n` };
    },
  };
}
