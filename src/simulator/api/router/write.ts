/* create, update and patch (apiserver endpoints/handlers/create.go, update.go and patch.go). */
import {
  applyConfiguration,
  managedAfterUpdate,
  type FieldManager,
} from "../field-managers/field-managers.ts";
import { conversionProblem } from "../patch/conversion-problem.ts";
import { JSON_PATCH_OPERATIONS_MAX, jsonMergePatch, jsonPatch } from "../patch/json-patch.ts";
import { isPlain, PatchError, type Plain } from "../patch/plain.ts";
import { strategicMergePatch } from "../patch/strategic-merge-patch.ts";
import type { ResourceDefinition } from "../resource.ts";
import { apiVersionOf } from "../resources/index.ts";
import { storedKind, structOf, toStored } from "../resources/other-versions.ts";
import { asStored } from "../schema/decode.ts";
import { goQuote, goText } from "../schema/go-text.ts";
import { withoutNamespace } from "../scope.ts";
import type { ApiServer, CreateOptions } from "../server.ts";
import { StatusError } from "../status-error.ts";
import { timestamp } from "../time.ts";
import type { KubernetesObject, Resource } from "../types.ts";
import { decodeBody, type Decoded, refuseOtherNamespace, refuseUndecoded } from "./decode-body.ts";
import { APPLY_PATCH, writeOptions, type WriteOptions } from "./options.ts";
import { get, shown } from "./read.ts";
import type { ApiRequest, ApiResponse } from "./request.ts";
import { badRequest } from "./status.ts";

/** What a write is about. */
export interface Place {
  readonly api: ApiServer;
  readonly kind: ResourceDefinition;
  readonly namespace: string | undefined;
  readonly name: string;
  /** `status`, or absent for the object itself. */
  readonly subresource?: "status";
}

/** POST on a collection. */
export function create(
  place: Omit<Place, "name" | "subresource">,
  request: ApiRequest,
): ApiResponse {
  const { api, kind, namespace } = place;
  const options = writeOptions("CreateOptions", request);
  const { object, warnings } = decodeBody(kind, request.body, options);
  refuseOtherNamespace(kind, object, namespace);
  const metadata = { ...object.metadata, ...(kind.namespaced ? { namespace } : {}) };
  const finish = finisher(kind, manager(api, kind, options));
  return created({ ...place, name: "" }, { ...object, metadata } as KubernetesObject, options, {
    warnings,
    finish: (next, old) => {
      // The store refuses it, when all else is well (etcd3 store.go Create).
      if (!object.metadata.resourceVersion) return finish(next, old);
      throw new StatusError("", "resourceVersion should not be set on objects to be created");
    },
  });
}

interface Creation {
  readonly warnings: readonly string[];
  readonly finish: NonNullable<CreateOptions["finish"]>;
}

function created(
  { api, kind }: Place,
  object: KubernetesObject,
  { dryRun }: WriteOptions,
  { warnings, finish }: Creation,
): ApiResponse {
  const resource = kind.plural as Resource;
  const { managedFields: _managed, ...metadata } = object.metadata;
  const fresh = api.create(resource, { ...object, metadata } as never, {
    validate: true,
    dryRun,
    finish,
  });
  return {
    status: 201,
    body: shown(kind, fresh),
    warnings: [...warnings, ...(kind.warnings?.(fresh) ?? [])],
  };
}

/** PUT. */
export function update(place: Place, request: ApiRequest): ApiResponse {
  const { next, old, options, warnings } = decodedUpdate(place, request);
  const finish = finisher(place.kind, manager(place.api, place.kind, options, place.subresource));
  return stored(place, next, old, options, { warnings, finish });
}

interface DecodedUpdate {
  readonly next: KubernetesObject;
  readonly old: KubernetesObject;
  readonly options: WriteOptions;
  readonly warnings: readonly string[];
}

/** What a PUT wants, and of which object. */
export function decodedUpdate(
  { api, kind, namespace, name }: Place,
  request: ApiRequest,
): DecodedUpdate {
  const options = writeOptions("UpdateOptions", request);
  const { object, warnings } = decodeBody(kind, request.body, options);
  refuseOtherNamespace(kind, object, namespace);
  const given = object.metadata.name;
  if (given !== name) {
    throw badRequest(
      `the name of the object (${given ?? ""}) does not match the name on the URL (${name})`,
    );
  }
  const old = get(api, kind, namespace, name);
  const managedFields = object.metadata.managedFields ?? old.metadata.managedFields;
  const metadata = { ...object.metadata, namespace: old.metadata.namespace, managedFields };
  if (!metadata.resourceVersion) {
    if (kind.refusesUnconditionalUpdate === true) throw unconditional(kind, name);
    metadata.resourceVersion = old.metadata.resourceVersion;
  }
  const next = { ...object, metadata } as KubernetesObject;
  return { next, old, options, warnings };
}

