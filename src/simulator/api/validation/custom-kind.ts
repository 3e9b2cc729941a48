/*
 * What the API server says of custom resources, worded as apiextensions-apiserver pkg/apiserver/validation does.
 * Simplified: of a custom object with wrong types nothing else is told.
 */
import type { ResourceDefinition, WrongType } from "../resource.ts";
import { goQuote } from "../schema/go-text.ts";
import type { FieldError } from "../status-error.ts";
import type { KubernetesObject } from "../types.ts";
import type { Findings } from "./custom-schema.ts";
import { invalid, required } from "./field-errors.ts";
import { validateObjectMeta, validateObjectMetaUpdate } from "./metadata.ts";
import { dns1123Subdomain } from "./names.ts";

/** Errors that keep the rules from being looked at (apiextensions-apiserver registry/customresource strategy.go hasBlockingErr). */
const BLOCKING: ReadonlySet<string> = new Set([
  "FieldValueRequired",
  "FieldValueNotSupported",
  "FieldValueTooLong",
  "FieldValueTooMany",
  "FieldValueTypeInvalid",
]);

/** Upstream's error of no field and no value. */
const UNCHECKED = invalid(
  "<nil>",
  "null",
  "some validation rules were not checked because the object was invalid; correct the existing errors to complete validation",
);

function findingsOf(metadata: readonly FieldError[], { schema, rules }: Findings): FieldError[] {
  const errors = [...metadata, ...schema];
  if (rules === undefined) return errors;
  return [...errors, ...(errors.some(({ type }) => BLOCKING.has(type)) ? [UNCHECKED] : rules)];
}

/** The rules of a kind of custom resources, with those of its metadata. */
export function customKind<T extends KubernetesObject & { readonly spec: unknown }>(
  namespaced: boolean,
  validateSpec: (spec: T["spec"], old?: T["spec"]) => Findings,
  hasRules = false,
): Pick<ResourceDefinition<T>, "validate" | "validateUpdate" | "undecoded"> {
  return {
    validate: ({ metadata, spec }) =>
      findingsOf(validateObjectMeta(metadata, namespaced, dns1123Subdomain), validateSpec(spec)),
    validateUpdate: ({ metadata, spec }, old) =>
      findingsOf(validateObjectMetaUpdate(metadata, old.metadata), validateSpec(spec, old.spec)),
    undecoded: (wrongTypes, hasSpec, metadata) => {
      const schema = [...(hasSpec ? [] : [required("spec")]), ...wrongTypes.map(wrongType)];
      if (schema.length === 0) return [];
      const { name, generateName, namespace } = metadata;
      // The server puts in what the path says, and makes up a name that was asked for.
      const placed = {
        ...metadata,
        name: name || (generateName && `${generateName}x`),
        ...(namespaced ? { namespace: namespace ?? "default" } : {}),
      };
      const errors = validateObjectMeta(placed, namespaced, dns1123Subdomain);
      return findingsOf(errors, { schema, ...(hasRules ? { rules: [] } : {}) });
    },
  };
}

/** InvalidType of kube-openapi pkg/validation/errors, as KubeOpenAPIResultToFieldErrors hands it on. */
function wrongType({ path, given, wanted }: WrongType): FieldError {
  const error = invalid(
    path,
    given,
    `${path} in body must be of type ${wanted}: ${goQuote(given)}`,
  );
  return { ...error, type: "FieldValueTypeInvalid" };
}
