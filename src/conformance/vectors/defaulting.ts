import {
  setStatefulSetDefaults,
  type StatefulSetGates,
} from "../../simulator/api/defaults/workloads.ts";
import type { ResourceDefinition } from "../../simulator/api/resource.ts";
import { resources } from "../../simulator/api/resources/index.ts";
import type { Deployment, KubernetesObject, StatefulSet } from "../../simulator/api/types.ts";
import { verdictOf, type Verdict } from "./verdict.ts";

type Json = Readonly<Record<string, unknown>>;

interface Case {
  readonly input: {
    readonly kind: string;
    readonly object: object;
    readonly featureGates?: Readonly<Record<string, boolean>>;
  };
  /** The whole spec, or the values of some fields by their path. */
  readonly expected: { readonly spec?: object; readonly fields?: Json };
}

/** Gates other than the StatefulSets' that cases tell of, as they stand in Kubernetes 1.32. */
const GATES_OF_TODAY: Readonly<Record<string, boolean>> = {
  InPlacePodVerticalScaling: false,
  LoadBalancerIPMode: true,
  DefaultHostNetworkHostPortsInPodTemplates: false,
};

/** Fields that are no pointers in Go: one that holds 0, or nothing, is left out when it is written. */
const BY_VALUE =
  /(^|\.)(minReadySeconds|initialDelaySeconds|hostPort|externalTrafficPolicy|(requests|limits)\.[^.]+)$/;

/** Objects as defaulting leaves them. */
export function run(given: unknown): Verdict {
  const { input, expected } = given as Case;
  const got = defaulted(input) as unknown as Json;
  if (expected.spec !== undefined) return verdictOf(difference(expected.spec, got.spec, "spec"));
  for (const [path, value] of Object.entries(expected.fields ?? {})) {
    const wrong = difference(value, told(path, got), path);
    if (wrong !== undefined) return verdictOf(wrong);
  }
  return verdictOf(undefined);
}

function defaulted({ kind, object, featureGates = {} }: Case["input"]): KubernetesObject {
  const whole = { metadata: { name: "x" }, kind, ...object } as KubernetesObject;
  if (kind === "StatefulSet") {
    return setStatefulSetDefaults(whole as StatefulSet, featureGates as Partial<StatefulSetGates>);
  }
  for (const [gate, on] of Object.entries(featureGates)) {
    if (GATES_OF_TODAY[gate] !== on) throw new Error(`no rule for feature gate ${gate}=${on}`);
  }
  return definitionOf(kind).setDefaults(whole);
}

function definitionOf(kind: string): ResourceDefinition {
  const found = [...resources.values()].find((definition) => definition.kind === kind);
  if (found === undefined) throw new Error(`no rule for kind ${kind}`);
  return found;
}

/** The value of a field, or of the one sum that a case tells in words. */
function told(path: string, object: Json): unknown {
  return path === "replicas - floor(maxUnavailable)" ? availability(object) : at(object, path);
}

/** The value at `spec.containers[0].name`; a key may have dots and slashes in it, as labels have. */
function at(object: unknown, path: string): unknown {
  if (path === "" || typeof object !== "object" || object === null) {
    return path === "" ? object : undefined;
  }
  const keys = Object.keys(object).toSorted((a, b) => b.length - a.length);
  for (const key of keys) {
    for (const form of [`.${key}`, key, `[${key}]`, `["${key}"]`, `['${key}']`]) {
      const rest = path.slice(form.length);
      if (path.startsWith(form) && /^($|[.[])/.test(rest)) {
        return at((object as Json)[key], rest);
      }
    }
  }
  return undefined;
}

function availability(object: Json): number {
  const spec = object.spec as Deployment["spec"];
  const percent = Number.parseInt(String(spec.strategy!.rollingUpdate!.maxUnavailable), 10);
  return spec.replicas! - Math.floor((spec.replicas! * percent) / 100);
}

/** Where two values differ. Absent and null are one. */
function difference(wanted: unknown, got: unknown, path: string): string | undefined {
  const [left, right] = [plain(wanted, path), plain(got, path)];
  if (left === right) return undefined;
  if (typeof left === "object" && typeof right === "object") {
    for (const key of new Set([...Object.keys(left!), ...Object.keys(right!)])) {
      const wrong = difference((left as Json)[key], (right as Json)[key], `${path}.${key}`);
      if (wrong !== undefined) return wrong;
    }
    return undefined;
  }
  return `${path}: wanted ${JSON.stringify(wanted)}, got ${JSON.stringify(got)}`;
}

function plain(value: unknown, path: string): unknown {
  const zero = value === 0 || value === "" || value === "0";
  return value === null || (zero && BY_VALUE.test(path)) ? undefined : value;
}
