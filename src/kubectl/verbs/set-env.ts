/* kubectl set env (pkg/cmd/set/set_env.go). */
import { each } from "../command/each.ts";
import { visit, type Info } from "../command/resolve.ts";
import type { Call, Verb } from "../command/verb.ts";
import { KubectlError } from "../kubectl-error.ts";
import type { Program } from "../program.ts";
import {
  change,
  CONTAINERS_FLAG,
  isChosen,
  podSpecOf,
  SET_FLAGS,
  type EnvVar,
} from "./set-containers.ts";

export const setEnv: Verb = {
  name: "env",
  about: "Update environment variables on a pod template",
  usage: "RESOURCE/NAME KEY_1=VAL_1 ... KEY_N=VAL_N",
  flags: [
    ...SET_FLAGS,
    CONTAINERS_FLAG,
    { name: "list", type: "bool", about: "lists the variables" },
    { name: "overwrite", type: "bool", about: "whether variables that are set may be changed" },
    { name: "env", short: "e", type: "list", about: "KEY=VALUE" },
    { name: "from", about: "variables of all keys of configmap/NAME or secret/NAME" },
    { name: "keys", type: "list", about: "with --from: these keys only" },
    { name: "prefix", about: "with --from: stands before each name" },
  ],
  *run(call) {
    const { flags } = call;
    const isPair = (word: string) =>
      /^[A-Za-z_.-][A-Za-z0-9_.-]*(=|-$)/.test(word) && !word.includes("/");
    const given = [...call.words.filter(isPair), ...flags.all("env")];
    const words = call.words.filter((word) => !isPair(word));
    if (words.length === 0 && !flags.has("filename")) {
      throw new KubectlError(
        "one or more resources must be specified as <resource> <name> or <resource>/<name>",
      );
    }
    const visited = visit(call, { words });
    if (flags.isOn("list")) return yield* each(visited, (info) => listEnv(info));
    if (given.length === 0 && !flags.has("from")) return 0;
    const removed = given.filter((word) => !word.includes("=")).map((word) => word.slice(0, -1));
    const imported = yield* importedBy(call);
    const typed = given
      .filter((word) => word.includes("="))
      .map((word) => {
        const at = word.indexOf("=");
        return { name: word.slice(0, at), value: word.slice(at + 1) };
      });
    const values: readonly EnvVar[] = [...typed, ...imported];
    if (removed.some((name) => values.some((one) => one.name === name))) {
      throw new KubectlError(
        "can not both modify and remove the same environment variable in the same command",
      );
    }
    return yield* each(visited, function* (info) {
      if (flags.text("overwrite") === "false") refuseOverwrite(info, values);
      const chosen = flags.text("containers");
      if (chosen !== undefined && !podSpecOf(info).containers.some(isChosen(chosen))) {
        yield {
          stderr: `Warning: ${info.kind.kind}/${info.name} does not have any containers matching ${JSON.stringify(chosen)}\n`,
        };
      }
      return yield* change(call, info, "env updated", ({ env = [], ...container }) => {
        const kept = env.filter(({ name }) => !removed.includes(name));
        const changed = kept.map((one) => values.find(({ name }) => name === one.name) ?? one);
        const added = values.filter(({ name }) => !kept.some((one) => one.name === name));
        const next = [...changed, ...added];
        return next.length === 0 ? container : { ...container, env: next };
      });
    });
  },
};

function refuseOverwrite(info: Info, values: readonly EnvVar[]): void {
  const { containers } = podSpecOf(info);
  for (const { name } of values) {
    const had = containers.flatMap(({ env = [] }) => env).find((one) => one.name === name);
    if (had === undefined) continue;
    throw new KubectlError(
      `${info.kind.plural}/${info.name} '${name}' already has a value (${had.value ?? ""}), and --overwrite is false`,
    );
  }
}

function* listEnv(info: Info): Program {
  const { containers, initContainers = [] } = podSpecOf(info);
  for (const { name, env = [] } of [...containers, ...initContainers]) {
    yield { stdout: `# ${info.kind.kind} ${info.name}, container ${name}\n` };
    for (const one of env) yield { stdout: `${envLine(one)}\n` };
  }
  return 0;
}

/** A variable's value, or where it comes from (set/env/env_resolve.go GetEnvVarRefString). */
function envLine({ name, value = "", valueFrom }: EnvVar): string {
  const { fieldRef, resourceFieldRef, configMapKeyRef, secretKeyRef } = (valueFrom ??
    {}) as Readonly<Record<string, Readonly<Record<string, string>> | undefined>>;
  if (fieldRef !== undefined) return `# ${name} from field path ${fieldRef.fieldPath}`;
  if (resourceFieldRef !== undefined) {
    const { containerName, resource } = resourceFieldRef;
    return `# ${name} from resource field ${containerName ? `${containerName}.` : ""}${resource}`;
  }
  if (configMapKeyRef !== undefined) {
    return `# ${name} from configmap ${configMapKeyRef.name}, key ${configMapKeyRef.key}`;
  }
  if (secretKeyRef !== undefined) {
    return `# ${name} from secret ${secretKeyRef.name}, key ${secretKeyRef.key}`;
  }
  return `${name}=${value}`;
}

/** What `--from` makes variables of; a key that is no name of a variable is changed, which is told (keyToEnvName). */
function* importedBy(call: Call): Generator<{ stderr: string }, EnvVar[], undefined> {
  const { flags } = call;
  const from = flags.text("from");
  if (from === undefined) return [];
  const { infos, errors } = visit(call, { words: [from] });
  if (errors.length > 0) throw errors[0]!;
  const variables: EnvVar[] = [];
  for (const { kind, name, object } of infos) {
    const source = { configmaps: "configMapKeyRef", secrets: "secretKeyRef" }[kind.plural];
    if (source === undefined) throw new KubectlError("unsupported resource specified in --from");
    const { data = {} } = object as { data?: Readonly<Record<string, string>> };
    const wanted = flags.has("keys") ? flags.list("keys") : undefined;
    for (const key of Object.keys(data).sort()) {
      if (wanted !== undefined && !wanted.includes(key)) continue;
      const variable = key.replace(/[^a-zA-Z0-9_]/g, "_").toUpperCase();
      if (variable !== key) yield { stderr: `Warning: key ${key} transferred to ${variable}\n` };
      variables.push({
        name: `${flags.text("prefix") ?? ""}${variable}`,
        valueFrom: { [source]: { name, key } },
      });
    }
  }
  return variables;
}
