import { keyOf, specOf } from "../plan/units.ts";
import { podSpecOf, recordsOf, valueAt, type Plain } from "../plan/pod-spec.ts";
import { replicasOf } from "../plan/fit-cluster.ts";
import type { Path } from "./edit.ts";
import type { Change, Lever, LeverContext, LeverName, Rung } from "./lever.ts";
import { hookSleeping, sleptSeconds } from "./pre-stop-hook.ts";

const POD_SPEC = ["spec", "template", "spec"] as const;
const DEFAULT_GRACE_SECONDS = 30;

/** Seconds that a preStop hook is tried with: whole steps that leave room above what was measured. */
const SLEEPS = [5, 10, 15, 20, 30, 45, 60, 90, 120, 180, 300];
const GRACES = [DEFAULT_GRACE_SECONDS, 45, 60, 90, 120, 180, 240, 300, 360, 600];

/** Other seeds than those that were played may be worse by so much. */
const MARGIN = 1.25;

/** What the application gets after the hook to finish what it has taken. */
const DRAIN_SECONDS = 10;

/** Pods that one which is replaced leaves over. */
const MORE_REPLICAS = [2, 3];

function change(
  lever: LeverName,
  { workload }: LeverContext,
  path: Path,
  value: unknown,
  values: Change["values"] = {},
): Change {
  return { lever, edit: { object: keyOf(workload), path, value }, values };
}

function graceChange(context: LeverContext, seconds: number): Change {
  const path = [...POD_SPEC, "terminationGracePeriodSeconds"];
  return change("terminationGracePeriodSeconds", context, path, seconds, { seconds });
}

function replicasChange(context: LeverContext, replicas: number): Change {
  return change("replicas", context, ["spec", "replicas"], replicas, { replicas });
}

function containerPath({ container }: LeverContext): Path {
  return [...POD_SPEC, "containers", container];
}

function containerOf({ workload, container }: LeverContext): Plain {
  return recordsOf(podSpecOf(workload.object).containers)[container] ?? {};
}

function graceOf({ workload }: Pick<LeverContext, "workload">): number {
  const given = podSpecOf(workload.object).terminationGracePeriodSeconds;
  return typeof given === "number" ? given : DEFAULT_GRACE_SECONDS;
}

/** The process goes on serving until the routers have left the pod; the grace period has to hold the hook and what comes after. */
const preStop: Lever = (context) => {
  const { runs, taken } = context;
  const heldSeconds = heldIn(context);
  const neededMs = heldSeconds * 1000 + MARGIN * (runs.closedGapMs + runs.longestAnswerMs);
  const first = SLEEPS.findIndex((seconds) => seconds * 1000 > neededMs);
  const seconds = SLEEPS[Math.max(0, first) + taken];
  if (seconds === undefined) return undefined;
  const { hook, ...kept } = hookSleeping(containerOf(context), seconds, context.shell);
  const path = [...containerPath(context), "lifecycle", "preStop"];
  const gapSeconds = Math.round(runs.closedGapMs / 10) / 100;
  const values: Change["values"] = {
    seconds,
    gapSeconds,
    ...held(heldSeconds),
    ...kept,
    ...othersIn(context),
  };
  const own = change("preStop", context, path, hook, values);
  const needed = seconds + DRAIN_SECONDS;
  const grace = GRACES.find((value) => value >= needed);
  const all: Rung = [own, ...hookBehind(context, seconds, gapSeconds)];
  if (graceOf(context) >= needed || grace === undefined) return all;
  return [...all, graceChange(context, grace)];
};

/** The container behind is told to stop at the same time, and has to hold out as long. */
function hookBehind(context: LeverContext, seconds: number, gapSeconds: number): Change[] {
  const { behind } = context;
  if (behind === undefined) return [];
  const own = { ...context, container: behind.container };
  if (sleptSeconds(containerOf(own)) >= seconds) return [];
  const { hook, ...kept } = hookSleeping(containerOf(own), seconds, behind.shell);
  const path = [...containerPath(own), "lifecycle", "preStop"];
  const behindName = String(containerOf(own).name);
  return [change("preStop", context, path, hook, { seconds, gapSeconds, behindName, ...kept })];
}

function held(heldSeconds: number): Change["values"] {
  return heldSeconds === 0 ? {} : { heldSeconds };
}

/** How long the hook held the program back in the runs that were measured: the gap began only then. */
function heldIn({ workload, measured = workload, container, runs }: LeverContext): number {
  if (runs.hooksFailed > 0) return 0;
  const slept = sleptSeconds(recordsOf(podSpecOf(measured.object).containers)[container] ?? {});
  return Math.min(slept, graceOf({ workload: measured }));
}

