import { isSidecar } from "../api/containers.ts";
import { timestamp } from "../api/time.ts";
import type { Container, ContainerState, ContainerStatus, Pod } from "../api/types.ts";
import { fillHex, RandomStream, seedStream } from "../kernel/random.ts";
import { hasExited, latestRun, runBefore, type ContainerRun, type PodState } from "./state.ts";

/** What the probes say of a running container. */
export interface ProbeVerdicts {
  /** Has its startup probe passed, if it has one? */
  started(pod: PodState, container: Container, run: ContainerRun): boolean;
  /** Has its readiness probe passed, if it has one? Asked of started containers. */
  ready(pod: PodState, container: Container, run: ContainerRun): boolean;
}

/** What the status is made from. */
export interface StatusView {
  /** The runtime is seen as it was at this time: that of the last relist, or now. */
  readonly viewMs: number;
  readonly nowMs: number;
  readonly hostIp: string;
  /** No container will be started again. */
  readonly terminal: boolean;
  readonly verdicts: ProbeVerdicts;
}

const NO_STATE: ContainerState = Object.freeze({});
const CREATING: ContainerState = Object.freeze({
  waiting: Object.freeze({ reason: "ContainerCreating" }),
});
const INITIALIZING: ContainerState = Object.freeze({
  waiting: Object.freeze({ reason: "PodInitializing" }),
});

/** The status of one container; `before`, the one that it had, when that says the same (kubelet_pods.go convertToAPIContainerStatuses). */
export function containerStatus(
  pod: PodState,
  container: Container,
  init: boolean,
  before: ContainerStatus | undefined,
  view: StatusView,
): ContainerStatus {
  const { name } = container;
  const run = latestRun(pod, name, view.viewMs);
  const error = startError(pod, container, run, view);
  if (run === undefined) return notStarted(pod, container, error, before);
  const previous = runBefore(pod, name, run);
  let state = stateOf(run, view.viewMs, before?.state);
  let lastState =
    previous === undefined ? NO_STATE : stateOf(previous, view.viewMs, before?.lastState);
  if (error !== undefined) {
    lastState = state;
    state = { waiting: error };
  }
  const started = state.running !== undefined && view.verdicts.started(pod, container, run);
  const ready = isReady(pod, container, run, state, started, init, view);
  const isSame =
    before !== undefined &&
    before.containerID === run.id &&
    before.state === state &&
    before.lastState === lastState &&
    before.ready === ready &&
    before.started === started;
  if (isSame) return before;
  return {
    name,
    state,
    lastState,
    ready,
    restartCount: run.attempt,
    image: fullImageName(run.image),
    imageID: imageId(run.image),
    containerID: run.id,
    started,
  };
}

function notStarted(
  { pod }: PodState,
  { name, image = "" }: Container,
  error: { reason: string; message: string } | undefined,
  before: ContainerStatus | undefined,
): ContainerStatus {
  const hasInit = (pod.spec.initContainers ?? []).length > 0;
  const wait = hasInit ? INITIALIZING : CREATING;
  const state = error === undefined ? wait : { waiting: error };
  if (before?.state === state && before.image === image) return before;
  return {
    name,
    state,
    lastState: NO_STATE,
    ready: false,
    restartCount: 0,
    image,
    imageID: "",
    started: false,
  };
}

function isReady(
  pod: PodState,
  container: Container,
  run: ContainerRun,
  state: ContainerState,
  started: boolean,
  init: boolean,
  view: StatusView,
): boolean {
  if (init && !isSidecar(container)) return state.terminated?.exitCode === 0;
  return started && view.verdicts.ready(pod, container, run);
}

/**
 * Why a container that ought to be started is not: only such a container shows it (kubelet_pods.go convertToAPIContainerStatuses).
 */
function startError(
  pod: PodState,
  container: Container,
  run: ContainerRun | undefined,
  view: StatusView,
): { reason: string; message: string } | undefined {
  const error = pod.startErrors.get(container.name);
  if (error === undefined || view.terminal) return undefined;
  return shouldBeRestarted(pod.pod, container, run, view.viewMs) ? error : undefined;
}

/** Will the next sync start the container (container/helpers.go ShouldContainerBeRestarted)? */
export function shouldBeRestarted(
  pod: Pod,
  container: Container,
  run: ContainerRun | undefined,
  viewMs: number,
): boolean {
  if (pod.metadata.deletionTimestamp !== undefined) return false;
  if (run === undefined) return true;
  if (!hasExited(run, viewMs)) return false;
  const init = pod.spec.initContainers?.includes(container) === true;
  if (init && isSidecar(container)) return true;
  if (init && run.exit?.code === 0) return false;
  if (pod.spec.restartPolicy === "Never") return false;
  return !(pod.spec.restartPolicy === "OnFailure" && run.exit?.code === 0);
}

/** When a process started that never ran, as the runtime has it. */
const NEVER = "1970-01-01T00:00:00Z";

/** The state of a run; `before`, a state that was told, when it is that one. How a run ended is written down once. */
function stateOf(
  run: ContainerRun,
  viewMs: number,
  before: ContainerState | undefined,
): ContainerState {
  const startedAt = timestamp(run.startedMs);
  if (run.exit === undefined || !hasExited(run, viewMs)) {
    return before?.running?.startedAt === startedAt ? before : { running: { startedAt } };
  }
  if (before?.terminated?.containerID === run.id) return before;
  const { code, finishedMs, reason, message } = run.exit;
  return {
    terminated: {
      exitCode: code,
      reason: reason ?? (code === 0 ? "Completed" : "Error"),
      ...(message === undefined ? {} : { message }),
      startedAt: reason === "StartError" ? NEVER : startedAt,
      finishedAt: timestamp(finishedMs),
      containerID: run.id,
    },
  };
}

/** The name with its registry, as the runtime reports it: `nginx:1.25` is `docker.io/library/nginx:1.25`. */
export function fullImageName(image: string): string {
  const slash = image.indexOf("/");
  const first = slash < 0 ? "" : image.slice(0, slash);
  const tagged = /[:@]/.test(image.slice(image.lastIndexOf("/") + 1)) ? image : `${image}:latest`;
  if (first.includes(".") || first.includes(":") || first === "localhost") return tagged;
  return `docker.io/${slash < 0 ? "library/" : ""}${tagged}`;
}

const imageIds = new Map<string, string>();

/** Simplified: an image's digest is made from its name. */
function imageId(image: string): string {
  let id = imageIds.get(image);
  if (id === undefined) {
    id = `sha256:${randomHex(new RandomStream(seedStream(0, image)))}`;
    imageIds.set(image, id);
  }
  return id;
}

const HEX_PLACES = [...new Array(64).keys()];

/** 64 hexadecimal digits, as digests and container ids have. */
export function randomHex(random: RandomStream): string {
  const codes = new Array<number>(HEX_PLACES.length).fill(0);
  fillHex(codes, HEX_PLACES, random);
  return String.fromCharCode(...codes);
}
