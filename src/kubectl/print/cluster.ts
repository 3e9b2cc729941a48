/*
 * Rows of nodes, events and the smaller kinds (kubernetes pkg/printers/internalversion/printers.go printNode, printEvent, printNamespace, printConfigMap,
 * printSecret, printServiceAccount, printResourceQuota, printLimitRange, printPriorityClass, printPodDisruptionBudget).
 */
import type {
  ConfigMap,
  Event,
  IntOrString,
  KubernetesObject,
  LimitRange,
  Namespace,
  Node,
  PriorityClass,
  ResourceQuota,
  Secret,
  ServiceAccount,
} from "../../simulator/index.ts";
import { age, NONE, since, UNKNOWN } from "./cells.ts";
import { columns, wideColumns, type KindPrinter } from "./table.ts";

/** Fields of core/v1 that are printed when an object has them and that the simulator itself does not use. */
interface NodeInfo {
  readonly nodeInfo?: {
    readonly kubeletVersion?: string;
    readonly osImage?: string;
    readonly kernelVersion?: string;
    readonly containerRuntimeVersion?: string;
  };
}

interface EventDetails {
  readonly eventTime?: string | null;
  readonly series?: { readonly count: number; readonly lastObservedTime: string };
  readonly reportingInstance?: string;
}

/** A PodDisruptionBudget of policy/v1, as far as it is printed. */
export interface PodDisruptionBudget extends KubernetesObject {
  readonly spec: { readonly minAvailable?: IntOrString; readonly maxUnavailable?: IntOrString };
  readonly status?: { readonly disruptionsAllowed?: number };
}

export const nodePrinter: KindPrinter<Node> = {
  columns: [
    ...columns("Name", "Status", "Roles", "Age", "Version"),
    ...wideColumns("Internal-IP", "External-IP", "OS-Image", "Kernel-Version", "Container-Runtime"),
  ],
  cells: (node, nowMs) => {
    const { nodeInfo = {} } = node.status as NodeInfo;
    return [
      node.metadata.name,
      nodeStatus(node),
      nodeRoles(node),
      age(node, nowMs),
      nodeInfo.kubeletVersion ?? "",
      addressOf(node, "InternalIP"),
      addressOf(node, "ExternalIP"),
      nodeInfo.osImage || UNKNOWN,
      nodeInfo.kernelVersion || UNKNOWN,
      nodeInfo.containerRuntimeVersion || UNKNOWN,
    ];
  },
};

function nodeStatus({ spec, status }: Node): string {
  const ready = (status.conditions ?? []).findLast(({ type }) => type === "Ready");
  const word = ready === undefined ? "Unknown" : ready.status === "True" ? "Ready" : "NotReady";
  return spec.unschedulable === true ? `${word},SchedulingDisabled` : word;
}

/** findNodeRoles */
function nodeRoles({ metadata }: Node): string {
  const prefix = "node-role.kubernetes.io/";
  const roles = Object.entries(metadata.labels ?? {}).map(([key, value]) => {
    if (key.startsWith(prefix)) return key.slice(prefix.length);
    return key === "kubernetes.io/role" ? value : "";
  });
  return [...new Set(roles.filter((role) => role !== ""))].sort().join(",") || NONE;
}

function addressOf({ status }: Node, type: string): string {
  return (status.addresses ?? []).find((address) => address.type === type)?.address ?? NONE;
}

