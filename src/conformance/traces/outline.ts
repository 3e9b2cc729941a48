import type { Event, Pod, ReplicaSet, WorkloadCondition } from "../../simulator/api/types.ts";
import { controllerOf } from "../../simulator/controllers/informer.ts";
import { isPodReady } from "../../simulator/controllers/pod-status.ts";
import { Numbering } from "./numbering.ts";
import type { Change } from "./recording.ts";

/** What two runs of one scenario have in common, whatever names and instants were drawn. Each part is a list of lines. */
export interface Outline {
  /** By Deployment: sizes of its ReplicaSets in order of creation, at each change: `3,1`. */
  readonly sizes: ReadonlyMap<string, readonly string[]>;
  /** By reason and message, how often. */
  readonly events: ReadonlyMap<string, number>;
  /** By object: each change of its conditions, `Available=True MinimumReplicasAvailable`. */
  readonly conditions: ReadonlyMap<string, readonly string[]>;
  /** By owner: for each pod that was deleted, what set it apart: not ready, its deletion cost; for StatefulSets its name. */
  readonly deletions: ReadonlyMap<string, readonly string[]>;
}

/** Components whose events the control plane's run is compared by. */
const COMPONENTS = [
  "deployment-controller",
  "replicaset-controller",
  "statefulset-controller",
  "daemonset-controller",
  "default-scheduler",
];
const WORKLOADS = ["deployments", "replicasets", "statefulsets", "daemonsets"];
/** Deletions of pods of one ReplicaSet less than this apart are counted as one. */
const TOGETHER_MS = 400;
const COST = "controller.kubernetes.io/pod-deletion-cost";

/** The outline of a run, from its changes in order. */
export function outlineOf(changes: readonly Change[]): Outline {
  const numbering = new Numbering();
  for (const { type, resource, object } of changes) {
    if (type !== "INITIAL" && resource !== "events") numbering.add(resource, object);
  }
  const sizes = new Map<string, string[]>();
  const events = new Map<string, number>();
  const conditions = new Map<string, string[]>();
  const deletions = new Map<string, string[]>();
  const replicas = new Map<string, Map<string, number>>();
  // Pods that are deleted together are deleted in no order.
  const lastDeletion = new Map<string, number>();
  const add = (lists: Map<string, string[]>, key: string, line: string) => {
    const list = lists.get(key);
    if (list === undefined) lists.set(key, [line]);
    else if (list.at(-1) !== line) list.push(line);
  };
  for (const { type, resource, object, old, t } of changes) {
    if (type === "INITIAL") continue;
    const label = numbering.add(resource, object);
    const owner = controllerOf(object);
    if (resource === "events") {
      const { source, reportingComponent, reason, message = "", count = 1 } = object as Event;
      const component = source?.component || reportingComponent || "";
      if (type === "DELETED" || !COMPONENTS.includes(component)) continue;
      const before = type === "MODIFIED" ? ((old as Event | undefined)?.count ?? 1) : 0;
      const text = message
        .replace(/^\(combined from similar events\): /, "")
        .replace(/^(Successfully assigned \S+ to ).*/, "$1a node");
      const line = `${reason}: ${numbering.in(text)}`.replaceAll(
        /\/([a-z0-9-]+)-[a-z0-9]{5}\b/g,
        "/$1",
      );
      events.set(line, (events.get(line) ?? 0) + Math.max(0, count - before));
      continue;
    }
    if (resource === "replicasets" && owner !== undefined) {
      const family = replicas.get(owner.name) ?? new Map<string, number>();
      replicas.set(owner.name, family);
      if (type === "DELETED") family.delete(label);
      else family.set(label, (object as ReplicaSet).spec.replicas ?? 1);
      const line = [...family].map(([name, size]) => `${name.split("#")[1]}:${size}`).join(" ");
      add(sizes, owner.name, line);
    }
    if (WORKLOADS.includes(resource) && type !== "DELETED") {
      const { status } = object as { status?: { conditions?: readonly WorkloadCondition[] } };
      const before = (old as { status?: { conditions?: readonly WorkloadCondition[] } } | undefined)
        ?.status;
      for (const condition of status?.conditions ?? []) {
        const line = conditionLine(condition);
        const had = before?.conditions?.some((c) => conditionLine(c) === line) ?? false;
        if (!had) add(conditions, `${label} ${condition.type}`, line);
      }
    }
    if (resource !== "pods" || owner === undefined) continue;
    const before = old?.metadata.deletionTimestamp;
    if (object.metadata.deletionTimestamp === undefined || before !== undefined) continue;
    const pod = object as Pod;
    const cost = pod.metadata.annotations?.[COST];
    const what =
      owner.kind === "StatefulSet" ? pod.metadata.name : isPodReady(pod) ? "ready" : "not ready";
    const line = cost === undefined ? what : `${what}, cost ${cost}`;
    const set = label.replace(/\.\d+$/, "");
    const list = deletions.get(set) ?? [];
    deletions.set(set, list);
    const together = t - (lastDeletion.get(set) ?? -Infinity) < TOGETHER_MS;
    lastDeletion.set(set, t);
    if (together) list.push([...list.pop()!.split(" + "), line].toSorted().join(" + "));
    else list.push(line);
  }
  return { sizes, events, conditions, deletions };
}

function conditionLine({ type, status, reason }: WorkloadCondition): string {
  return `${type}=${status} ${reason ?? ""}`;
}
