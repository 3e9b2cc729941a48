/* PodDisruptionBudgets, PriorityClasses, ResourceQuotas, LimitRanges, ConfigMaps, Secrets, ServiceAccounts and Namespaces; and kinds without a describer of their own. */
import type {
  ConfigMap,
  KubernetesObject,
  LimitRange,
  Namespace,
  PodDisruptionBudget,
  PriorityClass,
  ResourceQuota,
  Secret,
  ServiceAccount,
} from "../../simulator/index.ts";
import { formatLabelSelector } from "../print/cells.ts";
import { toYaml } from "../output/yaml.ts";
import { listOf, type Describe } from "./describer.ts";
import { annotationLines, labelLines, type Lines } from "./lines.ts";

export const describeBudget: Describe<PodDisruptionBudget> = (out, { metadata, spec, status }) => {
  out.add(0, `Name:\t${metadata.name}`);
  out.add(0, `Namespace:\t${metadata.namespace ?? ""}`);
  if (spec.minAvailable !== undefined) out.add(0, `Min available:\t${spec.minAvailable}`);
  else if (spec.maxUnavailable !== undefined)
    out.add(0, `Max unavailable:\t${spec.maxUnavailable}`);
  out.add(0, `Selector:\t${formatLabelSelector(spec.selector)}`);
  const {
    disruptionsAllowed = 0,
    currentHealthy = 0,
    desiredHealthy = 0,
    expectedPods = 0,
  } = status ?? {};
  out.add(0, "Status:");
  out.add(2, `Allowed disruptions:\t${disruptionsAllowed}`);
  out.add(2, `Current:\t${currentHealthy}`);
  out.add(2, `Desired:\t${desiredHealthy}`);
  out.add(2, `Total:\t${expectedPods}`);
};

export const describeConfigMap: Describe<ConfigMap> = (
  out,
  { metadata, data = {}, binaryData = {} },
) => {
  headLines(out, metadata);
  out.add(0, "");
  out.add(0, "Data");
  out.add(0, "====");
  for (const key of Object.keys(data).sort()) {
    out.add(0, `${key}:`);
    out.add(0, "----");
    out.add(0, data[key]!);
    out.add(0, "");
  }
  out.add(0, "");
  out.add(0, "BinaryData");
  out.add(0, "====");
  for (const key of Object.keys(binaryData).sort())
    out.add(0, `${key}: ${decodedLength(binaryData[key]!)} bytes`);
  out.add(0, "");
};

export const describeSecret: Describe<Secret> = (out, { metadata, type, data = {} }) => {
  headLines(out, metadata);
  out.add(0, "");
  out.add(0, `Type:\t${type ?? ""}`);
  out.add(0, "");
  out.add(0, "Data");
  out.add(0, "====");
  for (const key of Object.keys(data).sort()) {
    out.add(0, `${key}:\t${decodedLength(data[key]!)} bytes`);
  }
};

/** How many bytes a base64 text stands for. */
function decodedLength(text: string): number {
  const padding = text.length - text.replace(/=+$/, "").length;
  return (text.length / 4) * 3 - padding;
}

export const describePriorityClass: Describe<PriorityClass> = (out, one) => {
  const { metadata, value, globalDefault = false, preemptionPolicy, description = "" } = one;
  out.add(0, `Name:\t${metadata.name}`);
  out.add(0, `Value:\t${value}`);
  out.add(0, `GlobalDefault:\t${globalDefault}`);
  out.add(0, `PreemptionPolicy:\t${preemptionPolicy ?? ""}`);
  out.add(0, `Description:\t${description}`);
  const annotations = Object.entries(metadata.annotations ?? {}).sort(([a], [b]) =>
    a < b ? -1 : 1,
  );
  const text = annotations.map(([key, annotation]) => `${key}=${annotation}`).join(",");
  out.add(0, `Annotations:\t${text || "<none>"}`);
};

/** What the scopes of a quota mean, in the describer's words (helpTextForResourceQuotaScope). */
const SCOPES: Readonly<Record<string, string>> = {
  Terminating:
    "Matches all pods that have an active deadline. These pods have a limited lifespan on a node before being actively terminated by the system.",
  NotTerminating:
    "Matches all pods that do not have an active deadline. These pods usually include long running pods whose container command is not expected to terminate.",
  BestEffort:
    "Matches all pods that do not have resource requirements set. These pods have a best effort quality of service.",
  NotBestEffort:
    "Matches all pods that have at least one resource requirement set. These pods have a burstable or guaranteed quality of service.",
};

export const describeResourceQuota: Describe<ResourceQuota> = (out, quota) => {
  const { metadata } = quota;
  out.add(0, `Name:\t${metadata.name}`);
  out.add(0, `Namespace:\t${metadata.namespace ?? ""}`);
  quotaLines(out, quota, 0, "----");
};

