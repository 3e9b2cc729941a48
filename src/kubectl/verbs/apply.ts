/* kubectl apply (pkg/cmd/apply/apply.go and patcher.go). */
import {
  goQuote,
  PatchError,
  structOf,
  threeWayPatch,
  type KubernetesObject,
} from "../../simulator/index.ts";
import { Client } from "../client.ts";
import { filesOf, objectsInFiles, type FileObject } from "../command/files.ts";
import { Flags } from "../command/flags.ts";
import { report } from "../command/report.ts";
import { dryRunOf } from "../command/dry-run.ts";
import { FILE_FLAGS, WRITE_FLAGS, type Call, type Verb } from "../command/verb.ts";
import { goJson } from "../go-json.ts";
import { ApiError, errorTexts, isNotFound, KubectlError } from "../kubectl-error.ts";
import { resourceName } from "../kinds.ts";
import { configurationIn, described, lastAppliedOf, sentConfiguration } from "../last-applied.ts";
import type { Answer, Program, Step } from "../program.ts";
import type { ManifestFile } from "../read-objects.ts";
import type { World } from "../world.ts";
import { viewLastApplied } from "./apply-view.ts";

const CLIENT_SIDE = "kubectl-client-side-apply";
const SERVER_SIDE = "kubectl";

export const VALIDATE_FLAG = {
  name: "validate",
  implied: "strict",
  about: "strict (true), warn or ignore (false): what becomes of unknown fields",
} as const;

export const apply: Verb = {
  name: "apply",
  about: "Apply a configuration to a resource by file name or stdin",
  usage: "(-f FILENAME | -k DIRECTORY)",
  flags: [
    ...FILE_FLAGS,
    ...WRITE_FLAGS,
    VALIDATE_FLAG,
    {
      name: "server-side",
      type: "bool",
      about: "the server merges, and knows who manages which field",
    },
    {
      name: "force-conflicts",
      type: "bool",
      about: "with --server-side: takes fields of other managers",
    },
    {
      name: "overwrite",
      type: "bool",
      about: "changes made elsewhere are overwritten (default true)",
    },
    { name: "selector", short: "l", about: "labels of the objects to apply", missing: true },
    { name: "all", type: "bool", missing: true },
    { name: "prune", type: "bool", missing: true },
    { name: "prune-allowlist", missing: true },
    { name: "force", type: "bool", missing: true },
    { name: "wait", type: "bool", missing: true },
    { name: "cascade", implied: "background", missing: true },
    { name: "grace-period", type: "int", missing: true },
  ],
  verbs: [viewLastApplied],
  *run(call) {
    if (call.words.length > 0) {
      throw new KubectlError(
        `Unexpected args: [${call.words.join(" ")}]\nSee 'kubectl apply -h' for help and examples`,
      );
    }
    if (!call.flags.has("filename")) throw new KubectlError("must specify one of -f and -k");
    if (call.flags.isOn("force-conflicts") && !call.flags.isOn("server-side")) {
      throw new KubectlError("--force-conflicts only works with --server-side");
    }
    fieldValidationOf(call);
    return yield* applyFiles(call, filesOf(call));
  },
};

/** A call of `kubectl apply` whose files have been read already. */
export function applyCall(world: World, flags: Readonly<Record<string, string>> = {}): Call {
  return {
    world,
    client: new Client(world.api),
    command: "kubectl apply",
    typed: [],
    words: [],
    flags: new Flags(new Map(Object.entries(flags).map(([name, value]) => [name, [value]]))),
  };
}

/** Applies manifest files, in order. */
export function* applyFiles(call: Call, files: readonly ManifestFile[]): Program {
  const { objects, error } = objectsInFiles(call, files);
  const errors: (ApiError | KubectlError)[] = error === undefined ? [] : [error];
  if (objects.length === 0 && errors.length === 0) {
    throw new KubectlError("no objects passed to apply");
  }
  for (const object of objects) {
    try {
      yield* call.flags.isOn("server-side")
        ? serverSide(call, object)
        : applyConfiguration(call, object);
    } catch (problem) {
      if (!(problem instanceof ApiError) && !(problem instanceof KubectlError)) throw problem;
      errors.push(problem);
    }
  }
  for (const text of errorTexts(errors)) yield { stderr: `${text}\n` };
  return errors.length === 0 ? 0 : 1;
}

/** What an error is about, in front of it (cmdutil.AddSourceToErr). */
export function withSource(verb: string, file: string, error: unknown): unknown {
  if (!(error instanceof ApiError) && !(error instanceof KubectlError)) return error;
  const message = `error when ${verb} ${goQuote(file)}: ${error.message}`;
  return error instanceof ApiError
    ? new ApiError({ ...error.status, message })
    : new KubectlError(message);
}

function fieldValidationOf({ flags }: Call): string {
  const given = flags.text("validate") ?? "true";
  const known = (
    {
      true: "Strict",
      strict: "Strict",
      warn: "Warn",
      false: "Ignore",
      ignore: "Ignore",
    } as Readonly<Record<string, string>>
  )[given];
  if (known !== undefined) return known;
  throw new KubectlError(
    `invalid - validate option ${JSON.stringify(given)}; must be one of: strict (or true), warn, ignore (or false)`,
  );
}

