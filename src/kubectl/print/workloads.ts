/*
 * Rows of the workloads (kubernetes pkg/printers/internalversion/printers.go printDeployment, printReplicaSet, printStatefulSet, printDaemonSet,
 * printJob, printControllerRevision).
 */
import {
  controllerOf,
  parseTimestamp,
  type DaemonSet,
  type Deployment,
  type KubernetesObject,
  type LabelSelector,
  type PodTemplateSpec,
  type ReplicaSet,
  type StatefulSet,
} from "../../simulator/index.ts";
import {
  age,
  containerCells,
  formatLabelSelector,
  labelsText,
  NONE,
  selectorText,
} from "./cells.ts";
import { humanDuration } from "./human-duration.ts";
import { columns, wideColumns, type KindPrinter } from "./table.ts";

/** A Job of batch/v1, as far as it is printed; the simulator has no controller for it. */
export interface Job extends KubernetesObject {
  readonly spec: {
    readonly completions?: number;
    readonly parallelism?: number;
    readonly selector?: LabelSelector;
    readonly template: PodTemplateSpec;
  };
  readonly status: {
    readonly succeeded?: number;
    readonly startTime?: string;
    readonly completionTime?: string;
    readonly conditions?: readonly { readonly type: string; readonly status: string }[];
  };
}

const WIDE = wideColumns("Containers", "Images", "Selector");

export const deploymentPrinter: KindPrinter<Deployment> = {
  columns: [...columns("Name", "Ready", "#Up-to-date", "#Available", "Age"), ...WIDE],
  cells: (deployment, nowMs) => {
    const { metadata, spec, status } = deployment;
    return [
      metadata.name,
      `${status.readyReplicas ?? 0}/${spec.replicas ?? 1}`,
      status.updatedReplicas ?? 0,
      status.availableReplicas ?? 0,
      age(deployment, nowMs),
      ...containerCells(spec.template.spec.containers),
      selectorText(spec.selector),
    ];
  },
};

export const replicaSetPrinter: KindPrinter<ReplicaSet> = {
  columns: [...columns("Name", "#Desired", "#Current", "#Ready", "Age"), ...WIDE],
  cells: (replicaSet, nowMs) => {
    const { metadata, spec, status } = replicaSet;
    return [
      metadata.name,
      spec.replicas ?? 1,
      status.replicas,
      status.readyReplicas ?? 0,
      age(replicaSet, nowMs),
      ...containerCells(spec.template.spec.containers),
      formatLabelSelector(spec.selector),
    ];
  },
};

export const statefulSetPrinter: KindPrinter<StatefulSet> = {
  columns: [...columns("Name", "Ready", "Age"), ...wideColumns("Containers", "Images")],
  cells: (statefulSet, nowMs) => {
    const { metadata, spec, status } = statefulSet;
    return [
      metadata.name,
      `${status.readyReplicas ?? 0}/${spec.replicas ?? 1}`,
      age(statefulSet, nowMs),
      ...containerCells(spec.template.spec.containers),
    ];
  },
};

export const daemonSetPrinter: KindPrinter<DaemonSet> = {
  columns: [
    ...columns("Name", "#Desired", "#Current", "#Ready", "#Up-to-date", "#Available"),
    ...columns("Node Selector", "Age"),
    ...WIDE,
  ],
  cells: (daemonSet, nowMs) => {
    const { metadata, spec, status } = daemonSet;
    return [
      metadata.name,
      status.desiredNumberScheduled,
      status.currentNumberScheduled,
      status.numberReady,
      status.updatedNumberScheduled ?? 0,
      status.numberAvailable ?? 0,
      labelsText(spec.template.spec.nodeSelector),
      age(daemonSet, nowMs),
      ...containerCells(spec.template.spec.containers),
      formatLabelSelector(spec.selector),
    ];
  },
};

export const jobPrinter: KindPrinter<Job> = {
  columns: [...columns("Name", "Status", "Completions", "Duration", "Age"), ...WIDE],
  cells: (job, nowMs) => [
    job.metadata.name,
    jobStatus(job),
    completions(job),
    jobDuration(job, nowMs),
    age(job, nowMs),
    ...containerCells(job.spec.template.spec.containers),
    formatLabelSelector(job.spec.selector),
  ],
};

function jobStatus({ metadata, status }: Job): string {
  const has = (type: string) =>
    (status.conditions ?? []).find((c) => c.type === type)?.status === "True";
  if (has("Complete")) return "Complete";
  if (has("Failed")) return "Failed";
  if (metadata.deletionTimestamp !== undefined) return "Terminating";
  if (has("Suspended")) return "Suspended";
  return has("FailureTarget") ? "FailureTarget" : "Running";
}

/** A Job without completions is done with one success, however many pods try (work queue). */
function completions({ spec, status }: Job): string {
  const succeeded = status.succeeded ?? 0;
  if (spec.completions !== undefined) return `${succeeded}/${spec.completions}`;
  const parallelism = spec.parallelism ?? 0;
  return parallelism > 1 ? `${succeeded}/1 of ${parallelism}` : `${succeeded}/1`;
}

function jobDuration({ status }: Job, nowMs: number): string {
  if (status.startTime === undefined) return "";
  const end = status.completionTime === undefined ? nowMs : parseTimestamp(status.completionTime);
  return humanDuration(end - parseTimestamp(status.startTime));
}

export const controllerRevisionPrinter: KindPrinter<
  KubernetesObject & { readonly revision: number }
> = {
  columns: columns("Name", "Controller", "#Revision", "Age"),
  cells: (object, nowMs) => {
    const owner = controllerOf(object);
    const group = owner?.apiVersion.includes("/") ? `.${owner.apiVersion.split("/")[0]}` : "";
    const controller = owner && `${owner.kind}${group}`.toLowerCase() + `/${owner.name}`;
    return [object.metadata.name, controller ?? NONE, object.revision, age(object, nowMs)];
  },
};
