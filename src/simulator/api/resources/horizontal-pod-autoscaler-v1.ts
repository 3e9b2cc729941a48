/*
 * autoscaling/v1 of an autoscaler, which knows of one metric, the use of CPU; what else the stored v2 has stands in annotations
 * (pkg/apis/autoscaling/v1/conversion.go, pkg/apis/autoscaling/annotations.go).
 */
import type { HorizontalPodAutoscaler, KubernetesObject } from "../types.ts";

const METRICS = "autoscaling.alpha.kubernetes.io/metrics";
const CURRENT_METRICS = "autoscaling.alpha.kubernetes.io/current-metrics";
const CONDITIONS = "autoscaling.alpha.kubernetes.io/conditions";
const BEHAVIOR = "autoscaling.alpha.kubernetes.io/behavior";
const ROUND_TRIP: readonly string[] = [METRICS, CURRENT_METRICS, CONDITIONS, BEHAVIOR];

/** What the controller aims at when a v1 autoscaler says nothing (autoscaling.DefaultCPUUtilization). */
const DEFAULT_UTILIZATION = 80;

type Json = Readonly<Record<string, unknown>>;
/** A metric of v2: its source, or with its current value. */
type Metric = { readonly type: string } & Readonly<Record<string, Json | string | undefined>>;

interface V1 extends KubernetesObject {
  readonly spec: Json & { readonly targetCPUUtilizationPercentage?: number };
  readonly status?: Json & { readonly currentCPUUtilizationPercentage?: number };
}

interface V2 extends KubernetesObject {
  readonly spec: Json & { readonly metrics?: readonly Metric[]; readonly behavior?: Json };
  readonly status?: Json & {
    readonly currentMetrics?: readonly Metric[] | null;
    readonly conditions?: readonly Json[];
  };
}

/** The version v1 of autoscalers. */
export const horizontalPodAutoscalerV1 = {
  struct: "v1.HorizontalPodAutoscaler",

  /** Convert_v1_HorizontalPodAutoscaler_To_autoscaling_HorizontalPodAutoscaler */
  toStored(object: KubernetesObject): KubernetesObject {
    const { spec = {}, status, metadata, ...rest } = object as V1;
    const { targetCPUUtilizationPercentage: target, ...kept } = spec;
    const noted = <T>(key: string) => parsed<T>(metadata?.annotations?.[key]);
    const others = noted<readonly Metric[]>(METRICS);
    const metrics = [
      ...(others ?? []).map(metricOfV1),
      ...(target === undefined ? [] : [cpuMetric(target)]),
    ];
    const implied = others === undefined && metrics.length === 0;
    const behavior = noted<Json>(BEHAVIOR);
    const withMetrics = implied ? [cpuMetric(DEFAULT_UTILIZATION)] : metrics;
    return {
      ...rest,
      metadata: withoutRoundTrip(metadata),
      spec: {
        ...kept,
        ...(withMetrics.length === 0 ? {} : { metrics: withMetrics }),
        ...(behavior === undefined ? {} : { behavior }),
      },
      ...(status === undefined ? {} : { status: statusOfV1(status, noted) }),
    } as KubernetesObject;
  },

  /** Convert_autoscaling_HorizontalPodAutoscaler_To_v1_HorizontalPodAutoscaler */
  ofStored(object: KubernetesObject): KubernetesObject {
    const { spec = {}, status, metadata, ...rest } = object as V2;
    const { metrics = [], behavior, ...kept } = spec;
    const target = utilization(metrics.find(isUtilization), "target");
    const others = metrics.filter((metric) => !isUtilization(metric));
    const { currentMetrics, conditions = [], ...counts } = status ?? {};
    const current = currentMetrics ?? [];
    const used = utilization(
      current.find((metric) => utilization(metric, "current") !== undefined),
      "current",
    );
    const texts = {
      ...(others.length === 0 ? {} : { [METRICS]: JSON.stringify(others.map(metricToV1)) }),
      ...(behavior === undefined ? {} : { [BEHAVIOR]: JSON.stringify(behavior) }),
      ...(current.length === 0
        ? {}
        : { [CURRENT_METRICS]: JSON.stringify(current.map(metricToV1)) }),
      ...(conditions.length === 0 ? {} : { [CONDITIONS]: JSON.stringify(conditions) }),
    };
    const clean = withoutRoundTrip(metadata);
    const annotations = { ...clean.annotations, ...texts };
    return {
      ...rest,
      metadata: Object.keys(annotations).length === 0 ? clean : { ...clean, annotations },
      spec: {
        ...kept,
        ...(target === undefined ? {} : { targetCPUUtilizationPercentage: target }),
      },
      ...(status === undefined
        ? {}
        : {
            status: {
              ...counts,
              ...(used === undefined ? {} : { currentCPUUtilizationPercentage: used }),
            },
          }),
    } as KubernetesObject;
  },
};

