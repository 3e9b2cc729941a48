import type { IntOrString } from "../../simulator/api/types.ts";
import {
  maxSurge,
  maxUnavailable,
  newBlueGreenReplicas,
} from "../../simulator/controllers/argo-rollouts/index.ts";
import { replicaSetOfSize, rolloutOf } from "./argo-rollouts.ts";
import { same, unknownFunction, type Verdict } from "./verdict.ts";

interface PreviewInput {
  readonly replicas: number;
  readonly previewReplicaCount: number | null;
  readonly activeSelector: string;
  readonly currentPodHash: string;
  readonly scaleUpPreviewCheckpoint: boolean;
  readonly promoteFull: boolean;
  readonly newRSHash: string;
}

interface FencepostInput {
  readonly strategy: "blueGreen" | "canary";
  readonly replicas: number | null;
  readonly maxSurge: IntOrString | null;
  readonly maxUnavailable: IntOrString | null;
}

interface Case {
  readonly function: string;
  readonly input: PreviewInput & FencepostInput;
  readonly expected: object;
}

/** Holds a case of upstream's tests of sizes and fenceposts against this room's. */
export function run(given: unknown): Verdict {
  const { function: name, input, expected } = given as Case;
  switch (name) {
    case "newRSNewReplicas":
      return same({ newReplicas: newReplicas(input) }, expected);
    case "MaxSurge":
      return same({ value: maxSurge(withFenceposts(input)) }, expected);
    case "MaxUnavailable":
      return same({ value: maxUnavailable(withFenceposts(input)) }, expected);
    default:
      return unknownFunction(name);
  }
}

function newReplicas(input: PreviewInput): number {
  const { replicas, previewReplicaCount, activeSelector, promoteFull, currentPodHash } = input;
  const blueGreen = previewReplicaCount === null ? {} : { previewReplicaCount };
  const rollout = rolloutOf(
    { replicas, strategy: { blueGreen } },
    {
      currentPodHash,
      promoteFull,
      blueGreen: { activeSelector, scaleUpPreviewCheckPoint: input.scaleUpPreviewCheckpoint },
    },
  );
  const size = { spec: replicas, available: 0 };
  const newRS = replicaSetOfSize(input.newRSHash, size);
  // Upstream's table has two ReplicaSets, "foo" and "bar", of which "foo" is the new one.
  return newBlueGreenReplicas(rollout, [newRS, replicaSetOfSize("bar", size)], newRS);
}

/** What is not told is 0 upstream: its tables hold plain numbers. */
function withFenceposts({ strategy, replicas, maxSurge, maxUnavailable }: FencepostInput) {
  const fenceposts = { maxSurge: maxSurge ?? 0, maxUnavailable: maxUnavailable ?? 0 };
  return rolloutOf({ replicas: replicas ?? 0, strategy: { [strategy]: fenceposts } }, {});
}
