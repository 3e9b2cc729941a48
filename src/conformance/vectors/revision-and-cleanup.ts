import type { PodTemplateSpec, ReplicaSet } from "../../simulator/api/types.ts";
import {
  equalButDroppedFields,
  equalIgnoringHash,
  findNewReplicaSet,
  findOldReplicaSets,
  podTemplateHash,
} from "../../simulator/controllers/deployment/pod-template-hash.ts";
import {
  actualReplicaCount,
  replicaCount,
  terminatingReplicaCount,
} from "../../simulator/controllers/deployment/replica-counts.ts";
import {
  DESIRED_REPLICAS,
  newReplicaSetAnnotations,
  nonNegativeInt32,
  replicaSetsToCleanUp,
  REVISION,
  withReplicas,
  type Annotations,
} from "../../simulator/controllers/deployment/revisions.ts";
import { isSaturated } from "../../simulator/controllers/deployment/scaling.ts";
import { deploymentOf, replicaSetOf } from "./objects.ts";
import { changedTemplate, describedTemplate } from "./templates.ts";
import { same, unknownFunction, type RunCase, type Verdict } from "./verdict.ts";

interface VectorReplicaSet {
  readonly name: string;
  readonly specReplicas?: number;
  readonly statusReplicas?: number;
  readonly revision?: string | null;
  readonly creationOffsetSeconds?: number | null;
  readonly deleting?: boolean;
  readonly templateEqual?: boolean;
  readonly hashLabel?: string | null;
  readonly note?: string;
}

interface Case<I, E> {
  readonly input: I;
  readonly expected: E;
}

/** The hash label of a ReplicaSet that was made from the Deployment's template. */
const OWN_HASH = "<hash of deployment template>";

const RULES: Readonly<Record<string, RunCase>> = {
  cleanupDeployment: runCleanup,
  cleanupDeploymentOrder: runCleanup,
  EqualIgnoreHash: runEqual,
  EqualIgnoreHashAndDroppedFields: runEqualButDropped,
  FindNewReplicaSet: runFind,
  FindOldReplicaSets: runFind,
  SetNewReplicaSetAnnotations: runRevisionAnnotations,
  SetReplicasAnnotations: runReplicasAnnotations,
  ReplicasAnnotationsNeedUpdate: runReplicasAnnotations,
  IsSaturated: runSaturated,
  getNonNegativeInt32FromAnnotation: runParse,
  replicaCounts: runCounts,
};

export function run(given: unknown): Verdict {
  const { function: name } = given as { readonly function: string };
  return RULES[name]?.(given) ?? unknownFunction(name);
}

function runCleanup(given: unknown): Verdict {
  const { input, expected } = given as Case<
    { oldRSs: readonly VectorReplicaSet[]; revisionHistoryLimit: number | null },
    { deletions?: number; deleted?: readonly string[] }
  >;
  const old = input.oldRSs.map((rs, i) =>
    replicaSetOf({
      name: rs.name,
      replicas: rs.specReplicas ?? 0,
      status: { replicas: rs.statusReplicas ?? 0 },
      annotations: rs.revision ? { [REVISION]: rs.revision } : {},
      creationTimestamp: instant(rs.creationOffsetSeconds ?? i * 60),
      deleting: rs.deleting,
    }),
  );
  const deleted = replicaSetsToCleanUp(old, input.revisionHistoryLimit ?? undefined);
  const names = deleted.map((rs) => rs.metadata.name);
  return expected.deleted === undefined
    ? same(names.length, expected.deletions)
    : same(names.toSorted(), expected.deleted.toSorted());
}

function runEqual(given: unknown): Verdict {
  const { input, expected } = given as Case<
    { former: PodTemplateSpec; latter: PodTemplateSpec },
    { equal: boolean }
  >;
  const { former, latter } = input;
  const both = [equalIgnoringHash(former, latter), equalIgnoringHash(latter, former)];
  return same(both, [expected.equal, expected.equal]);
}

function runEqualButDropped(given: unknown): Verdict {
  const { input, expected } = given as Case<
    { deploymentTemplate: string; rsHashLabel: string; rsTemplateChange: string },
    { equal: boolean }
  >;
  const template = describedTemplate(input.deploymentTemplate);
  const hash = podTemplateHash(template);
  const replicaSet = replicaSetOf({
    replicas: 1,
    labels: { "pod-template-hash": input.rsHashLabel === OWN_HASH ? hash : input.rsHashLabel },
    template: changedTemplate(template, input.rsTemplateChange),
  });
  return same({ equal: equalButDroppedFields(template, replicaSet, hash) }, expected);
}

function runFind(given: unknown): Verdict {
  const { input, expected } = given as Case<
    { deploymentTemplate?: string; replicaSets: readonly VectorReplicaSet[] },
    { newRS?: string | null; allOld?: readonly string[]; oldWithReplicas?: readonly string[] }
  >;
  const template = describedTemplate(input.deploymentTemplate ?? "image nginx");
  const all = input.replicaSets.map((rs) => readReplicaSet(rs, template));
  const current = findNewReplicaSet(template, all);
  if (expected.allOld === undefined) {
    return same(current?.metadata.name ?? null, expected.newRS ?? null);
  }
  const old = findOldReplicaSets(current, all);
  const names = (list: readonly ReplicaSet[]) => list.map((rs) => rs.metadata.name);
  const withReplicasOnly = old.filter((rs) => (rs.spec.replicas ?? 0) > 0);
  return same(
    { allOld: names(old), oldWithReplicas: names(withReplicasOnly) },
    { allOld: expected.allOld, oldWithReplicas: expected.oldWithReplicas },
  );
}

