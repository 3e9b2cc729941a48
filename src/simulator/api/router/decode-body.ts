/* Reading what a write sends (apiserver endpoints/handlers/create.go and rest.go transformDecodeError). */
import { isPlain } from "../patch/plain.ts";
import { invalid } from "../refusals.ts";
import type { DecodeResult, ResourceDefinition } from "../resource.ts";
import { apiVersionOf, resourceByKind } from "../resources/index.ts";
import { undecodedErrors } from "../resources/judge.ts";
import { toStored } from "../resources/other-versions.ts";
import { goQuote } from "../schema/go-text.ts";
import { withoutNamespace } from "../scope.ts";
import type { StatusError } from "../status-error.ts";
import type { KubernetesObject } from "../types.ts";
import type { WriteOptions } from "./options.ts";
import { badRequest } from "./status.ts";

export interface Decoded {
  readonly object: KubernetesObject;
  readonly warnings: readonly string[];
}

/** Decodes a body; unknown fields are refused, warned of or dropped. */
export function decodeBody(
  kind: ResourceDefinition,
  body: unknown,
  { fieldValidation }: WriteOptions,
): Decoded {
  if (!isPlain(body)) throw badRequest("unable to decode an empty or malformed body");
  const wanted = apiVersionOf(kind);
  const given = { apiVersion: body.apiVersion ?? wanted, kind: body.kind ?? kind.kind };
  if (given.apiVersion !== wanted) {
    throw badRequest(
      `the API version in the data (${String(given.apiVersion)}) does not match the expected API version (${wanted})`,
    );
  }
  const cannot = (problem: string) => cannotBeHandled(kind, String(given.kind), problem);
  if (given.kind !== kind.kind) throw otherKind(kind, String(given.kind));
  const decoded = kind.decode({ ...body, ...given });
  const { object, typeError, unknownFields } = decoded;
  if (typeError !== undefined && kind.undecoded === undefined) throw cannot(typeError.message);
  const messages = unknownFields.map(({ message }) => message);
  if (fieldValidation === "Strict" && messages.length > 0) {
    throw cannot(`strict decoding error: ${messages.join(", ")}`);
  }
  refuseUndecoded(kind, decoded, body);
  if (object === undefined) throw cannot(typeError?.message ?? "");
  const stored = withoutNamespace(kind, toStored(kind, object));
  return { object: stored, warnings: fieldValidation === "Warn" ? messages : [] };
}

/** A custom resource is decoded whatever its types are and without a spec, too; its schema then refuses it. */
export function refuseUndecoded(
  kind: ResourceDefinition,
  decoded: DecodeResult,
  body: Readonly<Record<string, unknown>>,
): void {
  const errors = undecodedErrors(kind, decoded, body);
  if (errors.length === 0) return;
  const { metadata } = body;
  const name = isPlain(metadata) && typeof metadata.name === "string" ? metadata.name : "";
  throw invalid(kind, name, errors);
}

function cannotBeHandled(kind: KindName, given: string, problem: string): StatusError {
  return badRequest(
    `${given} in version ${goQuote(kind.version)} cannot be handled as a ${kind.kind}: ${problem}`,
  );
}

type KindName = Pick<ResourceDefinition, "group" | "version" | "kind">;

/** What is sent as a kind says to be of another one; a name in small letters, which kubectl finds the path of, is none. */
export function otherKind(kind: KindName, given: string): StatusError {
  const apiVersion = apiVersionOf(kind);
  const problem =
    resourceByKind(apiVersion, given) === undefined
      ? `no kind ${goQuote(given)} is registered for version ${goQuote(apiVersion)} in scheme "pkg/api/legacyscheme/scheme.go:30"`
      : `expected kind ${goQuote(kind.kind)}, got ${goQuote(given)}`;
  return cannotBeHandled(kind, given, problem);
}

/** Refuses an object that says to be in another namespace than the path it is sent to. */
export function refuseOtherNamespace(
  kind: ResourceDefinition,
  { metadata }: KubernetesObject,
  namespace: string | undefined,
): void {
  if (!kind.namespaced || !metadata?.namespace || metadata.namespace === namespace) return;
  throw badRequest(
    `the namespace of the provided object does not match the namespace sent on the request`,
  );
}
