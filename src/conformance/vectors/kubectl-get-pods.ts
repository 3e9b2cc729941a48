import { shownCells, tableOf } from "../../kubectl/print/index.ts";
import { timestamp } from "../../simulator/api/time.ts";
import type { Pod } from "../../simulator/api/types.ts";
import { same, type Verdict } from "./verdict.ts";

interface ContainerFacts {
  readonly name?: string;
  readonly ready: boolean;
  readonly restarts: number;
  readonly started?: boolean | null;
  readonly state: {
    readonly running?: object;
    readonly waiting?: object;
    readonly terminated?: object;
  } | null;
  /** Seconds before now of lastState.terminated.finishedAt. */
  readonly lastTerminatedAgo: number | null;
}

interface Case {
  readonly input: {
    readonly name: string;
    readonly phase: string;
    readonly reason: string;
    readonly deleting: boolean;
    readonly specContainers: number;
    readonly specInitContainers: number;
    readonly initSpec?: readonly { readonly name: string; readonly restartPolicy?: string }[];
    readonly containers: readonly ContainerFacts[];
    readonly initContainers: readonly ContainerFacts[];
    readonly conditions: readonly object[];
    readonly readinessGates?: readonly string[];
    readonly podIPs?: readonly string[];
    readonly nodeName?: string;
    readonly nominatedNodeName?: string;
    readonly wide?: boolean;
  };
  readonly expected: {
    readonly cells: readonly unknown[];
    readonly rowCondition: Readonly<Record<string, string>> | null;
  };
}

const NOW_MS = 365 * 86_400_000;

/** Holds the row of one pod, and what the row says beside its cells, against upstream's. */
export function run(given: unknown): Verdict {
  const { input, expected } = given as Case;
  const table = tableOf("Pod", [podOf(input)], NOW_MS);
  const row = table.rows[0]!;
  const got = { cells: shownCells(table, row, input.wide === true), rowCondition: row.conditions };
  // A case need not tell all of a condition.
  const { rowCondition } = expected;
  const told = Object.entries(row.conditions?.[0] ?? {}).filter(
    ([field]) => rowCondition !== null && field in rowCondition,
  );
  return same(
    { ...got, rowCondition: row.conditions === undefined ? null : Object.fromEntries(told) },
    { cells: expected.cells, rowCondition },
  );
}

function podOf(input: Case["input"]): Pod {
  const { name, phase, reason, deleting, conditions, readinessGates = [], podIPs = [] } = input;
  const initSpec = input.initSpec ?? named("init", input.specInitContainers);
  const pod = {
    apiVersion: "v1",
    kind: "Pod",
    metadata: {
      name,
      uid: "uid",
      resourceVersion: "1",
      creationTimestamp: null,
      ...(deleting ? { deletionTimestamp: timestamp(NOW_MS - 10_000) } : {}),
    },
    spec: {
      containers: named("container", input.specContainers),
      initContainers: initSpec,
      nodeName: input.nodeName,
      readinessGates: readinessGates.map((conditionType) => ({ conditionType })),
    },
    status: {
      phase,
      reason,
      conditions,
      nominatedNodeName: input.nominatedNodeName,
      podIPs: podIPs.map((ip) => ({ ip })),
      containerStatuses: input.containers.map((facts, i) => statusOf(facts, `container-${i}`)),
      initContainerStatuses: input.initContainers.map((facts, i) =>
        statusOf(facts, initSpec[i]?.name ?? `init-${i}`),
      ),
    },
  };
  return pod as unknown as Pod;
}

function named(prefix: string, count: number): { name: string; restartPolicy?: string }[] {
  return Array.from({ length: count }, (_, i) => ({ name: `${prefix}-${i}` }));
}

/** As the API would return it: an exit code that is not told is 0. */
function statusOf(facts: ContainerFacts, name: string) {
  const { ready, restarts, started, state, lastTerminatedAgo } = facts;
  const terminated = state?.terminated && { exitCode: 0, ...state.terminated };
  const finishedAt = lastTerminatedAgo === null ? "" : timestamp(NOW_MS - lastTerminatedAgo * 1000);
  return {
    name: facts.name ?? name,
    ready,
    restartCount: restarts,
    started: started ?? undefined,
    state: terminated === undefined ? (state ?? {}) : { terminated },
    lastState: finishedAt === "" ? {} : { terminated: { exitCode: 0, finishedAt } },
  };
}
