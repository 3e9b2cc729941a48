import { parseTimestamp } from "../../simulator/api/time.ts";
import type {
  Deployment,
  DeploymentStatus,
  ReplicaSet,
  WorkloadCondition,
} from "../../simulator/api/types.ts";
import { requeueAfterMs, rolloutStatus } from "../../simulator/controllers/deployment/progress.ts";
import {
  deploymentComplete,
  deploymentProgressing,
  deploymentTimedOut,
} from "../../simulator/controllers/deployment/status.ts";
import { getCondition } from "../../simulator/controllers/workload-conditions.ts";
import { deploymentOf, replicaSetOf } from "./objects.ts";
import { same, unknownFunction, type Verdict } from "./verdict.ts";

interface SizedReplicaSet {
  readonly name: string;
  readonly specReplicas: number;
  readonly statusReplicas: number;
  readonly availableReplicas: number;
}

interface Case {
  readonly function: string;
  readonly input: {
    readonly specReplicas?: number;
    readonly strategy?: string;
    readonly maxSurge?: number;
    readonly maxUnavailable?: number;
    readonly progressDeadlineSeconds?: number | null;
    readonly status?: DeploymentStatus;
    readonly previousStatus?: DeploymentStatus;
    readonly oldStatus?: DeploymentStatus;
    readonly newStatus?: DeploymentStatus;
    readonly condition?: WorkloadCondition | null;
    readonly now?: string | null;
    readonly allRSs?: readonly SizedReplicaSet[];
    readonly newRS?: SizedReplicaSet | null;
  };
  readonly expected: {
    readonly result?: boolean;
    readonly requeueAfterSeconds?: number;
    readonly condition?: WorkloadCondition | null;
  };
}

/** The clock of the syncRolloutStatus cases: years after their conditions. */
const YEARS_LATER = "2026-01-01T00:00:00Z";

export function run(given: unknown): Verdict {
  const { function: name, input, expected } = given as Case;
  const conditions = input.condition ? [input.condition] : [];
  const status = { ...(input.status ?? input.previousStatus), conditions };
  const deployment = deploymentOf({
    strategy: input.strategy,
    replicas: input.specReplicas,
    maxSurge: input.maxSurge,
    maxUnavailable: input.maxUnavailable,
    progressDeadlineSeconds: input.progressDeadlineSeconds,
    status,
  });
  const nowMs = instantOf(input.now ?? YEARS_LATER);
  switch (name) {
    case "DeploymentComplete":
      return same(deploymentComplete(deployment, status), expected.result);
    case "DeploymentProgressing": {
      return same(deploymentProgressing(input.oldStatus!, input.newStatus!), expected.result);
    }
    case "DeploymentTimedOut":
      return same(deploymentTimedOut(deployment, status, nowMs), expected.result);
    case "requeueStuckDeployment": {
      const after = requeueAfterMs(deployment, status, nowMs);
      const seconds = after === undefined ? -1 : Math.floor(after / 1000);
      return same(seconds, expected.requeueAfterSeconds);
    }
    case "syncRolloutStatus":
      return same(progressAfterSync(deployment, input, nowMs), conditionFacts(expected.condition));
    default:
      return unknownFunction(name);
  }
}

/** The instant in milliseconds, those begun counted: one case lies a nanosecond behind a second. */
function instantOf(text: string): number {
  const [, seconds = "", fraction = "0"] = /^([^.Z]+)(?:\.(\d+))?Z$/.exec(text) ?? [];
  return parseTimestamp(`${seconds}Z`) + Math.ceil(Number(`0.${fraction}`) * 1000);
}

function progressAfterSync(
  deployment: Deployment,
  { allRSs = [], newRS }: Case["input"],
  nowMs: number,
): unknown {
  const current = newRS ? read(newRS) : undefined;
  const others = allRSs.filter((rs) => rs.name !== newRS?.name).map(read);
  const all = current === undefined ? others : [...others, current];
  const { conditions } = rolloutStatus(deployment, current, all, nowMs);
  return conditionFacts(getCondition(conditions, "Progressing"));
}

function conditionFacts(condition: WorkloadCondition | null | undefined): unknown {
  if (!condition) return null;
  const { type, status, reason } = condition;
  return { type, status, reason };
}

function read({
  name,
  specReplicas,
  statusReplicas,
  availableReplicas,
}: SizedReplicaSet): ReplicaSet {
  const status = { replicas: statusReplicas, availableReplicas };
  return replicaSetOf({ name, replicas: specReplicas, status });
}
