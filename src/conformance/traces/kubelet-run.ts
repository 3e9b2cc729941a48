import type { Container, Event, NewObject, Pod } from "../../simulator/api/types.ts";
import { testNode } from "../../simulator/kubelet/test-node.ts";
import { MEASURED_KUBELET_TIMING } from "../../simulator/kubelet/timing.ts";
import type { ImageBehaviour } from "../../simulator/scenario.ts";
import type { Result } from "../result.ts";
import type { Recording } from "./recording.ts";

/** Runs whose events are compared with those recorded, and whose instants make up the simulated spread. */
const SEEDS = [1, 2, 3, 4, 5, 6, 7];
/** Pods that stood before the recording are started so long before it. */
const HEAD_START_MS = 60_000;
const REST_MS = 90_000;

/** What one pod went through, as its API object and events tell. Times in ms. */
interface PodLife {
  readonly name: string;
  /** Reasons and messages of the kubelet's events in order, `Unhealthy` apart. */
  readonly said: readonly string[];
  readonly spans: ReadonlyMap<string, number>;
}

interface Seen {
  readonly t: number;
  readonly type: string;
  readonly pod: Pod;
}

interface Heard {
  readonly t: number;
  readonly event: Event;
}

/**
 * Does our kubelet, given the recorded pods at the recorded instants of binding and deletion, tell what the real one told? Events must
 * have the recorded reasons and messages in the recorded order; each span (binding to Started, deletion to gone…) must have
 * a spread that meets the recorded one. How often a probe fails while a pod starts or stops hangs on the phase of its ticks alone.
 */
export function checkKubelet(recording: Recording): Result {
  const recorded = recordedPods(recording);
  const images = imagesOf(
    recorded.map(({ pod }) => pod),
    missingImages(recording),
  );
  const name = `traces/${recording.name}/kubelet`;
  if (images === undefined) {
    const notes = ["its containers run programs of their own, which the simulator has no model of"];
    return { name, pass: true, compared: 0, messages: [], notes };
  }
  const real = livesOf(seenIn(recording), heardIn(recording));
  const runs = SEEDS.map((seed) => runPods(recorded, images, seed));
  const messages: string[] = [];
  for (const life of real) {
    const simulated = runs.map((lives) => lives.find((other) => other.name === life.name)!);
    if (simulated.some(({ said }) => isSame(life, said, recording))) continue;
    messages.push(
      `${life.name}: recorded ${life.said.join(" | ")}; simulated ${simulated[0]!.said.join(" | ")}`,
    );
  }
  const notes: string[] = [];
  const drains = hasSlowRequests(recording);
  if (isLoaded(recording)) notes.push("the machine was loaded: milliseconds are not compared");
  else messages.push(...wrongSpans(real, runs.flat(), drains ? [END] : []));
  if (drains)
    notes.push(
      `requests that take seconds held the servers up, and are not played: "${END}" is left out`,
    );
  const compared = real.reduce((sum, { said, spans }) => sum + said.length + spans.size, 0);
  return { name, pass: messages.length === 0, compared, messages, notes };
}

/**
 * Is that what was told of the pod? Of one that lives on, no more is compared than both told. On a loaded machine it is timing whether a
 * container still waits when one looks: then of BackOff only the words are compared.
 */
function isSame(life: PodLife, other: readonly string[], recording: Recording): boolean {
  const isDeleted = recording.changes.some(
    ({ resource, object }) =>
      resource === "pods" &&
      object.metadata.name === life.name &&
      object.metadata.deletionTimestamp !== undefined,
  );
  const isBackOff = (line: string) => isLoaded(recording) && line.startsWith("BackOff");
  const [wanted, got] = [life.said, other].map((lines) =>
    killsInOrder(lines.filter((l) => !isBackOff(l)).map(withoutRegistry)),
  );
  // How often a pull is tried before the pod goes hangs on how long each takes to fail.
  const isHeldUp = wanted!.some((line) => PULL_FAILED.test(line.replace("Failed: ", "")));
  const count = isDeleted && !isHeldUp ? Infinity : Math.min(wanted!.length, got!.length);
  const inOrder = wanted!.slice(0, count).join("\n") === got!.slice(0, count).join("\n");
  return inOrder && life.said.filter(isBackOff).every((line) => other.includes(line));
}

