import type { GivenObject } from "../input/read-input.ts";
import type { Note } from "../notes.ts";
import { replicasOf } from "./fit-cluster.ts";
import { valueAt } from "./pod-spec.ts";
import type { State } from "./prepare.ts";
import { keyOf, specOf } from "./units.ts";

/** The HorizontalPodAutoscaler of a workload: it finds its target by group, kind and name (horizontal.go reconcileAutoscaler). */
export function autoscalerOf(
  workload: GivenObject,
  others: readonly GivenObject[],
): GivenObject | undefined {
  return others.find((object) => {
    if (object.kind !== "HorizontalPodAutoscaler") return false;
    const ref = specOf(object).scaleTargetRef;
    return (
      object.namespace === workload.namespace &&
      valueAt(ref, "kind") === workload.kind &&
      valueAt(ref, "name") === workload.name &&
      groupOf(valueAt(ref, "apiVersion")) === groupOf(workload.apiVersion)
    );
  });
}

function groupOf(apiVersion: unknown): string {
  const [group, version] = String(apiVersion ?? "").split("/");
  return version === undefined ? "" : group!;
}

/** A workload that an autoscaler looks after. */
export interface Autoscaled {
  readonly scaler: GivenObject;
  readonly minReplicas: number;
  readonly maxReplicas: number;
  /** How many pods it is taken to have when nothing is updated. */
  readonly replicas: number;
}

/**
 * What an autoscaler makes of a workload; undefined where none does. The load is not known, so it is taken to keep as few pods as it may: those are the
 * hardest to update. A number within its bounds that the manifest asks for is what each apply sets, so that stays.
 */
export function autoscaled(
  workload: GivenObject,
  others: readonly GivenObject[],
): Autoscaled | undefined {
  const scaler = autoscalerOf(workload, others);
  const written = writtenReplicas(workload);
  // It leaves alone what has no pods (reconcileAutoscaler: ScalingDisabled).
  if (scaler === undefined || written === 0) return undefined;
  const { minReplicas: least, maxReplicas: most } = specOf(scaler);
  const minReplicas = typeof least === "number" ? least : 1;
  const maxReplicas = Number(most);
  const replicas = Math.min(maxReplicas, Math.max(minReplicas, written ?? 0));
  return { scaler, minReplicas, maxReplicas, replicas };
}

function writtenReplicas({ object }: GivenObject): number | undefined {
  const written = valueAt(object, "spec", "replicas");
  return typeof written === "number" ? written : undefined;
}

/** What is to be said of the autoscalers of an update: how many pods it starts with, and what the apply does to that number. */
export function autoscalerNotes(before: State, after: State): Note[] {
  return after.workloads.flatMap((workload): Note[] => {
    const standing = before.workloads.find((given) => keyOf(given) === keyOf(workload));
    const was = standing && autoscaled(standing, before.others);
    const found = autoscaled(workload, after.others) ?? was;
    if (found === undefined) return [];
    const { name } = found.scaler;
    const from = was?.replicas ?? replicasOf((standing ?? workload).object);
    const { minReplicas: replicas, maxReplicas: maximum } = found;
    const bounds: Note = { code: "hpa-minimum", values: { name, replicas, maximum, from } };
    const written = writtenReplicas(workload);
    if (written !== undefined) {
      return [bounds, { code: "hpa-and-replicas", values: { name, replicas: written, from } }];
    }
    const isRemoved = standing !== undefined && writtenReplicas(standing) !== undefined;
    return isRemoved
      ? [bounds, { code: "hpa-replicas-removed", values: { name, from } }]
      : [bounds];
  });
}

/** The command that gives a workload the pods that its autoscaler has brought it to. */
export function resizing({ kind, namespace, name }: GivenObject, replicas: number): string {
  const place = namespace === "default" ? "" : ` --namespace ${namespace}`;
  return `scale ${kind.toLowerCase()}/${name} --replicas ${replicas}${place}`;
}