function quotaLines(
  out: Lines,
  { spec = {}, status = {} }: ResourceQuota,
  level: number,
  rule: string,
): void {
  const scopes = [...(spec.scopes ?? [])].sort();
  if (scopes.length > 0) out.add(level, `Scopes:\t${scopes.join(", ")}`);
  for (const scope of scopes) {
    const help = SCOPES[scope];
    if (help !== undefined) out.add(level, level === 0 ? ` * ${help}` : `* ${help}`);
  }
  out.add(level, "Resource\tUsed\tHard");
  out.add(level, `--------\t${rule}\t${rule}`);
  const { hard = {}, used = {} } = status;
  for (const name of Object.keys(hard).sort()) {
    out.add(level, `${name}\t${used[name] ?? 0}\t${hard[name]}`);
  }
}

const RANGE_HEADS = [
  "Type\tResource\tMin\tMax\tDefault Request\tDefault Limit\tMax Limit/Request Ratio",
  "----\t--------\t---\t---\t---------------\t-------------\t-----------------------",
];

export const describeLimitRange: Describe<LimitRange> = (out, range) => {
  const { metadata } = range;
  out.add(0, `Name:\t${metadata.name}`);
  out.add(0, `Namespace:\t${metadata.namespace ?? ""}`);
  for (const line of [...RANGE_HEADS, ...rangeLines(range)]) out.add(0, line);
};

/** describeLimitRangeSpec: a line for each resource; upstream writes them in random order. */
function rangeLines({ spec = {} }: LimitRange): string[] {
  return (spec.limits ?? []).flatMap(({ type, min, max, maxLimitRequestRatio: ratio, ...item }) => {
    const lists = [min, max, item.defaultRequest, item.default, ratio];
    const names = [...new Set(lists.flatMap((list) => Object.keys(list ?? {})))].sort();
    return names.map((name) =>
      [type, name, ...lists.map((list) => String(list?.[name] ?? "-"))].join("\t"),
    );
  });
}

export const describeServiceAccount: Describe<ServiceAccount> = (out, account, surroundings) => {
  const { metadata, secrets = [], imagePullSecrets = [] } = account;
  headLines(out, metadata);
  const there = listOf(surroundings, "secrets", metadata.namespace ?? "");
  const names = new Set(there.map((secret) => secret.metadata.name));
  const tokens = there.filter(
    ({ type, metadata: { annotations = {} } }) =>
      type === "kubernetes.io/service-account-token" &&
      annotations["kubernetes.io/service-account.name"] === metadata.name &&
      annotations["kubernetes.io/service-account.uid"] === metadata.uid,
  );
  const lists: [string, readonly string[]][] = [
    ["Image pull secrets:", imagePullSecrets.map(({ name = "" }) => name)],
    ["Mountable secrets: ", secrets.map(({ name = "" }) => name)],
    ["Tokens:            ", tokens.map((secret) => secret.metadata.name)],
  ];
  for (const [header, all] of lists) {
    if (all.length === 0) out.add(0, `${header}\t<none>`);
    all.forEach((name, i) => {
      const prefix = i === 0 ? header : " ".repeat(header.length);
      out.add(0, `${prefix}\t${name}${names.has(name) ? "" : " (not found)"}`);
    });
  }
};

export const describeNamespace: Describe<Namespace> = (out, { metadata, status }, surroundings) => {
  out.add(0, `Name:\t${metadata.name}`);
  labelLines(out, "Labels", metadata.labels);
  annotationLines(out, "Annotations", metadata.annotations);
  out.add(0, `Status:\t${status?.phase ?? ""}`);
  out.add(0, "");
  const quotas = byName(listOf(surroundings, "resourcequotas", metadata.name));
  out.add(0, quotas.length === 0 ? "No resource quota." : "Resource Quotas");
  for (const quota of quotas) {
    out.add(1, `Name:\t${quota.metadata.name}`);
    quotaLines(out, quota, 1, "---");
  }
  out.add(0, "");
  const ranges = byName(listOf(surroundings, "limitranges", metadata.name));
  out.add(0, ranges.length === 0 ? "No LimitRange resource." : "Resource Limits");
  if (ranges.length === 0) return;
  for (const line of [...RANGE_HEADS, ...ranges.flatMap(rangeLines)]) out.add(0, ` ${line}`);
};

function byName<T extends KubernetesObject>(objects: readonly T[]): T[] {
  return objects.toSorted((a, b) => (a.metadata.name < b.metadata.name ? -1 : 1));
}

function headLines(out: Lines, metadata: KubernetesObject["metadata"]): void {
  out.add(0, `Name:\t${metadata.name}`);
  out.add(0, `Namespace:\t${metadata.namespace ?? ""}`);
  labelLines(out, "Labels", metadata.labels);
  annotationLines(out, "Annotations", metadata.annotations);
}

/**
 * Kinds without a describer of their own (GenericDescriber): all their fields. Simplified: as YAML, where upstream writes each key as
 * words (`creationTimestamp` as `Creation Timestamp`).
 */
export const describeAny: Describe<KubernetesObject> = (out, object) => {
  const { apiVersion, kind, metadata, ...rest } = object;
  headLines(out, metadata);
  out.add(0, `API Version:\t${apiVersion}`);
  out.add(0, `Kind:\t${kind}`);
  for (const line of toYaml(rest).trimEnd().split("\n")) out.add(0, line);
};
