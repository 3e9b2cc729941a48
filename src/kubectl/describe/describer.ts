import {
  controllerOf,
  definitionOf,
  type Event,
  type KubernetesObject,
  type LabelSelector,
  type Pod,
  type Resource,
  type ResourceTypes,
} from "../../simulator/index.ts";
import type { Client, ListQuery } from "../client.ts";
import { selectorText } from "../print/cells.ts";
import type { Lines } from "./lines.ts";

/** What a describer works with: it asks the API for what belongs to an object. */
export interface Surroundings {
  readonly client: Client;
  readonly nowMs: number;
}

/** Writes all about an object but its events. */
export type Describe<T extends KubernetesObject> = (
  out: Lines,
  object: T,
  surroundings: Surroundings,
) => void;

/** The objects of a kind in a namespace. */
export function listOf<R extends Resource>(
  { client }: Surroundings,
  resource: R,
  namespace: string,
  query: ListQuery = {},
): readonly ResourceTypes[R][] {
  const kind = definitionOf(resource);
  return client.list({ kind, namespace }, query).items as unknown as readonly ResourceTypes[R][];
}

/** The events about an object (kubectl asks by name, namespace, kind and uid). */
export function eventsOf(
  surroundings: Surroundings,
  { kind, metadata }: KubernetesObject,
): readonly Event[] {
  const { name, namespace, uid } = metadata;
  const about = [
    `involvedObject.name=${name}`,
    ...(namespace === undefined ? [] : [`involvedObject.namespace=${namespace}`]),
    `involvedObject.kind=${kind}`,
  ].join(",");
  // Controllers know a node by its uid, its kubelet by its name.
  return (kind === "Node" ? [uid, name] : [uid]).flatMap((id) =>
    listOf(surroundings, "events", namespace ?? "", {
      fieldSelector: `${about},involvedObject.uid=${id}`,
    }),
  );
}

/** `Controlled By: Deployment/web`, for what has a controller. */
export function controllerLine(out: Lines, object: KubernetesObject): void {
  const owner = controllerOf(object);
  if (owner !== undefined) out.add(0, `Controlled By:\t${owner.kind}/${owner.name}`);
}

/** `3 Running / 0 Waiting / 0 Succeeded / 0 Failed` of the pods that an object controls (getPodStatusForController). */
export function podsStatus(
  surroundings: Surroundings,
  { metadata }: KubernetesObject,
  selector: LabelSelector | undefined,
): string {
  const pods = listOf(surroundings, "pods", metadata.namespace ?? "", {
    labelSelector: selectorText(selector),
  });
  const own = pods.filter((pod) => controllerOf(pod)?.uid === metadata.uid);
  const count = (phase: Pod["status"]["phase"]) =>
    own.filter(({ status }) => status.phase === phase).length;
  return `${count("Running")} Running / ${count("Pending")} Waiting / ${count("Succeeded")} Succeeded / ${count("Failed")} Failed`;
}

interface Condition {
  readonly type: string;
  readonly status: string;
  readonly reason?: string;
}

/** A workload's conditions. */
export function conditionLines(out: Lines, conditions: readonly Condition[] = []): void {
  if (conditions.length === 0) return;
  out.add(0, "Conditions:");
  out.add(1, "Type\tStatus\tReason");
  out.add(1, "----\t------\t------");
  for (const { type, status, reason = "" } of conditions)
    out.add(1, `${type} \t${status}\t${reason}`);
}
