import type { Pod } from "../api/types.ts";
import { containerView } from "./container-view.ts";
import type { KubeletNode } from "./node.ts";
import type { ImageBehaviour } from "../scenario.ts";
import { needsShell, type Command, type ShellHost } from "./shell.ts";
import type { ContainerRun, PodState } from "./state.ts";

/** The container's side of the small shell. */
export function shellHost(node: KubeletNode, pod: PodState, run: ContainerRun): ShellHost {
  makeFiles(node, run);
  return {
    lacks: (program) => lacks(node.images(run.image), program),
    hasFile: (path) => run.files.has(path),
    createFile: (path) => void run.files.add(path),
    removeFile: (path) => void run.files.delete(path),
    signal: (signal) => node.processes.signal(run.processId, signal),
    httpGet: (port, path) => {
      const answer = node.processes.httpGet(pod.uid, port, path);
      if (answer.kind === "answer") return answer;
      return { afterMs: answer.kind === "refused" ? 0 : Infinity };
    },
    view: containerView(node, pod, run),
    warn: (message) => node.facts.warn(`${where(pod.pod)}: ${message}`),
  };
}

/** Only commands see a container's files, so those that its program makes when it is ready are made up for when one comes. */
function makeFiles(node: KubeletNode, run: ContainerRun): void {
  const { files } = node.images(run.image);
  if (files === undefined || run.madeFiles || !node.processes.isHealthy(run.processId)) return;
  run.madeFiles = true;
  for (const path of files) run.files.add(path);
}

/** The first program of a command, if the image does not have it: no program's name has a blank. */
export function missingProgram(image: ImageBehaviour, argv: readonly string[]): string | undefined {
  const [program] = argv;
  return program !== undefined && lacks(image, program) ? program : undefined;
}

function lacks({ shell, programs }: ImageBehaviour, program: string): boolean {
  const isListed = programs?.some(
    (path) => path === program || path.slice(path.lastIndexOf("/") + 1) === program,
  );
  if (isListed === true) return false;
  if (needsShell(program)) return !shell;
  return isListed === false || /\s/.test(program);
}

/** Says that a command is not simulated, and when it is taken to succeed. */
export function warnUnknown(
  node: KubeletNode,
  pod: PodState,
  command: Command,
  when = "at once",
): void {
  const text = command.words.join(" ");
  node.facts.warn(
    `${where(pod.pod)}: the command "${text}" is not simulated; it is taken to succeed ${when}`,
  );
}

function where(pod: Pod): string {
  const owner = pod.metadata.ownerReferences?.[0];
  return owner === undefined ? `pod ${pod.metadata.name}` : `pods of ${owner.kind} ${owner.name}`;
}
