/* HorizontalPodAutoscalers (describe.go describeHorizontalPodAutoscalerV2). */
import type { HorizontalPodAutoscaler, HPAScalingRules } from "../../simulator/index.ts";
import type { Describe } from "./describer.ts";
import { annotationLines, labelLines, longTime, type Lines } from "./lines.ts";

/** A value of a metric, wanted or measured. */
interface MetricValue {
  readonly value?: string;
  readonly averageValue?: string;
  readonly averageUtilization?: number;
}

interface MetricSource {
  readonly name?: string;
  readonly container?: string;
  readonly metric?: { readonly name: string };
  readonly describedObject?: { readonly kind: string; readonly name: string };
  readonly target?: MetricValue;
  readonly current?: MetricValue;
}

type Metric = { readonly type: string } & {
  readonly [
    source in "resource" | "containerResource" | "pods" | "object" | "external"
  ]?: MetricSource;
};

interface Detailed {
  readonly spec: {
    readonly metrics?: readonly Metric[];
    readonly behavior?: {
      readonly scaleUp?: HPAScalingRules;
      readonly scaleDown?: HPAScalingRules;
    };
  };
  readonly status?: {
    readonly currentReplicas?: number;
    readonly desiredReplicas?: number;
    readonly currentMetrics?: readonly Metric[] | null;
    readonly conditions?: readonly {
      readonly type: string;
      readonly status: string;
      readonly reason?: string;
      readonly message?: string;
    }[];
  };
}

const UNKNOWN = "<unknown>";

export const describeAutoscaler: Describe<HorizontalPodAutoscaler> = (out, autoscaler) => {
  const { metadata, spec } = autoscaler;
  const { metrics = [], behavior } = (autoscaler as unknown as Detailed).spec;
  const { status = {} } = autoscaler as unknown as Detailed;
  out.add(0, `Name:\t${metadata.name}`);
  out.add(0, `Namespace:\t${metadata.namespace ?? ""}`);
  labelLines(out, "Labels", metadata.labels);
  annotationLines(out, "Annotations", metadata.annotations);
  out.add(0, `CreationTimestamp:\t${longTime(metadata.creationTimestamp)}`);
  out.add(0, `Reference:\t${spec.scaleTargetRef.kind}/${spec.scaleTargetRef.name}`);
  out.add(0, "Metrics:\t( current / target )");
  metrics.forEach((metric, i) => out.add(1, metricLine(metric, status.currentMetrics?.[i])));
  out.add(0, `Min replicas:\t${spec.minReplicas ?? "<unset>"}`);
  out.add(0, `Max replicas:\t${spec.maxReplicas}`);
  if (behavior !== undefined) {
    out.add(0, "Behavior:");
    rulesLines(out, "Up", behavior.scaleUp);
    rulesLines(out, "Down", behavior.scaleDown);
  }
  const { currentReplicas = 0, desiredReplicas = 0, conditions = [] } = status;
  const pods = `${spec.scaleTargetRef.kind} pods`;
  out.add(0, `${pods}:\t${currentReplicas} current / ${desiredReplicas} desired`);
  if (conditions.length === 0) return;
  out.add(0, "Conditions:");
  out.add(1, "Type\tStatus\tReason\tMessage");
  out.add(1, "----\t------\t------\t-------");
  for (const one of conditions) {
    out.add(1, `${one.type}\t${one.status}\t${one.reason ?? ""}\t${one.message ?? ""}`);
  }
};

function metricLine(spec: Metric, status: Metric | undefined): string {
  switch (spec.type) {
    case "Resource":
      return resourceText(
        `resource ${spec.resource?.name} on pods`,
        spec.resource?.target,
        status?.resource?.current,
      );
    case "ContainerResource":
      return resourceText(
        `resource ${spec.containerResource?.name} of container "${spec.containerResource?.container}" on pods`,
        spec.containerResource?.target,
        status?.containerResource?.current,
      );
    case "Pods": {
      const now = status?.pods?.current?.averageValue ?? UNKNOWN;
      return `"${spec.pods?.metric?.name}" on pods:\t${now} / ${spec.pods?.target?.averageValue}`;
    }
    case "Object": {
      const { metric, describedObject, target } = spec.object ?? {};
      const what = `"${metric?.name}" on ${describedObject?.kind}/${describedObject?.name}`;
      return valueText(what, target, status?.object?.current);
    }
    case "External":
      return valueText(
        `"${spec.external?.metric?.name}"`,
        spec.external?.target,
        status?.external?.current,
      );
    default:
      return `<unknown metric type ${JSON.stringify(spec.type)}>`;
  }
}

function resourceText(what: string, wanted: MetricValue = {}, current: MetricValue = {}): string {
  if (wanted.averageValue !== undefined) {
    return `${what}:\t${current.averageValue ?? UNKNOWN} / ${wanted.averageValue}`;
  }
  const { averageUtilization: used } = current;
  const now = used === undefined ? UNKNOWN : `${used}% (${current.averageValue ?? ""})`;
  const target =
    wanted.averageUtilization === undefined ? "<auto>" : `${wanted.averageUtilization}%`;
  return `${what}  (as a percentage of request):\t${now} / ${target}`;
}

function valueText(what: string, wanted: MetricValue = {}, current: MetricValue = {}): string {
  return wanted.averageValue === undefined
    ? `${what} (target value):\t${current.value ?? UNKNOWN} / ${wanted.value}`
    : `${what} (target average value):\t${current.averageValue ?? UNKNOWN} / ${wanted.averageValue}`;
}

/** describeScalingRules */
function rulesLines(out: Lines, direction: string, rules: HPAScalingRules | undefined): void {
  if (rules === undefined) return;
  const { stabilizationWindowSeconds: window, selectPolicy = "Max", policies = [] } = rules;
  out.add(1, `Scale ${direction}:`);
  if (window !== undefined) out.add(2, `Stabilization Window: ${window} seconds`);
  if (policies.length === 0) return;
  out.add(2, `Select Policy: ${selectPolicy}`);
  out.add(2, "Policies:");
  for (const { type, value, periodSeconds } of policies) {
    out.add(3, `- Type: ${type}\tValue: ${value}\tPeriod: ${periodSeconds} seconds`);
  }
}