/** Store.Update of a kind that wants to know which version is replaced. */
function unconditional(kind: ResourceDefinition, name: string): StatusError {
  const detail = "Invalid value: 0x0: must be specified for an update";
  const field = "metadata.resourceVersion";
  const full = kind.group === "" ? kind.kind : `${kind.kind}.${kind.group}`;
  return new StatusError("Invalid", `${full} ${goQuote(name)} is invalid: ${field}: ${detail}`, {
    group: kind.group,
    kind: kind.kind,
    name,
    causes: [{ field, type: "FieldValueInvalid", detail }],
  });
}

function stored(
  { api, kind, subresource }: Place,
  next: KubernetesObject,
  old: KubernetesObject,
  { dryRun }: WriteOptions,
  { warnings, finish }: Creation,
): ApiResponse {
  const resource = kind.plural as Resource;
  const clean = asStored(storedKind(kind).kind, next);
  const result =
    subresource === "status"
      ? api.updateStatus(resource, clean as never, { dryRun, finish })
      : api.update(resource, clean as never, { validate: true, dryRun, finish });
  const warned = subresource === undefined ? (kind.warnings?.(result, old) ?? []) : [];
  return { status: 200, body: shown(kind, result), warnings: [...warnings, ...warned] };
}

const MEDIA_TYPES = [
  "application/json-patch+json",
  "application/merge-patch+json",
  "application/strategic-merge-patch+json",
  APPLY_PATCH,
];

/** PATCH: JSON Patch, JSON Merge Patch, strategic merge patch or server-side apply, by content type. */
export function patch(place: Place, request: ApiRequest): ApiResponse {
  const { api, kind, namespace, name } = place;
  const { contentType = "" } = request;
  const accepted = kind.isCustom === true ? MEDIA_TYPES.toSpliced(2, 1) : MEDIA_TYPES;
  if (!accepted.includes(contentType)) {
    const message = `the body of the request was in an unknown format - accepted media types include: ${accepted.join(", ")}`;
    throw new StatusError("UnsupportedMediaType", message);
  }
  const options = writeOptions("PatchOptions", request);
  if (contentType === APPLY_PATCH) return apply(place, request.body, options);
  const old = get(api, kind, namespace, name);
  const patched = patchedObject(kind, shown(kind, old), request);
  const { object, warnings } = decodePatched(kind, patched, request, options);
  const metadata = {
    ...object.metadata,
    resourceVersion: object.metadata.resourceVersion || old.metadata.resourceVersion,
  };
  const finish = finisher(kind, manager(api, kind, options, place.subresource));
  return stored(place, { ...object, metadata }, old, options, { warnings, finish });
}

/** The document that a patch makes of another. Throws the StatusErrors of patch.go. */
export function patchedDocument(
  structName: string,
  document: Plain,
  { body, contentType }: ApiRequest,
): unknown {
  try {
    if (contentType === "application/json-patch+json") {
      if (!Array.isArray(body)) {
        throw badRequest("json: cannot unmarshal object into Go value of type jsonpatch.Patch");
      }
      if (body.length > JSON_PATCH_OPERATIONS_MAX) {
        const message = `The allowed maximum operations in a JSON patch is ${JSON_PATCH_OPERATIONS_MAX}, got ${body.length}`;
        throw new StatusError("RequestEntityTooLarge", message);
      }
      return jsonPatch(document, body);
    }
    if (!isPlain(body))
      throw badRequest("error decoding patch: json: cannot unmarshal into object");
    return contentType === "application/merge-patch+json"
      ? jsonMergePatch(document, body)
      : strategicMergePatch(structName, document, body);
  } catch (error) {
    if (!(error instanceof PatchError)) throw error;
    if (contentType === "application/json-patch+json") {
      const message = "the server rejected our request due to an error in our request";
      throw new StatusError("Invalid", message);
    }
    throw badRequest(error.message);
  }
}

function patchedObject(
  kind: ResourceDefinition,
  current: KubernetesObject,
  request: ApiRequest,
): unknown {
  return patchedDocument(structOf(kind), current as unknown as Plain, request);
}

