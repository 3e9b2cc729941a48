import { labelsContain } from "../../simulator/index.ts";
import { isRecord, type GivenObject } from "../input/read-input.ts";
import type { Note } from "../notes.ts";
import { autoscaled } from "./autoscaler.ts";
import { replicasOf } from "./fit-cluster.ts";
import { lastingContainers, podSpecOf, recordsOf, valueAt, type Plain } from "./pod-spec.ts";
import type { State } from "./prepare.ts";
import { behindSidecar, servicePortOf } from "./serving-container.ts";
import { podLabels, portOf, specOf, type Unit } from "./units.ts";

/** What keeps the update from going on by itself, though nothing is wrong. */
export function haltNotes({ kind, name, object: workload }: GivenObject): Note[] {
  const object = `${kind.toLowerCase()}/${name}`;
  const strategy = valueAt(workload, "spec", "updateStrategy");
  const partition = valueAt(strategy, "rollingUpdate", "partition");
  if (valueAt(workload, "spec", "paused") === true) return [{ code: "paused", values: { object } }];
  if (valueAt(strategy, "type") === "OnDelete") return [{ code: "on-delete", values: { object } }];
  return typeof partition === "number" && partition > 0
    ? [{ code: "partition", values: { object, partition } }]
    : [];
}

/** Labels and annotations by which a mesh is asked to put its proxy into a pod: in its template, or for all of its namespace. */
const INJECTION = ["sidecar.istio.io/inject", "inject.istio.io/templates", "linkerd.io/inject"];
const NAMESPACE_INJECTION = ["istio-injection", "istio.io/rev", "linkerd.io/inject"];

export function meshNotes(
  { object, namespace }: GivenObject,
  others: readonly GivenObject[],
): Note[] {
  const home = others.find(({ kind, name }) => kind === "Namespace" && name === namespace);
  const template = valueAt(object, "spec", "template", "metadata");
  const isRefused = INJECTION.some((key) => markOf(template, key) === false);
  const by =
    INJECTION.find((key) => markOf(template, key) === true) ??
    NAMESPACE_INJECTION.find((key) => markOf(home?.object.metadata, key) === true);
  return by === undefined || isRefused ? [] : [{ code: "mesh-adds", values: { by } }];
}

/** Whether a label or annotation asks for it; undefined where there is none. */
function markOf(metadata: unknown, key: string): boolean | undefined {
  const value = valueAt(metadata, "labels", key) ?? valueAt(metadata, "annotations", key);
  return value === undefined ? undefined : value !== "false" && value !== "disabled";
}

/** The PodDisruptionBudget of a workload. */
export function budgetNotes(workload: GivenObject, others: readonly GivenObject[]): Note[] {
  const labels = podLabels(workload);
  const budget = others.find((object) => {
    const wanted = valueAt(object.object, "spec", "selector", "matchLabels");
    return (
      object.kind === "PodDisruptionBudget" &&
      isRecord(wanted) &&
      labelsContain(labels, wanted as Record<string, string>)
    );
  });
  if (budget === undefined) return [];
  const replicas = autoscaled(workload, others)?.replicas ?? replicasOf(workload.object);
  const { minAvailable, maxUnavailable } = specOf(budget);
  const isShut =
    maxUnavailable === undefined
      ? scaledUp(minAvailable, replicas) >= replicas
      : scaledUp(maxUnavailable, replicas) === 0;
  const { name } = budget;
  return [
    { code: "budget-no-limit", values: { name } },
    ...(isShut && workload.kind !== "DaemonSet"
      ? [{ code: "budget-shut", values: { name, replicas } } as const]
      : []),
  ];
}

/** A number, or a percentage of the replicas, rounded up (disruption.go getExpectedPodCount). */
function scaledUp(value: unknown, replicas: number): number {
  if (typeof value === "number") return value;
  return Math.ceil((Number(String(value).replace("%", "")) * replicas) / 100);
}

/** What the manifests tell of who answers at the port that users' requests come to. */
export function servingNotes(unit: Unit, state: State): Note[] {
  const { service } = unit;
  if (service === undefined) return unit.unreachable === "no-service" ? strayServices(state) : [];
  const { workloads } = state;
  const notes: Note[] = speaksGrpc(unit, workloads) ? [{ code: "grpc", values: {} }] : [];
  if (WEBSOCKET.test(saidOfPort(unit))) notes.push({ code: "websocket", values: {} });
  const behind = behindSidecar(unit);
  if (behind !== undefined) notes.push({ code: "sidecar-in-front", values: { ...behind } });
  const port = servicePortOf(unit);
  for (const { object } of workloads) {
    const declared = declaredPorts(object);
    if (typeof port === "string") {
      const names = portNames(lastingContainers(podSpecOf(object)));
      if (names.includes(port)) continue;
      const values = { name: service.after.name, port, names: names.join(", ") };
      notes.push({ code: "port-name-unknown", values });
      continue;
    }
    if (declared.length === 0 || declared.includes(port)) continue;
    const values = { name: service.after.name, port, declared: declared.join(", ") };
    notes.push({ code: "port-undeclared", values });
  }
  return notes;
}

