/* kubectl set image, env and resources (pkg/cmd/set). */
import type { KubernetesObject } from "../../simulator/index.ts";
import { deepEqual } from "../../simulator/index.ts";
import { each } from "../command/each.ts";
import { changeCauseOf } from "../command/record.ts";
import { report } from "../command/report.ts";
import { visit, type Info } from "../command/resolve.ts";
import { dryRunOf } from "../command/dry-run.ts";
import {
  FILE_FLAGS,
  RECORD_FLAG,
  SELECTOR_FLAGS,
  WRITE_FLAGS,
  type Call,
  type Verb,
} from "../command/verb.ts";
import { KubectlError } from "../kubectl-error.ts";
import type { Program } from "../program.ts";

const FLAGS = [...WRITE_FLAGS, ...FILE_FLAGS, ...SELECTOR_FLAGS, RECORD_FLAG];

const CONTAINERS_FLAG = {
  name: "containers",
  short: "c",
  about: "names of the containers, * for all",
} as const;

interface Container {
  readonly name: string;
  readonly image?: string;
  readonly env?: readonly { readonly name: string; readonly value?: string }[];
  readonly resources?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

interface PodSpec {
  readonly containers: readonly Container[];
  readonly initContainers?: readonly Container[];
}

type Change = (container: Container) => Container;

const setImage: Verb = {
  name: "image",
  about: "Update the image of a pod template",
  usage:
    "(-f FILENAME | TYPE NAME) CONTAINER_NAME_1=CONTAINER_IMAGE_1 ... CONTAINER_NAME_N=CONTAINER_IMAGE_N",
  flags: FLAGS,
  *run(call) {
    const pairs = call.words.filter((word) => word.includes("="));
    const words = call.words.filter((word) => !word.includes("="));
    const visited = visit(call, { words });
    if (pairs.length === 0) throw new KubectlError("at least one image update is required");
    const images = pairs.map((pair): [string, string] => {
      const at = pair.indexOf("=");
      return [pair.slice(0, at), pair.slice(at + 1)];
    });
    return yield* each(visited, (info) => {
      const { containers, initContainers = [] } = podSpecOf(info);
      const names = new Set([...containers, ...initContainers].map(({ name }) => name));
      const unknown = images.find(([name]) => name !== "*" && !names.has(name));
      if (unknown !== undefined) {
        throw new KubectlError(`unable to find container named ${JSON.stringify(unknown[0])}`);
      }
      return change(call, info, "image updated", (container) => {
        const image = images.findLast(([name]) => name === "*" || name === container.name)?.[1];
        return image === undefined ? container : { ...container, image };
      });
    });
  },
};

const setEnv: Verb = {
  name: "env",
  about: "Update environment variables on a pod template",
  usage: "RESOURCE/NAME KEY_1=VAL_1 ... KEY_N=VAL_N",
  flags: [
    ...FLAGS,
    CONTAINERS_FLAG,
    { name: "list", type: "bool", about: "lists the variables" },
    { name: "overwrite", type: "bool", about: "whether variables that are set may be changed" },
    { name: "env", short: "e", type: "list", about: "KEY=VALUE" },
    { name: "from", missing: true },
  ],
  *run(call) {
    const { flags } = call;
    const isPair = (word: string) =>
      /^[A-Za-z_.-][A-Za-z0-9_.-]*(=|-$)/.test(word) && !word.includes("/");
    const given = [...call.words.filter(isPair), ...flags.all("env")];
    const visited = visit(call, { words: call.words.filter((word) => !isPair(word)) });
    if (flags.isOn("list")) return yield* each(visited, (info) => listEnv(info));
    if (given.length === 0) {
      throw new KubectlError("at least one environment variable must be provided");
    }
    const removed = given.filter((word) => !word.includes("=")).map((word) => word.slice(0, -1));
    const values = given
      .filter((word) => word.includes("="))
      .map((word) => {
        const at = word.indexOf("=");
        return { name: word.slice(0, at), value: word.slice(at + 1) };
      });
    return yield* each(visited, (info) =>
      change(call, info, "env updated", ({ env = [], ...container }) => {
        const kept = env.filter(({ name }) => !removed.includes(name));
        const changed = kept.map((one) => values.find(({ name }) => name === one.name) ?? one);
        const added = values.filter(({ name }) => !kept.some((one) => one.name === name));
        const next = [...changed, ...added];
        return next.length === 0 ? container : { ...container, env: next };
      }),
    );
  },
};

function* listEnv(info: Info): Program {
  for (const { name, env = [] } of podSpecOf(info).containers) {
    yield { stdout: `# ${info.kind.plural} ${info.name}, container ${name}\n` };
    for (const one of env) yield { stdout: `${one.name}=${one.value ?? ""}\n` };
  }
  return 0;
}

const setResources: Verb = {
  name: "resources",
  about: "Update resource requests/limits on objects with pod templates",
  usage: "(-f FILENAME | TYPE NAME)  ([--limits=LIMITS & --requests=REQUESTS]",
  flags: [
    ...FLAGS,
    CONTAINERS_FLAG,
    { name: "limits", about: "cpu=200m,memory=512Mi" },
    { name: "requests", about: "cpu=100m,memory=256Mi" },
  ],
  *run(call) {
    const { flags } = call;
    const visited = visit(call);
    const wanted = (["limits", "requests"] as const).filter((kind) => flags.has(kind));
    if (wanted.length === 0) {
      throw new KubectlError(
        "you must specify an update to requests or limits (in the form of --requests/--limits)",
      );
    }
    const updates = wanted.map((kind) => [kind, quantities(flags.text(kind)!)] as const);
    return yield* each(visited, (info) =>
      change(call, info, "resource requirements updated", (container) => {
        const resources = { ...container.resources };
        for (const [kind, values] of updates) resources[kind] = { ...resources[kind], ...values };
        return { ...container, resources };
      }),
    );
  },
};

function quantities(text: string): Record<string, string> {
  return Object.fromEntries(
    text.split(",").map((pair) => {
      const [name = "", value, ...more] = pair.split("=");
      if (value === undefined || more.length > 0) {
        throw new KubectlError(`invalid argument syntax ${pair}, expected <resource>=<value>`);
      }
      return [name, value];
    }),
  );
}

export const set: Verb = {
  name: "set",
  about: "Set specific features on objects",
  intro: "Changes one part of objects that exist already: images, variables, resources.",
  usage: "SUBCOMMAND [options]",
  verbs: [setEnv, setImage, setResources],
};

/** Changes containers of a pod template; what stays as it is is not said (set/helper.go PatchFn, CalculatePatches). */
function* change(call: Call, info: Info, done: string, act: Change): Program {
  const spec = podSpecOf(info);
  const chosen = call.flags.text("containers") ?? "*";
  const pattern = new RegExp(
    `^${chosen.replace(/[.+?^${}()|[\]\\]/g, "\\$&").replaceAll("*", ".*")}$`,
  );
  const changed = (list: readonly Container[] = []) =>
    list.map((one) => (pattern.test(one.name) ? act(one) : one));
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
  const updated = call.client.patch(
    info,
    info.name,
    "strategic",
    { ...causePatch, ...templatePatch(info, spec, containers, initContainers) },
    {
      dryRun: dryRun === "server",
      fieldManager: call.flags.text("field-manager") ?? "kubectl-set",
    },
  );
  return yield* report(call, info, done, updated);
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

function podSpecOf({ kind, name, object }: Info): PodSpec {
  const { spec } = object as { spec?: PodSpec & { template?: { spec: PodSpec } } };
  const found = kind.plural === "pods" ? spec : spec?.template?.spec;
  if (found?.containers !== undefined) return found;
  throw new KubectlError(`${kind.plural} ${JSON.stringify(name)} has no pod template`);
}

function withPodSpec(object: KubernetesObject, podSpec: PodSpec): KubernetesObject {
  const { spec } = object as { spec?: { template?: object } };
  const next =
    spec?.template === undefined
      ? podSpec
      : { ...spec, template: { ...spec.template, spec: podSpec } };
  return { ...object, spec: next } as KubernetesObject;
}