/** Containers beside it that are told to stop at once, as they have no hook of their own. */
function othersIn({ workload, container, behind }: LeverContext): { others?: string } {
  const others = recordsOf(podSpecOf(workload.object).containers).filter(
    (one, i) =>
      i !== container &&
      i !== behind?.container &&
      valueAt(one, "lifecycle", "preStop") === undefined,
  );
  return others.length === 0 ? {} : { others: others.map(({ name }) => String(name)).join(", ") };
}

const terminationGracePeriodSeconds: Lever = (context) => {
  const now = graceOf(context);
  const seconds = GRACES.filter((value) => value > now)[context.taken];
  if (seconds === undefined) return undefined;
  return [graceChange(context, seconds)];
};

/** The one that the update took away; or as the liveness probe asks, which names what answers; else whether the port listens. */
const readinessProbe: Lever = (context) => {
  const container = containerOf(context);
  if (context.taken > 0) return undefined;
  if (container.readinessProbe !== undefined) return probeBehind(context);
  const former = context.former?.readinessProbe as Plain | undefined;
  const { httpGet, tcpSocket, exec, grpc } = (former ?? container.livenessProbe ?? {}) as Plain;
  const handlers = Object.entries({ httpGet, tcpSocket, exec, grpc });
  const known = handlers.find(([, value]) => value !== undefined);
  const asked =
    known === undefined ? { tcpSocket: { port: context.targetPort } } : { [known[0]]: known[1] };
  const probe = former ?? asked;
  const path = [...containerPath(context), "readinessProbe"];
  return [change("readinessProbe", context, path, probe, { handler: Object.keys(asked)[0]! })];
};

/** The container behind asks whether its own port listens, where it names one. */
function probeBehind(context: LeverContext): Rung | undefined {
  if (context.behind === undefined) return undefined;
  const own = { ...context, container: context.behind.container };
  const port = recordsOf(containerOf(own).ports)[0]?.containerPort;
  if (port === undefined || containerOf(own).readinessProbe !== undefined) return undefined;
  const path = [...containerPath(own), "readinessProbe"];
  const probe = { tcpSocket: { port } };
  return [change("readinessProbe", context, path, probe, { handler: "tcpSocket" })];
}

/** Seconds that a program is given to start, before a probe may kill it. */
const STARTS = [60, 120, 300, 600];

/** It keeps the liveness probe waiting, and asks what that one asks; one that is there already asks for longer. */
const startupProbe: Lever = (context) => {
  const containers = recordsOf(podSpecOf(context.workload.object).containers);
  const kills = (one: Plain | undefined) =>
    one?.livenessProbe !== undefined || one?.startupProbe !== undefined;
  const own = containers[context.container];
  const index = kills(own) ? context.container : containers.findIndex(kills);
  const container = containers[index];
  if (container === undefined) return undefined;
  const probe = (container.startupProbe ?? container.livenessProbe) as Plain;
  const period = Number(probe.periodSeconds ?? 10);
  const thresholds = STARTS.map((seconds) => Math.ceil(seconds / period));
  const now = container.startupProbe === undefined ? 0 : Number(probe.failureThreshold ?? 3);
  const threshold = thresholds.filter((count) => count > now)[context.taken];
  if (threshold === undefined) return undefined;
  const path = [...POD_SPEC, "containers", index, "startupProbe"];
  const { initialDelaySeconds: _, ...asked } = probe;
  const values = { threshold, period, seconds: threshold * period };
  if (container.startupProbe !== undefined) {
    return [change("startupProbe", context, [...path, "failureThreshold"], threshold, values)];
  }
  const added = { ...asked, failureThreshold: threshold };
  return [change("startupProbe", context, path, added, values)];
};

/** The Service then leads to pods that are ready, and to no others. */
const publishNotReadyAddresses: Lever = ({ service, taken }) => {
  if (taken > 0 || service === undefined) return undefined;
  const path = ["spec", "publishNotReadyAddresses"];
  if (valueAt(service.object, ...path) !== true) return undefined;
  const edit = { object: keyOf(service), path, value: false };
  return [{ lever: "publishNotReadyAddresses", edit, values: {} }];
};

/** Not where the pods share a volume claim that one pod at a time can have, or each has its own data: Recreate is there for it. */
const strategy: Lever = (context) => {
  const { kind, object } = context.workload;
  if (context.taken > 0 || hasClaims(object) || context.isDatabase) return undefined;
  if (kind === "Deployment" && valueAt(object, "spec", "strategy", "type") === "Recreate") {
    return [change("strategy", context, ["spec", "strategy"], { type: "RollingUpdate" })];
  }
  return undefined;
};