/** Names of ports that containers declare. */
function portNames(containers: readonly Plain[]): string[] {
  return containers.flatMap(({ ports }) =>
    recordsOf(ports).flatMap(({ name }) => (typeof name === "string" ? [name] : [])),
  );
}

function declaredPorts(workload: GivenObject["object"]): unknown[] {
  return lastingContainers(podSpecOf(workload)).flatMap(({ ports }) =>
    recordsOf(ports).map(({ containerPort }) => containerPort),
  );
}

/** Probes that ask at a port which no container declares, or by a name that their own does not have. */
export function probePortNotes({ object }: GivenObject): Note[] {
  const declared = declaredPorts(object);
  return lastingContainers(podSpecOf(object)).flatMap((container): Note[] => {
    const names = portNames([container]);
    const isKnown = (port: number | string) =>
      typeof port === "number"
        ? declared.length === 0 || declared.includes(port)
        : names.includes(port) || /^\d+$/.test(port);
    const asked = PROBES.flatMap((probe) =>
      ["httpGet", "tcpSocket", "grpc"].flatMap((handler) => {
        const port = valueAt(container, probe, handler, "port") as number | string | undefined;
        return port === undefined || isKnown(port) ? [] : [{ probe, port }];
      }),
    );
    return [...new Set(asked.map(({ port }) => port))].map((port): Note => {
      const probes = asked.filter((one) => one.port === port).map(({ probe }) => probe);
      const values = { name: String(container.name), probes: probes.join(", "), port };
      return typeof port === "number"
        ? { code: "probe-port-undeclared", values: { ...values, declared: declared.join(", ") } }
        : { code: "probe-port-name-unknown", values: { ...values, names: names.join(", ") } };
    });
  });
}

/** Ports of their nodes at which a DaemonSet's pods are reached past every Service. */
export function hostPortNotes({ kind, object }: GivenObject): Note[] {
  const ports = lastingContainers(podSpecOf(object)).flatMap((container) =>
    recordsOf(container.ports).flatMap(({ hostPort }) =>
      hostPort === undefined ? [] : [hostPort],
    ),
  );
  return kind !== "DaemonSet" || ports.length === 0
    ? []
    : [{ code: "host-port", values: { ports: ports.join(", ") } }];
}

const PROBES = ["readinessProbe", "livenessProbe", "startupProbe"];

/** Services beside workloads that none leads to: their selectors, which may be meant for them. */
function strayServices({ workloads, others }: State): Note[] {
  const { namespace } = workloads[0]!;
  const labels = workloads.map(podLabels);
  return others.flatMap((object): Note[] => {
    const selector = specOf(object).selector;
    if (object.kind !== "Service" || object.namespace !== namespace || !isRecord(selector))
      return [];
    const shared = Object.keys(selector).some((key) => labels.some((own) => key in own));
    const isMeant = shared && object.name === workloads[0]!.name;
    if (!isMeant) return [];
    return [
      {
        code: "service-astray",
        values: {
          name: object.name,
          selector: pairs(selector),
          labels: labels.map(pairs).join("; "),
        },
      },
    ];
  });
}

function pairs(labels: Readonly<Record<string, unknown>>): string {
  return Object.entries(labels)
    .map(([key, value]) => `${key}=${String(value)}`)
    .join(",");
}

/** Name and protocol of the Service's port that users come to. */
function saidOfPort({ service }: Unit): string {
  const number = service && portOf(service.after);
  const port = recordsOf(service && specOf(service.after).ports).find((one) => one.port === number);
  return `${String(port?.name)} ${String(port?.appProtocol)}`;
}

/** A port's name such as ws or chat-wss, or an appProtocol (KEP-3726: kubernetes.io/ws). */
const WEBSOCKET = /\bwss?\b|websocket/;

/** Whether users speak gRPC: its Service's port says so, or a probe does. */
function speaksGrpc(unit: Unit, workloads: readonly GivenObject[]): boolean {
  const said = saidOfPort(unit);
  const probes = workloads.flatMap(({ object }) =>
    recordsOf(podSpecOf(object).containers).map((container) =>
      valueAt(container, "readinessProbe", "grpc"),
    ),
  );
  return /grpc|h2c/.test(said) || probes.some((probe) => probe !== undefined);
}
