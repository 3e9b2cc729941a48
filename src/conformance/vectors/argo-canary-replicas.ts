import {
  approximateWeightedReplicas,
  atDesiredReplicaCounts,
  basicCanaryReplicas,
  currentSetWeight,
  trafficRoutedCanaryReplicas,
  trafficWeightToReplicas,
  type CanaryReplicaSets,
} from "../../simulator/controllers/argo-rollouts/index.ts";
import type { CanaryStep, Rollout } from "../../simulator/controllers/argo-rollouts/rollout.ts";
import {
  canaryRollout,
  replicaSetOfSize,
  type CanaryFacts,
  type SizeFacts,
} from "./argo-rollouts.ts";
import { same, unknownFunction, type Verdict } from "./verdict.ts";

interface Input extends CanaryFacts {
  readonly stable?: SizeFacts | null;
  readonly canary?: SizeFacts | null;
  readonly older?: SizeFacts | null;
  readonly newRS?: SizeFacts | null;
  readonly canaryRS?: SizeFacts | null;
  readonly stableRS?: SizeFacts | null;
  readonly firstStepSetWeight?: number;
  readonly extraStepSetWeight?: number | null;
  readonly trafficWeights?: { readonly canary: number; readonly stable: number } | null;
  readonly weight?: number;
  readonly steps?: readonly CanaryStep[] | null;
  readonly currentStepIndex?: number | null;
}

interface Case {
  readonly function: string;
  readonly input: Input;
  readonly expected: object;
}

const FUNCTIONS: Readonly<Record<string, (input: Input) => object>> = {
  basic: (input) => basicCanaryReplicas(canaryRollout(input), replicaSets(input)),
  trafficRouted: (input) =>
    trafficRoutedCanaryReplicas(canaryRollout({ ...input, trafficRouting: true }), weights(input)),
  trafficRoutedDynamicStableScale: (input) =>
    trafficRoutedCanaryReplicas(dynamicStableScale(input), weights(input), replicaSets(input)),
  approximateWeighted: ({ replicas, weight, maxWeight, maxSurge }) =>
    approximateWeightedReplicas(replicas, weight!, maxWeight ?? 100, Number(maxSurge ?? 0)),
  trafficWeightToReplicas: ({ replicas, weight, maxWeight }) => ({
    replicas: trafficWeightToReplicas(replicas, weight!, maxWeight ?? 100),
  }),
  currentSetWeight: (input) => ({ weight: currentSetWeight(atStep(input)) }),
  atDesiredReplicaCounts: (input) => ({
    atDesired: atDesiredReplicaCounts(canaryRollout(input), replicaSets(input), weights(input)),
  }),
};

/** Holds a case of upstream's canary tests against the sizes that this room would choose. */
export function run(given: unknown): Verdict {
  const { function: name, input, expected } = given as Case;
  const rule = FUNCTIONS[name];
  return rule === undefined ? unknownFunction(name) : same(rule(input), expected);
}

function replicaSets(input: Input): CanaryReplicaSets {
  const newRS = input.canary ?? input.newRS ?? input.canaryRS;
  const stableRS = input.stable ?? input.stableRS;
  return {
    ...(newRS ? { newRS: replicaSetOfSize(newRS.hash ?? "canary", newRS) } : {}),
    ...(stableRS ? { stableRS: replicaSetOfSize(stableRS.hash ?? "stable", stableRS) } : {}),
    olderRSs: input.older ? [replicaSetOfSize("older", input.older)] : [],
  };
}

function weights({ trafficWeights }: Input) {
  if (!trafficWeights) return undefined;
  const { canary, stable } = trafficWeights;
  return { canary: { weight: canary }, stable: { weight: stable } };
}

function dynamicStableScale(input: Input): Rollout {
  const steps = [input.firstStepSetWeight, input.extraStepSetWeight]
    .filter((setWeight) => setWeight != null)
    .map((setWeight) => ({ setWeight }));
  return canaryRollout({ ...input, trafficRouting: true, dynamicStableScale: true }, steps);
}

function atStep(input: Input): Rollout {
  const rollout = canaryRollout(input, input.steps ?? []);
  const currentStepIndex = input.currentStepIndex ?? 0;
  return { ...rollout, status: { ...rollout.status, currentStepIndex } };
}
