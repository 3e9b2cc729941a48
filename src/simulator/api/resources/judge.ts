/*
 * What the API server would say of an object, without a server to store it in: decoding, defaulting, validation and warnings, in the
 * order of a request.
 */
import type { DecodeResult, ResourceDefinition } from "../resource.ts";
import type { FieldError } from "../status-error.ts";
import { toStored } from "./other-versions.ts";
import { asStored, decode } from "../schema/decode.ts";
import { withoutNamespace } from "../scope.ts";
import type { KubernetesObject, ObjectMeta } from "../types.ts";

export interface Judgement {
  readonly decoded: DecodeResult;
  /** Empty when the object may be stored, unknown fields aside. */
  readonly errors: readonly FieldError[];
  /** Only what passes is warned of. */
  readonly warnings: readonly string[];
  /** The object as it would be stored; undefined when it could not be decoded. */
  readonly object?: KubernetesObject;
}

/** What the schema of a custom kind finds wrong that decoding does not keep. */
export function undecodedErrors(
  { undecoded }: ResourceDefinition,
  { wrongTypes = [] }: DecodeResult,
  { metadata, spec }: Readonly<Record<string, unknown>>,
): readonly FieldError[] {
  if (undecoded === undefined) return [];
  const known = decode("ObjectMeta", metadata).object as Partial<ObjectMeta> | undefined;
  return undecoded(wrongTypes, spec !== undefined && spec !== null, known ?? {});
}

/** Judges an object that is to be created; `value` is what the client sends. */
export function judgeCreate(definition: ResourceDefinition, value: unknown): Judgement {
  return judge(definition, value, undefined, (given) => {
    const { metadata } = withoutNamespace(definition, given);
    const namespaced = definition.namespaced
      ? { ...metadata, namespace: metadata.namespace ?? "default" }
      : metadata;
    const defaulted = definition.setDefaults({ ...given, metadata: namespaced });
    const object = definition.prepareForCreate?.(defaulted) ?? defaulted;
    return { object, errors: definition.validate(object) };
  });
}

/** Judges what an object that stands already is to become; `value` is the whole of it. */
export function judgeUpdate(
  definition: ResourceDefinition,
  value: unknown,
  old: KubernetesObject,
): Judgement {
  return judge(definition, value, old, (given) => {
    const { creationTimestamp, generation, resourceVersion, uid } = old.metadata;
    const metadata = {
      ...given.metadata,
      creationTimestamp,
      generation,
      resourceVersion: given.metadata.resourceVersion || resourceVersion,
      uid: given.metadata.uid || uid,
    };
    const defaulted = definition.setDefaults({ ...given, metadata });
    const object = definition.prepareForUpdate?.(defaulted, old) ?? defaulted;
    return { object, errors: definition.validateUpdate(object, old) };
  });
}

/** `validated`: what becomes of an object that could be decoded. */
function judge(
  definition: ResourceDefinition,
  value: unknown,
  old: KubernetesObject | undefined,
  validated: (given: KubernetesObject) => {
    readonly object: KubernetesObject;
    readonly errors: readonly FieldError[];
  },
): Judgement {
  const decoded = definition.decode(value);
  const early = undecodedErrors(definition, decoded, value as Readonly<Record<string, unknown>>);
  if (decoded.object === undefined || early.length > 0) {
    return { decoded, errors: early, warnings: [] };
  }
  const { object, errors } = validated(toStored(definition, decoded.object));
  const warnings = errors.length > 0 ? [] : (definition.warnings?.(object, old) ?? []);
  return { decoded, object: asStored(definition.kind, object), errors, warnings };
}
