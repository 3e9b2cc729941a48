/* Rows of Argo Rollouts' kinds, by the additionalPrinterColumns of their CustomResourceDefinitions (argo-rollouts manifests/crds). */
import type { AnalysisRun, Rollout } from "../../simulator/index.ts";
import { age } from "./cells.ts";
import { columns, type KindPrinter } from "./table.ts";

export const rolloutPrinter: KindPrinter<Rollout> = {
  columns: columns("Name", "#Desired", "#Current", "#Up-to-date", "#Available", "Age"),
  cells: (rollout, nowMs) => {
    const { metadata, spec, status } = rollout;
    return [
      metadata.name,
      spec.replicas ?? "",
      status.replicas ?? "",
      status.updatedReplicas ?? "",
      status.availableReplicas ?? "",
      age(rollout, nowMs),
    ];
  },
};

export const analysisRunPrinter: KindPrinter<AnalysisRun> = {
  columns: columns("Name", "Status", "Age"),
  cells: (run, nowMs) => [run.metadata.name, run.status.phase ?? "", age(run, nowMs)],
};
