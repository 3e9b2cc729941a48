/* Which objects a command is about: k8s.io/cli-runtime pkg/resource (builder.go), the part that reads arguments. */
import { goQuote, type KubernetesObject, type ResourceDefinition } from "../../simulator/index.ts";
import type { ListQuery } from "../client.ts";
import { ApiError, KubectlError } from "../kubectl-error.ts";
import { kindByWord, kindsByWords } from "../kinds.ts";
import { objectsInFiles } from "./files.ts";
import { namespaceOf, type Call } from "./verb.ts";

/** An object that a command is about, as it stands in the cluster. */
export interface Info {
  readonly kind: ResourceDefinition;
  /** Empty for kinds without. */
  readonly namespace: string;
  readonly name: string;
  readonly object: KubernetesObject;
}

/** Kinds to list, or objects by their names. */
export type Meant =
  | { readonly kinds: readonly ResourceDefinition[] }
  | { readonly names: readonly Pick<Info, "kind" | "namespace" | "name">[] };

const MIXED =
  "there is no need to specify a resource type as a separate argument when passing arguments in resource/name form (e.g. 'kubectl get resource/<resource_name>' instead of 'kubectl get resource resource/<resource_name>'";

const NOTHING_MEANT = `You must provide one or more resources by argument or filename.
Example resource specifications include:
   '-f rsrc.yaml'
   '--filename=rsrc.json'
   '<resource> <name>'
   '<resource>'`;

/** Reads `deployment web`, `deploy,rs`, `deploy/web svc/web`. Without words it is an error that shows how. */
export function meant(call: Call, words: readonly string[]): Meant {
  if (words.length === 0) throw new KubectlError(NOTHING_MEANT);
  const namespace = namespaceOf(call);
  const at = (kind: ResourceDefinition, name: string) => ({
    kind,
    namespace: kind.namespaced ? namespace : "",
    name,
  });
  if (words.some((word) => word.includes("/"))) {
    if (!words.every((word) => word.includes("/"))) throw new KubectlError(MIXED);
    return {
      names: words.map((word) => {
        const [type = "", name = "", ...more] = word.split("/");
        if (more.length > 0) {
          throw new KubectlError(
            "arguments in resource/name form may not have more than one slash",
          );
        }
        if (type === "" || name === "" || type.includes(",")) {
          throw new KubectlError(
            "arguments in resource/name form must have a single resource and name",
          );
        }
        return at(kindByWord(type), name);
      }),
    };
  }
  const kinds = kindsByWords(words[0]!);
  const names = words.slice(1);
  if (names.length === 0) return { kinds };
  return { names: kinds.flatMap((kind) => names.map((name) => at(kind, name))) };
}

/** What `visit` asks of a command. */
export interface VisitOptions {
  /** Types without names and selector mean all objects, as in `get` and `describe`. */
  readonly allByDefault?: boolean;
  readonly words?: readonly string[];
}

/** The objects and the errors met on the way: the others are worked on all the same. */
export interface Visit {
  readonly infos: readonly Info[];
  readonly errors: readonly (ApiError | KubectlError)[];
}

/** Fetches the objects of a call: from files, by names, by labels, or all of a type. */
export function visit(
  call: Call,
  { allByDefault = false, words = call.words }: VisitOptions = {},
): Visit {
  if (call.flags.has("filename")) return fetchAll(call, namesInFiles(call));
  const found = meant(call, words);
  if ("names" in found) {
    if (call.flags.has("selector")) {
      throw new KubectlError("name cannot be provided when a selector is specified");
    }
    return fetchAll(call, found.names);
  }
  if (!allByDefault && !call.flags.has("selector") && !call.flags.isOn("all")) {
    throw new KubectlError("resource(s) were provided, but no name was specified");
  }
  return { infos: found.kinds.flatMap((kind) => listed(call, kind)), errors: [] };
}

/** As `visit`, where any error ends the command. */
export function visitAll(call: Call, options: VisitOptions = {}): readonly Info[] {
  const { infos, errors } = visit(call, options);
  if (errors.length > 0) throw errors[0]!;
  return infos;
}

/** The objects of a kind that the call's namespace and selectors choose. */
export function listed(call: Call, kind: ResourceDefinition): Info[] {
  const everywhere = call.flags.isOn("all-namespaces") || !kind.namespaced;
  const namespace = everywhere ? "" : namespaceOf(call);
  const selectors = selectorsOf(call);
  try {
    const { items } = call.client.list({ kind, namespace }, selectors);
    return items.map((object) => infoOf(kind, object));
  } catch (error) {
    throw error instanceof ApiError ? aboutList(error, kind, selectors) : error;
  }
}

/** A refusal of a list says what was looked for (cli-runtime pkg/resource/selector.go Visit). */
function aboutList(
  error: ApiError,
  { group, version, plural }: ResourceDefinition,
  { labelSelector = "", fieldSelector = "" }: ListQuery,
): ApiError {
  const { reason = "", message = "" } = error.status;
  if (reason !== "BadRequest" && reason !== "NotFound") return error;
  const resource = goQuote(`${group}/${version}, Resource=${plural}`);
  const what =
    labelSelector === "" && fieldSelector === ""
      ? `Unable to list ${resource}`
      : `Unable to find ${resource} that match label selector ${goQuote(labelSelector)}, field selector ${goQuote(fieldSelector)}`;
  return new ApiError({ ...error.status, message: `${what}: ${message}` });
}

export function selectorsOf({ flags }: Call): ListQuery {
  const labelSelector = flags.text("selector");
  const fieldSelector = flags.text("field-selector");
  return {
    ...(labelSelector === undefined ? {} : { labelSelector }),
    ...(fieldSelector === undefined ? {} : { fieldSelector }),
  };
}

export function infoOf(kind: ResourceDefinition, object: KubernetesObject): Info {
  const { name, namespace = "" } = object.metadata;
  return { kind, namespace, name, object };
}

function namesInFiles(call: Call): Pick<Info, "kind" | "namespace" | "name">[] {
  const { objects, error } = objectsInFiles(call);
  if (error !== undefined && objects.length === 0) throw error;
  return objects.map(({ definition, namespace, name }) => ({ kind: definition, namespace, name }));
}

function fetchAll(call: Call, names: readonly Pick<Info, "kind" | "namespace" | "name">[]): Visit {
  const infos: Info[] = [];
  const errors: ApiError[] = [];
  for (const { kind, namespace, name } of names) {
    try {
      infos.push({ kind, namespace, name, object: call.client.get({ kind, namespace }, name) });
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      errors.push(error);
    }
  }
  return { infos, errors };
}
