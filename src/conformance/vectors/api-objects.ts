/*
 * Runs one case of tests/facts/vectors/validation.json or defaulting.json, each through the functions of the API server's rooms. A result
 * is undefined when the case passes, else what came and what was expected.
 */
import { setPodSpecDefaults } from "../../simulator/api/defaults/pod.ts";
import { setStatefulSetDefaults } from "../../simulator/api/defaults/workloads.ts";
import type { ResourceDefinition } from "../../simulator/api/resource.ts";
import { resources } from "../../simulator/api/resources/index.ts";
import type { FieldError } from "../../simulator/api/status-error.ts";
import type {
  Container,
  Deployment,
  Handler,
  KubernetesObject,
  PodSpec,
  Probe,
  StatefulSet,
} from "../../simulator/api/types.ts";
import {
  validateContainers,
  validateResizePolicy,
} from "../../simulator/api/validation/containers.ts";
import { validateHandler, validateProbe } from "../../simulator/api/validation/handlers.ts";
import {
  validateCollisionCount,
  validateDeployment,
  validateDeploymentRollback,
  validateDeploymentStatus,
  validateDeploymentUpdate,
  validateReplicaSetStatus,
} from "../../simulator/api/validation/workloads.ts";

export interface VectorCase {
  readonly name: string;
  readonly function?: string;
  readonly path?: string;
  readonly input: Readonly<Record<string, unknown>>;
  readonly expected: Readonly<Record<string, unknown>>;
}

type Json = Record<string, unknown>;

const VALID_POD: PodSpec = setPodSpecDefaults({
  containers: [{ name: "ctr", image: "image" }],
});

const BASE_DEPLOYMENT = {
  apiVersion: "apps/v1",
  kind: "Deployment",
  metadata: { name: "abc", namespace: "default" },
  spec: {
    selector: { matchLabels: { name: "abc" } },
    strategy: { type: "RollingUpdate", rollingUpdate: { maxSurge: 1, maxUnavailable: 1 } },
    template: { metadata: { labels: { name: "abc" } }, spec: VALID_POD },
  },
};

const OLD_DEPLOYMENT = {
  ...BASE_DEPLOYMENT,
  metadata: { ...BASE_DEPLOYMENT.metadata, resourceVersion: "1" },
  spec: {
    replicas: 0,
    selector: { matchLabels: { a: "b" } },
    strategy: { type: "Recreate" },
    template: { metadata: { labels: { a: "b" } }, spec: VALID_POD },
  },
};

/** Runs a case of validation.json. */
export function runValidation(vector: VectorCase): string | undefined {
  const errors = errorsOf(vector);
  const { expected } = vector;
  const got = errors.map((error) => `${error.field}: ${error.detail}`);
  if (expected.valid !== (errors.length === 0))
    return `valid ${expected.valid}, got ${got.join("; ")}`;
  if (expected.errorCount !== undefined && expected.errorCount !== errors.length) {
    return `${String(expected.errorCount)} errors, got ${got.join("; ")}`;
  }
  const detail = expected.detailContains as string | null | undefined;
  if (detail && !(got[0] ?? "").includes(detail)) return `${detail}, got ${got[0]}`;
  const wanted = expected.errors as { type: string; field: string }[] | undefined;
  const list = errors.map(({ type, field }) => `${type.replace("FieldValue", "")} ${field}`);
  const wantedList = wanted?.map(({ type, field }) => `${type} ${field}`);
  if (wantedList !== undefined && wantedList.join() !== list.join()) {
    return `${wantedList.join()}, got ${list.join()}`;
  }
  return undefined;
}

