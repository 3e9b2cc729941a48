/* `get rollout`, `status` and `list rollouts` (argo-rollouts pkg/kubectl-argo-rollouts). Pure. */
import { currentSetWeight, phaseToClients, type Rollout } from "../../simulator/index.ts";
import { ArgoError, type RolloutsClient } from "./client.ts";
import { inColumns, tagsOf, treeOf } from "./tree.ts";
import { ownedBy } from "./undo.ts";

const ICONS = { Healthy: "✔", Progressing: "◌", Paused: "॥", Degraded: "✖" } as const;

/** cmd/get/get_rollout.go PrintRollout */
export function describeRollout(client: RolloutsClient, rollout: Rollout): string[] {
  const { metadata, spec, status } = rollout;
  const { phase, message } = phaseToClients(rollout);
  const { canary } = spec.strategy;
  const line = (name: string, value: string | number) => `${name.padEnd(17)}${value}`.trimEnd();
  const images = imagesOf(client, rollout);
  return [
    line("Name:", metadata.name),
    line("Namespace:", metadata.namespace ?? ""),
    line("Status:", `${ICONS[phase]} ${phase}`),
    ...(message === "" ? [] : [line("Message:", message)]),
    line("Strategy:", canary === undefined ? "BlueGreen" : "Canary"),
    ...(canary === undefined
      ? []
      : [
          line("  Step:", stepOf(rollout)),
          line("  SetWeight:", currentSetWeight(rollout)),
          line("  ActualWeight:", actualWeight(client, rollout)),
        ]),
    ...images.map((image, i) => line(i === 0 ? "Images:" : "", image)),
    "Replicas:",
    line("  Desired:", spec.replicas ?? 1),
    line("  Current:", status.replicas ?? 0),
    line("  Updated:", status.updatedReplicas ?? 0),
    line("  Ready:", status.readyReplicas ?? 0),
    line("  Available:", status.availableReplicas ?? 0),
    "",
    ...treeOf(client, rollout, phase),
  ];
}

function stepOf({ spec, status }: Rollout): string {
  const steps = spec.strategy.canary?.steps?.length ?? 0;
  return steps === 0 || status.currentStepIndex === undefined
    ? ""
    : `${status.currentStepIndex}/${steps}`;
}

/** The share that the canary has: by the router, or by its part of the available pods (info/rollout_info.go NewRolloutInfo). */
function actualWeight(client: RolloutsClient, rollout: Rollout): number {
  const { spec, status } = rollout;
  const steps = spec.strategy.canary?.steps?.length ?? 0;
  if (steps === 0 || (status.currentStepIndex ?? 0) >= steps) return 100;
  const available = status.availableReplicas ?? 0;
  if (available === 0) return 0;
  if (spec.strategy.canary?.trafficRouting !== undefined) {
    return status.canary?.weights?.canary.weight ?? currentSetWeight(rollout);
  }
  const canary = ownedBy(rollout, client.replicaSets()).find((set) =>
    tagsOf(rollout, set).includes("canary"),
  );
  return Math.floor(((canary?.status.availableReplicas ?? 0) * 100) / available);
}

/** Images that run, each with the parts that run it. */
function imagesOf(client: RolloutsClient, rollout: Rollout): string[] {
  const images = new Map<string, Set<string>>();
  const sets = ownedBy(rollout, client.replicaSets()).filter(({ status }) => status.replicas > 0);
  for (const set of sets) {
    for (const { image = "" } of set.spec.template.spec.containers) {
      const tags = images.get(image) ?? new Set();
      for (const tag of tagsOf(rollout, set)) tags.add(tag);
      images.set(image, tags);
    }
  }
  return [...images]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([image, tags]) => (tags.size === 0 ? image : `${image} (${[...tags].join(", ")})`));
}

/** cmd/status with `--watch=false`: no time passes in a step, so there is nothing to wait for. */
export function rolloutStatusLine(rollout: Rollout): string[] {
  const { phase, message } = phaseToClients(rollout);
  if (phase === "Degraded") {
    throw new ArgoError(`The rollout is in a degraded state with message: ${message}`, [phase]);
  }
  return [phase === "Healthy" ? phase : `${phase} - ${message}`];
}

/** cmd/list/list_rollouts.go PrintRolloutTable */
export function listRollouts(rollouts: readonly Rollout[]): string[] {
  if (rollouts.length === 0) return ["No resources found."];
  const header = "NAME STRATEGY STATUS STEP SET-WEIGHT READY DESIRED UP-TO-DATE AVAILABLE".split(
    " ",
  );
  // Cells are padded to about the length of their headers, so that tables under each other line up.
  const least = [10, 9, 12, 4, 10, 5, 7, 10, 9];
  const rows = rollouts.map((rollout) => {
    const { metadata, spec, status } = rollout;
    const isCanary = spec.strategy.canary !== undefined;
    const cells = [
      metadata.name,
      isCanary ? "Canary" : "BlueGreen",
      phaseToClients(rollout).phase,
      (isCanary && stepOf(rollout)) || "-",
      isCanary ? currentSetWeight(rollout) : "-",
      `${status.readyReplicas ?? 0}/${status.replicas ?? 0}`,
      spec.replicas ?? 1,
      status.updatedReplicas ?? 0,
      status.availableReplicas ?? 0,
    ];
    return cells.map((cell, i) => String(cell).padEnd(least[i]!));
  });
  return inColumns([header, ...rows]);
}
