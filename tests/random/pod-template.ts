import type { Draw } from "./draw.ts";
import type { Json } from "./plan.ts";

/** Images of all plans; how each behaves is drawn. */
export const IMAGES = ["web:1", "web:2", "web:3", "web:4"];

/** Classes of priority that are there from the start. */
export const CLASSES: readonly Json[] = [
  priorityClass("low", -10),
  priorityClass("high", 1000),
  { ...priorityClass("patient", 1000), preemptionPolicy: "Never" },
];
const CLASS_NAMES = ["low", "high", "patient"];

function priorityClass(name: string, value: number): Json {
  return {
    apiVersion: "scheduling.k8s.io/v1",
    kind: "PriorityClass",
    metadata: { name },
    value,
  };
}

/** Nodes have less than eight cores, so that a few pods of three fill them, and no node takes one of nine. */
const CORES = ["100m", "1", "3", "3", "4", "9"];

/** How an image behaves. */
export function image(name: string, draw: Draw): Json {
  const startup = draw.pick([0, 25, 500, 3000]);
  const mode = draw.pick(["fast", "graceful", "graceful", "ignore"]);
  const drain = mode === "graceful" && draw.chance(0.5) ? { drain: `${draw.whole(0, 20)}s` } : {};
  return {
    name,
    startup: `${startup}ms`,
    ready: `${startup + draw.pick([0, 0, 1500, 12_000])}ms`,
    onSigterm: { mode, ...drain },
    ...draw.maybe(0.2, () => ({
      latency: { p50: "20ms", p99: `${draw.pick([60, 900, 5000])}ms` },
    })),
    ...draw.maybe(0.15, () => ({ shell: false })),
    ...draw.maybe(0.2, () => ({ pull: `${draw.whole(100, 9000)}ms` })),
    ...(name === "web:1" ? {} : draw.maybe(0.15, () => ({ missing: true }))),
    ...(name === "web:1" ? {} : failing(draw)),
  };
}

/** A program that ends by itself, or is killed for its memory. */
function failing(draw: Draw): Json {
  if (draw.chance(0.95)) return {};
  const after = `${draw.pick([100, 4000, 30_000])}ms`;
  return draw.chance(0.5) ? { crash: { after, exitCode: draw.whole(0, 1) } } : { oom: { after } };
}

/** Fields of the pod's spec beside its container. */
export function podOptions(draw: Draw): Json {
  return {
    ...draw.maybe(0.6, () => ({
      terminationGracePeriodSeconds: draw.pick([0, 1, 2, 5, 15, 40]),
    })),
    ...draw.maybe(0.2, () => ({ initContainers: initContainers(draw) })),
    ...draw.maybe(0.4, () => ({ priorityClassName: draw.pick(CLASS_NAMES) })),
    ...draw.maybe(0.05, () => ({ readinessGates: [{ conditionType: "example.com/gate" }] })),
    ...draw.maybe(0.1, () => ({
      topologySpreadConstraints: [
        {
          maxSkew: 1,
          topologyKey: "kubernetes.io/hostname",
          whenUnsatisfiable: draw.pick(["DoNotSchedule", "ScheduleAnyway"]),
          labelSelector: { matchLabels: { app: "web" } },
        },
      ],
    })),
  };
}

function initContainers(draw: Draw): Json[] {
  const command = draw.pick(["sleep 1", "true", "sleep 3; exit 1"]);
  const init = { name: "init", image: "web:1", command: ["sh", "-c", command] };
  const sidecar = (name: string) => ({
    name,
    image: draw.pick(IMAGES),
    restartPolicy: "Always",
    ...draw.maybe(0.4, () => ({ startupProbe: { tcpSocket: { port: 80 }, periodSeconds: 1 } })),
    ...draw.maybe(0.4, () => ({ lifecycle: lifecycle(draw) })),
  });
  const kinds = [
    [init],
    [sidecar("proxy")],
    [sidecar("proxy"), init],
    [sidecar("a"), sidecar("b")],
  ];
  return draw.pick(kinds);
}

/** A pod template of an app. */
export function podTemplate(app: string, pod: Json, draw: Draw): Json {
  const container = {
    name: "web",
    image: draw.chance(0.8) ? "web:1" : draw.pick(IMAGES),
    ...draw.maybe(0.06, () => ({
      command: ["sh", "-c", `sleep ${draw.whole(0, 20)}; exit ${draw.whole(0, 1)}`],
    })),
    ...draw.maybe(0.7, () => ({ readinessProbe: probe(draw, "readiness") })),
    ...draw.maybe(0.25, () => ({ livenessProbe: probe(draw, "liveness") })),
    ...draw.maybe(0.2, () => ({ startupProbe: probe(draw, "startup") })),
    ...draw.maybe(0.4, () => ({ lifecycle: lifecycle(draw) })),
    ...draw.maybe(0.4, () => ({
      resources: { requests: { cpu: draw.pick(CORES), memory: "64Mi" } },
    })),
  };
  const metadata = {
    labels: { app },
    ...draw.maybe(0.2, () => ({ annotations: { note: String(draw.whole(1, 3)) } })),
  };
  return { metadata, spec: { ...pod, containers: [container] } };
}

function probe(draw: Draw, type: "readiness" | "liveness" | "startup"): Json {
  const handler = draw.pick<Json>([
    { httpGet: { path: "/", port: 80 } },
    { httpGet: { path: "/", port: 80 } },
    { tcpSocket: { port: 80 } },
    { exec: { command: ["true"] } },
    { exec: { command: ["test", "-f", "/var/ready"] } },
    { grpc: { port: 80 } },
    { httpGet: { path: "/", port: 81 } },
  ]);
  return {
    ...handler,
    periodSeconds: draw.pick([1, 2, 5, 10]),
    ...draw.maybe(0.3, () => ({ initialDelaySeconds: draw.whole(0, 8) })),
    ...draw.maybe(0.3, () => ({ failureThreshold: draw.whole(1, 4) })),
    ...draw.maybe(0.2, () => ({ timeoutSeconds: draw.whole(1, 3) })),
    ...(type === "readiness" ? draw.maybe(0.2, () => ({ successThreshold: 2 })) : {}),
  };
}

function lifecycle(draw: Draw): Json {
  const handler = () =>
    draw.pick<Json>([
      { exec: { command: ["sleep", String(draw.whole(0, 20))] } },
      { exec: { command: ["sh", "-c", "touch /var/ready"] } },
      { exec: { command: ["false"] } },
      { httpGet: { path: "/", port: 80 } },
    ]);
  return draw.chance(0.8) ? { preStop: handler() } : { postStart: handler() };
}
