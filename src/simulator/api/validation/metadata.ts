/* Metadata of objects: apimachinery pkg/api/validation/objectmeta.go. */
import { goPointer, goQuote } from "../schema/go-text.ts";
import type { FieldError } from "../status-error.ts";
import type { ObjectMeta, OwnerReference } from "../types.ts";
import { forbidden, invalid, invalidEach, nonNegative, required, tooLong } from "./field-errors.ts";
import { validateLabels } from "./labels.ts";
import { dns1123Label, qualifiedName, type NameRule } from "./names.ts";

/** Annotations of one object together are limited to 256 KiB. */
const ANNOTATIONS_SIZE_MAX = 256 * 1024;

const PATH = "metadata";

/** ValidateObjectMeta. */
export function validateObjectMeta(
  meta: Partial<ObjectMeta> | undefined,
  namespaced: boolean,
  nameRule: NameRule,
): FieldError[] {
  const { name, generateName, namespace, generation, labels, annotations } = meta ?? {};
  const errors: FieldError[] = [];
  if (generateName) {
    errors.push(
      ...invalidEach(
        `${PATH}.generateName`,
        generateName,
        nameRule(maskTrailingDash(generateName)),
      ),
    );
  }
  if (!name) errors.push(required(`${PATH}.name`, "name or generateName is required"));
  else errors.push(...invalidEach(`${PATH}.name`, name, nameRule(name)));
  if (!namespaced) {
    if (namespace) errors.push(forbidden(`${PATH}.namespace`, "not allowed on this type"));
  } else if (!namespace) {
    errors.push(required(`${PATH}.namespace`));
  } else {
    errors.push(...invalidEach(`${PATH}.namespace`, namespace, dns1123Label(namespace)));
  }
  errors.push(...nonNegative(`${PATH}.generation`, generation));
  errors.push(...validateLabels(labels, `${PATH}.labels`));
  errors.push(...validateAnnotations(annotations, `${PATH}.annotations`));
  errors.push(...validateOwnerReferences(meta?.ownerReferences ?? []));
  errors.push(...validateFinalizers(meta?.finalizers ?? []));
  return errors;
}

/** Finalizers that need no domain (IsStandardFinalizerName). */
const STANDARD_FINALIZERS: ReadonlySet<string> = new Set([
  "kubernetes",
  "orphan",
  "foregroundDeletion",
]);

/** ValidateFinalizers, and behind it validateKubeFinalizerName of pkg/apis/core/validation/validation.go. */
function validateFinalizers(finalizers: readonly string[]): FieldError[] {
  const path = `${PATH}.finalizers`;
  return [
    ...finalizers.flatMap((name) => invalidEach(path, name, qualifiedName(name))),
    ...finalizers.flatMap((name, i) => {
      if (name.includes("/") || STANDARD_FINALIZERS.has(name)) return [];
      const detail = "name is neither a standard finalizer name nor is it fully qualified";
      return [invalid(`${path}[${i}]`, name, detail)];
    }),
  ];
}

/** A generated name goes on after a dash at its end. */
function maskTrailingDash(name: string): string {
  return name.length > 1 && name.endsWith("-") ? `${name.slice(0, -2)}a` : name;
}

/** ValidateAnnotations. */
export function validateAnnotations(
  annotations: Readonly<Record<string, string>> | undefined,
  path: string,
): FieldError[] {
  const keys = Object.keys(annotations ?? {}).sort();
  const errors = keys.flatMap((key) => invalidEach(path, key, qualifiedName(key.toLowerCase())));
  const size = keys.reduce((sum, key) => sum + key.length + annotations![key]!.length, 0);
  if (size > ANNOTATIONS_SIZE_MAX) errors.push(tooLong(path, ANNOTATIONS_SIZE_MAX));
  return errors;
}

function validateOwnerReferences(references: readonly OwnerReference[]): FieldError[] {
  const path = `${PATH}.ownerReferences`;
  const errors: FieldError[] = [];
  let controller: string | undefined;
  for (const reference of references) {
    const { apiVersion, kind, name, uid } = reference;
    if (!hasVersion(apiVersion)) {
      errors.push(invalid(`${path}.apiVersion`, apiVersion, "version must not be empty"));
    }
    if (!kind) errors.push(invalid(`${path}.kind`, "", "kind must not be empty"));
    if (!name) errors.push(invalid(`${path}.name`, "", "name must not be empty"));
    if (!uid) errors.push(invalid(`${path}.uid`, "", "uid must not be empty"));
    if (apiVersion === "v1" && kind === "Event") {
      const detail = "/v1, Kind=Event is disallowed from being an owner";
      errors.push(invalid(path, { go: goReference(reference) }, detail));
    }
    if (reference.controller !== true) continue;
    const one = `${kind}/${name}`;
    if (controller === undefined) controller = one;
    else {
      const go = `[]v1.OwnerReference{${references.map(goReference).join(", ")}}`;
      const detail = `Only one reference can have Controller set to true. Found "true" in references for ${controller} and ${one}`;
      errors.push(invalid(path, { go }, detail));
    }
  }
  return errors;
}

/** Has it a version at its end (schema.FromAPIVersionAndKind)? */
function hasVersion(apiVersion: string): boolean {
  const parts = apiVersion.split("/");
  return parts.length <= 2 && parts.at(-1) !== "";
}

function goReference({
  apiVersion,
  kind,
  name,
  uid,
  controller,
  blockOwnerDeletion,
}: OwnerReference): string {
  const texts = Object.entries({ APIVersion: apiVersion, Kind: kind, Name: name, UID: uid });
  const flags = Object.entries({ Controller: controller, BlockOwnerDeletion: blockOwnerDeletion });
  const fields = [
    ...texts.map(([field, text]) => `${field}:${goQuote(text)}`),
    ...flags.map(([field, flag]) => `${field}:${goPointer("bool", flag)}`),
  ];
  return `v1.OwnerReference{${fields.join(", ")}}`;
}

/** ValidateObjectMetaUpdate: what stays as it is, and what must be right all the same. */
export function validateObjectMetaUpdate(
  meta: Partial<ObjectMeta>,
  old: Partial<ObjectMeta>,
): FieldError[] {
  const errors: FieldError[] = [];
  if (!meta.resourceVersion) {
    errors.push(invalid(`${PATH}.resourceVersion`, "", "must be specified for an update"));
  }
  if ((meta.generation ?? 0) < (old.generation ?? 0)) {
    errors.push(invalid(`${PATH}.generation`, meta.generation ?? 0, "must not be decremented"));
  }
  for (const field of ["name", "namespace", "uid"] as const) {
    const value = meta[field] ?? (field === "uid" ? old.uid : undefined) ?? "";
    if (value !== (old[field] ?? "")) {
      errors.push(invalid(`${PATH}.${field}`, value, "field is immutable"));
    }
  }
  errors.push(...validateLabels(meta.labels, `${PATH}.labels`));
  errors.push(...validateAnnotations(meta.annotations, `${PATH}.annotations`));
  errors.push(...validateOwnerReferences(meta.ownerReferences ?? []));
  return errors;
}
