import { execute } from "../../kubectl/execute.ts";
import { parseManifest } from "../../manifest/index.ts";
import { ApiServer } from "../../simulator/api/server.ts";
import { isStatus } from "../../simulator/api/status-error.ts";
import type { KubernetesObject, Resource } from "../../simulator/api/types.ts";
import { controllers } from "../../simulator/controllers/index.ts";
import { KubeControllerManager } from "../../simulator/controllers/kube-controller-manager.ts";
import { Decisions } from "../../simulator/decisions.ts";
import { Kernel } from "../../simulator/kernel/kernel.ts";
import { registerNode } from "../../simulator/nodes.ts";
import { Scheduler } from "../../simulator/scheduler/scheduler.ts";
import { isWriting, typedBy } from "./attribution.ts";
import { Lives } from "./lives.ts";
import { Numbering } from "./numbering.ts";
import { PlayedKubelet } from "./played-kubelet.ts";
import type { Change, Recording, TypedCommand } from "./recording.ts";

/** A simulated run of a recorded scenario, in the form of a recording. */
export interface Played {
  readonly changes: readonly Change[];
  /** What was not played as typed, and how else. */
  readonly notes: readonly string[];
}

/** From a pod's change to its EndpointSlice's, as measured on the real control plane. */
const NETWORK = {
  endpointSlice: { kind: "exact", ms: 20 },
  kubeProxy: { kind: "exact", ms: 0 },
  proxyConnectTimeoutMs: 0,
  proxyReadTimeoutMs: 0,
} as const;

/** How long after the last recorded change the run goes on. */
const REST_MS = 500;

/**
 * Simulates a recorded scenario: our control plane, the recorded commands at their instants, and a kubelet that tells of each pod what
 * was recorded. A command that our kubectl does not have is played by what it changed.
 */
export function play(recording: Recording, seed: number): Played {
  return new Play(recording, seed).run();
}

class Play {
  private readonly recording: Recording;
  private readonly kernel: Kernel;
  private readonly api: ApiServer;
  private readonly recorded = new Numbering();
  private readonly simulated = new Numbering();
  private readonly changes: Change[] = [];
  private readonly notes = new Set<string>();
  /** Virtual time of the recording's start: whole seconds begin at the same moments as then. */
  private readonly startMs: number;

  constructor(recording: Recording, seed: number) {
    this.recording = recording;
    this.startMs = recording.startMs % 1000;
    this.kernel = new Kernel(seed);
    this.api = new ApiServer(this.kernel);
    const context = {
      kernel: this.kernel,
      api: this.api,
      decisions: new Decisions(this.kernel),
    };
    new KubeControllerManager(context, controllers(NETWORK));
    new Scheduler(context);
    new PlayedKubelet(this.kernel, this.api, new Lives(recording), this.simulated);
    this.api.observe(({ type, resource, object, old }) => {
      this.simulated.add(resource, object);
      const version = Number(object.metadata.resourceVersion);
      const change = { version, t: this.kernel.now - this.startMs, type, resource, object };
      this.changes.push(old === undefined ? change : { ...change, old });
    });
    for (const { resource, object } of recording.changes) this.recorded.add(resource, object);
  }

  run(): Played {
    const { changes, commands } = this.recording;
    this.kernel.runUntil(this.startMs);
    this.prepare();
    const writing = commands
      .filter(({ cmd }) => isWriting(cmd))
      .map((command) => ({ command, effects: this.effectsOf(command) }))
      .map(({ command, effects }) => ({ command, effects, t: effects[0]?.t ?? command.tEnd }))
      .toSorted((a, b) => a.t - b.t);
    for (const { command, effects, t } of writing) {
      this.kernel.runUntil(this.startMs + t);
      this.perform(command, effects);
    }
    this.kernel.runUntil(this.startMs + Math.max(0, ...changes.map(({ t }) => t)) + REST_MS);
    return { changes: this.changes, notes: [...this.notes] };
  }

  /** The cluster as it was before anything was typed. */
  private prepare(): void {
    const namespaces = new Set(["default"]);
    const nodes = new Set<string>();
    for (const { resource, object } of this.recording.changes) {
      if (object.metadata.namespace !== undefined) namespaces.add(object.metadata.namespace);
      const { spec } = object as { spec?: { nodeName?: string } };
      if (resource === "pods" && spec?.nodeName) nodes.add(spec.nodeName);
    }
    for (const name of namespaces) {
      this.api.create("namespaces", { apiVersion: "v1", kind: "Namespace", metadata: { name } });
    }
    [...nodes].toSorted().forEach((name, i) => {
      const machine = { name, ip: `192.168.0.${i + 1}`, podSubnet: `10.244.${i}` };
      registerNode(this.api, machine, this.kernel.now);
    });
  }