/** What a patch made, decoded; a wrong type in it is the patch's fault. */
function decodePatched(
  kind: ResourceDefinition,
  patched: unknown,
  { body, contentType }: ApiRequest,
  { fieldValidation }: WriteOptions,
): Decoded {
  const decoded = kind.decode(patched);
  const { object, typeError, unknownFields } = decoded;
  const messages = unknownFields.map(({ message }) => message);
  const strictly = () => badRequest(`strict decoding error: ${messages.join(", ")}`);
  const isUnknown = messages.length > 0 && fieldValidation === "Strict";
  if (kind.undecoded !== undefined && isPlain(patched)) {
    if (isUnknown) throw strictly();
    refuseUndecoded(kind, decoded, patched);
  }
  if (typeError !== undefined || object === undefined) {
    const isStrategic = contentType === "application/strategic-merge-patch+json";
    const problem = typeError?.message ?? "";
    const detail = isStrategic
      ? `Invalid value: ${goQuote(goText(body))}: ${conversionProblem(problem)}`
      : `Invalid value: ${goQuote(JSON.stringify(patched))}: ${problem}`;
    throw new StatusError("Invalid", ` "" is invalid: patch: ${detail}`, {
      causes: [{ field: "patch", type: "FieldValueInvalid", detail }],
    });
  }
  if (isUnknown) throw strictly();
  const stored = withoutNamespace(kind, toStored(kind, object));
  return { object: stored, warnings: fieldValidation === "Warn" ? messages : [] };
}

/** Server-side apply: creates or merges, and knows afterwards which fields the manager applied. */
function apply(place: Place, body: unknown, options: WriteOptions): ApiResponse {
  const { api, kind, namespace, name } = place;
  if (!isPlain(body)) throw badRequest("error decoding YAML: expected an object");
  const metadata = isPlain(body.metadata) ? body.metadata : {};
  if (metadata.managedFields !== undefined) {
    throw badRequest("metadata.managedFields must be nil");
  }
  const { unknownFields } = kind.decode(body);
  if (unknownFields.length > 0) {
    const which = `${namespace ?? ""}/${name}; ${apiVersionOf(kind)}, Kind=${kind.kind}`;
    const [{ path }] = unknownFields as [(typeof unknownFields)[0]];
    const message = `failed to create typed patch object (${which}): .${path}: field not declared in schema`;
    throw new StatusError("", message);
  }
  refuseOtherNamespace(kind, body as unknown as KubernetesObject, namespace);
  const given = metadata.name ?? name;
  if (given !== name) {
    throw badRequest(
      `the name of the object (${String(given)}) does not match the name on the URL (${name})`,
    );
  }
  const old = api.find(kind.plural as Resource, namespace ?? "", name);
  const own = storedKind(kind);
  const live = old === undefined ? undefined : shown(own, old);
  const identity = { ...metadata, name, ...(kind.namespaced ? { namespace } : {}) };
  const configuration = toStored(kind, {
    ...body,
    metadata: identity,
  } as unknown as KubernetesObject);
  const who = manager(api, kind, options, place.subresource);
  const applied = applyConfiguration(own.kind, live, configuration, who, options.force);
  const { object: decoded, typeError } = own.decode(applied.object);
  if (decoded === undefined) throw badRequest(typeError?.message ?? "");
  const object = withoutNamespace(kind, decoded);
  const finish = (next: KubernetesObject) => withManaged(next, applied.managedFields);
  const effects = { warnings: [], finish };
  if (old === undefined) {
    if (place.subresource !== undefined) get(api, kind, namespace, name);
    return created(place, object, options, effects);
  }
  const { resourceVersion = old.metadata.resourceVersion } = metadata as {
    resourceVersion?: string;
  };
  const versioned = { ...object, metadata: { ...object.metadata, resourceVersion } };
  return stored(place, versioned, old, options, effects);
}

function manager(
  api: ApiServer,
  kind: ResourceDefinition,
  { fieldManager }: WriteOptions,
  subresource?: string,
): FieldManager {
  return {
    name: fieldManager,
    apiVersion: apiVersionOf(storedKind(kind)),
    time: timestamp(api.now),
    ...(subresource === undefined ? {} : { subresource }),
  };
}

/** Notes who manages what, of a write through a subresource. */
export function finisherOf(
  { api, kind }: Place,
  options: WriteOptions,
  subresource: string,
): Creation["finish"] {
  return finisher(kind, manager(api, kind, options, subresource));
}

function finisher(kind: ResourceDefinition, who: FieldManager): Creation["finish"] {
  const stored = storedKind(kind);
  return (next, old) => {
    const before = old === undefined ? undefined : shown(stored, old);
    return withManaged(next, managedAfterUpdate(stored.kind, before, shown(stored, next), who));
  };
}

function withManaged(
  object: KubernetesObject,
  managedFields: KubernetesObject["metadata"]["managedFields"],
): KubernetesObject {
  return { ...object, metadata: { ...object.metadata, managedFields: managedFields ?? [] } };
}
