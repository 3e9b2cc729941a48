/* kubectl create, from files and by generators (pkg/cmd/create). */
import {
  resourceByKind,
  type KubernetesObject,
  type ResourceDefinition,
} from "../../simulator/index.ts";
import { objectsInFiles } from "../command/files.ts";
import { report } from "../command/report.ts";
import { dryRunOf } from "../command/dry-run.ts";
import {
  FILE_FLAGS,
  namespaceOf,
  WRITE_FLAGS,
  type Call,
  type Flagged,
  type Verb,
} from "../command/verb.ts";
import { ApiError, errorTexts, KubectlError } from "../kubectl-error.ts";
import { configurationOf, withLastApplied } from "../last-applied.ts";
import type { Program } from "../program.ts";
import { VALIDATE_FLAG, withSource } from "./apply.ts";
import { GENERATORS, type Generator } from "./create-generators.ts";

const FLAGS: Flagged = [
  ...WRITE_FLAGS,
  VALIDATE_FLAG,
  { name: "save-config", type: "bool", about: "keeps the configuration, for later apply" },
];

/** Creates one generated object, and says so. */
export function* createGenerated(call: Call, object: object, done = "created"): Program {
  const { kind, namespace, name, body } = placed(call, object as KubernetesObject);
  const info = { kind, namespace, name };
  const dryRun = dryRunOf(call);
  if (dryRun === "client") return yield* report(call, info, done, body);
  try {
    const created = call.client.create(info, body, {
      dryRun: dryRun === "server",
      fieldManager: call.flags.text("field-manager") ?? "kubectl-create",
      fieldValidation: "Strict",
    });
    return yield* report(call, info, done, created);
  } catch (error) {
    const failed = done === "created" ? failedToCreate(object as KubernetesObject) : undefined;
    if (!(error instanceof ApiError) || failed === undefined) throw error;
    throw new KubectlError(`${failed} ${error.message}`);
  }
}

/** What each generator says in front of a refusal; of a namespace the refusal alone is told. */
function failedToCreate({ kind, spec }: KubernetesObject & { spec?: { type?: string } }) {
  switch (kind) {
    case "Namespace":
      return undefined;
    case "Secret":
      return "failed to create secret";
    case "Service":
      return `failed to create ${spec?.type ?? "ClusterIP"} service:`;
    case "PodDisruptionBudget":
      return "failed to create poddisruptionbudgets:";
    default:
      return `failed to create ${kind.toLowerCase()}:`;
  }
}

function placed(call: Call, object: KubernetesObject) {
  const kind: ResourceDefinition | undefined = resourceByKind(object.apiVersion, object.kind);
  if (kind === undefined) throw new KubectlError(`${object.kind} is not simulated`);
  const namespace = kind.namespaced ? namespaceOf(call) : "";
  // Only a namespace that was asked for stands in what `-o yaml` prints.
  const isGiven = kind.namespaced && call.flags.has("namespace");
  const metadata = { ...object.metadata, ...(isGiven ? { namespace } : {}) };
  return { kind, namespace, name: object.metadata.name, body: { ...object, metadata } };
}

function generated(generator: Generator): Verb {
  const { name, aliases, about, usage, flags = [], kinds, make } = generator;
  const told = { name, about, usage, ...(aliases === undefined ? {} : { aliases }) };
  if (kinds !== undefined) return { ...told, intro: `${about}.`, verbs: kinds.map(generated) };
  return {
    ...told,
    flags: [...flags, ...FLAGS],
    *run(call) {
      const [first] = call.words;
      const limit = call.dash ?? call.words.length;
      if (first === undefined || limit !== 1) {
        throw new KubectlError(
          `exactly one NAME is required, got ${limit}\nSee '${call.command} -h' for help and examples`,
        );
      }
      return yield* createGenerated(call, make!(call, first));
    },
  };
}

export const create: Verb = {
  name: "create",
  about: "Create a resource from a file or from stdin",
  usage: "-f FILENAME",
  flags: [...FILE_FLAGS, ...FLAGS],
  verbs: GENERATORS.map(generated),
  *run(call) {
    if (!call.flags.has("filename")) {
      if (call.words.length > 0) {
        throw new KubectlError(
          `unknown command ${JSON.stringify(call.words[0])} for "kubectl create": it is not simulated, or not there`,
        );
      }
      throw new KubectlError("must specify one of -f and -k");
    }
    const { objects, error } = objectsInFiles(call);
    const errors: (ApiError | KubectlError)[] = error === undefined ? [] : [error];
    for (const given of objects) {
      const { definition: kind, namespace, name, file } = given;
      const configuration = configurationOf(given);
      const sent = call.flags.isOn("save-config") ? withLastApplied(configuration) : configuration;
      try {
        const created =
          dryRunOf(call) === "client"
            ? (sent as unknown as KubernetesObject)
            : call.client.create({ kind, namespace }, sent, {
                dryRun: dryRunOf(call) === "server",
                fieldManager: call.flags.text("field-manager") ?? "kubectl-create",
                fieldValidation: "Strict",
              });
        yield* report(call, { kind, name: created.metadata.name || name }, "created", created);
      } catch (problem) {
        const told = withSource("creating", file, problem);
        if (!(told instanceof ApiError)) throw told;
        errors.push(told);
      }
    }
    if (objects.length === 0 && errors.length === 0)
      throw new KubectlError("no objects passed to create");
    for (const text of errorTexts(errors)) yield { stderr: `${text}\n` };
    return errors.length === 0 ? 0 : 1;
  },
};
