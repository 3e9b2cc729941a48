import { labelsContain } from "../../simulator/index.ts";
import { isRecord, type GivenObject } from "../input/read-input.ts";
import { sharersOf } from "./entrance-head.ts";
import { valueAt, type Plain } from "./pod-spec.ts";

/** Kinds that roll out pods. */
export const WORKLOAD_KINDS = ["Deployment", "StatefulSet", "DaemonSet", "Rollout"] as const;

/** A workload as it stands and as it is going to be. */
export interface Workload {
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
  /** `deployment/web` */
  readonly object: string;
  readonly before?: GivenObject;
  readonly after?: GivenObject;
}

/** Workloads that are updated and judged together, since one Service leads to all of them; mostly there is one. */
export interface Unit {
  readonly workloads: readonly Workload[];
  /** The Service that users reach them by, before and after; undefined when none leads to them. */
  readonly service?: { readonly before?: GivenObject; readonly after: GivenObject };
  /** Ingress or HTTPRoute that leads to the Service. */
  readonly entrance?: GivenObject;
  /** Names of the Services that the rule there shares its requests among. */
  readonly sharers?: readonly string[];
  /** Why no Service counts, where some lead there. */
  readonly unreachable?:
    "no-service" | "headless" | "no-tcp-port" | "monitoring-only" | "external-name" | "no-replicas";
}

/** Finds which workloads there are, and which Service, Ingress or HTTPRoute leads to each. */
export function unitsOf(before: readonly GivenObject[], after: readonly GivenObject[]): Unit[] {
  const workloads = workloadsOf(before, after);
  const groups = new Map<string, { workloads: Workload[]; service: GivenObject }>();
  const units: (Unit | { readonly group: string })[] = [];
  for (const workload of workloads) {
    if (isEmpty(workload)) {
      units.push({ workloads: [workload], unreachable: "no-replicas" });
      continue;
    }
    const leading = servicesTo(workload, before, after);
    const usable = leading.filter((service) => problemOf(service) === undefined);
    const service = best(usable, workload, workloads, before, after);
    if (service === undefined) {
      const unreachable =
        leading[0] === undefined ? "no-service" : (problemOf(leading[0]) ?? "no-service");
      units.push({ workloads: [workload], unreachable });
      continue;
    }
    // Services that share a rule are judged together, as one Service's workloads are.
    const key = keyOf(leaderOf(service, after) ?? service);
    const group = groups.get(key);
    if (group === undefined) {
      groups.set(key, { workloads: [workload], service: leaderOf(service, after) ?? service });
      units.push({ group: key });
    } else group.workloads.push(workload);
  }
  return units.map((unit) => {
    if (!("group" in unit)) return unit;
    const { workloads: members, service } = groups.get(unit.group)!;
    const find = (objects: readonly GivenObject[]) =>
      objects.find((object) => keyOf(object) === unit.group);
    const standing = find(before);
    const entrance = entranceTo(service, after) ?? entranceTo(service, before);
    return {
      workloads: members,
      // A Service that the new manifests leave out stays as it is.
      service: {
        after: find(after) ?? service,
        ...(standing === undefined ? {} : { before: standing }),
      },
      ...(entrance === undefined ? {} : { entrance }),
      sharers: sharersOf(entrance, service.name),
    };
  });
}

/** The first of the Services that share the requests of a rule. */
function leaderOf(service: GivenObject, objects: readonly GivenObject[]): GivenObject | undefined {
  const names = sharersOf(entranceTo(service, objects), service.name);
  return names
    .map((name) =>
      objects.find(
        (object) =>
          object.kind === "Service" &&
          object.namespace === service.namespace &&
          object.name === name &&
          problemOf(object) === undefined,
      ),
    )
    .find((found) => found !== undefined);
}

/** Whether it has no pods that anybody could reach, neither before nor after. */
function isEmpty({ before, after }: Workload): boolean {
  return [before, after].every((given) => given === undefined || specOf(given).replicas === 0);
}

/** `Service/default/web`: the same in both states. */
export function keyOf({ kind, namespace, name }: GivenObject): string {
  return `${kind}/${namespace}/${name}`;
}

/** Whether it is a Service for which each node answers only where it has a pod itself. */
export function answersPerNode({ kind, spec }: Plain): boolean {
  return kind === "Service" && valueAt(spec, "externalTrafficPolicy") === "Local";
}

/** Objects that make pods: of kinds that do, and none whose template is there for another one. */
export function podMakers(objects: readonly GivenObject[]): GivenObject[] {
  const lent = new Set(objects.flatMap(({ templateOf }) => templateOf ?? []).map(keyOf));
  return objects.filter(
    (object) => WORKLOAD_KINDS.includes(object.kind as never) && !lent.has(keyOf(object)),
  );
}

/** Every workload of either state, in the order of the files. */
function workloadsOf(before: readonly GivenObject[], after: readonly GivenObject[]): Workload[] {
  const workloads = new Map<string, Workload>();
  const take = (objects: readonly GivenObject[], state: "before" | "after") => {
    for (const object of podMakers(objects)) {
      const { kind, namespace, name } = object;
      const key = keyOf(object);
      const known = workloads.get(key);
      const about = { kind, namespace, name, object: `${kind.toLowerCase()}/${name}` };
      workloads.set(key, { ...about, ...known, [state]: object });
    }
  };
  take(after, "after");
  take(before, "before");
  return [...workloads.values()];
}

