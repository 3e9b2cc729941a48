/*
 * The requests of the run as the counters and histograms that a mesh, a proxy or an application would expose, so that the queries that
 * people have work unchanged. What each name and label means here is on the page about the simulator.
 */
import type { Pod, Service } from "../../../api/types.ts";
import type { RequestOutcome, RequestRecord } from "../../../record.ts";
import { ExpressionError } from "./tokens.ts";

/** One condition in braces: `code!~"5.*"`. */
export interface Matcher {
  readonly label: string;
  readonly operator: "=" | "!=" | "=~" | "!~";
  readonly value: string;
}

/** A request with all that labels may ask of it. */
export interface Sample {
  readonly record: RequestRecord;
  /** HTTP status as a proxy would count it. */
  readonly status: string;
  readonly pod: Pod | undefined;
  readonly services: readonly Service[];
}

/** A connection that failed without an answer counts as 503, as a sidecar reports it; a client's own timeout as 504. */
const STATUS: Readonly<Partial<Record<RequestOutcome, string>>> = {
  "connection-refused": "503",
  "connection-reset": "503",
  timeout: "504",
};

export function statusOf(outcome: RequestOutcome): string {
  return STATUS[outcome] ?? outcome;
}

const SERVICE_LABELS = new Set([
  "service",
  "service_name",
  "exported_service",
  "destination_service",
  "destination_service_name",
  "kubernetes_service",
]);
const STATUS_LABELS = new Set([
  "status",
  "code",
  "response_code",
  "status_code",
  "http_status_code",
]);
const POD_LABELS = new Set(["pod", "pod_name", "kubernetes_pod_name", "exported_pod"]);
const NAMESPACE_LABELS = new Set([
  "namespace",
  "exported_namespace",
  "kubernetes_namespace",
  "destination_service_namespace",
  "destination_workload_namespace",
]);
const WORKLOAD_LABELS = new Set(["destination_workload", "replicaset"]);
/** Told by who counts, which makes no difference here. */
const IGNORED = new Set(["reporter", "job", "instance", "method", "le", "controller_class"]);

/** Does a request fit all the matchers? */
export function fits(sample: Sample, matchers: readonly Matcher[]): boolean {
  return matchers.every((matcher) => fitsOne(sample, matcher));
}

function fitsOne(sample: Sample, { label, operator, value }: Matcher): boolean {
  if (IGNORED.has(label)) return true;
  const candidates = valuesOf(sample, label);
  const test = operator.endsWith("~") ? anchored(value) : (text: string) => text === value;
  const isMatch = candidates.some(test);
  return operator.startsWith("!") ? !isMatch : isMatch;
}

/** What a label says of a request; a Service goes by its name and by its host names. */
function valuesOf({ status, pod, services }: Sample, label: string): string[] {
  if (STATUS_LABELS.has(label)) return [status];
  if (POD_LABELS.has(label)) return [pod?.metadata.name ?? ""];
  if (SERVICE_LABELS.has(label)) return services.flatMap(hostNames);
  if (NAMESPACE_LABELS.has(label)) {
    return [pod?.metadata.namespace ?? services[0]?.metadata.namespace ?? ""];
  }
  if (WORKLOAD_LABELS.has(label)) return [pod?.metadata.ownerReferences?.[0]?.name ?? ""];
  // As Prometheus' usual relabelling has it: the pod's labels, with what may not be in a name replaced.
  for (const [key, value] of Object.entries(pod?.metadata.labels ?? {})) {
    if (key.replace(/\W/g, "_") === label) return [value];
  }
  return [""];
}

function hostNames({ metadata }: Service): string[] {
  const { name, namespace = "default" } = metadata;
  const base = `${name}.${namespace}`;
  return [name, base, `${base}.svc`, `${base}.svc.cluster.local`];
}

function anchored(pattern: string): (text: string) => boolean {
  try {
    const regexp = new RegExp(`^(?:${pattern})$`);
    return (text) => regexp.test(text);
  } catch {
    throw new ExpressionError(`invalid regular expression "${pattern}"`);
  }
}

/** What a metric's name counts. */
export interface MetricMeaning {
  readonly kind: "counter" | "histogram";
  /** How many of its units make a second. */
  readonly unitsPerSecond: number;
}

/** Counters end in `requests_total`, `requests`, `request_total`, `_rq` or `_count`, histograms in `_bucket`. */
export function meaningOf(metric: string): MetricMeaning {
  const unitsPerSecond = /milliseconds|_ms_|_ms$|upstream_rq_time/.test(metric) ? 1000 : 1;
  if (metric.endsWith("_bucket")) return { kind: "histogram", unitsPerSecond };
  if (/(requests_total|requests|request_total|_rq|_count)$/.test(metric)) {
    return { kind: "counter", unitsPerSecond };
  }
  throw new ExpressionError(
    `metric ${metric} is not simulated: known are counters of requests (…requests_total, …requests, …_count) and histograms of their duration (…_bucket)`,
  );
}