/**
 * The containers of a pod are killed each by a goroutine of its own (kuberuntime_container.go killContainersWithSyncResult): which of them
 * says so first is chance, so what they say at once is put in order.
 */
function killsInOrder(lines: readonly string[]): string[] {
  const isKill = (line: string | undefined) => line?.startsWith("Killing: Stopping container ");
  const ordered: string[] = [];
  for (let at = 0; at < lines.length; at += 1) {
    let end = at;
    while (isKill(lines[end])) end += 1;
    if (end === at) ordered.push(lines[at]!);
    else {
      ordered.push(...lines.slice(at, end).toSorted());
      at = end - 1;
    }
  }
  return ordered;
}

interface RecordedPod {
  readonly pod: Pod;
  /** When it was bound and deleted; negative: before the recording. */
  readonly boundAt: number;
  readonly deletedAt: number | undefined;
  readonly grace: number | undefined;
}

function recordedPods({ changes }: Recording): RecordedPod[] {
  const pods = new Map<string, RecordedPod>();
  for (const { resource, object, t, type } of changes) {
    if (resource !== "pods") continue;
    const pod = object as Pod;
    const { uid, deletionTimestamp, deletionGracePeriodSeconds: grace } = pod.metadata;
    const known = pods.get(uid);
    if (known === undefined) {
      if (!pod.spec.nodeName) continue;
      const boundAt = type === "INITIAL" ? -HEAD_START_MS : t;
      pods.set(uid, { pod, boundAt, deletedAt: undefined, grace: undefined });
    } else if (deletionTimestamp !== undefined && known.deletedAt === undefined) {
      pods.set(uid, { ...known, deletedAt: t, grace });
    }
  }
  return [...pods.values()];
}

type Image = Partial<ImageBehaviour> & { readonly name: string };

/**
 * Behaviour of the images that the recordings were made with, by tag: `v` stops on SIGQUIT, `t` on SIGTERM at once, `s` is a small server
 * without a shell that listens START_DELAY seconds late. Undefined: a container runs something else, or one image behaves in two ways.
 */
function imagesOf(pods: readonly Pod[], missing: ReadonlySet<string>): Image[] | undefined {
  const images = new Map<string, string>();
  for (const { spec } of pods) {
    for (const container of [...spec.containers, ...(spec.initContainers ?? [])]) {
      const image = missing.has(container.image ?? "")
        ? { name: container.image!, exists: false }
        : behaviourOf(container);
      if (image === undefined) return undefined;
      const text = JSON.stringify(image);
      if ((images.get(image.name) ?? text) !== text) return undefined;
      images.set(image.name, text);
    }
  }
  return [...images.values()].map((text) => JSON.parse(text) as Image);
}

const PULL_FAILED = /^Failed to pull image "([^"]+)": /;

