/* kubectl cordon, uncordon and drain (pkg/cmd/drain/drain.go, pkg/drain). */
import { isFinalPhase } from "../../simulator/api/pod-phase.ts";
import {
  controllerOf,
  parseLabelSelector,
  type KubernetesObject,
  type Node,
  type Pod,
} from "../../simulator/index.ts";
import { each } from "../command/each.ts";
import { objectName } from "../command/report.ts";
import { visitAll, type Info } from "../command/resolve.ts";
import { dryRunMark, dryRunOf } from "../command/dry-run.ts";
import type { Call, Flagged, Verb } from "../command/verb.ts";
import { listOf } from "../describe/describer.ts";
import { ApiError, isNotFound, usageError, KubectlError } from "../kubectl-error.ts";
import { kindByWord } from "../kinds.ts";
import type { Program } from "../program.ts";

/** How long an eviction that a budget refuses is not tried again. */
const RETRY_MS = 5000;

const NODE_FLAGS: Flagged = [
  { name: "selector", short: "l", about: "labels of the nodes" },
  { name: "dry-run", implied: "unchanged", about: "none, client or server" },
];

/** The nodes of a call: their names stand without a type. */
function nodesOf(call: Call): readonly Info[] {
  if (call.words.length === 0 && !call.flags.has("selector")) {
    const [, verb] = call.command.split(" ");
    throw usageError(call.command, `USAGE: ${verb} NODE [flags]`);
  }
  if (call.words.length > 0 && call.flags.has("selector")) {
    throw usageError(call.command, "cannot specify both a node name and a --selector option");
  }
  const words = call.words.map((word) => (word.includes("/") ? word : `node/${word}`));
  return visitAll(call, { words: words.length === 0 ? ["nodes"] : words });
}

function cordoning(name: "cordon" | "uncordon"): Verb {
  return {
    name,
    about: name === "cordon" ? "Mark node as unschedulable" : "Mark node as schedulable",
    usage: "NODE",
    flags: NODE_FLAGS,
    run: (call) =>
      each({ infos: nodesOf(call), errors: [] }, (info) => mark(call, info, name === "cordon")),
  };
}

export const cordon = cordoning("cordon");
export const uncordon = cordoning("uncordon");

function* mark(call: Call, info: Info, unschedulable: boolean): Program {
  const word = unschedulable ? "cordoned" : "uncordoned";
  const { spec } = info.object as Node;
  const isSame = (spec.unschedulable ?? false) === unschedulable;
  if (!isSame && dryRunOf(call) !== "client") {
    call.client.patch(
      info,
      info.name,
      "strategic",
      { spec: { unschedulable: unschedulable || null } },
      {
        dryRun: dryRunOf(call) === "server",
      },
    );
  }
  yield { stdout: `${objectName(info)} ${isSame ? "already " : ""}${word}${dryRunMark(call)}\n` };
  return 0;
}

