/*
 * Recordings of `kubectl apply` of single manifests, most of which were refused: ours must print the same bytes on both streams, end with
 * the same status, and store the same object where the real one did.
 */
import { BareCluster, type ApplyOptions } from "../../kubectl/bare-cluster.ts";
import type { Ended } from "../../kubectl/program.ts";
import type { KubernetesObject } from "../../simulator/api/types.ts";
import { deepEqual } from "../../simulator/api/server.ts";
import { attempt, failed, type Result } from "../result.ts";
import { jsonLines } from "./recording.ts";

type Accepted = KubernetesObject & { readonly spec?: object };

interface Output {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
  /** The object as it was stored. */
  readonly accepted?: Accepted;
}

type Way = "default" | "validateFalse" | "dryRunClient";

/** A line of errors.jsonl. */
interface Refusal extends Readonly<Partial<Record<Way, Output>>> {
  readonly name: string;
  /** In `manifests/`. */
  readonly file: string;
  /** What was done before; null: nothing. */
  readonly pre: string | null;
}

const WAYS: readonly (readonly [Way, ApplyOptions])[] = [
  ["default", {}],
  ["validateFalse", { validate: false }],
  ["dryRunClient", { dryRun: "client" }],
];

/** Holds every recorded manifest against our kubectl and API server, in each way that it was applied. */
export function checkRefusals(place: string, files: ReadonlyMap<string, string>): Result[] {
  const prefix = `traces/${place}`;
  let lines: readonly Partial<Refusal>[];
  try {
    lines = jsonLines("errors.jsonl", files.get("errors.jsonl") ?? "");
  } catch (error) {
    return [failed(prefix, error instanceof Error ? error.message : String(error))];
  }
  return lines.flatMap((line, i) => {
    const name = `${prefix}/${line?.name ?? `line ${i + 1}`}`;
    const at = `errors.jsonl:${i + 1}`;
    if (typeof line?.file !== "string" || line.pre === undefined) {
      return failed(name, `${at}: wanted {"name", "file", "pre", "default", …}`);
    }
    const text = files.get(`manifests/${line.file}`);
    if (text === undefined) return failed(name, `${at}: there is no manifests/${line.file}`);
    const ways = WAYS.filter(([way]) => line[way] !== undefined);
    if (ways.length === 0) return failed(name, `${at}: says nothing of how it was applied`);
    return ways.map(([way, options]) =>
      attempt(`${name}/${way}`, () => {
        const cluster = new BareCluster();
        if (line.pre !== null) prepare(cluster, line.pre!, files);
        const got = cluster.apply([{ name: line.file!, text }], options);
        const messages = differences(line[way]!, got, cluster.objects);
        const pass = messages.length === 0;
        return { name: `${name}/${way}`, pass, compared: 1, messages, notes: [] };
      }),
    );
  });
}

/** Does what was done before: `kubectl apply -f base.yaml first`, with that manifest beside errors.jsonl. */
function prepare(cluster: BareCluster, pre: string, files: ReadonlyMap<string, string>): void {
  const name = / -f (\S+)/.exec(pre)?.[1] ?? pre;
  const text = files.get(name);
  if (text === undefined) throw new Error(`"pre": there is no ${name}`);
  cluster.apply([{ name, text }]);
}

function differences(wanted: Output, got: Ended, objects: readonly KubernetesObject[]): string[] {
  const messages: string[] = [];
  if (got.code !== wanted.code) messages.push(`exit status ${got.code} for ${wanted.code}`);
  for (const stream of ["stdout", "stderr"] as const) {
    if (got[stream] === wanted[stream]) continue;
    const [want, have] = [wanted[stream], got[stream]].map((text) => JSON.stringify(text));
    messages.push(`${stream}: wanted ${want}, printed ${have}`);
  }
  const { accepted } = wanted;
  if (accepted === undefined) return messages;
  const stored = objects.find(
    ({ kind, metadata }) => kind === accepted.kind && metadata.name === accepted.metadata.name,
  ) as Accepted | undefined;
  if (stored === undefined)
    return [...messages, `stored no ${accepted.kind} ${accepted.metadata.name}`];
  const { labels, annotations } = stored.metadata;
  const pairs: [string, unknown, unknown][] = [
    ["spec", accepted.spec, stored.spec],
    ["metadata.labels", accepted.metadata.labels, labels],
    ["metadata.annotations", withoutRevision(accepted.metadata.annotations), annotations],
  ];
  for (const [field, want, have] of pairs) {
    if (deepEqual(want ?? {}, have ?? {})) continue;
    messages.push(`${field}: wanted ${JSON.stringify(want)}, stored ${JSON.stringify(have)}`);
  }
  return messages;
}

/** The Deployment controller was quicker than the recorder at times. */
function withoutRevision(annotations: Readonly<Record<string, string>> = {}): object {
  const { "deployment.kubernetes.io/revision": _, ...rest } = annotations;
  return rest;
}
