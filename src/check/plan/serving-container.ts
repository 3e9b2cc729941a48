import { DEFAULT_CONTAINER, mainContainer, type PodTemplateSpec } from "../../simulator/index.ts";
import { isRecord } from "../input/read-input.ts";
import { lastingContainers, podSpecOf, recordsOf, valueAt, type Plain } from "./pod-spec.ts";
import { portOf, specOf, type Unit } from "./units.ts";

/** The port of pods that a Service sends users' requests to, as a number or a name; 80 where no Service leads to them. */
export function servicePortOf({ service }: Unit): number | string {
  if (service === undefined) return 80;
  const number = portOf(service.after);
  const ports = recordsOf(specOf(service.after).ports);
  const port = ports.find((one) => Number(one.port) === number);
  return (port?.targetPort as number | string | undefined) ?? number ?? 80;
}

/** A sidecar that takes the requests for the container behind it, at that one's port. */
export interface BehindSidecar {
  readonly sidecar: string;
  readonly container: string;
  readonly port: number;
}

/** Where a container is reached that declares no port: its program is taken to listen on whichever it is asked. */
const USUAL_PORTS = [8080, 3000, 80];

/** What stands behind a sidecar that a Service leads to; undefined: a container of the pod takes the requests itself. */
export function behindSidecar(unit: Unit): BehindSidecar | undefined {
  const { after, before } = unit.workloads[0]!;
  const podSpec = podSpecOf((after ?? before)!.object);
  const port = servicePortOf(unit);
  const sidecar = lastingContainers(podSpec).find((container) => declares(container, port));
  const containers = recordsOf(podSpec.containers);
  const main = containers[servingContainer((after ?? before)!.object, port)];
  if (sidecar === undefined || main === undefined || containers.includes(sidecar)) return undefined;
  const own = recordsOf(main.ports)[0]?.containerPort;
  const free = USUAL_PORTS.find((one) => !declares(sidecar, one))!;
  return {
    sidecar: String(sidecar.name),
    container: String(main.name),
    port: typeof own === "number" ? own : free,
  };
}

/** The port of pods that requests come to as they are played: past a sidecar that would only pass them on. */
export function targetPortOf(unit: Unit): number | string {
  return behindSidecar(unit)?.port ?? servicePortOf(unit);
}

/** Whether a container declares a port, by name or number. */
export function declares({ ports }: Plain, port: number | string): boolean {
  return recordsOf(ports).some(
    ({ name, containerPort }) => name === port || containerPort === port,
  );
}

/** Index of the container that declares that port, else of the one that the pod is about. */
export function servingContainer(workload: Plain, port: number | string): number {
  const containers = recordsOf(podSpecOf(workload).containers);
  const at = containers.findIndex((container) => declares(container, port));
  if (at >= 0) return at;
  const main = mainOf(workload);
  return Math.max(
    0,
    containers.findIndex(({ name }) => name === main),
  );
}

/** The workload with pods that are about the container that serves, so that it is the one that the timeline shows. */
export function aboutServing(workload: Plain, port: number | string): Plain {
  const { spec } = workload;
  const name = recordsOf(podSpecOf(workload).containers)[servingContainer(workload, port)]?.name;
  if (!isRecord(spec) || !isRecord(spec.template) || name === mainOf(workload)) return workload;
  const { metadata = {} } = spec.template as { metadata?: Plain };
  const annotations = { ...(metadata.annotations ?? {}), [DEFAULT_CONTAINER]: name };
  const template = { ...spec.template, metadata: { ...metadata, annotations } };
  return { ...workload, spec: { ...spec, template } };
}

/** Name of the container that the workload's pods are about. */
function mainOf(workload: Plain): unknown {
  const containers = recordsOf(podSpecOf(workload).containers);
  if (containers.length === 0) return undefined;
  return mainContainer(valueAt(workload, "spec", "template") as unknown as PodTemplateSpec)?.name;
}
