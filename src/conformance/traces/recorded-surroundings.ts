import { timestamp } from "../../simulator/api/time.ts";
import type { KubernetesObject } from "../../simulator/api/types.ts";
import type { Recording, TypedCommand } from "./recording.ts";

/**
 * What a recorded cluster had besides what its recorder watched: the namespaces of the recorded objects, and the nodes and namespaces that
 * recorded tables tell of.
 */
export function surroundingObjects(recording: Recording): [string, KubernetesObject][] {
  const { changes, startMs, commands } = recording;
  const found = new Map<string, [string, KubernetesObject]>();
  const add = (resource: string, object: KubernetesObject) =>
    found.set(`${resource} ${object.metadata.name}`, [resource, object]);
  const recorded = changes.map(({ object }) => object.metadata.namespace ?? "default");
  for (const name of new Set(["default", ...recorded]))
    add("namespaces", namespace({ NAME: name }, 0));
  for (const command of commands) {
    const words = command.args ?? command.cmd.split(" ").slice(1);
    const asked = words.find((word) => KINDS.has(word));
    if (asked === undefined || !words.includes("get")) continue;
    const { resource, make } = KINDS.get(asked)!;
    for (const row of rowsOf(command)) {
      const { AGE: age = "" } = row;
      if (
        !found.has(`${resource} ${row.NAME}`) ||
        words.includes("wide") ||
        resource === "namespaces"
      )
        add(resource, make(row, startMs + command.t - ageMs(age)));
    }
  }
  const isRecorded = new Set(changes.map(({ resource }) => resource));
  return [...found.values()].filter(([resource]) => !isRecorded.has(resource));
}

type Row = Readonly<Record<string, string>>;

const KINDS: ReadonlyMap<
  string,
  { readonly resource: string; make(row: Row, createdMs: number): KubernetesObject }
> = new Map(
  (
    [
      [["nodes", "node", "no"], { resource: "nodes", make: node }],
      [["namespaces", "namespace", "ns"], { resource: "namespaces", make: namespace }],
    ] as const
  ).flatMap(([words, kind]) => words.map((word) => [word, kind] as const)),
);

/** The rows of a printed table by their headings; a table's cells begin below each other. */
function rowsOf({ stdout }: TypedCommand): Row[] {
  const [head = "", ...lines] = stdout.trimEnd().split("\n");
  if (!head.startsWith("NAME")) return [];
  const columns = [...head.matchAll(/\S+(?: \S+)*/g)].map(({ 0: title, index }) => ({
    title,
    index,
  }));
  return lines.map((line) =>
    Object.fromEntries(
      columns.map(({ title, index }, i) => [
        title,
        line.slice(index, columns[i + 1]?.index).trim(),
      ]),
    ),
  );
}

/** `4m5s` */
function ageMs(text: string): number {
  const units: Readonly<Record<string, number>> = { d: 86_400, h: 3600, m: 60, s: 1 };
  let seconds = 0;
  for (const [, count, unit] of text.matchAll(/(\d+)([dhms])/g))
    seconds += Number(count) * units[unit!]!;
  return seconds * 1000;
}

function namespace({ NAME: name = "" }: Row, createdMs: number): KubernetesObject {
  return object("v1", "Namespace", name, createdMs, { status: { phase: "Active" } });
}

function node(row: Row, createdMs: number): KubernetesObject {
  const isReady = !row.STATUS?.includes("NotReady");
  const status = {
    addresses: [{ type: "InternalIP", address: row["INTERNAL-IP"] ?? "" }],
    conditions: [{ type: "Ready", status: isReady ? "True" : "False" }],
    nodeInfo: {
      kubeletVersion: row.VERSION ?? "",
      osImage: row["OS-IMAGE"] ?? "",
      kernelVersion: row["KERNEL-VERSION"] ?? "",
      containerRuntimeVersion: row["CONTAINER-RUNTIME"] ?? "",
    },
  };
  const isClosed = row.STATUS?.includes("SchedulingDisabled");
  return object("v1", "Node", row.NAME ?? "", createdMs, {
    spec: isClosed ? { unschedulable: true } : {},
    status,
  });
}

function object(
  apiVersion: string,
  kind: string,
  name: string,
  createdMs: number,
  rest: object,
): KubernetesObject {
  const metadata = {
    name,
    uid: `${kind}-${name}`,
    resourceVersion: "1",
    creationTimestamp: timestamp(createdMs),
  };
  return { apiVersion, kind, metadata, ...rest };
}
