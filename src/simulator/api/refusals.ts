/* How the API server refuses what it stores or deletes, worded as apimachinery pkg/api/errors. */
import type { ResourceDefinition } from "./resource.ts";
import { StatusError, type FieldError } from "./status-error.ts";
import type { KubernetesObject } from "./types.ts";

/** The Invalid StatusError of field errors, worded as `errors.NewInvalid` and its aggregate do. */
export function invalid(
  kind: ResourceDefinition,
  name: string,
  errors: readonly FieldError[],
): StatusError {
  const list = aggregate(errors.map((e) => `${e.field}: ${e.detail}`));
  const full = kind.group === "" ? kind.kind : `${kind.kind}.${kind.group}`;
  return new StatusError("Invalid", `${full} "${name}" is invalid: ${list}`, {
    group: kind.group,
    kind: kind.kind,
    name,
    causes: errors,
  });
}

/** Several errors as one text, the same one told once (util/errors NewAggregate). */
export function aggregate(texts: readonly string[]): string {
  const different = [...new Set(texts)];
  return different.length === 1 ? different[0]! : `[${different.join(", ")}]`;
}

/** `deployments.apps`, `pods`. */
export function qualified(kind: ResourceDefinition): string {
  return kind.group === "" ? kind.plural : `${kind.plural}.${kind.group}`;
}

/** The NotFound StatusError of an object. */
export function notFound(kind: ResourceDefinition, name: string): StatusError {
  return new StatusError("NotFound", `${qualified(kind)} "${name}" not found`, {
    group: kind.group,
    kind: kind.plural,
    name,
  });
}

/** What a delete says of the object that it means. */
export interface Preconditions {
  readonly uid?: string;
  readonly resourceVersion?: string;
}

/** storage.Preconditions.Check. */
export function refusePreconditions(
  kind: ResourceDefinition,
  { metadata }: KubernetesObject,
  { uid, resourceVersion }: Preconditions,
): void {
  const failed =
    uid !== undefined && uid !== metadata.uid
      ? `UID in precondition: ${uid}, UID in object meta: ${metadata.uid}`
      : resourceVersion !== undefined && resourceVersion !== metadata.resourceVersion
        ? `ResourceVersion in precondition: ${resourceVersion}, ResourceVersion in object meta: ${metadata.resourceVersion}`
        : undefined;
  if (failed === undefined) return;
  const { name } = metadata;
  throw new StatusError(
    "Conflict",
    `Operation cannot be fulfilled on ${qualified(kind)} "${name}": Precondition failed: ${failed}`,
    { group: kind.group, kind: kind.plural, name },
  );
}

/** The Forbidden StatusError about an object, worded as `errors.NewForbidden`. */
export function forbidden(kind: ResourceDefinition, name: string, why: string): StatusError {
  return new StatusError("Forbidden", `${qualified(kind)} "${name}" is forbidden: ${why}`, {
    group: kind.group,
    kind: kind.plural,
    name,
  });
}

export function alreadyExists(kind: ResourceDefinition, name: string): StatusError {
  return new StatusError("AlreadyExists", `${qualified(kind)} "${name}" already exists`, {
    group: kind.group,
    kind: kind.plural,
    name,
  });
}

/** The version that was to be replaced is not the latest any more (registry.OptimisticLockErrorMsg). */
export function modifiedMeanwhile(kind: ResourceDefinition, name: string): StatusError {
  return new StatusError(
    "Conflict",
    `Operation cannot be fulfilled on ${qualified(kind)} "${name}": the object has been modified; please apply your changes to the latest version and try again`,
    { group: kind.group, kind: kind.plural, name },
  );
}

/** The admission plugin NamespaceLifecycle: nothing is created in a namespace that is not there, or is going. */
export function refuseNamespace(
  kind: ResourceDefinition,
  namespace: string,
  found: KubernetesObject | undefined,
  name: string,
): void {
  if (found === undefined) {
    const details = { kind: "namespaces", name: namespace };
    throw new StatusError("NotFound", `namespaces "${namespace}" not found`, details);
  }
  if (found.metadata.deletionTimestamp === undefined) return;
  throw new StatusError(
    "Forbidden",
    `${qualified(kind)} "${name}" is forbidden: unable to create new content in namespace ${namespace} because it is being terminated`,
    {
      group: kind.group,
      kind: kind.plural,
      name,
      statusCauses: [
        {
          reason: "NamespaceTerminating",
          message: `namespace ${namespace} is being terminated`,
          field: "metadata.namespace",
        },
      ],
    },
  );
}
