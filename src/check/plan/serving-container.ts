import { DEFAULT_CONTAINER, mainContainer, type PodTemplateSpec } from "../../simulator/index.ts";
import { isRecord } from "../input/read-input.ts";
import { podSpecOf, recordsOf, valueAt, type Plain } from "./pod-spec.ts";
import { portOf, specOf, type Unit } from "./units.ts";

/** The port of pods that users' requests come to, as a number or a name; 80 where no Service leads to them. */
export function targetPortOf({ service }: Unit): number | string {
  if (service === undefined) return 80;
  const number = portOf(service.after);
  const ports = recordsOf(specOf(service.after).ports);
  const port = ports.find((one) => Number(one.port) === number);
  return (port?.targetPort as number | string | undefined) ?? number ?? 80;
}

/** Index of the container that declares that port, else of the one that the pod is about. */
export function servingContainer(workload: Plain, port: number | string): number {
  const containers = recordsOf(podSpecOf(workload).containers);
  const declares = (container: Plain) =>
    recordsOf(container.ports).some(
      ({ name, containerPort }) => name === port || containerPort === port,
    );
  const at = containers.findIndex(declares);
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
