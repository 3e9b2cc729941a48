import { isRecord } from "../input/read-input.ts";

/** A mapping of plain data. */
export type Plain = Readonly<Record<string, unknown>>;

/** The entries of a list that are mappings. */
export function recordsOf(value: unknown): Plain[] {
  return (Array.isArray(value) ? (value as unknown[]) : []).filter(isRecord);
}

/** The value at a path of keys and indexes. */
export function valueAt(value: unknown, ...path: readonly (string | number)[]): unknown {
  let at = value;
  for (const step of path) {
    if (typeof step === "number" ? !Array.isArray(at) : !isRecord(at)) return undefined;
    at = (at as Record<string | number, unknown>)[step];
  }
  return at;
}

/** The pod spec of a workload. */
export function podSpecOf(workload: Plain): Plain {
  const spec = valueAt(workload, "spec", "template", "spec");
  return isRecord(spec) ? spec : {};
}

/** A workload with its pod spec replaced. */
export function withPodSpec(workload: Plain, podSpec: Plain): Plain {
  const spec = isRecord(workload.spec) ? workload.spec : {};
  const template = isRecord(spec.template) ? spec.template : {};
  return { ...workload, spec: { ...spec, template: { ...template, spec: podSpec } } };
}

/** Containers that run as long as the pod: the main ones and sidecars. */
export function lastingContainers(podSpec: Plain): Plain[] {
  const sidecars = recordsOf(podSpec.initContainers).filter((c) => c.restartPolicy === "Always");
  return [...recordsOf(podSpec.containers), ...sidecars];
}

/** `image` of a container. */
export function imageOf(container: Plain): string {
  return typeof container.image === "string" ? container.image.trim() : "";
}
