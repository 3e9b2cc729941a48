import { setPodSpecDefaults } from "../../simulator/api/defaults/pod.ts";
import type { FieldError } from "../../simulator/api/status-error.ts";
import type {
  Container,
  Deployment,
  Handler,
  PodSpec,
  Probe,
  ReplicaSet,
} from "../../simulator/api/types.ts";
import {
  validateContainers,
  validateInitContainers,
  validateResizePolicy,
} from "../../simulator/api/validation/containers.ts";
import { validateHandler, validateProbe } from "../../simulator/api/validation/handlers.ts";
import { validateVolumes } from "../../simulator/api/validation/volumes.ts";
import {
  validateCollisionCount,
  validateDeployment,
  validateDeploymentRollback,
  validateDeploymentStatus,
  validateDeploymentUpdate,
  validateReplicaSet,
  validateReplicaSetStatus,
  validateReplicaSetUpdate,
} from "../../simulator/api/validation/workloads.ts";
import { verdictOf, type Verdict } from "./verdict.ts";

type Json = Record<string, unknown>;

interface Case {
  readonly function: string;
  /** Where the thing stands that is validated. */
  readonly path?: string;
  readonly input: Readonly<Json>;
  readonly expected: {
    readonly valid: boolean;
    readonly errorCount?: number;
    readonly detailContains?: string | null;
    readonly errors?: readonly { readonly type: string; readonly field: string }[];
  };
}

const VALID_POD: PodSpec = setPodSpecDefaults({
  containers: [{ name: "ctr", image: "image" }],
});

const READ_WRITE_DISK = {
  name: "disk",
  gcePersistentDisk: { pdName: "my-pd", fsType: "ext4", partition: 1, readOnly: false },
};

const META = { name: "abc", namespace: "default" };

function workload(kind: string, labels: Json, spec: Json): Json {
  const template = { metadata: { labels }, spec: VALID_POD };
  const whole = { selector: { matchLabels: labels }, template, ...spec };
  return { apiVersion: "apps/v1", kind, metadata: META, spec: whole };
}

const ROLLING = { type: "RollingUpdate", rollingUpdate: { maxSurge: 1, maxUnavailable: 1 } };
const DEPLOYMENT = workload("Deployment", { name: "abc" }, { strategy: ROLLING });
const REPLICA_SET = workload("ReplicaSet", { a: "b" }, { replicas: 0 });
const OLD_DEPLOYMENT = workload(
  "Deployment",
  { a: "b" },
  { replicas: 0, strategy: { type: "Recreate" } },
);

/** What validation says of objects that have been defaulted. */
export function run(given: unknown): Verdict {
  const { expected } = given as Case;
  const errors = errorsOf(given as Case);
  const got = errors.map((error) => `${error.field}: ${error.detail}`);
  if (expected.valid !== (errors.length === 0)) {
    return verdictOf(`valid ${expected.valid}, got ${got.join("; ")}`);
  }
  if (expected.errorCount !== undefined && expected.errorCount !== errors.length) {
    return verdictOf(`${String(expected.errorCount)} errors, got ${got.join("; ")}`);
  }
  const detail = expected.detailContains;
  if (detail && !(got[0] ?? "").includes(detail)) return verdictOf(`${detail}, got ${got[0]}`);
  const list = errors.map(({ type, field }) => `${type.replace("FieldValue", "")} ${field}`);
  const wanted = expected.errors?.map(({ type, field }) => `${type} ${field}`);
  if (wanted !== undefined && wanted.join() !== list.join()) {
    return verdictOf(`${wanted.join()}, got ${list.join()}`);
  }
  return verdictOf(undefined);
}

function errorsOf({ function: name, path = "field", input }: Case): readonly FieldError[] {
  const status = input.status as never;
  const change = (input.change ?? {}) as Json;
  switch (name) {
    case "ValidateDeployment":
      return validateDeployment(changed(DEPLOYMENT, change));
    case "ValidateDeploymentUpdate": {
      const next = changed<Deployment>(updatable(OLD_DEPLOYMENT), change);
      return validateDeploymentUpdate(next, before(OLD_DEPLOYMENT, change));
    }
    case "ValidateReplicaSet":
      return validateReplicaSet(changed<ReplicaSet>(REPLICA_SET, change));
    case "ValidateReplicaSetUpdate": {
      const next = changed<ReplicaSet>(updatable(REPLICA_SET), change);
      return validateReplicaSetUpdate(next, before(REPLICA_SET, change));
    }
    case "ValidateDeploymentStatus":
      return validateDeploymentStatus(status);
    case "ValidateDeploymentStatusUpdate": {
      const { from, to } = input as Record<string, { collisionCount?: number | null }>;
      return validateCollisionCount(to!.collisionCount, from!.collisionCount);
    }
    case "ValidateReplicaSetStatus":
      return validateReplicaSetStatus(status);
    case "ValidateDeploymentRollback":
      return validateDeploymentRollback(input);
    case "validateProbe":
      return validateProbe(input.probe as Probe | null, 30, path);
    case "validateHandler":
      return validateHandler(input.handler as Handler, 30, path);
    case "validateContainers":
      return validateContainers(input.containers as Container[], podOf(input), "containers");
    case "validateInitContainers": {
      const regular = (input.containers ?? []) as Container[];
      const containers = input.initContainers as Container[];
      return validateInitContainers(containers, regular, podOf(input), "initContainers");
    }
    case "validateResizePolicy":
      return validateResizePolicy(
        input.resizePolicy as never,
        input.podRestartPolicy as string,
        path,
      );
    default:
      throw new Error(`no rule for function ${name}`);
  }
}

/** The pod around containers, as upstream's tests have it: the options of validation are all off there. */
function podOf(input: Case["input"]) {
  return {
    volumes: validateVolumes((input.volumes ?? []) as never, "volumes").usable,
    gracePeriodSeconds: 30,
    restartPolicy: (input.podRestartPolicy ?? "Always") as string,
    allowPrivileged: input.allowPrivileged === true,
    strictVariableNames: true,
  };
}

function updatable(object: Json): Json {
  return { ...object, metadata: { ...META, resourceVersion: "1" } };
}

/** Upstream's old object has no name where labels become invalid, and that the name changes is one of the errors. */
function before<T>(object: Json, change: Json): T {
  const name = JSON.stringify(change).includes("=") ? "" : META.name;
  return { ...object, metadata: { ...META, name, resourceVersion: "1" } } as T;
}

/** The base with each path set to its value; `<whole object>` replaces all. */
function changed<T = Deployment>(base: Json, change: Json): T {
  if ("<whole object>" in change) return change["<whole object>"] as T;
  const object = structuredClone(base);
  for (const [path, value] of Object.entries(change)) {
    const keys = path.replaceAll(/\[(\d+)\]/g, ".$1").split(".");
    const last = keys.pop()!;
    const parent = keys.reduce((at, key) => (at[key] ??= {}) as Json, object);
    parent[last] = path === "spec.template" ? readTemplate(value) : value;
  }
  return object as T;
}

/** A template, or the valid one with what is told of it in words: `no containers, labels {"a": "c"}`, `read-write volume`. */
function readTemplate(value: unknown): unknown {
  if (typeof value !== "string") return value;
  const labels = /labels (\{.*\})/.exec(value)?.[1] ?? '{"a": "b"}';
  const spec = {
    ...VALID_POD,
    ...(value.includes("no containers") ? { containers: [] } : {}),
    ...(value.includes("volume") ? { volumes: [READ_WRITE_DISK] } : {}),
  };
  return { metadata: { labels: JSON.parse(labels) as Json }, spec };
}