export const drain: Verb = {
  name: "drain",
  about: "Drain node in preparation for maintenance",
  usage: "NODE",
  flags: [
    ...NODE_FLAGS,
    { name: "force", type: "bool", about: "pods too that nobody makes anew" },
    { name: "ignore-daemonsets", type: "bool", about: "leaves pods of DaemonSets where they are" },
    { name: "delete-emptydir-data", type: "bool", about: "pods too whose data goes with them" },
    { name: "grace-period", type: "int", about: "seconds to end; -1: as the pod says" },
    { name: "timeout", type: "duration", about: "how long it may take; 0: as long as it takes" },
    { name: "disable-eviction", type: "bool", about: "deletes, and asks no budget" },
    { name: "pod-selector", about: "labels of the pods" },
    {
      name: "skip-wait-for-delete-timeout",
      type: "int",
      about: "leaves pods that go for longer, in seconds",
    },
    {
      name: "chunk-size",
      type: "int",
      about: "size of the parts of a long list; it changes nothing",
    },
  ],
  *run(call) {
    const selector = call.flags.text("pod-selector") ?? "";
    if (!isLabelSelector(selector)) {
      throw new KubectlError("--pod-selector=<pod_selector> must be a valid label selector");
    }
    const nodes = nodesOf(call);
    for (const node of nodes) yield* mark(call, node, true);
    const pending: string[] = [];
    const problems: string[] = [];
    for (const node of nodes) {
      try {
        yield* drainOne(call, node);
        yield { stdout: `${objectName(node)} drained${dryRunMark(call)}\n` };
      } catch (error) {
        if (!(error instanceof KubectlError)) throw error;
        yield {
          stderr: `error: unable to drain node ${JSON.stringify(node.name)} due to error: ${error.message}, continuing command...\n`,
        };
        pending.push(node.name);
        problems.push(error.message);
      }
    }
    if (pending.length === 0) return 0;
    yield {
      stderr: `There are pending nodes to be drained:\n${pending.map((name) => ` ${name}\n`).join("")}`,
    };
    for (const problem of problems) yield { stderr: `${reasonsOf(problem)}\n` };
    return 1;
  },
};

function isLabelSelector(text: string): boolean {
  try {
    parseLabelSelector(text);
    return true;
  } catch {
    return false;
  }
}

/** Reasons stand in a list even where there is one, and the lines of several errors have no `error: ` before them. */
function reasonsOf(text: string): string {
  if (/^global timeout/.test(text)) return `error: ${text}`;
  return text.startsWith("[") ? text.slice(1, -1).split(", ").join("\n") : text;
}

/** Why a pod is in the way, and the flag that lets it go (pkg/drain/filters.go). */
const IN_THE_WAY = {
  daemonSet: "cannot delete DaemonSet-managed Pods (use --ignore-daemonsets to ignore)",
  emptyDir: "cannot delete Pods with local storage (use --delete-emptydir-data to override)",
  unmanaged: "cannot delete Pods that declare no controller (use --force to override)",
} as const;

function* drainOne(call: Call, node: Info): Program {
  const { flags } = call;
  const pods = listOf({ client: call.client, nowMs: call.world.now() }, "pods", "", {
    fieldSelector: `spec.nodeName=${node.name}`,
    ...(flags.has("pod-selector") ? { labelSelector: flags.text("pod-selector")! } : {}),
  });
  const going: Pod[] = [];
  const refused = new Map<string, string[]>();
  const ignored = new Map<string, string[]>();
  for (const pod of pods) {
    const found = judge(call, pod);
    const name = `${pod.metadata.namespace ?? ""}/${pod.metadata.name}`;
    if (found.refused !== undefined) add(refused, found.refused, name);
    else if (found.goes) going.push(pod);
    if (found.warning !== undefined) add(ignored, found.warning, name);
  }
  if (refused.size > 0) {
    const texts = [...refused].map(([why, names]) => `${why}: ${names.join(", ")}`);
    throw new KubectlError(texts.length === 1 ? texts[0]! : `[${texts.join(", ")}]`);
  }
  for (const [why, names] of ignored) {
    yield { stderr: `Warning: ${why}: ${names.join(", ")}\n` };
  }
  return yield* removeAll(call, going);
}

function add(map: Map<string, string[]>, key: string, name: string): void {
  map.set(key, [...(map.get(key) ?? []), name]);
}

interface Judged {
  readonly goes: boolean;
  readonly refused?: string;
  readonly warning?: string;
}

