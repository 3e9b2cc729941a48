import { isZero, type Draw } from "./draw.ts";
import type { Json } from "./plan.ts";
import { podOptions, podTemplate } from "./pod-template.ts";

/** A workload of a plan: its name is that of its app. */
export interface Cast {
  /** As in a kubectl command: `deployment/web`. */
  readonly workload: string;
  readonly name: string;
  /** A manifest with options drawn anew, or those of the first. */
  make(draw: Draw): Json[];
}

const KINDS = {
  deployment: { kind: "Deployment", options: deploymentOptions },
  statefulset: { kind: "StatefulSet", options: statefulSetOptions },
  daemonset: { kind: "DaemonSet", options: daemonSetOptions },
} as const;

/** Workloads of a plan: most have a Deployment `web`. */
export function cast(draw: Draw): Cast[] {
  const all: Cast[] = [];
  if (draw.chance(0.75)) all.push(member("deployment", "web", draw));
  if (draw.chance(0.2)) all.push(member("deployment", "api", draw));
  if (draw.chance(0.25)) all.push(member("statefulset", "db", draw));
  if (draw.chance(0.2)) all.push(member("daemonset", "agent", draw));
  return all.length === 0 ? [member("deployment", "web", draw)] : all;
}

function member(resource: keyof typeof KINDS, name: string, first: Draw): Cast {
  const { kind, options } = KINDS[resource];
  const [spec, pod] = [options(first), podOptions(first)];
  // What may not change once it is created: policy of a StatefulSet, and its Service.
  const fixed = resource === "statefulset" ? statefulSetIdentity(first) : {};
  const hasBudget = first.chance(0.35);
  return {
    workload: `${resource}/${name}`,
    name,
    make(draw) {
      const again = draw.chance(0.5);
      return [
        service(name),
        {
          apiVersion: "apps/v1",
          kind,
          metadata: { name },
          spec: {
            ...(again ? options(draw) : spec),
            ...fixed,
            selector: { matchLabels: { app: name } },
            template: podTemplate(name, again ? podOptions(draw) : pod, draw),
          },
        },
        ...(hasBudget ? [budget(name, draw)] : []),
      ];
    },
  };
}

function service(name: string): Json {
  return {
    apiVersion: "v1",
    kind: "Service",
    metadata: { name },
    spec: { selector: { app: name }, ports: [{ port: 80 }] },
  };
}

function budget(name: string, draw: Draw): Json {
  return {
    apiVersion: "policy/v1",
    kind: "PodDisruptionBudget",
    metadata: { name },
    spec: {
      selector: { matchLabels: { app: name } },
      ...(draw.chance(0.5) ? { minAvailable: draw.amount() } : { maxUnavailable: draw.amount() }),
      ...draw.maybe(0.2, () => ({ unhealthyPodEvictionPolicy: "AlwaysAllow" })),
    },
  };
}

/** A Deployment of little importance that fills the nodes, which have less than eight cores each. */
export function crowd(nodes: number, draw: Draw): Json {
  const pod = { priorityClassName: "low", terminationGracePeriodSeconds: draw.pick([0, 5, 20]) };
  const cpu = draw.pick(["1", "2", "3"]);
  const labels = { app: "batch" };
  return {
    apiVersion: "apps/v1",
    kind: "Deployment",
    metadata: { name: "batch" },
    spec: {
      replicas: draw.whole(2, 6) * nodes,
      selector: { matchLabels: labels },
      template: {
        metadata: { labels },
        spec: {
          ...pod,
          containers: [{ name: "web", image: "web:1", resources: { requests: { cpu } } }],
        },
      },
    },
  };
}

/** An autoscaler of the Deployment `web`. */
export function autoscaler(draw: Draw): Json {
  const minReplicas = draw.whole(1, 3);
  return {
    apiVersion: "autoscaling/v2",
    kind: "HorizontalPodAutoscaler",
    metadata: { name: "web" },
    spec: {
      scaleTargetRef: { apiVersion: "apps/v1", kind: "Deployment", name: "web" },
      minReplicas,
      maxReplicas: minReplicas + draw.whole(0, 5),
      metrics: [
        {
          type: "Resource",
          resource: { name: "cpu", target: { type: "AverageValue", averageValue: "500m" } },
        },
      ],
      ...draw.maybe(0.4, () => ({
        behavior: {
          scaleDown: {
            stabilizationWindowSeconds: draw.pick([0, 30]),
            policies: [{ type: "Pods", value: 1, periodSeconds: 20 }],
          },
        },
      })),
    },
  };
}

function deploymentOptions(draw: Draw): Json {
  const minReadySeconds = draw.pick([0, 0, 0, 2, 10]);
  return {
    replicas: draw.pick([0, 1, 1, 2, 3, 3, 4, 5, 8]),
    ...draw.maybe(0.7, () => ({ strategy: deploymentStrategy(draw) })),
    ...(minReadySeconds > 0 ? { minReadySeconds } : {}),
    ...draw.maybe(0.4, () => ({ progressDeadlineSeconds: draw.whole(11, 90) })),
    ...draw.maybe(0.3, () => ({ revisionHistoryLimit: draw.whole(0, 2) })),
    ...draw.maybe(0.05, () => ({ paused: true })),
  };
}

function deploymentStrategy(draw: Draw): Json {
  if (draw.chance(0.15)) return { type: "Recreate" };
  const [maxSurge, maxUnavailable] = [draw.amount(), draw.amount()];
  const none = isZero(maxSurge) && isZero(maxUnavailable);
  return {
    type: "RollingUpdate",
    rollingUpdate: { maxSurge, maxUnavailable: none ? 1 : maxUnavailable },
  };
}

function statefulSetIdentity(draw: Draw): Json {
  return {
    serviceName: "db",
    ...draw.maybe(0.3, () => ({ podManagementPolicy: "Parallel" })),
  };
}

function statefulSetOptions(draw: Draw): Json {
  return {
    replicas: draw.pick([0, 1, 2, 3, 3, 4]),
    ...draw.maybe(0.2, () => ({ minReadySeconds: draw.whole(1, 8) })),
    ...draw.maybe(0.3, () => ({ revisionHistoryLimit: draw.whole(0, 2) })),
    ...draw.maybe(0.4, () => ({
      updateStrategy: draw.chance(0.2)
        ? { type: "OnDelete" }
        : {
            type: "RollingUpdate",
            rollingUpdate: {
              ...draw.maybe(0.5, () => ({ partition: draw.whole(0, 3) })),
              ...draw.maybe(0.4, () => ({ maxUnavailable: draw.pick([1, 2, "50%"]) })),
            },
          },
    })),
  };
}

function daemonSetOptions(draw: Draw): Json {
  return {
    ...draw.maybe(0.2, () => ({ minReadySeconds: draw.whole(1, 8) })),
    ...draw.maybe(0.3, () => ({ revisionHistoryLimit: draw.whole(0, 2) })),
    ...draw.maybe(0.6, () => ({ updateStrategy: daemonSetStrategy(draw) })),
  };
}

/** Surge and unavailability exclude each other. */
function daemonSetStrategy(draw: Draw): Json {
  if (draw.chance(0.2)) return { type: "OnDelete" };
  const amount = draw.pick([1, 2, "34%", "100%"]);
  const rollingUpdate = draw.chance(0.5)
    ? { maxSurge: amount, maxUnavailable: 0 }
    : { maxUnavailable: amount };
  return { type: "RollingUpdate", rollingUpdate };
}
