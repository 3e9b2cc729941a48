/* kubectl top (pkg/cmd/top, pkg/metricsutil). */
import {
  parseTimestamp,
  totalUsage,
  type Metrics,
  type Node,
  type Pod,
  type Usage,
} from "../../simulator/index.ts";
import { meant } from "../command/resolve.ts";
import { namespaceOf, type Call, type Verb } from "../command/verb.ts";
import { listOf } from "../describe/describer.ts";
import { quantity } from "../describe/quantities.ts";
import { ApiError, KubectlError } from "../kubectl-error.ts";
import { TabWriter } from "../print/tab-writer.ts";

const MIB = 1_048_576;

/** How old a pod may be without metrics (metricsCreationDelay). */
const CREATION_DELAY_MS = 120_000;

const FLAGS = [
  { name: "selector", short: "l", about: "labels of the objects" },
  { name: "sort-by", about: "cpu or memory" },
  { name: "no-headers", type: "bool", about: "no line of headings" },
] as const;

const topPod: Verb = {
  name: "pod",
  aliases: ["pods", "po"],
  about: "Display resource (CPU/memory) usage of pods",
  usage: "[NAME | -l label]",
  flags: [
    ...FLAGS,
    { name: "all-namespaces", short: "A", type: "bool", about: "pods of all namespaces" },
    { name: "containers", type: "bool", about: "each container by itself" },
  ],
  *run(call) {
    const { flags, words, client, world } = call;
    const metrics = metricsOf(call);
    const everywhere = flags.isOn("all-namespaces");
    if (words.length > 0) meant(call, ["pods", ...words]);
    const [name] = words;
    const labelSelector = flags.text("selector");
    const pods = listOf(
      { client, nowMs: world.now() },
      "pods",
      everywhere ? "" : namespaceOf(call),
      {
        ...(labelSelector === undefined ? {} : { labelSelector }),
        ...(name === undefined ? {} : { fieldSelector: `metadata.name=${name}` }),
      },
    );
    const rows = podRows(call, pods, metrics);
    if (rows.length === 0) {
      if (name !== undefined) throw unmeasured(namespaceOf(call), name);
      refuseEmpty(pods, world.now());
      const where = everywhere ? "" : ` in ${namespaceOf(call)} namespace.`;
      yield { stderr: `No resources found${where}\n` };
      return 0;
    }
    const heads = [
      ...(everywhere ? ["NAMESPACE"] : []),
      ...(flags.isOn("containers") ? ["POD", "NAME"] : ["NAME"]),
    ];
    yield { stdout: table(call, heads, rows, []) };
    return 0;
  },
};

interface UsageRow {
  readonly cells: readonly string[];
  readonly usage: Usage;
}

function podRows({ flags }: Call, pods: readonly Pod[], metrics: Metrics): UsageRow[] {
  const wanted = new Set(pods.map(({ metadata }) => `${metadata.namespace}/${metadata.name}`));
  return metrics.pods().flatMap(({ namespace, pod, containers }) => {
    if (!wanted.has(`${namespace}/${pod}`)) return [];
    const where = flags.isOn("all-namespaces") ? [namespace] : [];
    if (!flags.isOn("containers"))
      return [{ cells: [...where, pod], usage: totalUsage(containers) }];
    return containers.map(({ name, ...usage }) => ({ cells: [...where, pod, name], usage }));
  });
}

function unmeasured(namespace: string, pod: string): ApiError {
  const message = `podmetrics.metrics.k8s.io "${namespace}/${pod}" not found`;
  return new ApiError({ kind: "Status", reason: "NotFound", message, code: 404 });
}