/** Annotations that only a conversion writes are taken from nobody else (DropRoundTripHorizontalPodAutoscalerAnnotations). */
function withoutRoundTrip<M extends HorizontalPodAutoscaler["metadata"]>(metadata: M): M {
  const annotations = metadata?.annotations;
  if (annotations === undefined || !ROUND_TRIP.some((key) => key in annotations)) return metadata;
  const left = Object.entries(annotations).filter(([key]) => !ROUND_TRIP.includes(key));
  const { annotations: _all, ...rest } = metadata;
  return (left.length === 0 ? rest : { ...rest, annotations: Object.fromEntries(left) }) as M;
}

function parsed<T>(text: string | undefined): T | undefined {
  if (text === undefined) return undefined;
  try {
    return JSON.parse(text) as T;
  } catch {
    // Upstream passes over what it cannot read.
    return undefined;
  }
}

function statusOfV1(
  status: NonNullable<V1["status"]>,
  noted: <T>(key: string) => T | undefined,
): Json {
  const { currentCPUUtilizationPercentage: used, ...counts } = status;
  const implied =
    used === undefined
      ? []
      : [{ type: "Resource", resource: { name: "cpu", current: { averageUtilization: used } } }];
  const current = noted<readonly Metric[]>(CURRENT_METRICS)?.map(metricOfV1) ?? implied;
  const conditions = noted<readonly Json[]>(CONDITIONS);
  return {
    ...counts,
    ...(current.length === 0 ? {} : { currentMetrics: current }),
    ...(conditions === undefined ? {} : { conditions }),
  };
}

function cpuMetric(averageUtilization: number): Metric {
  return {
    type: "Resource",
    resource: { name: "cpu", target: { type: "Utilization", averageUtilization } },
  };
}

/** The one metric that v1 has a field for. */
function isUtilization(metric: Metric): boolean {
  return utilization(metric, "target") !== undefined;
}

function utilization(metric: Metric | undefined, side: "target" | "current"): number | undefined {
  const resource = metric?.type === "Resource" ? (metric.resource as Json | undefined) : undefined;
  if (resource?.name !== "cpu") return undefined;
  return (resource[side] as Json | undefined)?.averageUtilization as number | undefined;
}

/** Names of the fields that v1 has in the place of v2's: the source's name there, then those of a target and of a current value. */
const SIDES = {
  target: { value: "targetValue", average: "targetAverageValue", use: "targetAverageUtilization" },
  current: {
    value: "currentValue",
    average: "currentAverageValue",
    use: "currentAverageUtilization",
  },
} as const;

const SOURCES: Readonly<Record<string, string>> = {
  Object: "object",
  Pods: "pods",
  Resource: "resource",
  ContainerResource: "containerResource",
  External: "external",
};

/** Convert_autoscaling_MetricSpec_To_v1_MetricSpec and its siblings, of sources and of current values. */
function metricToV1(metric: Metric): Json {
  const key = SOURCES[metric.type] ?? "";
  const source = metric[key] as Json | undefined;
  if (source === undefined) return { type: metric.type };
  const { name, container, describedObject, metric: about, target, current } = source;
  const side = target === undefined ? SIDES.current : SIDES.target;
  const value = (target ?? current ?? {}) as Json;
  const { name: metricName, selector } = (about ?? {}) as Json;
  const isObject = metric.type === "Object";
  return {
    type: metric.type,
    [key]: present({
      target: describedObject,
      name,
      metricName,
      [metric.type === "External" ? "metricSelector" : "selector"]: selector,
      [side.value]: value.value,
      [side.use]: value.averageUtilization,
      // An object's average has a name of its own.
      [isObject ? "averageValue" : side.average]: value.averageValue,
      container,
    }),
  };
}

/** Convert_v1_MetricSpec_To_autoscaling_MetricSpec and its siblings. */
function metricOfV1(metric: Metric): Metric {
  const key = SOURCES[metric.type] ?? "";
  const source = metric[key] as Json | undefined;
  if (source === undefined) return metric;
  const isCurrent = Object.keys(source).some((name) => name.startsWith("current"));
  const side = isCurrent ? SIDES.current : SIDES.target;
  const [value, use] = [source[side.value], source[side.use]];
  const average = source[side.average] ?? source.averageValue;
  const type = use !== undefined ? "Utilization" : average !== undefined ? "AverageValue" : "Value";
  const numbers = present({
    value: average === undefined ? value : undefined,
    averageUtilization: use,
    averageValue: average,
  });
  const selector = source.selector ?? source.metricSelector;
  return {
    type: metric.type,
    [key]: present({
      describedObject: source.target,
      name: source.name,
      container: source.container,
      metric:
        source.metricName === undefined
          ? undefined
          : present({ name: source.metricName, selector }),
      [isCurrent ? "current" : "target"]: isCurrent
        ? present({ ...numbers, value })
        : { type, ...numbers },
    }),
  };
}

function present(fields: Json): Json {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}
