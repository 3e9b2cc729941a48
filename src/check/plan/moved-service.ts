import { labelsContain } from "../../simulator/index.ts";
import { isRecord, type GivenObject } from "../input/read-input.ts";
import type { Note } from "../notes.ts";
import { replicasOf } from "./fit-cluster.ts";
import { imageOf, lastingContainers, podSpecOf, recordsOf, type Plain } from "./pod-spec.ts";
import type { State } from "./prepare.ts";
import { servicePortOf } from "./serving-container.ts";
import { podLabels, specOf, type Unit } from "./units.ts";

/**
 * A Service that an update moves away from the pods that stand, at once, while those that it moves to are still to come. That is told, since no field
 * of the new manifests is at fault, but that both change in one step.
 */
export function movedServiceNotes(unit: Unit, before: State): Note[] {
  const { before: old, after } = unit.service ?? {};
  if (old === undefined || after === undefined) return [];
  const { name } = after;
  const standing = before.workloads.filter(({ object }) => replicasOf(object) > 0);
  const led = standing.filter((workload) => selects(old, workload));
  if (led.length === 0) return [];
  if (!standing.some((workload) => selects(after, workload))) {
    return [{ code: "selector-moves", values: { name } }];
  }
  const port = movedPort(unit, led);
  return port === undefined ? [] : [{ code: "target-moves", values: { name, port } }];
}

function selects(service: GivenObject, workload: GivenObject): boolean {
  const { selector } = specOf(service);
  return (
    isRecord(selector) && labelsContain(podLabels(workload), selector as Record<string, string>)
  );
}

/**
 * The ports of images that listen on other ones after the update. The simulator takes a program to listen on whichever port it is asked, which would
 * hide that the old one does not have the new port; an image with the same name in both states is left as it is.
 */
export function movedPorts(states: readonly State[]): ReadonlyMap<string, readonly number[]> {
  const found = new Map<string, Set<string>>();
  for (const { object } of states.flatMap(({ workloads }) => workloads)) {
    for (const container of lastingContainers(podSpecOf(object))) {
      const ports = recordsOf(container.ports).map(({ containerPort }) => containerPort);
      const image = imageOf(container);
      found.set(image, (found.get(image) ?? new Set()).add(JSON.stringify(ports)));
    }
  }
  const own = [...found].filter(([, ways]) => ways.size === 1 && !ways.has("[]"));
  return new Map(own.map(([image, [ports]]) => [image, JSON.parse(ports!) as number[]]));
}

/** The port that the Service goes over to, where the pods that stand have its old one and not this one. */
function movedPort(unit: Unit, led: readonly GivenObject[]): number | string | undefined {
  const { before: old, after } = unit.service!;
  const was = servicePortOf({ ...unit, service: { after: old! } });
  const is = servicePortOf({ ...unit, service: { after: after! } });
  const has = ({ object }: GivenObject, port: number | string) =>
    lastingContainers(podSpecOf(object)).some((container) =>
      namesOfPorts(container).includes(port),
    );
  const isMoved = was !== is && led.every((one) => has(one, was) && !has(one, is));
  return isMoved ? is : undefined;
}

function namesOfPorts({ ports }: Plain): unknown[] {
  return recordsOf(ports).flatMap(({ name, containerPort }) => [name, containerPort]);
}
