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
  MAX_REPLICAS,
  newReplicaSetAnnotations,
  nonNegativeInt32,
  replicaSetsToCleanUp,
  REVISION,
  REVISION_HISTORY,
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
  const { input, expected } = given as Case<Fields, Fields>;
  const deployment = deploymentOf({ annotations: input.deploymentAnnotations as Annotations });
  const limit = named(input, /limit/i) as number | undefined;
  let annotations = (input.annotations ?? {}) as Annotations;
  for (const revision of [told(input, /^(new)?revisions?/i)].flat()) {
    annotations = newReplicaSetAnnotations(deployment, annotations, Number(revision), limit);
  }
  return sameAnnotations(annotations, expected, [
    [REVISION, /^revision$/i],
    [REVISION_HISTORY, /history/i],
  ]);
}

function runReplicasAnnotations(given: unknown): Verdict {
  const { input, expected } = given as Case<Fields, Fields>;
  const before = (input.annotations ?? {}) as Annotations;
  const [desired, max] = [Number(told(input, /desired/i)), Number(told(input, /max/i))];
  const after = withReplicas(before, desired, max);
  const changed = after !== before;
  const { needUpdate = changed, updated = needUpdate, ...rest } = expected;
  if (updated !== changed) return same(changed, updated);
  return sameAnnotations(after, rest, [
    [DESIRED_REPLICAS, /desired/i],
    [MAX_REPLICAS, /max/i],
  ]);
}

/** Holds annotations against those that a case tells: all, or some by a name of its own. */
function sameAnnotations(
  annotations: Annotations,
  expected: Fields,
  names: readonly (readonly [annotation: string, name: RegExp])[],
): Verdict {
  if (expected.annotations !== undefined) return same(annotations, expected.annotations);
  for (const [annotation, name] of names) {
    const wanted = named(expected, name);
    if (wanted !== undefined && String(wanted) !== annotations[annotation]) {
      return same(annotations[annotation], String(wanted));
    }
  }
  return same(true, true);
}

function runSaturated(given: unknown): Verdict {
  const { input, expected } = given as Case<Fields, Fields>;
  const { deploymentReplicas, ...rest } = input;
  const nested = Object.values(rest).filter((value) => typeof value === "object");
  const facts: Fields = Object.assign({}, rest, ...nested);
  const desired = named(facts, /desired/i);
  const replicaSet = replicaSetOf({
    replicas: Number(told(facts, /^(rs|spec)\w*replicas$/i)),
    annotations:
      desired === undefined || desired === null ? {} : { [DESIRED_REPLICAS]: String(desired) },
    status: { availableReplicas: Number(told(facts, /available/i)) },
  });
  const deployment = deploymentOf({ replicas: deploymentReplicas as number });
  return same(isSaturated(deployment, replicaSet), told(expected, /saturated|result/));
}

type Fields = Readonly<Record<string, unknown>>;

/** The first field of such a name; upstream's test of annotations is no table, so that cases name theirs as they like. */
function named(fields: Fields, name: RegExp): unknown {
  return Object.entries(fields).find(([key]) => name.test(key))?.[1];
}

function told(fields: Fields, name: RegExp): unknown {
  const value = named(fields, name);
  if (value === undefined)
    throw new Error(`no field ${name.source} in ${Object.keys(fields).join(", ")}`);
  return value;
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