const maxUnavailable: Lever = (context) => {
  const rolling = rollingUpdateOf(context);
  if (context.taken > 0 || rolling === undefined || hasClaims(context.workload.object)) {
    return undefined;
  }
  const { at, maxSurge: surge, maxUnavailable: given } = rolling;
  if (given === 0) return undefined;
  const own = change("maxUnavailable", context, [...at, "maxUnavailable"], 0, { pods: 0 });
  if (surge !== 0) return [own];
  return [own, change("maxSurge", context, [...at, "maxSurge"], 1, { pods: 1 })];
};

/** No pod beside the old ones: one of them goes first. Both bounds may not be 0. */
const maxSurge: Lever = (context) => {
  const rolling = rollingUpdateOf(context);
  if (context.taken > 0 || rolling === undefined || rolling.maxSurge === 0) return undefined;
  const { at, maxUnavailable: given } = rolling;
  const own = change("maxSurge", context, [...at, "maxSurge"], 0, { pods: 0 });
  if (given !== 0 && given !== "0%") return [own];
  return [own, change("maxUnavailable", context, [...at, "maxUnavailable"], 1, { pods: 1 })];
};

/** Where the bounds of a rolling update are, and what they are given as; a DaemonSet has no surge by itself. */
function rollingUpdateOf({ workload: { kind, object } }: LeverContext) {
  if (kind !== "Deployment" && kind !== "DaemonSet") return undefined;
  const field = kind === "Deployment" ? "strategy" : "updateStrategy";
  if (["Recreate", "OnDelete"].includes(String(valueAt(object, "spec", field, "type")))) {
    return undefined;
  }
  const at = ["spec", field, "rollingUpdate"];
  const surge = valueAt(object, ...at, "maxSurge");
  return {
    at,
    maxSurge: surge === undefined && kind === "DaemonSet" ? 0 : surge,
    maxUnavailable: valueAt(object, ...at, "maxUnavailable"),
  };
}

const replicas: Lever = (context) => {
  if (context.scaler !== undefined || !mayHaveMore(context)) return undefined;
  const now = replicasOf(context.workload.object);
  const wanted = MORE_REPLICAS.filter((count) => count > now)[context.taken];
  if (wanted === undefined) return undefined;
  return [replicasChange(context, wanted)];
};

/** Where an autoscaler decides how many pods there are. What the workload asks for itself is set by each apply, so it has to be as many. */
const minReplicas: Lever = (context) => {
  const { scaler, workload, taken } = context;
  if (scaler === undefined || !mayHaveMore(context)) return undefined;
  const { minReplicas: now = 1, maxReplicas } = specOf(scaler);
  const isMore = (count: number) => count > Number(now) && count <= Number(maxReplicas);
  const wanted = MORE_REPLICAS.filter(isMore)[taken];
  if (wanted === undefined) return undefined;
  const edit = { object: keyOf(scaler), path: ["spec", "minReplicas"], value: wanted };
  const own: Change = { lever: "minReplicas", edit, values: { replicas: wanted } };
  const written = valueAt(workload.object, "spec", "replicas");
  if (typeof written !== "number" || written >= wanted) return [own];
  return [own, replicasChange(context, wanted)];
};

function mayHaveMore({ workload: { kind, object }, isDatabase }: LeverContext): boolean {
  return kind !== "DaemonSet" && !isDatabase && !hasClaims(object) && !isAloneWithData(object);
}

const minReadySeconds: Lever = (context) => {
  const now = Number(valueAt(context.workload.object, "spec", "minReadySeconds") ?? 0);
  const seconds = [5, 15, 30].filter((value) => value > now)[context.taken];
  if (seconds === undefined) return undefined;
  return [change("minReadySeconds", context, ["spec", "minReadySeconds"], seconds, { seconds })];
};

/** One pod with a volume of its own: a second one would have an empty volume, and serve what is in it. */
function isAloneWithData(workload: Plain): boolean {
  const templates = recordsOf(valueAt(workload, "spec", "volumeClaimTemplates"));
  return templates.length > 0 && replicasOf(workload) === 1;
}

function hasClaims(workload: Plain): boolean {
  return recordsOf(podSpecOf(workload).volumes).some(
    (volume) => volume.persistentVolumeClaim !== undefined,
  );
}

/** All levers, those that change the least of how a team runs its workload first. */
export const LEVERS: Readonly<Record<LeverName, Lever>> = {
  preStop,
  terminationGracePeriodSeconds,
  readinessProbe,
  startupProbe,
  publishNotReadyAddresses,
  maxUnavailable,
  maxSurge,
  minReadySeconds,
  strategy,
  replicas,
  minReplicas,
};