/** Client-side apply of one object: created, or merged into the live one from what was applied last. */
export function* applyConfiguration(call: Call, given: FileObject): Program {
  const live = liveObject(call, given);
  if (live === undefined) return yield* create(call, given);
  const info = infoOf(given);
  const last = lastAppliedOf(live);
  if (last === undefined) {
    yield {
      stderr: `Warning: resource ${resourceName(given.definition).split(".")[0]}/${given.name} is missing the kubectl.kubernetes.io/last-applied-configuration annotation which is required by kubectl apply. kubectl apply should only be used on resources created declaratively by either kubectl create --save-config or kubectl apply. The missing annotation will be patched automatically.\n`,
    };
  }
  if (dryRunOf(call) === "client") return yield* report(call, info, "configured", live);
  const sent = sentConfiguration(given);
  let patch: object | undefined;
  try {
    patch = yield* patchOf(given, last, sent, live);
    if (goJson(patch) === "{}") return yield* report(call, info, "unchanged", live);
    const patched = call.client.patch(info, given.name, patchTypeOf(given), patch, {
      dryRun: dryRunOf(call) === "server",
      fieldManager: call.flags.text("field-manager") ?? CLIENT_SIDE,
      fieldValidation: fieldValidationOf(call),
    });
    // Our custom objects come back with the zero values of Go's structs: where the real patch is empty, ours may name those, and changes nothing.
    const isSame =
      given.definition.isCustom === true &&
      dryRunOf(call) === "none" &&
      patched.metadata.resourceVersion === live.metadata.resourceVersion;
    return yield* report(call, info, isSame ? "unchanged" : "configured", patched);
  } catch (error) {
    const tried = patch === undefined ? "" : goJson(patch);
    const what = `applying patch:\n${tried}\nto:\n${described(given)}\nfor:`;
    const patching = withSource("patching", given.file, error);
    throw withSource(what, given.file, patching);
  }
}

/** The API takes strategic patches of its own kinds only; custom ones are merged key by key, lists as a whole (patcher.go patchSimple). */
export function patchTypeOf({ definition }: FileObject): "merge" | "strategic" {
  return definition.isCustom === true ? "merge" : "strategic";
}

/**
 * What an apply would send: the differences between the manifest, what was applied last, and what stands. The real one goes by the API's
 * descriptions of its kinds first, and says of each, and of its own knowledge at last, why no patch can be made (patcher.go patchSimple).
 */
export function* patchOf(
  given: FileObject,
  last: string | undefined,
  sent: object,
  live: KubernetesObject,
): Generator<Step, object, Answer> {
  const original = last === undefined ? {} : configurationIn(last);
  try {
    return threeWayPatch(
      patchTypeOf(given) === "merge" ? undefined : structOf(given.definition),
      original,
      sent as never,
      live as never,
    );
  } catch (error) {
    if (!(error instanceof PatchError)) throw error;
    for (const spec of ["openapi v3", "openapi"]) {
      yield { stderr: `warning: error calculating patch from ${spec} spec: ${error.message}\n` };
    }
    const three = `original:\n${last ?? ""}\nmodified:\n${goJson(sent)}\n\ncurrent:\n${goJson(live)}\n`;
    throw new KubectlError(`creating patch with:\n${three}\nfor:: ${error.message}`);
  }
}

function liveObject(call: Call, given: FileObject): KubernetesObject | undefined {
  if (given.name === "") {
    const { generateName } = (given.object.metadata ?? {}) as { generateName?: string };
    if (generateName) {
      throw new KubectlError(`from ${generateName}: cannot use generate name with apply`);
    }
  }
  try {
    return call.client.get(infoOf(given), given.name);
  } catch (error) {
    if (isNotFound(error)) return undefined;
    const what = `retrieving current configuration of:\n${described(given)}\nfrom server for:`;
    throw withSource(what, given.file, error);
  }
}

function* create(call: Call, given: FileObject): Program {
  const info = infoOf(given);
  const sent = sentConfiguration(given);
  if (dryRunOf(call) === "client") {
    return yield* report(call, info, "created", sent as unknown as KubernetesObject);
  }
  try {
    const created = call.client.create(info, sent, {
      dryRun: dryRunOf(call) === "server",
      fieldManager: call.flags.text("field-manager") ?? CLIENT_SIDE,
      fieldValidation: fieldValidationOf(call),
    });
    return yield* report(call, info, "created", created);
  } catch (error) {
    throw withSource("creating", given.file, error);
  }
}

function infoOf({ definition, namespace, name }: FileObject) {
  return { kind: definition, namespace, name };
}

const CONFLICT_HELP = `Please review the fields above--they currently have other managers. Here
are the ways you can resolve this warning:
* If you intend to manage all of these fields, please re-run the apply
  command with the \`--force-conflicts\` flag.
* If you do not intend to manage all of the fields, please edit your
  manifest to remove references to the fields that should keep their
  current managers.
* You may co-own fields by updating your manifest to match the existing
  value; in this case, you'll become the manager if the other manager(s)
  stop managing the field (remove it from their configuration).
See https://kubernetes.io/docs/reference/using-api/server-side-apply/#conflicts`;

function* serverSide(call: Call, given: FileObject): Program {
  if (dryRunOf(call) === "client") {
    throw new KubectlError(
      "--dry-run=client doesn't work with --server-side (did you mean --dry-run=server instead?)",
    );
  }
  const info = infoOf(given);
  const metadata = {
    ...(given.object.metadata as object | undefined),
    ...(given.kind.namespaced ? { namespace: given.namespace } : {}),
  };
  try {
    const applied = call.client.patch(
      info,
      given.name,
      "apply",
      { ...given.object, metadata },
      {
        dryRun: dryRunOf(call) === "server",
        fieldManager: call.flags.text("field-manager") ?? SERVER_SIDE,
        fieldValidation: fieldValidationOf(call),
        force: call.flags.isOn("force-conflicts"),
      },
    );
    return yield* report(call, info, "serverside-applied", applied);
  } catch (error) {
    if (error instanceof ApiError && error.status.reason === "Conflict") {
      throw new KubectlError(`${error.message}\n${CONFLICT_HELP}`);
    }
    throw error;
  }
}
