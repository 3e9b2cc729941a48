import type { ResourceDefinition } from "../resource.ts";
import { decode } from "../schema/decode.ts";
import type { KubernetesObject } from "../types.ts";
import { horizontalPodAutoscalerV1 } from "./horizontal-pod-autoscaler-v1.ts";

/** How the objects of a kind look in a version that is not the one they are stored in. */
export interface OtherForm {
  readonly stored: ResourceDefinition;
  /** The struct of that form. */
  readonly struct: string;
  /** A decoded object of that form as the stored one. */
  toStored(object: KubernetesObject): KubernetesObject;
  /** A stored object in that form. */
  ofStored(object: KubernetesObject): KubernetesObject;
}

type Conversion = Pick<OtherForm, "toStored" | "ofStored"> & { readonly struct?: string };

const AS_IT_IS: Conversion = { toStored: (object) => object, ofStored: (object) => object };

/** Versions besides the stored one, by the plural name of their resource. */
const OTHERS: readonly (readonly [string, string, Conversion])[] = [
  ["horizontalpodautoscalers", "v1", horizontalPodAutoscalerV1],
  ["gateways", "v1beta1", AS_IT_IS],
  ["gatewayclasses", "v1beta1", AS_IT_IS],
  ["httproutes", "v1beta1", AS_IT_IS],
];

/**
 * The other versions of the kinds, each as a definition of its own; it shares all but its form with the stored one. Simplified: who manages
 * which field is noted in the stored version, whichever was written.
 */
export function otherVersions(
  stored: ReadonlyMap<string, ResourceDefinition>,
): ResourceDefinition[] {
  return OTHERS.map(([plural, version, { toStored, ofStored, ...given }]) => {
    const kind = stored.get(plural)!;
    const struct = given.struct ?? kind.kind;
    const group = kind.group === "" ? "" : `${kind.group}/`;
    const as = (object: KubernetesObject, name: string) => ({
      ...object,
      apiVersion: `${group}${name}`,
    });
    return {
      ...kind,
      version,
      decode: (value) => (given.struct === undefined ? kind.decode(value) : decode(struct, value)),
      form: {
        stored: kind,
        struct,
        toStored: (object) => as(toStored(object), kind.version),
        ofStored: (object) => as(ofStored(object), version),
      },
    };
  });
}

/** The definition in whose version objects are stored. */
export function storedKind(kind: ResourceDefinition): ResourceDefinition {
  return kind.form?.stored ?? kind;
}

/** The struct of the objects of a kind in its version. */
export function structOf(kind: ResourceDefinition): string {
  return kind.form?.struct ?? kind.kind;
}

/** A decoded object of a version as the stored one. */
export function toStored(kind: ResourceDefinition, object: KubernetesObject): KubernetesObject {
  return kind.form?.toStored(object) ?? object;
}

/** A stored object in a version. */
export function ofStored(kind: ResourceDefinition, object: KubernetesObject): KubernetesObject {
  return kind.form?.ofStored(object) ?? object;
}
