import {
  compareForDeletion,
  podsToDelete,
  type RankedPod,
} from "../../simulator/controllers/replica-set/deletion-order.ts";
import { deletionCost, type PodFacts } from "../../simulator/controllers/replica-set/pod-facts.ts";
import { same, unknownFunction, type Verdict } from "./verdict.ts";

interface VectorPod {
  readonly name: string;
  readonly uid?: string;
  readonly node: string;
  readonly phase: string;
  readonly ready: boolean;
  readonly restarts?: number;
  /** Seconds, or "1mo". */
  readonly readySinceAgo?: number | string | null;
  readonly createdAgo?: number | string | null;
  readonly deletionCost?: string | number | null;
  readonly sidecarRestarts?: number;
}

interface Case {
  readonly function: string;
  readonly input: {
    readonly first?: VectorPod;
    readonly second?: VectorPod;
    readonly pods?: readonly VectorPod[];
    readonly relatedPods?: readonly VectorPod[] | null;
    readonly rank?: readonly [number, number];
    readonly diff?: number;
  };
  readonly expected: {
    readonly relation?: "less" | "equal";
    readonly order?: readonly string[];
    readonly podsToDelete?: readonly string[];
  };
  readonly gates?: { readonly LogarithmicScaleDown?: boolean; readonly PodDeletionCost?: boolean };
}

/** A moment later than all ages of the cases. */
const NOW_MS = 100 * 24 * 3600 * 1000;
const MONTH_SECONDS = 31 * 24 * 3600;

export function run(given: unknown): Verdict {
  const { function: name, input, expected, gates = {} } = given as Case;
  const options = {
    nowMs: NOW_MS,
    logarithmic: gates.LogarithmicScaleDown ?? true,
    deletionCost: gates.PodDeletionCost ?? true,
  };
  switch (name) {
    case "compare": {
      const [rankFirst, rankSecond] = input.rank ?? [0, 0];
      const first = { pod: read(input.first!), rank: rankFirst };
      const second = { pod: read(input.second!), rank: rankSecond };
      const forth = compareForDeletion(first, second, options) < 0;
      const back = compareForDeletion(second, first, options) < 0;
      return same({ forth, back }, { forth: expected.relation === "less", back: false });
    }
    case "sortActivePods": {
      const pods = input.pods!.map((pod) => ({ pod: read(pod), rank: 0 }));
      const orders = [pods, pods.toReversed(), rotated(pods)].map((shuffled) =>
        shuffled.toSorted((a, b) => compareForDeletion(a, b, options)).map(({ pod }) => pod.key),
      );
      return same(
        orders,
        orders.map(() => expected.order),
      );
    }
    case "getPodsToDelete": {
      const chosen = podsToDelete(ranked(input), input.diff!, options);
      return same(
        chosen.map(({ pod }) => pod.key),
        expected.podsToDelete,
      );
    }
    default:
      return unknownFunction(name);
  }
}

/** Pods with the number of related pods on their node. */
function ranked({ pods = [], relatedPods }: Case["input"]): RankedPod[] {
  const related = relatedPods ?? pods;
  return pods.map((pod) => ({
    pod: read(pod),
    rank: related.filter(({ node }) => node === pod.node).length,
  }));
}

function read(pod: VectorPod): PodFacts {
  const { name, uid = "", node, phase, ready, restarts = 0, sidecarRestarts = 0 } = pod;
  return {
    key: name,
    uid,
    node,
    phase,
    ready,
    readySinceMs: ready ? instant(pod.readySinceAgo) : undefined,
    createdMs: instant(pod.createdAgo),
    deletionCost: deletionCost(
      pod.deletionCost === null || pod.deletionCost === undefined
        ? undefined
        : String(pod.deletionCost),
    ),
    restarts,
    sidecarRestarts,
    fullyLabeled: true,
  };
}

function instant(ago: number | string | null | undefined): number | undefined {
  if (ago === null || ago === undefined) return undefined;
  const months = /^(\d+)mo$/.exec(String(ago));
  const seconds = months === null ? Number(ago) : Number(months[1]) * MONTH_SECONDS;
  return NOW_MS - seconds * 1000;
}

function rotated<T>(list: readonly T[]): T[] {
  const half = list.length >> 1;
  return [...list.slice(half), ...list.slice(0, half)];
}
