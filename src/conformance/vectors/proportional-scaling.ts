import type { ReplicaSet } from "../../simulator/api/types.ts";
import {
  DESIRED_REPLICAS,
  MAX_REPLICAS,
} from "../../simulator/controllers/deployment/revisions.ts";
import { replicaSetFraction, scale } from "../../simulator/controllers/deployment/scaling.ts";
import { deploymentOf, replicaSetOf } from "./objects.ts";
import { same, unknownFunction, type Verdict } from "./verdict.ts";

interface ScaledReplicaSet {
  readonly name: string;
  readonly replicas: number;
  readonly creationTimestamp: string;
  readonly annotationDesired: number | null;
  readonly annotationMax: number | null;
  readonly availableReplicas?: number;
}

interface Case {
  readonly function: string;
  readonly input: {
    readonly deploymentReplicas: number;
    readonly maxSurge: number;
    readonly maxUnavailable: number;
    readonly statusReplicas?: number;
    readonly newRS?: ScaledReplicaSet | null;
    readonly oldRSs?: readonly ScaledReplicaSet[];
    readonly rsReplicas?: number;
    readonly annotationMax?: string | null;
  };
  readonly expected: {
    readonly fraction?: number;
    readonly newRS?: Readonly<Record<string, number>> | null;
    readonly oldRSs?: Readonly<Record<string, number>>;
  };
  /** ReplicaSets whose change upstream does not look at. */
  readonly ignoredUpdates?: readonly string[];
}

export function run(given: unknown): Verdict {
  const { function: name, input, expected, ignoredUpdates = [] } = given as Case;
  const deployment = deploymentOf({
    ...input,
    replicas: input.deploymentReplicas,
    status: { replicas: input.statusReplicas ?? 0 },
  });
  if (name === "getReplicaSetFraction") {
    const annotations = annotated(DESIRED_REPLICAS, null, input.annotationMax);
    const replicaSet = replicaSetOf({ replicas: input.rsReplicas ?? 0, annotations });
    return same({ fraction: replicaSetFraction(deployment, replicaSet) }, expected);
  }
  if (name !== "scale") return unknownFunction(name);
  const current = input.newRS ? read(input.newRS) : undefined;
  const old = (input.oldRSs ?? []).map(read);
  const scales = scale(deployment, current, old);
  const sizeOf = (rs: ReplicaSet) =>
    ignoredUpdates.includes(rs.metadata.name)
      ? rs.spec.replicas
      : (scales.find((s) => s.replicaSet === rs)?.to ?? rs.spec.replicas);
  const sizes = (list: readonly ReplicaSet[]) =>
    Object.fromEntries(list.map((rs) => [rs.metadata.name, sizeOf(rs)]));
  const got = { newRS: current === undefined ? null : sizes([current]), oldRSs: sizes(old) };
  return same(got, { newRS: expected.newRS ?? null, oldRSs: expected.oldRSs ?? {} });
}

function read(given: ScaledReplicaSet): ReplicaSet {
  const { name, replicas, creationTimestamp, annotationDesired, annotationMax } = given;
  return replicaSetOf({
    name,
    replicas,
    creationTimestamp,
    annotations: annotated(DESIRED_REPLICAS, annotationDesired, annotationMax),
    status: { availableReplicas: given.availableReplicas ?? 0 },
  });
}

function annotated(
  key: string,
  desired: number | string | null | undefined,
  max: number | string | null | undefined,
): Record<string, string> {
  return {
    ...(desired === null || desired === undefined ? {} : { [key]: String(desired) }),
    ...(max === null || max === undefined ? {} : { [MAX_REPLICAS]: String(max) }),
  };
}
