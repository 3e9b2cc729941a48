/* kubectl logs (pkg/cmd/logs/logs.go): what it prints stands on the nodes, not in the API. */
import { timestamp, type LogLine, type Pod } from "../../simulator/index.ts";
import { containersOf, podOf, type Source } from "../command/pod-of.ts";
import { namespaceOf, type Call, type Verb } from "../command/verb.ts";
import { listOf } from "../describe/describer.ts";
import { ApiError, usageError, KubectlError } from "../kubectl-error.ts";
import type { Program } from "../program.ts";

/** How often a followed log is looked at: lines do not come as changes of the API. */
const FOLLOW_MS = 200;

/** `--tail` of pods chosen by labels, and how many logs may be followed side by side. */
const SELECTOR_TAIL = 10;
const MOST_STREAMS = 5;

export const logs: Verb = {
  name: "logs",
  about: "Print the logs for a container in a pod",
  usage: "[-f] [-p] (POD | TYPE/NAME) [-c CONTAINER]",
  flags: [
    { name: "follow", short: "f", type: "bool", about: "goes on with each new line" },
    { name: "previous", short: "p", type: "bool", about: "of the run before the last restart" },
    { name: "container", short: "c", about: "name of the container" },
    { name: "selector", short: "l", about: "labels of the pods" },
    { name: "tail", type: "int", about: "the last lines only; -1: all" },
    { name: "since", type: "duration", about: "lines no older than that" },
    { name: "timestamps", type: "bool", about: "the time in front of each line" },
    { name: "prefix", type: "bool", about: "pod and container in front of each line" },
    { name: "all-containers", type: "bool", about: "all containers of the pods" },
    { name: "max-log-requests", type: "int", about: "logs that may be followed side by side" },
    { name: "ignore-errors", type: "bool", about: "goes on where a log cannot be read" },
    { name: "limit-bytes", type: "int", missing: true },
    { name: "since-time", missing: true },
    { name: "all-pods", type: "bool", missing: true },
  ],
  *run(call) {
    validate(call);
    const { flags } = call;
    const pods = flags.has("selector") ? podsByLabels(call) : [yield* podOf(call)];
    if (pods.length === 0) {
      yield { stderr: `No resources found in ${namespaceOf(call)} namespace.\n` };
      return 0;
    }
    const sources: Source[] = [];
    for (const pod of pods) sources.push(...(yield* containersOf(call, pod)));
    const most = flags.number("max-log-requests") ?? MOST_STREAMS;
    if (flags.isOn("follow") && sources.length > most) {
      throw new KubectlError(
        `you are attempting to follow ${sources.length} log streams, but maximum allowed concurrency is ${most}, use --max-log-requests to increase the limit`,
      );
    }
    return yield* print(call, sources);
  },
};

/** LogsOptions.Complete and Validate. */
function validate({ flags, words, command }: Call): void {
  const isByLabels = flags.has("selector");
  const expected = "'logs [-f] [-p] (POD | TYPE/NAME) [-c CONTAINER]'";
  const required = "POD or TYPE/NAME is a required argument for the logs command";
  if (words.length === 0 && !isByLabels) {
    throw usageError(command, `expected ${expected}.\n${required}`);
  }
  if (isByLabels && words.length > 0) {
    throw usageError(command, "only a selector (-l) or a POD name is allowed");
  }
  if (words.length > 2) throw usageError(command, `expected ${expected}.\n${required}`);
  const container = flags.text("container") ?? words[1];
  if (flags.isOn("all-containers") && container !== undefined) {
    throw new KubectlError(
      `--all-containers=true should not be specified with container name ${container}`,
    );
  }
  if (flags.has("container") && words[1] !== undefined) {
    throw usageError(command, "only one of -c or an inline [CONTAINER] arg is allowed");
  }
  if ((flags.number("tail") ?? -1) < -1) {
    throw new KubectlError("--tail must be greater than or equal to -1");
  }
}

function podsByLabels(call: Call): readonly Pod[] {
  const surroundings = { client: call.client, nowMs: call.world.now() };
  const labelSelector = call.flags.text("selector")!;
  return listOf(surroundings, "pods", namespaceOf(call), { labelSelector });
}

function* print(call: Call, sources: readonly Source[]): Program {
  const { flags, world } = call;
  const tail = flags.number("tail") ?? (flags.has("selector") ? SELECTOR_TAIL : -1);
  const sinceMs = flags.duration("since");
  /** Logs to follow, each with the number of lines that have been printed or passed over. */
  const seen = new Map<Source, number>();
  for (const source of sources) {
    const lines = linesOf(call, source);
    if (lines instanceof ApiError) {
      if (!flags.isOn("ignore-errors")) throw lines;
      yield { stdout: `error: ${lines.message}\n` };
      continue;
    }
    seen.set(source, lines.length);
    const recent =
      sinceMs === undefined ? lines : lines.filter(({ atMs }) => atMs >= world.now() - sinceMs);
    const last = tail < 0 ? recent : recent.slice(Math.max(0, recent.length - tail));
    for (const line of last) yield { stdout: lineText(call, source, line) };
  }
  while (flags.isOn("follow") && seen.size > 0) {
    yield { waitMs: FOLLOW_MS };
    for (const [source, count] of seen) {
      const goesOn = isRunning(call, source);
      const lines = linesOf(call, source);
      if (lines instanceof ApiError) {
        seen.delete(source);
        continue;
      }
      for (const line of lines.slice(count)) yield { stdout: lineText(call, source, line) };
      if (goesOn) seen.set(source, lines.length);
      else seen.delete(source);
    }
  }
  return 0;
}

function lineText({ flags }: Call, { pod, container }: Source, { atMs, text }: LogLine): string {
  const prefix = flags.isOn("prefix") ? `[pod/${pod.metadata.name}/${container}] ` : "";
  const nanos = `${String(Math.floor(atMs) % 1000).padStart(3, "0")}000000`;
  const time = flags.isOn("timestamps") ? `${timestamp(atMs).replace("Z", "")}.${nanos}Z ` : "";
  return `${prefix}${time}${text}\n`;
}

function linesOf({ flags, world }: Call, { pod, container }: Source) {
  if (world.containers === undefined) {
    throw new KubectlError("logs of containers are not simulated here");
  }
  const { namespace = "", name } = pod.metadata;
  const lines = world.containers.log({ namespace, pod: name, container }, flags.isOn("previous"));
  return "message" in lines ? new ApiError({ kind: "Status", ...lines }) : lines;
}

/** Whether the container may still write something: it runs, and its pod is the same. */
function isRunning({ client, flags, world }: Call, { pod, container }: Source): boolean {
  if (flags.isOn("previous")) return false;
  const { namespace = "", name, uid } = pod.metadata;
  const fieldSelector = `metadata.name=${name}`;
  const [found] = listOf({ client, nowMs: world.now() }, "pods", namespace, { fieldSelector });
  if (found?.metadata.uid !== uid) return false;
  const { containerStatuses = [], initContainerStatuses = [] } = found.status;
  const status = [...containerStatuses, ...initContainerStatuses].find(
    (one) => one.name === container,
  );
  return status?.state?.running !== undefined;
}
