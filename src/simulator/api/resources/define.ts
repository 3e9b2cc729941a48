import { decode } from "../schema/decode.ts";
import type { ResourceDefinition } from "../resource.ts";
import type { KubernetesObject } from "../types.ts";

/** What differs between kinds; the rest of a ResourceDefinition follows from it. */
export interface KindOptions<T extends KubernetesObject> extends Pick<
  ResourceDefinition<T>,
  | "warnings"
  | "admit"
  | "refuse"
  | "refuseDelete"
  | "prepareForCreate"
  | "prepareForUpdate"
  | "gracePeriodForDelete"
  | "validate"
  | "categories"
  | "refusesUnconditionalUpdate"
  | "isCustom"
  | "undecoded"
  | "subresources"
  | "terminate"
  | "allocate"
  | "isEmptied"
  | "validateUpdate"
> {
  /** Empty for the core group. */
  readonly group?: string;
  /** Default v1. */
  readonly version?: string;
  readonly kind: string;
  readonly plural: string;
  readonly shortNames?: readonly string[];
  /** Default true. */
  readonly namespaced?: boolean;
  setDefaults?(object: T): T;
}

/** A ResourceDefinition whose struct in the schema has the kind's name. */
export function defineKind<T extends KubernetesObject>(
  options: KindOptions<T>,
): ResourceDefinition<T> {
  return {
    version: "v1",
    group: "",
    singular: options.kind.toLowerCase(),
    shortNames: [],
    namespaced: true,
    setDefaults: (object) => object,
    decode: (value) => decode(options.kind, value),
    ...options,
  };
}
