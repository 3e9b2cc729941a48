import { containerOf, isSidecar } from "../api/containers.ts";
import { mainContainer } from "../api/main-container.ts";
import type { ContainerStatus, Pod } from "../api/types.ts";
import type { LoggedRequest, LogLine } from "../runtime/program-life.ts";
import { programLog } from "../runtime/program-log.ts";
import { missingProgram, shellHost } from "./container-shell.ts";
import type { KubeletNode } from "./node.ts";
import { execFailure } from "./runtime-errors.ts";
import { parseCommand, runCommand, type Command } from "./shell.ts";
import type { ContainerRun, PodState } from "./state.ts";

/** A container of a pod that the kubelet runs. */
export interface ContainerKey {
  readonly podUid: string;
  readonly container: string;
}

/** Why the kubelet does not do what it was asked. */
export interface Refused {
  readonly refused: string;
}

/** What a command in a container does next. */
export type ExecStep =
  { readonly waitMs: number } | { readonly stdout: string } | { readonly stderr: string };

/** How a command ended; `failed`: it could not be run. */
export type ExecEnd = { readonly exitCode: number } | { readonly failed: string } | Refused;

/** Requests that a pod's main program answered within an interval, in the order of their ends. */
export type RequestsOf = (pod: Pod, fromMs: number, toMs: number) => readonly LoggedRequest[];

/** Exit status of a command whose container was killed: 128 + SIGKILL. */
const KILLED = 137;

/** What a kubelet serves at its port 10250 (pkg/kubelet/server/server.go): logs of containers, and commands run in them. */
export class NodeServer {
  private readonly node: KubeletNode;

  constructor(node: KubeletNode) {
    this.node = node;
  }

  /** kubelet_pods.go GetKubeletContainerLogs. */
  log(
    { podUid, container }: ContainerKey,
    previous: boolean,
    requestsOf: RequestsOf,
  ): readonly LogLine[] | Refused {
    const state = this.node.pod(podUid);
    if (state === undefined) return { refused: "pod does not exist" };
    const id = containerIdFor(state, container, previous);
    if (typeof id !== "string") return id;
    const run = state.runs.get(container)?.find((one) => one.id === id);
    if (run === undefined) return { refused: `unable to retrieve container logs for ${id}` };
    return this.linesOf(state, container, run, requestsOf);
  }

  /**
   * Runs a command in a container (server.go getExec), step by step: it goes on at its times, and dies with the container. Its random numbers
   * are nobody else's, so that looking into a container leaves the rest of a run as it is.
   */
  *exec(
    { podUid, container }: ContainerKey,
    argv: readonly string[],
  ): Generator<ExecStep, ExecEnd, undefined> {
    const state = this.node.pod(podUid);
    const run = state?.runs.get(container)?.at(-1);
    if (state === undefined || run === undefined || run.exit !== undefined) {
      return { refused: `unable to upgrade connection: container not found ("${container}")` };
    }
    yield { waitMs: this.node.timing.exec.median };
    const missing = missingProgram(this.node.images(run.image), argv);
    if (missing !== undefined) return { failed: execFailure(missing, this.node.execId("typed")) };
    let exitCode = 0;
    for (const command of parseCommand(argv)) {
      if (command.when === "success" && exitCode !== 0) continue;
      if (command.when === "failure" && exitCode === 0) continue;
      if (run.exit !== undefined) return { exitCode: KILLED };
      const done = yield* this.command(state, run, command);
      if (done === undefined) return { exitCode: KILLED };
      exitCode = done.exitCode;
      if (done.ends === true) break;
    }
    return { exitCode };
  }

  /** Undefined: its container ended before it did. */
  private *command(state: PodState, run: ContainerRun, command: Command) {
    const warnings: string[] = [];
    const host = shellHost(this.node, state, run);
    const done = runCommand(command, { ...host, warn: (text) => void warnings.push(text) });
    if (done.unknown === true) {
      const [program] = command.words;
      yield { stderr: `${program}: this program is not simulated\n` };
      return { ...done, exitCode: 127 };
    }
    for (const text of warnings) yield { stderr: `${text}\n` };
    for (let leftMs = done.takesMs; leftMs > 0;) {
      const waitMs = Math.min(leftMs, LOOK_MS);
      yield { waitMs };
      leftMs -= waitMs;
      if (run.exit !== undefined) return undefined;
    }
    if (done.output !== "") {
      yield done.exitCode === 0 ? { stdout: done.output } : { stderr: done.output };
    }
    return done;
  }

  private linesOf(
    state: PodState,
    name: string,
    run: ContainerRun,
    requestsOf: RequestsOf,
  ): LogLine[] {
    const { now } = this.node;
    const printed = run.printed.flatMap(({ atMs, text }) =>
      text
        .replace(/\n$/, "")
        .split("\n")
        .map((line): LogLine => ({ atMs, text: line })),
    );
    const { programMs, exit } = run;
    const container = containerOf(state.pod, name)!;
    const isMain = mainContainer(state.pod) === container;
    const serves = state.pod.spec.containers.includes(container) || isSidecar(container);
    if (programMs === undefined || !serves) return printed;
    const course = exit?.course ?? this.node.processes.courseOf(run.processId) ?? {};
    const port = container.ports?.[0]?.containerPort;
    const image = this.node.images(run.image);
    const life = {
      image,
      programMs,
      course,
      ...(port === undefined ? {} : { port }),
      ...(exit === undefined ? {} : { exit }),
    };
    const untilMs = Math.min(now, exit?.atMs ?? now);
    return [
      ...printed,
      ...programLog(life, isMain ? requestsOf(state.pod, programMs, untilMs) : []),
    ];
  }
}

/** How often a command that takes time looks whether its container is still there. */
const LOOK_MS = 100;

/** The container whose log is meant, by its status (kubelet_pods.go validateContainerLogStatus). */
function containerIdFor(state: PodState, name: string, previous: boolean): string | Refused {
  const where = `container "${name}" in pod "${state.pod.metadata.name}"`;
  const status = statusOf(state, name);
  if (status === undefined) return { refused: `${where} is not available` };
  const last = status.lastState?.terminated?.containerID ?? "";
  if (previous) {
    return last !== "" ? last : { refused: `previous terminated ${where} not found` };
  }
  const { running, terminated, waiting } = status.state ?? {};
  if (running !== undefined) return status.containerID ?? "";
  if (terminated !== undefined) {
    const ended = terminated.containerID || last;
    return ended !== "" ? ended : { refused: `${where} is terminated` };
  }
  if (status.lastState?.terminated !== undefined) {
    return last !== "" ? last : { refused: `${where} is terminated` };
  }
  const waits = (reason: string) => ({ refused: `${where} is waiting to start: ${reason}` });
  if (waiting === undefined) return { refused: `${where} is waiting to start - no logs yet` };
  const { reason = "" } = waiting;
  if (reason === "ErrImagePull") return waits("image can't be pulled");
  if (reason === "ImagePullBackOff") return waits("trying and failing to pull image");
  return waits(reason);
}

function statusOf({ status, pod }: PodState, name: string): ContainerStatus | undefined {
  const { containerStatuses = [], initContainerStatuses = [] } = status ?? pod.status;
  return [...containerStatuses, ...initContainerStatuses].find((one) => one.name === name);
}
