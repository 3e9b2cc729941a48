import type { Pod, ReplicaSet, WorkloadCondition } from "../../simulator/api/types.ts";
import { replicaChange } from "../../simulator/controllers/replica-set/manage.ts";
import { nextBatch, slowStart } from "../../simulator/controllers/replica-set/slow-start.ts";
import { calculateStatus, type PodCounts } from "../../simulator/controllers/replica-set/status.ts";
import { countPod, countsOf, emptyTally } from "../../simulator/controllers/replica-set/tally.ts";
import { runConditions, type ConditionsCase } from "./conditions.ts";
import { podOf, replicaSetOf } from "./objects.ts";
import { same, unknownFunction, type Verdict } from "./verdict.ts";

interface Case {
  readonly function: string;
  readonly input: {
    readonly specReplicas?: number;
    readonly minReadySeconds?: number;
    readonly templateLabels?: Readonly<Record<string, string>>;
    readonly pods?: readonly {
      readonly phase: string;
      readonly labels: Readonly<Record<string, string>>;
      readonly ready: boolean;
      readonly readyTime: string | null;
    }[];
    readonly runningPods?: number;
    readonly conditions?: readonly WorkloadCondition[];
    readonly manageReplicasError?: string | null;
    readonly count?: number;
    readonly initialBatchSize?: number;
    readonly callLimit?: number;
  };
  readonly expected: {
    readonly status?: object;
    readonly conditions?: readonly WorkloadCondition[];
    readonly creates?: number;
    readonly deletes?: number;
    readonly successes?: number;
    readonly error?: boolean;
    readonly calls?: number;
  };
}

/** Long after every readiness of the cases. */
const NOW_MS = 100 * 24 * 3600 * 1000;

export function run(given: unknown): Verdict {
  const { function: name, input, expected } = given as Case;
  switch (name) {
    case "calculateStatus":
      return same(countsFor(input), expected.status);
    case "calculateStatusConditions":
      return same(conditionsFor(input), expected.conditions);
    case "slowStartBatch":
      return same(createWithLimit(input), expected);
    case "syncReplicaSet": {
      const change = replicaChange(input.runningPods ?? 0, input.specReplicas ?? 1);
      return same(change, { create: expected.creates, delete: expected.deletes });
    }
    case "GetCondition":
    case "SetCondition":
    case "RemoveCondition":
      return runConditions(given as ConditionsCase, false);
    default:
      return unknownFunction(name);
  }
}

function countsFor(input: Case["input"]): PodCounts {
  const { pods = [], minReadySeconds = 0 } = input;
  const replicaSet = replicaSetFor(input);
  const tally = emptyTally();
  pods.forEach((pod, i) => {
    const object = podOf({ name: `pod-${i}`, ...pod });
    countPod(tally, replicaSet, object as Pod, object.metadata.name);
  });
  return countsOf(tally, minReadySeconds, NOW_MS);
}

function conditionsFor(input: Case["input"]): unknown {
  const { runningPods = 0, manageReplicasError } = input;
  const counts = {
    replicas: runningPods,
    fullyLabeledReplicas: runningPods,
    readyReplicas: runningPods,
    availableReplicas: runningPods,
  };
  const status = calculateStatus(
    replicaSetFor(input),
    counts,
    manageReplicasError ?? undefined,
    NOW_MS,
  );
  return (status.conditions ?? []).map(({ lastTransitionTime: _time, ...condition }) => condition);
}

/** Creations of which only so many succeed. */
function createWithLimit({
  count = 0,
  initialBatchSize = 1,
  callLimit = 0,
}: Case["input"]): object {
  let calls = 0;
  let failures = 0;
  let batches = slowStart(count, initialBatchSize);
  while (batches.batch > 0) {
    const succeeded = Math.min(batches.batch, Math.max(0, callLimit - calls));
    const failed = batches.batch - succeeded;
    calls += batches.batch;
    failures += failed;
    batches = nextBatch(batches, failed);
  }
  return { successes: batches.created, error: failures > 0, calls };
}

function replicaSetFor(input: Case["input"]): ReplicaSet {
  const { specReplicas = 1, minReadySeconds = 0, templateLabels = {}, conditions = [] } = input;
  const replicaSet = replicaSetOf({
    replicas: specReplicas,
    status: { replicas: 0, conditions },
    template: { metadata: { labels: templateLabels }, spec: { containers: [] } },
  });
  return { ...replicaSet, spec: { ...replicaSet.spec, minReadySeconds } };
}
