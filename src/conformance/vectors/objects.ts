import type {
  Deployment,
  DeploymentStatus,
  IntOrString,
  Pod,
  PodTemplateSpec,
  ReplicaSet,
  ReplicaSetStatus,
} from "../../simulator/api/types.ts";

/** What a case says of a Deployment; the rest does not matter to it. */
export interface DeploymentFacts {
  readonly name?: string;
  readonly strategy?: string;
  readonly replicas?: number | null;
  readonly maxSurge?: IntOrString | null;
  readonly maxUnavailable?: IntOrString | null;
  readonly progressDeadlineSeconds?: number | null;
  readonly status?: DeploymentStatus;
  readonly template?: PodTemplateSpec;
  readonly annotations?: Readonly<Record<string, string>>;
}

/** What a case says of a ReplicaSet. */
export interface ReplicaSetFacts {
  readonly name?: string;
  readonly replicas: number;
  readonly status?: Partial<ReplicaSetStatus>;
  readonly creationTimestamp?: string | null;
  readonly annotations?: Readonly<Record<string, string>>;
  readonly labels?: Readonly<Record<string, string>>;
  readonly template?: PodTemplateSpec;
  readonly deleting?: boolean;
}

const EMPTY_TEMPLATE: PodTemplateSpec = { spec: { containers: [] } };

export function deploymentOf(facts: DeploymentFacts): Deployment {
  const { name = "foo", strategy = "RollingUpdate", annotations } = facts;
  const rollingUpdate = {
    maxSurge: facts.maxSurge ?? undefined,
    maxUnavailable: facts.maxUnavailable ?? undefined,
  };
  return {
    apiVersion: "apps/v1",
    kind: "Deployment",
    metadata: { ...metadata(name), ...(annotations === undefined ? {} : { annotations }) },
    spec: {
      replicas: facts.replicas ?? 1,
      selector: { matchLabels: { app: name } },
      template: facts.template ?? EMPTY_TEMPLATE,
      strategy: { type: strategy, ...(strategy === "RollingUpdate" ? { rollingUpdate } : {}) },
      progressDeadlineSeconds: facts.progressDeadlineSeconds ?? undefined,
    },
    status: facts.status ?? {},
  };
}

export function replicaSetOf(facts: ReplicaSetFacts): ReplicaSet {
  const { name = "rs", replicas, creationTimestamp = null, annotations = {}, labels = {} } = facts;
  return {
    apiVersion: "apps/v1",
    kind: "ReplicaSet",
    metadata: {
      ...metadata(name),
      creationTimestamp,
      annotations,
      labels,
      ...(facts.deleting === true ? { deletionTimestamp: "2026-01-01T00:00:00Z" } : {}),
    },
    spec: { replicas, selector: {}, template: facts.template ?? EMPTY_TEMPLATE },
    status: { replicas: 0, ...facts.status },
  };
}

/** A pod in a phase, ready or not. */
export function podOf(facts: {
  readonly name: string;
  readonly phase?: string;
  readonly ready?: boolean;
  readonly readyTime?: string | null;
  readonly labels?: Readonly<Record<string, string>>;
  readonly node?: string;
}): Pod {
  const { name, phase, ready = false, readyTime = null, labels = {}, node } = facts;
  return {
    apiVersion: "v1",
    kind: "Pod",
    metadata: { ...metadata(name), labels },
    spec: { containers: [], ...(node ? { nodeName: node } : {}) },
    status: {
      ...(phase ? { phase: phase as Pod["status"]["phase"] } : {}),
      conditions: [
        { type: "Ready", status: ready ? "True" : "False", lastTransitionTime: readyTime },
      ],
    },
  };
}

function metadata(name: string) {
  const uid = `uid-of-${name}`;
  return { name, namespace: "default", uid, resourceVersion: "1", creationTimestamp: null };
}