function errorsOf({ function: name, path = "field", input }: VectorCase): readonly FieldError[] {
  const status = input.status as Json;
  switch (name) {
    case "ValidateDeployment":
      return validateDeployment(changed(BASE_DEPLOYMENT, input.change as Json));
    case "ValidateDeploymentUpdate": {
      const change = input.change as Json;
      const next = changed(OLD_DEPLOYMENT, change);
      // Upstream's old object has no name where the selector or the template is what changes.
      const renamed = Object.keys(change).some((key) => /selector|template/.test(key));
      const metadata = renamed ? { ...OLD_DEPLOYMENT.metadata, name: "" } : OLD_DEPLOYMENT.metadata;
      return validateDeploymentUpdate(next, {
        ...OLD_DEPLOYMENT,
        metadata,
      } as unknown as Deployment);
    }
    case "ValidateDeploymentStatus":
      return validateDeploymentStatus(status);
    case "ValidateDeploymentStatusUpdate": {
      const { from, to } = input as Record<string, { collisionCount: number | null }>;
      return validateCollisionCount(to!.collisionCount, from!.collisionCount);
    }
    case "ValidateReplicaSetStatus":
      return validateReplicaSetStatus(status as never);
    case "ValidateDeploymentRollback":
      return validateDeploymentRollback(input);
    case "validateProbe":
      return validateProbe(input.probe as Probe | null, 30, path);
    case "validateHandler":
      return validateHandler(input.handler as Handler, 30, path);
    case "validateContainers": {
      const context = {
        volumes: new Map(),
        gracePeriodSeconds: 30,
        restartPolicy: "Always",
        allowPrivileged: false,
      };
      return validateContainers(input.containers as Container[], context, "containers");
    }
    case "validateResizePolicy":
      return validateResizePolicy(
        input.resizePolicy as never,
        input.podRestartPolicy as string,
        path,
      );
    default:
      throw new Error(`No such function: ${name}`);
  }
}

/** The base with each path set to its value; `<whole object>` replaces all. */
function changed(base: object, change: Json): Deployment {
  if ("<whole object>" in change) return change["<whole object>"] as Deployment;
  const object = structuredClone(base) as Json;
  for (const [path, value] of Object.entries(change)) {
    const keys = path.replaceAll(/\[(\d+)\]/g, ".$1").split(".");
    const last = keys.pop()!;
    const parent = keys.reduce((at, key) => at[key] as Json, object);
    parent[last] =
      value === 'no containers, labels {"NoUppercaseOrSpecialCharsLike=Equals": "b"}'
        ? withoutContainers({ "NoUppercaseOrSpecialCharsLike=Equals": "b" })
        : value;
  }
  return object as unknown as Deployment;
}

function withoutContainers(labels: Record<string, string>): object {
  return { metadata: { labels }, spec: { ...VALID_POD, containers: [] } };
}

/** Runs a case of defaulting.json. */
export function runDefaulting({ input, expected }: VectorCase): string | undefined {
  const object = {
    metadata: { name: "x" },
    kind: input.kind,
    ...(input.object as object),
  } as KubernetesObject;
  const { StatefulSetAutoDeletePVC } = (input.featureGates ?? {}) as Json;
  const got = (StatefulSetAutoDeletePVC === false
    ? setStatefulSetDefaults(object as StatefulSet, { StatefulSetAutoDeletePVC })
    : definitionOf(input.kind as string).setDefaults(object)) as unknown as Json;
  if (expected.spec !== undefined) return difference(expected.spec, got.spec, "spec");
  for (const [path, value] of Object.entries(expected.fields as Json)) {
    const found = /^[\w.[\]]+$/.test(path) ? at(got, path) : availability(got);
    const wrong = difference(value, found, path);
    if (wrong !== undefined) return wrong;
  }
  return undefined;
}

function definitionOf(kind: string): ResourceDefinition {
  return [...resources.values()].find((definition) => definition.kind === kind)!;
}

function at(object: Json, path: string): unknown {
  const keys = path.replaceAll(/\[(\d+)\]/g, ".$1").split(".");
  return keys.reduce<unknown>((value, key) => (value as Json | undefined)?.[key], object);
}

/** `replicas - floor(maxUnavailable)` */
function availability(object: Json): number {
  const spec = object.spec as unknown as Deployment["spec"];
  const percent = Number.parseInt(String(spec.strategy!.rollingUpdate!.maxUnavailable), 10);
  return spec.replicas! - Math.floor((spec.replicas! * percent) / 100);
}

/** Where two values differ. Absent and null are one; so is 0 in minReadySeconds, which is no pointer in Go. */
function difference(wanted: unknown, got: unknown, path: string): string | undefined {
  const plain = (value: unknown) =>
    value === null || (value === 0 && path.endsWith("minReadySeconds")) ? undefined : value;
  if (plain(wanted) === plain(got)) return undefined;
  if (typeof wanted === "object" && wanted !== null && typeof got === "object" && got !== null) {
    for (const key of new Set([...Object.keys(wanted), ...Object.keys(got)])) {
      const wrong = difference((wanted as Json)[key], (got as Json)[key], `${path}.${key}`);
      if (wrong !== undefined) return wrong;
    }
    return undefined;
  }
  return `${path}: wanted ${JSON.stringify(wanted)}, got ${JSON.stringify(got)}`;
}
