import { shownCells, tableOf } from "../../kubectl/print/index.ts";
import { timestamp } from "../../simulator/api/time.ts";
import type { KubernetesObject } from "../../simulator/api/types.ts";
import { same, type Verdict } from "./verdict.ts";

type Containers = readonly (readonly [name: string, image: string])[];

interface Case {
  readonly input: {
    readonly kind: string;
    readonly name: string;
    readonly ageSeconds?: number | null;
    readonly wide?: boolean;
    readonly specReplicas?: number | null;
    readonly containers?: Containers | null;
    readonly selector?: Readonly<Record<string, string>> | null;
    readonly nodeSelector?: Readonly<Record<string, string>> | null;
    readonly status?: object | null;
    readonly deleting?: boolean;
    readonly completions?: number | null;
    readonly parallelism?: number | null;
    readonly succeeded?: number | null;
    readonly conditionTrue?: string | null;
    readonly startedSecondsAgo?: number | null;
    readonly completedSecondsAgo?: number | null;
  };
  readonly expected: { readonly cells: readonly unknown[] };
}

/** An instant far enough from the epoch that every age of the cases lies behind it. */
const NOW_MS = 20 * 365 * 86_400_000;

/** Holds the row of one workload against upstream's. */
export function run(given: unknown): Verdict {
  const { input, expected } = given as Case;
  const table = tableOf(input.kind, [objectOf(input)], NOW_MS);
  return same(shownCells(table, table.rows[0]!, input.wide === true), expected.cells);
}

function objectOf(input: Case["input"]): KubernetesObject {
  const { kind, name, ageSeconds, deleting, specReplicas, selector, nodeSelector } = input;
  const containers = (input.containers ?? []).map(([container, image]) => ({
    name: container,
    image,
  }));
  const metadata = {
    name,
    uid: "uid",
    resourceVersion: "1",
    creationTimestamp: ago(ageSeconds) ?? null,
    deletionTimestamp: deleting === true ? timestamp(NOW_MS) : undefined,
  };
  const spec = {
    replicas: specReplicas ?? undefined,
    selector: selector == null ? undefined : { matchLabels: selector },
    template: { spec: { containers, nodeSelector: nodeSelector ?? undefined } },
    completions: input.completions ?? undefined,
    parallelism: input.parallelism ?? undefined,
  };
  const status = input.status ?? jobStatus(input);
  return { apiVersion: "v1", kind, metadata, spec, status } as unknown as KubernetesObject;
}

function jobStatus(input: Case["input"]) {
  const { succeeded, conditionTrue, startedSecondsAgo, completedSecondsAgo } = input;
  return {
    succeeded: succeeded ?? undefined,
    startTime: ago(startedSecondsAgo),
    completionTime: ago(completedSecondsAgo),
    conditions: conditionTrue ? [{ type: conditionTrue, status: "True" }] : [],
  };
}

/** Upstream's fractions of a second are beyond metav1.Time; its 1.9 s in the future are 1 s here. */
function ago(seconds: number | null | undefined): string | undefined {
  return seconds == null ? undefined : timestamp(NOW_MS - Math.trunc(seconds) * 1000);
}
