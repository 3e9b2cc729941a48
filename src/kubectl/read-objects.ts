/* From manifest files to the objects in them: k8s.io/cli-runtime/pkg/resource (builder, visitor, mapper). */
import { findKind, parseManifest, type KnownKind } from "../manifest/index.ts";
import { decode, goQuote } from "../simulator/index.ts";
import { goJson } from "./go-json.ts";
import { aggregate, type KubectlError } from "./kubectl-error.ts";
import { schemaErrors } from "./schema-validation.ts";

/** A manifest file: its name as it was typed, and its text. */
export interface ManifestFile {
  readonly name: string;
  readonly text: string;
}

/** An object of a manifest, with the kind that the cluster knows it by. */
export interface ManifestObject {
  readonly file: string;
  readonly kind: KnownKind;
  readonly object: Readonly<Record<string, unknown>>;
  readonly name: string;
  /** Empty for kinds without. */
  readonly namespace: string;
  /** The manifest names the namespace itself. */
  readonly hasNamespace: boolean;
}

/** Reads all files; errors do not keep the good objects from being used, but nothing after one in the same file is read. */
export function readObjects(
  files: readonly ManifestFile[],
  validate: boolean,
): { objects: ManifestObject[]; error?: KubectlError } {
  const objects: ManifestObject[] = [];
  const errors: string[] = [];
  for (const { name: file, text } of files) {
    for (const { object, error } of parseManifest(text).documents) {
      if (error !== undefined) {
        errors.push(`error parsing ${file}: ${error}`);
        break;
      }
      if (object === null) continue;
      const wrong = validate ? clientValidation(object) : undefined;
      if (wrong !== undefined) {
        const hint =
          "if you choose to ignore these errors, turn validation off with --validate=false";
        errors.push(`error validating ${goQuote(file)}: error validating data: ${wrong}; ${hint}`);
        break;
      }
      for (const item of flatten(object)) {
        const found = mapObject(item, file);
        if (typeof found === "string") errors.push(found);
        else objects.push(found);
      }
    }
  }
  const error = aggregate(errors);
  return { objects, ...(error === undefined ? {} : { error }) };
}

/** What kubectl itself looks at before the server does (kubectl pkg/util/openapi/validation ValidateBytes); of a List, all that is in it. */
function clientValidation(object: unknown): string | undefined {
  let wrong = kindErrors(object);
  if (wrong.length === 0 && isList(object)) {
    wrong = Array.isArray(object.items) ? object.items.flatMap(itemErrors) : [NO_OBJECT];
  }
  return aggregate(wrong)?.message;
}

const NO_OBJECT = "invalid object to validate";

function itemErrors(item: unknown): string[] {
  const wrong = kindErrors(item);
  return wrong.length > 0 ? wrong : schemaErrors(item as Readonly<Record<string, unknown>>);
}

/** getObjectKind */
function kindErrors(object: unknown): string[] {
  if (!isPlain(object)) return [NO_OBJECT];
  const wrong: string[] = [];
  for (const field of ["apiVersion", "kind"]) {
    const value = object[field];
    if (value === undefined || value === null) wrong.push(`${field} not set`);
    else if (typeof value !== "string") wrong.push(`${field} isn't string type`);
  }
  const { apiVersion } = object;
  if (typeof apiVersion === "string" && apiVersion.split("/").length > 2) {
    wrong.unshift(`unexpected GroupVersion string: ${apiVersion}`);
  }
  return wrong;
}

function isList(object: unknown): object is Readonly<Record<string, unknown>> {
  return isPlain(object) && object.apiVersion === "v1" && object.kind === "List";
}

/** A `List` stands for its items. */
function flatten(object: unknown): unknown[] {
  if (!isList(object)) return [object];
  return Array.isArray(object.items) ? object.items : [];
}

/** The object with its kind, or why it cannot be had. */
function mapObject(object: unknown, file: string): ManifestObject | string {
  if (!isPlain(object)) {
    const kind = Array.isArray(object)
      ? "array"
      : typeof object === "boolean"
        ? "bool"
        : typeof object === "string"
          ? "string"
          : "number";
    const problem = `json: cannot unmarshal ${kind} into Go value of type unstructured.detector`;
    return `unable to decode ${goQuote(file)}: ${problem}`;
  }
  const apiVersion = typeof object.apiVersion === "string" ? object.apiVersion : "";
  if (typeof object.kind !== "string" || object.kind === "") {
    const problem = `Object 'Kind' is missing in '${goJson(object)}'`;
    return `unable to decode ${goQuote(file)}: ${problem}`;
  }
  const wrongMetadata = decode("metadataOnlyObject", object).typeError;
  if (wrongMetadata !== undefined) {
    return `unable to decode ${goQuote(file)}: ${wrongMetadata.message}`;
  }
  const metadata = isPlain(object.metadata) ? object.metadata : {};
  const name = typeof metadata.name === "string" ? metadata.name : "";
  const given = typeof metadata.namespace === "string" ? metadata.namespace : "";
  const kind = findKind(apiVersion, object.kind);
  if (kind === undefined) {
    const problem = `no matches for kind ${goQuote(object.kind)} in version ${goQuote(apiVersion)}`;
    const where = `name: ${goQuote(name)} namespace: ${goQuote(given)} from ${goQuote(file)}`;
    return `resource mapping not found for ${where}: ${problem}\nensure CRDs are installed first`;
  }
  const namespace = kind.namespaced ? given || "default" : "";
  return { file, kind, object, name, namespace, hasNamespace: given !== "" };
}

function isPlain(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