export const eventPrinter: KindPrinter<Event> = {
  columns: [
    ...columns("Last Seen", "Type", "Reason", "Object"),
    ...wideColumns("Subobject", "Source"),
    ...columns("Message"),
    ...wideColumns("First Seen", "Count", "Name"),
  ],
  cells: (event, nowMs) => {
    const { eventTime, series, reportingInstance } = event as EventDetails;
    const { involvedObject, source } = event;
    const first = since(event.firstTimestamp ?? eventTime, nowMs);
    const last = event.lastTimestamp ? since(event.lastTimestamp, nowMs) : first;
    const kind = involvedObject.kind.toLowerCase();
    const component = source?.component || event.reportingComponent || "";
    const host = source?.host || reportingInstance || "";
    return [
      series === undefined ? last : since(series.lastObservedTime, nowMs),
      event.type,
      event.reason,
      involvedObject.name ? `${kind}/${involvedObject.name}` : kind,
      involvedObject.fieldPath ?? "",
      host === "" ? component : `${component}, ${host}`,
      event.message.trim(),
      first,
      series?.count ?? (event.count || 1),
      event.metadata.name,
    ];
  },
};

export const namespacePrinter: KindPrinter<Namespace> = {
  columns: columns("Name", "Status", "Age"),
  cells: (namespace, nowMs) => [
    namespace.metadata.name,
    namespace.status?.phase ?? "",
    age(namespace, nowMs),
  ],
};

export const configMapPrinter: KindPrinter<ConfigMap> = {
  columns: columns("Name", "Data", "Age"),
  cells: (configMap, nowMs) => [
    configMap.metadata.name,
    count(configMap.data) + count(configMap.binaryData),
    age(configMap, nowMs),
  ],
};

export const secretPrinter: KindPrinter<Secret> = {
  columns: columns("Name", "Type", "Data", "Age"),
  cells: (secret, nowMs) => [
    secret.metadata.name,
    secret.type ?? "",
    count(secret.data),
    age(secret, nowMs),
  ],
};

export const serviceAccountPrinter: KindPrinter<ServiceAccount> = {
  columns: columns("Name", "Secrets", "Age"),
  cells: (account, nowMs) => [
    account.metadata.name,
    (account.secrets ?? []).length,
    age(account, nowMs),
  ],
};

/** What is used of how much, in one cell for requests and what else is counted, and in another for limits. */
export const resourceQuotaPrinter: KindPrinter<ResourceQuota> = {
  columns: columns("Name", "Request", "Limit", "Age"),
  cells: (quota, nowMs) => {
    const { hard = {}, used = {} } = quota.status ?? {};
    const names = Object.keys(hard).sort();
    const cell = (areLimits: boolean) =>
      names
        .filter((name) => name.startsWith("limits.") === areLimits)
        .map((name) => `${name}: ${used[name] ?? 0}/${hard[name]}`)
        .join(", ");
    return [quota.metadata.name, cell(false), cell(true), age(quota, nowMs)];
  },
};

export const limitRangePrinter: KindPrinter<LimitRange> = {
  columns: columns("Name", "Created At"),
  cells: ({ metadata }) => [metadata.name, metadata.creationTimestamp ?? UNKNOWN],
};

export const priorityClassPrinter: KindPrinter<PriorityClass> = {
  columns: columns("Name", "#Value", "?Global-Default", "Age", "PreemptionPolicy"),
  cells: (one, nowMs) => [
    one.metadata.name,
    one.value,
    one.globalDefault ?? false,
    age(one, nowMs),
    one.preemptionPolicy ?? "",
  ],
};

export const podDisruptionBudgetPrinter: KindPrinter<PodDisruptionBudget> = {
  columns: columns("Name", "Min Available", "Max Unavailable", "#Allowed Disruptions", "Age"),
  cells: (budget, nowMs) => [
    budget.metadata.name,
    String(budget.spec.minAvailable ?? "N/A"),
    String(budget.spec.maxUnavailable ?? "N/A"),
    budget.status?.disruptionsAllowed ?? 0,
    age(budget, nowMs),
  ],
};

/** Kinds that have no columns of their own (cli-runtime printers/tableprinter.go printObjectMeta; apiserver's default table). */
export const anyPrinter: KindPrinter<KubernetesObject> = {
  columns: columns("Name", "Age"),
  cells: (object, nowMs) => [object.metadata.name, age(object, nowMs)],
};

function count(data: object | undefined): number {
  return Object.keys(data ?? {}).length;
}
