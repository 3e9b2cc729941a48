import type { KubernetesObject } from "../../simulator/index.ts";
import { age, NONE, UNKNOWN, UNSET } from "./cells.ts";
import { columns, type KindPrinter } from "./table.ts";

/** A value of a metric as autoscaling/v2 has it, wanted or measured; quantities as they are written. */
interface MetricValue {
  readonly value?: string;
  readonly averageValue?: string;
  readonly averageUtilization?: number;
}

/** MetricSpec and MetricStatus of autoscaling/v2: `type` says which of the others is set. */
interface Metric {
  readonly type: string;
  readonly resource?: MetricSource;
  readonly containerResource?: MetricSource;
  readonly pods?: MetricSource;
  readonly object?: MetricSource;
  readonly external?: MetricSource;
}

interface MetricSource {
  readonly name?: string;
  readonly target?: MetricValue;
  readonly current?: MetricValue;
}

/** A HorizontalPodAutoscaler of autoscaling/v2, as far as it is printed. */
export interface HorizontalPodAutoscaler extends KubernetesObject {
  readonly spec: {
    readonly scaleTargetRef: { readonly kind: string; readonly name: string };
    readonly minReplicas?: number;
    readonly maxReplicas: number;
    readonly metrics?: readonly Metric[];
  };
  readonly status?: {
    readonly currentReplicas?: number;
    readonly currentMetrics?: readonly Metric[] | null;
  };
}

/** kubernetes pkg/printers/internalversion/printers.go printHorizontalPodAutoscaler */
export const horizontalPodAutoscalerPrinter: KindPrinter<HorizontalPodAutoscaler> = {
  columns: columns("Name", "Reference", "Targets", "MinPods", "#MaxPods", "#Replicas", "Age"),
  cells: (autoscaler, nowMs) => {
    const { metadata, spec, status } = autoscaler;
    return [
      metadata.name,
      `${spec.scaleTargetRef.kind}/${spec.scaleTargetRef.name}`,
      targets(spec.metrics ?? [], status?.currentMetrics ?? []),
      String(spec.minReplicas ?? UNSET),
      spec.maxReplicas,
      status?.currentReplicas ?? 0,
      age(autoscaler, nowMs),
    ];
  },
};

/** Two metrics, and how many more there are (formatHPAMetrics). */
function targets(specs: readonly Metric[], statuses: readonly Metric[]): string {
  if (specs.length === 0) return NONE;
  const list = specs.slice(0, 2).map((spec, i) => target(spec, statuses[i]));
  const more = specs.length > 2 ? ` + ${specs.length - 2} more...` : "";
  return list.join(", ") + more;
}

function target(spec: Metric, status: Metric | undefined): string {
  switch (spec.type) {
    case "Resource":
      return resource(spec.resource, status?.resource?.current);
    case "ContainerResource":
      return resource(spec.containerResource, status?.containerResource?.current);
    case "Pods":
      return `${status?.pods?.current?.averageValue ?? UNKNOWN}/${spec.pods?.target?.averageValue}`;
    case "Object":
      return valueOrAverage(spec.object?.target, status?.object?.current);
    case "External":
      return valueOrAverage(spec.external?.target, status?.external?.current);
    default:
      return "<unknown type>";
  }
}

function resource(spec: MetricSource | undefined, current: MetricValue | undefined): string {
  const wanted = spec?.target ?? {};
  if (wanted.averageValue !== undefined) {
    return `${spec?.name}: ${current?.averageValue ?? UNKNOWN}/${wanted.averageValue}`;
  }
  const percent = (value: number | undefined, none: string) =>
    value === undefined ? none : `${value}%`;
  const now = percent(current?.averageUtilization, UNKNOWN);
  return `${spec?.name}: ${now}/${percent(wanted.averageUtilization, "<auto>")}`;
}

function valueOrAverage(wanted: MetricValue = {}, current: MetricValue = {}): string {
  return wanted.averageValue === undefined
    ? `${current.value ?? UNKNOWN}/${wanted.value}`
    : `${current.averageValue ?? UNKNOWN}/${wanted.averageValue} (avg)`;
}
