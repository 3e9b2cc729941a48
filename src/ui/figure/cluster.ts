import {
  DEFAULT_IMAGE,
  type ImageBehaviour,
  type NetworkModel,
  type Scenario,
  type TrafficSource,
} from "../../simulator/scenario.ts";
import { ROUTING_AS_KUBE_PROXY } from "./knobs.ts";

type Step = Scenario["steps"][number];

/** The usual cluster of a figure; what is left out is as on most of them. Times are seconds. */
export interface ClusterPlan {
  readonly name: string;
  /** How long the run is. The same for all values of the knobs, so that counts can be compared. */
  readonly seconds: number;
  readonly steps: readonly Step[];
  readonly seed?: number;
  readonly nodes?: number;
  /** How images behave, where it is not as an ordinary nginx. */
  readonly images?: Readonly<Record<string, Partial<ImageBehaviour>>>;
  readonly network?: Partial<NetworkModel>;
  /** From the EndpointSlice's change to the node's rules, in seconds; by default kube-proxy's own schedule. */
  readonly routingSeconds?: number;
  readonly traffic?: readonly TrafficSource[];
}

/** A scenario from a plan. */
export function cluster(plan: ClusterPlan): Scenario {
  const { name, seconds, steps, seed = 1, nodes = 1, images = {}, network, traffic = [] } = plan;
  const routing = plan.routingSeconds ?? ROUTING_AS_KUBE_PROXY;
  return {
    name,
    seed,
    durationMs: seconds * 1000,
    untilSettled: false,
    nodes,
    images: Object.entries(images).map(([image, behaviour]) => ({
      ...DEFAULT_IMAGE,
      ports: [80],
      ...behaviour,
      name: image,
    })),
    network: {
      endpointSlice: { kind: "measured", spread: { min: 1, median: 52, max: 201 } },
      kubeProxy:
        routing === ROUTING_AS_KUBE_PROXY
          ? "sync"
          : { kind: "exact", ms: Math.round(routing * 1000) },
      proxyConnectTimeoutMs: 3000,
      proxyReadTimeoutMs: 10_000,
      ...network,
    },
    traffic,
    steps,
  };
}

/** `kubectl apply` of these objects at a second. */
export function apply(second: number, objects: readonly object[], label = "web.yaml"): Step {
  return { atMs: second * 1000, action: { kind: "apply", objects, label } };
}

/** A kubectl command at a second, without the word kubectl. */
export function kubectl(second: number, command: string): Step {
  return { atMs: second * 1000, action: { kind: "kubectl", command } };
}

/** Requests to a Service, from a second to another, through a plain reverse proxy unless said otherwise. */
export function requests(
  rps: number,
  from: number,
  to: number,
  source: Partial<TrafficSource> = {},
): TrafficSource {
  return {
    name: "users",
    service: { namespace: "default", name: "web", port: 80 },
    road: "proxy",
    rps,
    arrivals: "poisson",
    keepAlive: false,
    timeoutMs: 60_000,
    startMs: from * 1000,
    stopMs: to * 1000,
    ...source,
  };
}

/** A Service on port 80 of the pods with these labels. */
export function service(name = "web", selector: Readonly<Record<string, string>> = { app: name }) {
  return {
    apiVersion: "v1",
    kind: "Service",
    metadata: { name },
    spec: { selector, ports: [{ port: 80, targetPort: 80 }] },
  };
}

/** The Deployment of a figure. What is left out is left out of the manifest, so that the API server's defaults hold. */
export interface DeploymentPlan {
  readonly name?: string;
  readonly image?: string;
  readonly replicas?: number;
  readonly labels?: Readonly<Record<string, string>>;
  readonly strategy?: "RollingUpdate" | "Recreate";
  readonly maxSurge?: number | string;
  readonly maxUnavailable?: number | string;
  readonly minReadySeconds?: number;
  readonly progressDeadlineSeconds?: number;
  /** 0: no hook. */
  readonly preStopSeconds?: number;
  readonly graceSeconds?: number;
  /** Fields of the readiness probe besides `httpGet: /`; `null`: no probe. By default it has a period of 5 seconds. */
  readonly readiness?: object | null;
  /** More fields of the container, and of the pod's spec. */
  readonly container?: object;
  readonly podSpec?: object;
}

/** A Deployment with one container, named as it is, on port 80. */
export function deployment(plan: DeploymentPlan = {}): object {
  const { name = "web", replicas = 3, labels = { app: name } } = plan;
  const { minReadySeconds, progressDeadlineSeconds } = plan;
  return {
    apiVersion: "apps/v1",
    kind: "Deployment",
    metadata: { name },
    spec: {
      replicas,
      ...given({ minReadySeconds, progressDeadlineSeconds }),
      ...strategyOf(plan),
      selector: { matchLabels: labels },
      template: { metadata: { labels }, spec: podSpecOf(plan, name) },
    },
  };
}

function podSpecOf(plan: DeploymentPlan, name: string): object {
  const { image = "shop-web:1.0", readiness = { periodSeconds: 5 }, preStopSeconds = 0 } = plan;
  const hook = { exec: { command: ["sleep", String(preStopSeconds)] } };
  return {
    ...given({ terminationGracePeriodSeconds: plan.graceSeconds }),
    containers: [
      {
        name,
        image,
        ports: [{ containerPort: 80 }],
        ...(readiness === null
          ? {}
          : { readinessProbe: { httpGet: { path: "/", port: 80 }, ...readiness } }),
        ...(preStopSeconds > 0 ? { lifecycle: { preStop: hook } } : {}),
        ...plan.container,
      },
    ],
    ...plan.podSpec,
  };
}

function strategyOf({ strategy, maxSurge, maxUnavailable }: DeploymentPlan): object {
  if (strategy === "Recreate") return { strategy: { type: "Recreate" } };
  const rollingUpdate = given({ maxSurge, maxUnavailable });
  if (strategy === undefined && Object.keys(rollingUpdate).length === 0) return {};
  return { strategy: { type: "RollingUpdate", rollingUpdate } };
}

/** The fields that have a value. */
function given(fields: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}
