/* How `kubectl set` changes the containers of a pod template (pkg/cmd/set/helper.go). */
import { deepEqual, type KubernetesObject } from "../../simulator/index.ts";
import { dryRunOf } from "../command/dry-run.ts";
import { changeCauseOf } from "../command/record.ts";
import { report } from "../command/report.ts";
import type { Info } from "../command/resolve.ts";
import {
  FILE_FLAGS,
  RECORD_FLAG,
  SELECTOR_FLAGS,
  WRITE_FLAGS,
  type Call,
} from "../command/verb.ts";
import { ApiError, KubectlError } from "../kubectl-error.ts";
import type { Program } from "../program.ts";

/** Flags that all of `kubectl set` has. */
export const SET_FLAGS = [...WRITE_FLAGS, ...FILE_FLAGS, ...SELECTOR_FLAGS, RECORD_FLAG];

export const CONTAINERS_FLAG = {
  name: "containers",
  short: "c",
  about: "names of the containers, * for all",
} as const;

/** A variable of a container. */
export interface EnvVar {
  readonly name: string;
  readonly value?: string;
  readonly valueFrom?: object;
}

/** A container of a template, as far as `kubectl set` changes one. */
export interface Container {
  readonly name: string;
  readonly image?: string;
  readonly env?: readonly EnvVar[];
  readonly resources?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

interface PodSpec {
  readonly containers: readonly Container[];
  readonly initContainers?: readonly Container[];
}

/** What becomes of a container. */
export type Change = (container: Container) => Container;

/** Changes containers of a pod template; what stays as it is is not said (set/helper.go PatchFn, CalculatePatches). */
export function* change(call: Call, info: Info, done: string, act: Change): Program {
  const spec = podSpecOf(info);
  const isMeant = isChosen(call.flags.text("containers") ?? "*");
  const changed = (list: readonly Container[] = []) =>
    list.map((one) => (isMeant(one) ? act(one) : one));
  const containers = changed(spec.containers);
  const initContainers = changed(spec.initContainers);
  const cause = changeCauseOf(call);
  const annotations = info.object.metadata.annotations ?? {};
  const isSame =
    deepEqual(containers, [...spec.containers]) &&
    deepEqual(initContainers, [...(spec.initContainers ?? [])]) &&
    (cause === undefined || annotations[cause.key] === cause.text);
  if (isSame) return 0;
  const next = withPodSpec(info.object, {
    ...spec,
    containers,
    ...(spec.initContainers === undefined ? {} : { initContainers }),
  });
  const dryRun = dryRunOf(call);
  if (dryRun === "client") return yield* report(call, info, done, next);
  const causePatch =
    cause === undefined ? {} : { metadata: { annotations: { [cause.key]: cause.text } } };
  const what = done.split(" ")[0]!.replace("resource", "resources");
  // Of the three only `resources` has no colon there.
  const failed = `failed to patch ${what} update to pod template${what === "resources" ? "" : ":"}`;
  const updated = withReason(failed, () =>
    call.client.patch(
      info,
      info.name,
      "strategic",
      { ...causePatch, ...templatePatch(info, spec, containers, initContainers) },
      {
        dryRun: dryRun === "server",
        fieldManager: call.flags.text("field-manager") ?? "kubectl-set",
      },
    ),
  );
  return yield* report(call, info, done, updated);
}

/** What a request gives; its refusal stands behind what it was for. */
export function withReason<T>(what: string, request: () => T): T {
  try {
    return request();
  } catch (error) {
    if (error instanceof ApiError) throw new KubectlError(`${what} ${error.message}`);
    throw error;
  }
}

/** Whether a container is one of those that `--containers` names, where `*` stands for anything. */
export function isChosen(chosen: string): (container: Pick<Container, "name">) => boolean {
  const pattern = new RegExp(
    `^${chosen.replace(/[.+?^${}()|[\]\\]/g, "\\$&").replaceAll("*", ".*")}$`,
  );
  return ({ name }) => pattern.test(name);
}

/** The containers that changed, whole: lists within are replaced by what they are now. */
function templatePatch(
  { kind }: Info,
  before: PodSpec,
  containers: readonly Container[],
  initContainers: readonly Container[],
): object {
  const changes = (now: readonly Container[], was: readonly Container[] = []) =>
    now.filter((one, i) => !deepEqual(one, was[i]!)).map((one, _i) => patchOf(one, was));
  const main = changes(containers, before.containers);
  const init = changes(initContainers, before.initContainers);
  const spec = {
    ...(main.length === 0 ? {} : { containers: main }),
    ...(init.length === 0 ? {} : { initContainers: init }),
  };
  if (main.length + init.length === 0) return {};
  return { spec: kind.plural === "pods" ? spec : { template: { spec } } };
}

function patchOf(now: Container, was: readonly Container[]): object {
  const old = was.find(({ name }) => name === now.name);
  const { name, image, env = [], resources } = now;
  const gone = (old?.env ?? []).filter((one) => !env.some(({ name: kept }) => kept === one.name));
  return {
    name,
    ...(image === old?.image ? {} : { image }),
    ...(env.length + gone.length === 0
      ? {}
      : { env: [...env, ...gone.map((one) => ({ name: one.name, $patch: "delete" }))] }),
    ...(resources === undefined ? {} : { resources }),
  };
}

/** The pod spec within an object; what has none is refused. */
export function podSpecOf({ kind, name, object }: Info): PodSpec {
  const { spec } = object as { spec?: PodSpec & { template?: { spec: PodSpec } } };
  const found = kind.plural === "pods" ? spec : spec?.template?.spec;
  if (found?.containers !== undefined) return found;
  const version = object.apiVersion.slice(object.apiVersion.lastIndexOf("/") + 1);
  throw new KubectlError(
    `error: ${kind.plural}/${name} the object is not a pod or does not have a pod template: *${version}.${kind.kind}`,
  );
}

function withPodSpec(object: KubernetesObject, podSpec: PodSpec): KubernetesObject {
  const { spec } = object as { spec?: { template?: object } };
  const next =
    spec?.template === undefined
      ? podSpec
      : { ...spec, template: { ...spec.template, spec: podSpec } };
  return { ...object, spec: next } as KubernetesObject;
}
