/* `-f FILE`, `-f FOLDER/` and `-f -`: the objects of manifests (cli-runtime pkg/resource/builder.go and visitor.go). */
import { resourceByKind, type ResourceDefinition } from "../../simulator/index.ts";
import { aggregate, KubectlError } from "../kubectl-error.ts";
import { readObjects, type ManifestFile, type ManifestObject } from "../read-objects.ts";
import type { World } from "../world.ts";
import { namespaceOf, type Call } from "./verb.ts";

/** An object of a manifest whose kind the server serves. */
export interface FileObject extends ManifestObject {
  readonly definition: ResourceDefinition;
}

/** Folders within folders, at most. */
const DEPTH_MAX = 16;

/** The files that the flags `-f` name, with their texts. */
export function filesOf({ world, flags }: Call): ManifestFile[] {
  return flags.list("filename").flatMap((path) => filesAt(world, path, flags.isOn("recursive"), 0));
}

function filesAt(world: World, path: string, recursive: boolean, depth: number): ManifestFile[] {
  if (path === "-") {
    if (world.stdin === undefined) throw new KubectlError("no objects passed on standard input");
    return [{ name: "STDIN", text: world.stdin }];
  }
  if (/^https?:\/\//.test(path)) {
    throw new KubectlError(`Unable to read URL ${JSON.stringify(path)}: there is no network here`);
  }
  const content = world.read(path);
  if (content === undefined) {
    throw new KubectlError(`the path ${JSON.stringify(path)} does not exist`);
  }
  if (typeof content === "string") return [{ name: path, text: content }];
  const base = path.replace(/\/+$/, "");
  const names = content.names.toSorted();
  const files: ManifestFile[] = [];
  for (const name of names) {
    const inside = world.read(`${base}/${name}`);
    if (typeof inside === "string" && /\.(ya?ml|json)$/.test(name)) {
      files.push({ name: `${base}/${name}`, text: inside });
    } else if (typeof inside === "object" && recursive && depth < DEPTH_MAX) {
      files.push(...filesAt(world, `${base}/${name}`, recursive, depth + 1));
    }
  }
  if (files.length === 0 && depth === 0) {
    throw new KubectlError(
      `error reading [${path}]: recognized file extensions are [.json .yaml .yml]`,
    );
  }
  return files;
}

/** All objects of the files, in order; what is wrong with the rest comes as one error. */
export function objectsInFiles(
  call: Call,
  files: readonly ManifestFile[] = filesOf(call),
): {
  objects: FileObject[];
  error?: KubectlError;
} {
  const validate = !["false", "ignore"].includes(call.flags.text("validate") ?? "true");
  const { objects, error } = readObjects(files, validate);
  const usable: FileObject[] = [];
  const problems = error === undefined ? [] : [error.message];
  for (const given of objects) {
    const object = inNamespace(call, given);
    const definition =
      resourceByKind(object.kind.apiVersion, object.kind.kind) ??
      call.world.unsimulated?.(object.kind);
    if (definition !== undefined) usable.push({ ...object, definition });
    else problems.push(`${object.kind.kind} (${object.kind.apiVersion}) is not simulated`);
  }
  const all = aggregate(problems);
  return { objects: usable, ...(all === undefined ? {} : { error: all }) };
}

/** `-n` names the namespace of objects that name none, and contradicts others. */
function inNamespace(call: Call, object: ManifestObject): ManifestObject {
  if (!call.flags.has("namespace") || !object.kind.namespaced) return object;
  const wanted = namespaceOf(call);
  if (object.hasNamespace && object.namespace !== wanted) {
    throw new KubectlError(
      `the namespace from the provided object "${object.namespace}" does not match the namespace "${wanted}". You must pass '--namespace=${object.namespace}' to perform this operation.`,
    );
  }
  return { ...object, namespace: wanted };
}