  /** The recorded changes that a command made, first changes of each object only. */
  private effectsOf(command: TypedCommand): Change[] {
    const seen = new Set<string>();
    return this.recording.changes.filter((change) => {
      const { type, object, old } = change;
      if (
        type === "INITIAL" ||
        typedBy(change, this.recording) !== command ||
        seen.has(object.metadata.uid)
      )
        return false;
      const isOwn = old === undefined || type === "DELETED" || userPart(object) !== userPart(old);
      if (!isOwn) return false;
      seen.add(object.metadata.uid);
      return true;
    });
  }

  private perform(command: TypedCommand, effects: readonly Change[]): void {
    const { cmd, code } = command;
    const warn = (message: string) => this.notes.add(message);
    const cluster = { api: this.api, now: this.kernel.now, warn };
    const file = /^kubectl apply -f (\S+)$/.exec(cmd)?.[1];
    const manifest = file === undefined ? undefined : this.recording.files.get(file);
    if (manifest !== undefined) {
      const objects = parseManifest(manifest)
        .documents.map(({ object }) => object)
        .filter((object) => object !== null && object !== undefined);
      execute(cluster, { kind: "apply", objects, label: file! });
      return;
    }
    const translated = cmd.replaceAll(/[a-z0-9][-a-z0-9]*/g, (word) => this.own(word) ?? word);
    const version = this.api.resourceVersion;
    const outcome = execute(cluster, { kind: "kubectl", command: translated });
    if (outcome.code === code && (this.api.resourceVersion > version || effects.length === 0))
      return;
    this.notes.add(`played by what it changed: ${cmd.split(" ").slice(0, 3).join(" ")}`);
    for (const effect of effects) this.replay(effect, cmd);
  }

  /** The simulated object's name for a recorded object's. */
  private own(name: string): string | undefined {
    const label = this.recorded.of(name);
    if (label === name) return undefined;
    return this.changes.find(({ object }) => this.simulated.of(object.metadata.name) === label)
      ?.object.metadata.name;
  }

  /** Does to our object what was done to the recorded one. */
  private replay({ type, resource, object, old }: Change, cmd: string): void {
    const kind = resource as Resource;
    const { namespace = "" } = object.metadata;
    const name = this.own(object.metadata.name) ?? object.metadata.name;
    const deleted =
      type === "DELETED" ||
      (object.metadata.deletionTimestamp !== undefined &&
        old?.metadata.deletionTimestamp === undefined);
    try {
      const current = this.api.find(kind, namespace, name);
      if (deleted) {
        this.api.delete(kind, namespace, name, { propagationPolicy: propagation(cmd) });
      } else if (current === undefined) {
        const { uid: _uid, resourceVersion: _version, ...metadata } = object.metadata;
        this.api.create(kind, { ...object, metadata, status: {} } as never);
      } else if (old !== undefined) {
        const given = merge(current, old, object) as KubernetesObject;
        const { resourceVersion: _any, ...metadata } = given.metadata;
        this.api.update(kind, {
          ...given,
          metadata: { ...metadata, resourceVersion: "" },
        } as never);
      }
    } catch (error) {
      if (!isStatus(error)) throw error;
      this.notes.add(`refused: ${error.message}`);
    }
  }
}

function propagation(cmd: string) {
  const cascade = /--cascade=(\w+)/.exec(cmd)?.[1] ?? "background";
  if (cascade === "foreground") return "Foreground" as const;
  return cascade === "orphan" ? ("Orphan" as const) : ("Background" as const);
}

/** The part of an object that users write. */
function userPart(object: KubernetesObject): string {
  const { metadata } = object;
  const { spec: given } = object as { spec?: unknown };
  const spec = object.kind === "Pod" ? undefined : given;
  const { labels, annotations = {}, deletionTimestamp } = metadata;
  const own = Object.entries(annotations).filter(
    ([key]) => !key.startsWith("deployment.kubernetes.io/"),
  );
  return JSON.stringify([spec, labels, own, deletionTimestamp]);
}

/** What changed from `before` to `after`, done to `current`: maps by key, everything else as a whole. */
function merge(current: unknown, before: unknown, after: unknown): unknown {
  if (JSON.stringify(before) === JSON.stringify(after)) return current;
  if (!isMap(before) || !isMap(after) || !isMap(current)) return after;
  const merged: Record<string, unknown> = { ...current };
  for (const key of new Set([...Object.keys(before), ...Object.keys(after)])) {
    if (["status", "resourceVersion", "generation"].includes(key)) continue;
    const value = merge(current[key], before[key], after[key]);
    if (value === undefined) delete merged[key];
    else merged[key] = value;
  }
  return merged;
}

function isMap(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