/** What kubectl says when nothing has been measured of the pods that there are (verifyEmptyMetrics). */
function refuseEmpty(pods: readonly Pod[], nowMs: number): void {
  if (pods.length === 0) return;
  for (const { metadata } of pods) {
    const ageMs = nowMs - parseTimestamp(metadata.creationTimestamp ?? "");
    if (ageMs <= CREATION_DELAY_MS) continue;
    const age = `${Math.floor(ageMs / 60_000)}m${Math.floor(ageMs / 1000) % 60}s`;
    throw new KubectlError(
      `Metrics not available for pod ${metadata.namespace}/${metadata.name}, age: ${age}`,
    );
  }
  throw new KubectlError("metrics not available yet");
}

function metricsOf({ world }: Call): Metrics {
  if (world.metrics === undefined) throw new KubectlError("Metrics API not available");
  return world.metrics;
}

const topNode: Verb = {
  name: "node",
  aliases: ["nodes", "no"],
  about: "Display resource (CPU/memory) usage of nodes",
  usage: "[NAME | -l label]",
  flags: FLAGS,
  *run(call) {
    const { flags, words, client, world } = call;
    const surroundings = { client, nowMs: world.now() };
    const labelSelector = flags.text("selector");
    const nodes = listOf(surroundings, "nodes", "", {
      ...(labelSelector === undefined ? {} : { labelSelector }),
    }).filter(({ metadata }) => words.length === 0 || words.includes(metadata.name));
    const used = new Map(
      metricsOf(call)
        .nodes()
        .map(({ node, ...usage }) => [node, usage]),
    );
    const rows = nodes.flatMap((node) => {
      const usage = used.get(node.metadata.name);
      return usage === undefined ? [] : [nodeRow(node, usage)];
    });
    yield { stdout: table(call, ["NAME"], rows, ["CPU(%)", "MEMORY(%)"]) };
    return 0;
  },
};

function nodeRow(node: Node, usage: Usage): UsageRow & { shares: string[] } {
  const { allocatable = {} } = node.status as unknown as {
    allocatable?: Readonly<Record<string, string>>;
  };
  const share = (used: number, of: string | undefined) => {
    const all = quantity(of);
    return all === 0 ? "<unknown>" : `${Math.floor((used / all) * 100)}%`;
  };
  const shares = [
    share(usage.cpuMilli / 1000, allocatable.cpu),
    share(usage.memoryBytes, allocatable.memory),
  ];
  return { cells: [node.metadata.name], usage, shares };
}

function table(
  { flags }: Call,
  heads: readonly string[],
  rows: readonly (UsageRow & { readonly shares?: readonly string[] })[],
  shareHeads: readonly string[],
): string {
  const by = flags.text("sort-by");
  if (by !== undefined && by !== "cpu" && by !== "memory") {
    throw new KubectlError("--sort-by accepts only cpu or memory");
  }
  const sorted =
    by === undefined
      ? rows
      : rows.toSorted((a, b) =>
          by === "cpu"
            ? b.usage.cpuMilli - a.usage.cpuMilli
            : b.usage.memoryBytes - a.usage.memoryBytes,
        );
  const [cpuHead, memoryHead] = shareHeads;
  const head = [
    ...heads,
    "CPU(cores)",
    ...(cpuHead === undefined ? [] : [cpuHead]),
    "MEMORY(bytes)",
    ...(memoryHead === undefined ? [] : [memoryHead]),
  ];
  const lines = sorted.map(({ cells, usage, shares = [] }) => [
    ...cells,
    `${usage.cpuMilli}m`,
    ...shares.slice(0, 1),
    `${Math.floor(usage.memoryBytes / MIB)}Mi`,
    ...shares.slice(1),
  ]);
  const all = flags.isOn("no-headers") ? lines : [head, ...lines];
  // Here the last cell ends in a tab too.
  return new TabWriter()
    .write(all.map((line) => [...line, ""]))
    .map((line) => `${line}\n`)
    .join("");
}

export const top: Verb = {
  name: "top",
  about: "Display resource (CPU/memory) usage",
  usage: "SUBCOMMAND",
  intro: "Shows what pods and nodes use now.",
  verbs: [topNode, topPod],
};