function judge({ flags }: Call, pod: Pod): Judged {
  const isFinished = isFinalPhase(pod.status.phase);
  if (pod.metadata.annotations?.["kubernetes.io/config.mirror"] !== undefined)
    return { goes: false };
  const owner = controllerOf(pod);
  if (owner?.kind === "DaemonSet" && !isFinished) {
    return flags.isOn("ignore-daemonsets")
      ? { goes: false, warning: "ignoring DaemonSet-managed Pods" }
      : { goes: false, refused: IN_THE_WAY.daemonSet };
  }
  const { volumes = [] } = pod.spec as { volumes?: readonly { emptyDir?: object }[] };
  if (volumes.some(({ emptyDir }) => emptyDir !== undefined) && !isFinished) {
    return flags.isOn("delete-emptydir-data")
      ? { goes: true }
      : { goes: false, refused: IN_THE_WAY.emptyDir };
  }
  if (owner === undefined && !isFinished) {
    return flags.isOn("force")
      ? { goes: true, warning: "deleting Pods that declare no controller" }
      : { goes: false, refused: IN_THE_WAY.unmanaged };
  }
  return { goes: true };
}

/** Evicts all pods side by side; a refusal is tried again, and each pod is waited for until it is gone. */
function* removeAll(call: Call, pods: readonly Pod[]): Program {
  const { world, flags } = call;
  const limitMs = flags.duration("timeout") ?? 0;
  const untilMs = limitMs > 0 ? world.now() + limitMs : Infinity;
  const due = new Map(pods.map((pod) => [pod, world.now()]));
  const going = new Set<Pod>();
  if (dryRunOf(call) !== "none") {
    for (const pod of pods) yield { stdout: `evicting pod ${nameOf(pod)}${dryRunMark(call)}\n` };
    return 0;
  }
  while (due.size + going.size > 0) {
    for (const [pod, atMs] of [...due]) {
      if (atMs > world.now()) continue;
      const outcome = yield* tryRemove(call, pod);
      due.delete(pod);
      if (outcome === TRY_AGAIN) due.set(pod, world.now() + RETRY_MS);
      else going.add(pod);
    }
    for (const pod of [...going]) {
      if (stands(call, pod)) continue;
      going.delete(pod);
      const how = flags.isOn("disable-eviction") ? "deleted" : "evicted";
      yield { stdout: `pod/${pod.metadata.name} ${how}\n` };
    }
    if (due.size + going.size === 0) break;
    if (world.now() >= untilMs) {
      throw new KubectlError(`global timeout reached: ${flags.text("timeout")}`);
    }
    yield { waitForChange: true, untilMs: Math.min(untilMs, ...due.values()) };
  }
  return 0;
}

const TRY_AGAIN = 1;

function* tryRemove(call: Call, pod: Pod): Program {
  const { name, namespace = "" } = pod.metadata;
  const grace = call.flags.number("grace-period") ?? -1;
  const deleteOptions = grace >= 0 ? { gracePeriodSeconds: grace } : {};
  try {
    if (call.flags.isOn("disable-eviction")) {
      call.client.delete({ kind: kindByWord("pods"), namespace }, name, deleteOptions);
    } else {
      yield { stdout: `evicting pod ${nameOf(pod)}\n` };
      const eviction = { apiVersion: "policy/v1", kind: "Eviction", metadata: { name, namespace } };
      call.client.evict(namespace, name, { ...eviction, deleteOptions });
    }
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    if (isNotFound(error)) return 0;
    const where = `pods/${JSON.stringify(name)} -n ${JSON.stringify(namespace)}`;
    if (error.status.reason === "TooManyRequests") {
      yield { stderr: `error when evicting ${where} (will retry after 5s): ${error.message}\n` };
      return TRY_AGAIN;
    }
    throw new KubectlError(`error when evicting ${where}: ${error.message}`);
  }
  return 0;
}

function nameOf({ metadata }: Pod): string {
  return `${metadata.namespace ?? ""}/${metadata.name}`;
}

function stands({ client }: Call, { metadata }: KubernetesObject): boolean {
  try {
    const where = { kind: kindByWord("pods"), namespace: metadata.namespace ?? "" };
    return client.get(where, metadata.name).metadata.uid === metadata.uid;
  } catch (error) {
    if (isNotFound(error)) return false;
    throw error;
  }
}