/** The Services whose selector matches the workload's pods, before or after. */
function servicesTo(
  workload: Workload,
  before: readonly GivenObject[],
  after: readonly GivenObject[],
): GivenObject[] {
  const found = new Map<string, GivenObject>();
  const look = (objects: readonly GivenObject[], state: "before" | "after") => {
    for (const service of objects) {
      if (service.kind !== "Service" || service.namespace !== workload.namespace) continue;
      const labels = podLabels(workload[state] ?? workload.after ?? workload.before);
      if (selects(service, labels)) found.set(keyOf(service), found.get(keyOf(service)) ?? service);
    }
  };
  look(after, "after");
  look(before, "before");
  return [...found.values()];
}

function selects(service: GivenObject, labels: Readonly<Record<string, string>>): boolean {
  const { selector } = specOf(service);
  if (!isRecord(selector) || Object.keys(selector).length === 0) return false;
  return labelsContain(labels, selector as Record<string, string>);
}

/** Labels of the pods that a workload makes. */
export function podLabels(object: GivenObject | undefined): Readonly<Record<string, string>> {
  const template = object === undefined ? undefined : specOf(object).template;
  const metadata = isRecord(template) ? template.metadata : undefined;
  const labels = isRecord(metadata) ? metadata.labels : undefined;
  return isRecord(labels) ? (labels as Record<string, string>) : {};
}

/** Why traffic cannot be sent to a Service. */
function problemOf(service: GivenObject): Unit["unreachable"] {
  const { clusterIP, type } = specOf(service);
  if (type === "ExternalName") return "external-name";
  if (clusterIP === "None") return "headless";
  if (portOf(service) === undefined) return "no-tcp-port";
  const names = tcpPortsOf(service).map(({ name }) => String(name ?? ""));
  return names.every((name) => MONITORING.test(name)) ? "monitoring-only" : undefined;
}

/** Ports at which no user comes. `http-metrics` is none of them: Loki and its kin have all that they answer there. */
const MONITORING = /^(?!http|web).*(metrics|monitor|prom|stats)/;

/** What stands beside a program's own port: for monitoring and operators. */
const ASIDE = /metrics|stats|status|health|manage|admin|monitor|prom/;

/** The port that users most likely speak to: the one that is called or numbered as web servers are, else the first. */
export function portOf(service: GivenObject): number | undefined {
  const score = ({ name, port }: Readonly<Record<string, unknown>>) =>
    (ASIDE.test(String(name ?? "")) ? -1 : /^(http|web)/.test(String(name ?? "")) ? 2 : 0) +
    ([80, 8080, 443].includes(Number(port)) ? 1 : 0);
  const [first] = tcpPortsOf(service).sort((a, b) => score(b) - score(a));
  return first === undefined ? undefined : Number(first.port);
}

function tcpPortsOf(service: GivenObject): Readonly<Record<string, unknown>>[] {
  const { ports } = specOf(service);
  return (Array.isArray(ports) ? (ports as unknown[]) : [])
    .filter(isRecord)
    .filter(({ protocol = "TCP" }) => protocol === "TCP");
}

/** Of several Services the one that users come by: behind an Ingress or HTTPRoute, leading to the fewest workloads, of the same name. */
function best(
  services: readonly GivenObject[],
  workload: Workload,
  workloads: readonly Workload[],
  before: readonly GivenObject[],
  after: readonly GivenObject[],
): GivenObject | undefined {
  const rank = (service: GivenObject) => [
    entranceTo(service, after) === undefined ? 1 : 0,
    workloads.filter((other) => servicesTo(other, before, after).some((s) => s === service)).length,
    service.name === workload.name ? 0 : 1,
  ];
  return [...services].sort((a, b) => compare(rank(a), rank(b)))[0];
}

function compare(a: readonly number[], b: readonly number[]): number {
  const at = a.findIndex((value, i) => value !== b[i]);
  return at < 0 ? 0 : a[at]! - b[at]!;
}

/** The HTTPRoute or Ingress with a backend that is the Service. */
function entranceTo(
  service: GivenObject,
  objects: readonly GivenObject[],
): GivenObject | undefined {
  const leading = objects.filter(
    (object) => object.namespace === service.namespace && mentions(specOf(object), service.name, 0),
  );
  const find = (kind: string) => leading.find((object) => object.kind === kind);
  return find("HTTPRoute") ?? find("Ingress");
}

/** Whether rules name the Service as a backend: `http.paths[].backend.service.name`, `defaultBackend` or `backendRefs[]`. */
function mentions(value: unknown, service: string, depth: number): boolean {
  if (depth > 8) return false;
  if (Array.isArray(value)) return value.some((item) => mentions(item, service, depth + 1));
  if (!isRecord(value)) return false;
  if (isRecord(value.service) && value.service.name === service) return true;
  const refs = Array.isArray(value.backendRefs) ? (value.backendRefs as unknown[]) : [];
  const named = refs
    .filter(isRecord)
    .some(({ name, kind = "Service" }) => name === service && kind === "Service");
  return named || Object.values(value).some((child) => mentions(child, service, depth + 1));
}

/** `spec` of an object; empty when it has none. */
export function specOf({ object }: GivenObject): Readonly<Record<string, unknown>> {
  return isRecord(object.spec) ? object.spec : {};
}