function readReplicaSet(rs: VectorReplicaSet, template: PodTemplateSpec): ReplicaSet {
  const dropped = /without (\w+)|(\w+) removed/.exec(rs.note ?? "");
  const change =
    rs.templateEqual === true
      ? "none"
      : dropped === null
        ? 'containers[0].image = "another"'
        : `containers[0].${dropped[1] ?? dropped[2]} removed`;
  const hash = rs.hashLabel === OWN_HASH ? podTemplateHash(template) : rs.hashLabel;
  return replicaSetOf({
    name: rs.name,
    replicas: rs.specReplicas ?? 0,
    creationTimestamp:
      rs.creationOffsetSeconds === null ? null : instant(rs.creationOffsetSeconds ?? 0),
    labels: hash ? { "pod-template-hash": hash } : {},
    template: changedTemplate(template, change),
  });
}

/** Revisions set one after another: the last one stands. */
function runRevisionAnnotations(given: unknown): Verdict {
  const { input, expected } = given as Case<
    {
      annotations?: Annotations;
      deploymentAnnotations?: Annotations;
      revisions?: readonly (string | number)[];
      revision?: string | number;
      newRevision?: string | number;
      historyLimit?: number;
      revHistoryLimitInChars?: number;
    },
    { annotations?: Annotations; revision?: string | number }
  >;
  const deployment = deploymentOf({ annotations: input.deploymentAnnotations });
  const revisions = input.revisions ?? [input.revision ?? input.newRevision ?? 1];
  const limit = input.revHistoryLimitInChars ?? input.historyLimit;
  let annotations = input.annotations ?? {};
  for (const revision of revisions) {
    annotations = newReplicaSetAnnotations(deployment, annotations, Number(revision), limit);
  }
  return expected.annotations === undefined
    ? same(annotations[REVISION], String(expected.revision))
    : same(annotations, expected.annotations);
}

function runReplicasAnnotations(given: unknown): Verdict {
  const { input, expected } = given as Case<
    { annotations?: Annotations | null; desired: number; max: number },
    { needUpdate?: boolean; updated?: boolean; annotations?: Annotations }
  >;
  const before = input.annotations ?? {};
  const after = withReplicas(before, input.desired, input.max);
  const changed = expected.needUpdate ?? expected.updated;
  const got = [after !== before, ...(expected.annotations === undefined ? [] : [after])];
  return same(got, [
    changed ?? after !== before,
    ...(expected.annotations === undefined ? [] : [expected.annotations]),
  ]);
}

function runSaturated(given: unknown): Verdict {
  const { input, expected } = given as Case<
    {
      deploymentReplicas: number;
      rsReplicas?: number;
      specReplicas?: number;
      availableReplicas?: number;
      annotationDesired?: string | number | null;
      annotations?: Annotations;
    },
    { saturated?: boolean; result?: boolean }
  >;
  const { annotationDesired } = input;
  const annotations =
    annotationDesired === undefined || annotationDesired === null
      ? (input.annotations ?? {})
      : { [DESIRED_REPLICAS]: String(annotationDesired) };
  const replicaSet = replicaSetOf({
    replicas: input.rsReplicas ?? input.specReplicas ?? 0,
    annotations,
    status: { availableReplicas: input.availableReplicas ?? 0 },
  });
  const deployment = deploymentOf({ replicas: input.deploymentReplicas });
  return same(isSaturated(deployment, replicaSet), expected.saturated ?? expected.result);
}

function runParse(given: unknown): Verdict {
  const { input, expected } = given as Case<
    { annotationValue: string | null },
    { value: number; valid: boolean; errorContains: string | null }
  >;
  const { value, error } = nonNegativeInt32(input.annotationValue ?? undefined);
  const told = expected.errorContains === null || (error ?? "").includes(expected.errorContains);
  return same(
    { value, valid: error === undefined, told },
    { value: expected.value, valid: expected.valid, told: true },
  );
}

function runCounts(given: unknown): Verdict {
  const { input, expected } = given as Case<
    {
      replicaSets: readonly {
        name: string;
        spec: number;
        status: number;
        terminating: number | null;
        observedGeneration: number;
      }[];
    },
    object
  >;
  const all = input.replicaSets.map(({ name, spec, status }) =>
    replicaSetOf({ name, replicas: spec, status: { replicas: status } }),
  );
  const terminating = terminatingReplicaCount(
    input.replicaSets.map((rs) => ({
      observedGeneration: rs.observedGeneration,
      ...(rs.terminating === null ? {} : { terminating: rs.terminating }),
    })),
  );
  return same(
    {
      specTotal: replicaCount(all),
      statusTotal: actualReplicaCount(all),
      terminatingTotal: terminating ?? null,
    },
    expected,
  );
}

/** An instant so many seconds from that of the cases. */
function instant(offsetSeconds: number): string {
  const second = 12 * 3600 + offsetSeconds;
  const two = (n: number) => String(n).padStart(2, "0");
  return `2026-01-01T${two(Math.floor(second / 3600))}:${two(Math.floor(second / 60) % 60)}:${two(second % 60)}Z`;
}