/** Why an image could not be pulled is the registry's and the network's to say. */
function withoutRegistry(line: string): string {
  return line.replace(/^(Failed: Failed to pull image "[^"]+": ).*/, "$1…");
}

/** Images that could not be pulled. */
function missingImages({ changes }: Recording): Set<string> {
  const texts = changes.map(({ object }) => (object as Partial<Event>).message ?? "");
  return new Set(texts.flatMap((text) => PULL_FAILED.exec(text)?.[1] ?? []));
}

function behaviourOf({ image = "", command, args, env = [] }: Container): Image | undefined {
  const kind = /\/web:([vts])\d+$/.exec(image)?.[1];
  if (kind === undefined || args !== undefined) return undefined;
  const graceful = { mode: "graceful", drainMs: 0 } as const;
  const base: Image = {
    name: image,
    shell: kind !== "s",
    onSigterm: kind === "t" ? { mode: "fast" } : graceful,
  };
  if (command === undefined) {
    const late = Number(env.find(({ name }) => name === "START_DELAY")?.value ?? 0) * 1000;
    return late === 0 ? base : { ...base, startupMs: late, readyMs: late };
  }
  const script = command[0] === "sh" && command[1] === "-c" ? command[2] : undefined;
  const sleep = /^sleep (\d+); exec \S+$/.exec(script ?? "");
  if (sleep !== null) {
    const late = Number(sleep[1]) * 1000;
    return { ...base, startupMs: late, readyMs: late };
  }
  // A shell that waits for what it has started forwards no signal.
  return /^\S+ & wait$/.test(script ?? "") ? { ...base, onSigterm: { mode: "ignore" } } : undefined;
}

/** Other work than the run itself took the machine's time, as its description says. */
function isLoaded({ files }: Recording): boolean {
  const config = files.get("config.json") ?? "";
  const load = Number(/"loadavg"\s*:\s*"([\d.]+)/.exec(config)?.[1] ?? 0);
  return load > 3 || /"concurrent"\s*:\s*"/.test(config);
}

/** Were there requests under way for seconds, which a graceful end waits for? */
function hasSlowRequests({ files }: Recording): boolean {
  return /"path"\s*:\s*"[^"]*\/slow/.test(files.get("config.json") ?? "");
}

function runPods(
  recorded: readonly RecordedPod[],
  images: readonly Image[],
  seed: number,
): PodLife[] {
  const node = testNode({ seed, images, timing: MEASURED_KUBELET_TIMING });
  const namespaces = new Set(recorded.map(({ pod }) => pod.metadata.namespace ?? "default"));
  namespaces.delete("default");
  for (const name of namespaces) {
    node.api.create("namespaces", { apiVersion: "v1", kind: "Namespace", metadata: { name } });
  }
  const acts = recorded.flatMap(({ pod, boundAt, deletedAt, grace }) => {
    const create = { t: boundAt, act: () => void node.api.create("pods", fresh(pod)) };
    const remove = () =>
      void node.api.delete("pods", pod.metadata.namespace ?? "default", pod.metadata.name, {
        ...(grace === undefined ? {} : { gracePeriodSeconds: grace }),
      });
    return deletedAt === undefined ? [create] : [create, { t: deletedAt, act: remove }];
  });
  for (const { t, act } of acts.toSorted((a, b) => a.t - b.t)) {
    node.kernel.runUntil(HEAD_START_MS + t);
    act();
  }
  node.kernel.runUntil(node.kernel.now + REST_MS);
  return livesOf(
    node.changes.map(({ atMs, type, pod }) => ({ t: atMs - HEAD_START_MS, type, pod })),
    node.events.map(({ atMs, event }) => ({ t: atMs - HEAD_START_MS, event })),
  );
}

function fresh({ metadata, spec }: Pod): NewObject<Pod> {
  const { name, namespace, labels, annotations } = metadata;
  return {
    apiVersion: "v1",
    kind: "Pod",
    metadata: {
      name,
      namespace: namespace ?? "default",
      labels: labels ?? {},
      annotations: annotations ?? {},
    },
    spec: { ...spec, nodeName: "node-1" },
    status: {},
  };
}

function seenIn({ changes }: Recording): Seen[] {
  return changes
    .filter(({ resource, type }) => resource === "pods" && type !== "INITIAL")
    .map(({ t, type, object }) => ({ t, type, pod: object as Pod }));
}

function heardIn({ changes }: Recording): Heard[] {
  return changes
    .filter(({ resource }) => resource === "events")
    .map(({ t, object, type }) => ({ t: type === "INITIAL" ? -1 : t, event: object as Event }));
}

const END = "deletion to its end in the status";

/** Reasons that hang on the phase of a probe's ticks, or on how the node was set up. */
const LEFT_OUT = ["Unhealthy", "MissingClusterDNS"];

function livesOf(seen: readonly Seen[], heard: readonly Heard[]): PodLife[] {
  const names = new Set(seen.map(({ pod }) => pod.metadata.name));
  return [...names].map((name) => {
    const own = seen.filter(({ pod }) => pod.metadata.name === name);
    const events = heard.filter(
      ({ event }) => event.involvedObject.name === name && event.source?.component === "kubelet",
    );
    const said = events
      .filter(({ event }) => !LEFT_OUT.includes(event.reason ?? "") && !isRuntimeFault(event))
      .map(({ event }) => `${event.reason}: ${withoutDrawn(event.message ?? "")}`)
      // Each look at a container that waits tells of it again; how often one looks hangs on timing.
      .filter((line, i, all) => !line.startsWith("BackOff") || line !== all[i - 1]);
    return { name, said, spans: spansOf(own, events) };
  });
}

/** The container runtime broke off in the middle: no rule of Kubernetes does that. */
function isRuntimeFault({ message = "" }: Event): boolean {
  return (
    /rpc error: code = (Unknown|Unavailable|DeadlineExceeded)/.test(message) &&
    /ttrpc|transport/.test(message)
  );
}

function withoutDrawn(message: string): string {
  const uid = /\b[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\b/g;
  return message.replaceAll(/\b\d+\.\d+\.\d+\.\d+\b/g, "IP").replaceAll(uid, "UID");
}

/** From one fact of a pod's life to another: start only where its binding is in the recording. */
function spansOf(seen: readonly Seen[], events: readonly Heard[]): Map<string, number> {
  const first = (is: (seen: Seen) => boolean) => seen.find(is)?.t;
  const event = (reason: string) => events.find((e) => e.t >= 0 && e.event.reason === reason)?.t;
  const bound =
    seen[0]?.type === "ADDED" ? first(({ pod }) => Boolean(pod.spec.nodeName)) : undefined;
  const ready = first(
    ({ pod }) =>
      pod.status.conditions?.some((c) => c.type === "Ready" && c.status === "True") ?? false,
  );
  const deleted = first(({ pod }) => pod.metadata.deletionTimestamp !== undefined);
  const ended = first(({ pod }) => ["Succeeded", "Failed"].includes(pod.status.phase ?? ""));
  const gone = first(({ type }) => type === "DELETED");
  const spans = new Map<string, number>();
  const add = (name: string, from: number | undefined, to: number | undefined) => {
    if (from !== undefined && to !== undefined && to >= from) spans.set(name, to - from);
  };
  add("binding to Started", bound, event("Started"));
  add("Started to Ready", bound === undefined ? undefined : event("Started"), ready);
  add("deletion to Killing", deleted, event("Killing"));
  add(END, deleted, ended);
  add("its end to its removal", ended, gone);
  return spans;
}

/**
 * Spans of which the simulated spread and the recorded one lie apart, by more than a third and more than half a second: a recording has few
 * pods, and its milliseconds carry the machine's noise.
 */
function wrongSpans(
  real: readonly PodLife[],
  simulated: readonly PodLife[],
  leftOut: readonly string[],
): string[] {
  const names = new Set(real.flatMap(({ spans }) => [...spans.keys()]));
  return [...names].flatMap((name) => {
    if (leftOut.includes(name)) return [];
    const recorded = valuesOf(real, name);
    const own = valuesOf(simulated, name);
    if (own.length === 0) return [`${name}: recorded, and not simulated`];
    const [low, high] = [recorded[0]!, recorded.at(-1)!];
    const [first, last] = [own[0]!, own.at(-1)!];
    const slack = Math.max(500, recorded[recorded.length >> 1]! / 3);
    if (last >= low - slack && first <= high + slack) return [];
    return [`${name}: recorded ${low} to ${high} ms, simulated ${first} to ${last}`];
  });
}

function valuesOf(lives: readonly PodLife[], name: string): number[] {
  return lives.flatMap(({ spans }) => spans.get(name) ?? []).toSorted((a, b) => a - b);
}
