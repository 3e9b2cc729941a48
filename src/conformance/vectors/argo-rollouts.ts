import type { IntOrString } from "../../simulator/api/types.ts";
import {
  ROLLOUTS_POD_TEMPLATE_HASH,
  type CanaryStrategy,
  type Rollout,
  type RolloutStatus,
} from "../../simulator/controllers/argo-rollouts/rollout.ts";
import { replicaSetOf } from "./objects.ts";

/** What a case says of a ReplicaSet. */
export interface SizeFacts {
  readonly hash?: string;
  readonly spec: number;
  readonly available: number;
  readonly statusReplicas?: number;
}

/** What a case says of a canary; null is as good as absent, and fenceposts that are not told are 0, as in upstream's tables. */
export interface CanaryFacts {
  readonly replicas: number;
  readonly setWeight?: number | null;
  readonly maxSurge?: IntOrString | null;
  readonly maxUnavailable?: IntOrString | null;
  readonly setCanaryScale?: Readonly<Record<string, number | boolean | null>> | null;
  readonly trafficRouting?: boolean | null;
  readonly dynamicStableScale?: boolean | null;
  readonly promoteFull?: boolean | null;
  readonly abort?: boolean | null;
  readonly abortScaleDownDelaySeconds?: number | null;
  readonly minPodsPerReplicaSet?: number | null;
  readonly maxWeight?: number | null;
}

/** A canary of hash "canary" beside a stable ReplicaSet of hash "stable", at its only step unless steps are given. */
export function canaryRollout(facts: CanaryFacts, steps?: CanaryStrategy["steps"]): Rollout {
  const step = withoutNulls({
    setWeight: facts.setWeight,
    setCanaryScale: facts.setCanaryScale && withoutNulls(facts.setCanaryScale),
  });
  const canary = withoutNulls({
    steps: steps ?? [step],
    maxSurge: facts.maxSurge ?? 0,
    maxUnavailable: facts.maxUnavailable ?? 0,
    trafficRouting: facts.trafficRouting
      ? withoutNulls({ maxTrafficWeight: facts.maxWeight })
      : null,
    dynamicStableScale: facts.dynamicStableScale,
    minPodsPerReplicaSet: facts.minPodsPerReplicaSet,
    abortScaleDownDelaySeconds: facts.abortScaleDownDelaySeconds,
  }) as CanaryStrategy;
  return rolloutOf(
    { replicas: facts.replicas, strategy: { canary } },
    withoutNulls({
      currentPodHash: "canary",
      stableRS: "stable",
      currentStepIndex: 0,
      promoteFull: facts.promoteFull,
      abort: facts.abort,
    }) as RolloutStatus,
  );
}

export function rolloutOf(spec: Rollout["spec"], status: RolloutStatus): Rollout {
  return {
    apiVersion: "argoproj.io/v1alpha1",
    kind: "Rollout",
    metadata: {
      name: "foo",
      namespace: "default",
      uid: "uid-of-foo",
      resourceVersion: "1",
      creationTimestamp: null,
    },
    spec,
    status,
  };
}

/** A ReplicaSet that is named by its hash, as upstream's tests do it. */
export function replicaSetOfSize(hash: string, size: SizeFacts) {
  const { spec, available, statusReplicas = 0 } = size;
  return replicaSetOf({
    name: hash,
    replicas: spec,
    labels: { [ROLLOUTS_POD_TEMPLATE_HASH]: hash },
    status: { replicas: statusReplicas, availableReplicas: available },
  });
}

function withoutNulls(fields: Readonly<Record<string, unknown>>): object {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value != null));
}
