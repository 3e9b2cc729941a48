/* kubectl diff (pkg/cmd/diff/diff.go): what apply would change, as `diff -u -N` shows it. */
import {
  resourceByKind,
  structOf,
  timestamp,
  type KubernetesObject,
  type Secret,
} from "../../simulator/index.ts";
import { objectsInFiles, type FileObject } from "../command/files.ts";
import { FILE_FLAGS, type Call, type Verb } from "../command/verb.ts";
import { goJson } from "../go-json.ts";
import { isNotFound, KubectlError } from "../kubectl-error.ts";
import { configurationOf, lastAppliedOf, sentConfiguration } from "../last-applied.ts";
import { alwaysWritten } from "../output/always-written.ts";
import { unifiedDiff } from "../output/unified-diff.ts";
import { toYaml } from "../output/yaml.ts";
import type { Answer, Step } from "../program.ts";
import { patchOf, patchTypeOf, withSource } from "./apply.ts";

export const diff: Verb = {
  name: "diff",
  about: "Diff the live version against a would-be applied version",
  usage: "-f FILENAME",
  flags: [
    ...FILE_FLAGS,
    { name: "server-side", type: "bool", missing: true },
    { name: "field-manager", about: "name of who manages the fields" },
    { name: "show-managed-fields", type: "bool", about: "who manages which field, too" },
    { name: "prune", type: "bool", missing: true },
    { name: "selector", short: "l", missing: true },
  ],
  *run(call) {
    if (!call.flags.has("filename")) throw new KubectlError("must specify one of -f and -k", 2);
    const { objects, error } = objectsInFiles(call);
    if (error !== undefined) throw error;
    let differs = false;
    for (const given of objects) {
      const live = liveObject(call, given);
      const [before, after] = masked(live, yield* applied(call, given, live));
      const name = fileName(given);
      const text = unifiedDiff(name, textOf(call, before), textOf(call, after), stamp(call));
      if (text === "") continue;
      differs = true;
      yield { stdout: text };
    }
    return differs ? 1 : 0;
  },
};

/** `apps.v1.Deployment.default.web` (diff.go InfoObject.Name). */
function fileName({ definition, namespace, name }: FileObject): string {
  const { group, version, kind } = definition;
  return [...(group === "" ? [] : [group]), version, kind, namespace, name].join(".");
}

function stamp({ world }: Call): string {
  const [date = "", time = ""] = timestamp(world.now()).split("T");
  const nanos = String(Math.floor(world.now()) % 1000).padStart(3, "0") + "000000";
  return `${date} ${time.replace("Z", "")}.${nanos} +0000`;
}

function liveObject({ client }: Call, given: FileObject): KubernetesObject | undefined {
  try {
    return client.get({ kind: given.definition, namespace: given.namespace }, given.name);
  } catch (error) {
    if (isNotFound(error)) return undefined;
    throw error;
  }
}

/** What would stand after apply: the server is asked, and changes nothing. */
function* applied(
  call: Call,
  given: FileObject,
  live: KubernetesObject | undefined,
): Generator<Step, KubernetesObject, Answer> {
  const where = { kind: given.definition, namespace: given.namespace };
  const options = { dryRun: true, fieldManager: "kubectl-client-side-apply" };
  if (live === undefined) return call.client.create(where, configurationOf(given), options);
  try {
    const patch = yield* patchOf(given, lastAppliedOf(live), sentConfiguration(given), live);
    if (goJson(patch) === "{}") return live;
    return call.client.patch(where, given.name, patchTypeOf(given), patch, options);
  } catch (error) {
    throw withSource("patching", given.file, error);
  }
}

/** Values of Secrets are not shown; of those that differ it is told which is which (diff.go Masker). */
function masked(
  live: KubernetesObject | undefined,
  merged: KubernetesObject,
): [KubernetesObject | undefined, KubernetesObject] {
  if (merged.kind !== "Secret") return [live, merged];
  const [before, after] = [live, merged] as [Secret | undefined, Secret];
  const mask = (secret: Secret, other: Secret | undefined, differing: string): Secret => {
    const entries = Object.entries(secret.data ?? {}).map(([key, value]) => {
      const given = other?.data?.[key];
      return [key, given === undefined || given === value ? "***" : `*** (${differing})`];
    });
    return secret.data === undefined ? secret : { ...secret, data: Object.fromEntries(entries) };
  };
  return [before && mask(before, after, "before"), mask(after, before, "after")];
}

function textOf({ flags }: Call, object: KubernetesObject | undefined): string {
  if (object === undefined) return "";
  const kind = resourceByKind(object.apiVersion, object.kind);
  const whole = kind === undefined ? object : alwaysWritten(object, structOf(kind));
  const { managedFields: _managed, ...metadata } = whole.metadata;
  return toYaml(flags.isOn("show-managed-fields") ? whole : { ...whole, metadata });
}
