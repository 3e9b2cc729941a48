/* `get rollout`: what there is, as a tree (argo-rollouts pkg/kubectl-argo-rollouts/info and cmd/get). Pure. */
import {
  controllerOf,
  parseTimestamp,
  type AnalysisRun,
  type KubernetesObject,
  type Pod,
  type ReplicaSet,
  type Rollout,
} from "../../simulator/index.ts";
import { humanDuration } from "../print/human-duration.ts";
import { summarizePod } from "../print/pod.ts";
import type { RolloutsClient } from "./client.ts";
import { ownedBy, revisionOf } from "./undo.ts";

const ICONS: Readonly<Record<string, string>> = {
  Healthy: "✔",
  Running: "✔",
  Successful: "✔",
  Completed: "✔",
  Progressing: "◌",
  Pending: "◌",
  ContainerCreating: "◌",
  PodInitializing: "◌",
  Terminating: "◌",
  Paused: "॥",
  Degraded: "✖",
  Failed: "✖",
  Error: "⚠",
  ReplicaFailure: "✖",
  Inconclusive: "?",
  ScaledDown: "•",
};

/** An AnalysisRun that is measured is on its way; a pod that runs is well. */
function iconOf(status: string, kind: string): string {
  if (kind === "AnalysisRun" && status === "Running") return "◌";
  if (kind === "Pod" && /BackOff|^Err|Error|Invalid|OOMKilled/.test(status)) return "⚠";
  return ICONS[status] ?? " ";
}

/** A line of the tree, in its columns. */
type Row = readonly [name: string, kind: string, status: string, age: string, info: string];

/** The part a ReplicaSet has in its Rollout. */
export function tagsOf({ spec, status }: Rollout, replicaSet: ReplicaSet): string[] {
  const hash = replicaSet.metadata.labels?.["rollouts-pod-template-hash"] ?? "";
  const isStable = status.stableRS === hash;
  const tags = isStable ? ["stable"] : [];
  if (spec.strategy.canary !== undefined) {
    return isStable || status.currentPodHash !== hash ? tags : ["canary"];
  }
  if (status.blueGreen?.activeSelector === hash) return [...tags, "active"];
  return status.blueGreen?.previewSelector === hash ? [...tags, "preview"] : tags;
}

/** The table of the Rollout and all below it; the first line is the header. */
export function treeOf(client: RolloutsClient, rollout: Rollout, phase: string): string[] {
  const sets = ownedBy(rollout, client.replicaSets());
  const runs = client.analysisRuns().filter((run) => isOwned(run, rollout));
  const age = ({ metadata }: KubernetesObject) =>
    humanDuration(client.nowMs - parseTimestamp(metadata.creationTimestamp ?? ""));
  const status = (text: string, kind: string) => `${iconOf(text, kind)} ${text}`;
  const rows: Row[] = [
    ["NAME", "KIND", "STATUS", "AGE", "INFO"],
    [`⟳ ${rollout.metadata.name}`, "Rollout", status(phase, ""), age(rollout), ""],
  ];
  const revisions = [...new Set([...sets, ...(runs as unknown as ReplicaSet[])].map(revisionOf))];
  revisions.sort((a, b) => b - a);
  revisions.forEach((revision, i) => {
    const [line, below] = prefixes(i === revisions.length - 1, "");
    rows.push([`${line}# revision:${revision}`, "", " ", "", ""]);
    const children = [...sets, ...runs].filter((one) => revisionOf(one as ReplicaSet) === revision);
    children.forEach((child, at) => {
      const [own, inner] = prefixes(at === children.length - 1, below);
      const { name } = child.metadata;
      if (child.kind === "AnalysisRun") {
        const run = child as AnalysisRun;
        const text = status(run.status.phase ?? "", "AnalysisRun");
        rows.push([`${own}α ${name}`, "AnalysisRun", text, age(run), countsOf(run)]);
        return;
      }
      const set = child as ReplicaSet;
      const info = [...tagsOf(rollout, set), ...delayOf(set, client.nowMs)].join(",");
      const text = status(healthOf(set), "ReplicaSet");
      rows.push([`${own}⧉ ${name}`, "ReplicaSet", text, age(set), info]);
      const pods = client.pods().filter((pod) => isOwned(pod, set));
      pods.forEach((pod, j) => {
        const [leaf] = prefixes(j === pods.length - 1, inner);
        rows.push(podRow(leaf, pod, age(pod)));
      });
    });
  });
  return inColumns(rows);
}

function isOwned(object: KubernetesObject, { metadata }: KubernetesObject): boolean {
  return controllerOf(object)?.uid === metadata.uid;
}

function podRow(prefix: string, pod: Pod, age: string): Row {
  const { ready, total, status, restarts } = summarizePod(pod);
  const info = [`ready:${ready}/${total}`, ...(restarts > 0 ? [`restarts:${restarts}`] : [])];
  const text = `${iconOf(status, "Pod")} ${status}`;
  return [`${prefix}□ ${pod.metadata.name}`, "Pod", text, age, info.join(",")];
}

/** info/replicaset_info.go getReplicaSetHealth */
function healthOf({ metadata, spec, status }: ReplicaSet): string {
  if ((metadata.generation ?? 0) > (status.observedGeneration ?? 0)) return "Progressing";
  if (
    status.conditions?.some(({ type, status: is }) => type === "ReplicaFailure" && is === "True")
  ) {
    return "ReplicaFailure";
  }
  if ((status.availableReplicas ?? 0) < (spec.replicas ?? 1)) return "Progressing";
  return spec.replicas === 0 ? "ScaledDown" : "Healthy";
}

function delayOf({ metadata }: ReplicaSet, nowMs: number): string[] {
  const deadline = metadata.annotations?.["scale-down-deadline"];
  if (deadline === undefined) return [];
  const left = parseTimestamp(deadline) - nowMs;
  return [`delay:${left < 0 ? "passed" : humanDuration(left)}`];
}

function countsOf({ status }: AnalysisRun): string {
  const sum = (key: "successful" | "failed" | "inconclusive" | "error") =>
    (status.metricResults ?? []).reduce((all, result) => all + (result[key] ?? 0), 0);
  const counts: [string, number][] = [
    ["✔", sum("successful")],
    ["✖", sum("failed")],
    ["?", sum("inconclusive")],
    ["⚠", sum("error")],
  ];
  return counts
    .filter(([, count]) => count > 0)
    .map(([icon, count]) => `${icon} ${count}`)
    .join(",");
}

/** cmd/get/get.go getPrefixes */
function prefixes(isLast: boolean, above: string): [string, string] {
  return isLast ? [`${above}└──`, `${above}   `] : [`${above}├──`, `${above}│  `];
}

/** Columns two blanks apart, as wide as their widest cell (text/tabwriter). */
export function inColumns(rows: readonly (readonly string[])[]): string[] {
  const widths = (rows[0] ?? []).map((_, i) =>
    Math.max(...rows.map((row) => [...(row[i] ?? "")].length)),
  );
  return rows.map((row) =>
    row
      .map((cell, i) =>
        i === row.length - 1 ? cell : cell + " ".repeat(widths[i]! + 2 - [...cell].length),
      )
      .join("")
      .trimEnd(),
  );
}
