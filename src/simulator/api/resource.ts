import type { Stored } from "./admission/stored.ts";
import type { OtherForm } from "./resources/other-versions.ts";
import type { RandomStream } from "../kernel/random.ts";
import type { FieldError } from "./status-error.ts";
import type { KubernetesObject, ObjectMeta } from "./types.ts";

/** What the API server needs to know of a kind: one object like this for each, registered in `resources/index.ts`. */
export interface ResourceDefinition<T extends KubernetesObject = KubernetesObject> {
  /** API group, empty for the core group. */
  readonly group: string;
  readonly version: string;
  readonly kind: string;
  /** `deployments` */
  readonly plural: string;
  /** `deployment` */
  readonly singular: string;
  readonly shortNames: readonly string[];
  readonly namespaced: boolean;
  /** Groups of resources that clients ask for together: `all`. */
  readonly categories?: readonly string[];
  /** An update must name the version that it replaces (strategies whose AllowUnconditionalUpdate is false). */
  readonly refusesUnconditionalUpdate?: boolean;
  /** Served from a CustomResourceDefinition, which takes no strategic merge patch. */
  readonly isCustom?: boolean;
  /** What the schema of a CustomResourceDefinition says of what decoding does not keep: wrong types, and whether there is a spec; with what is wrong in the metadata besides. */
  undecoded?(
    wrongTypes: readonly WrongType[],
    hasSpec: boolean,
    metadata: Partial<ObjectMeta>,
  ): readonly FieldError[];
  /** Of a version besides the one that objects are stored in. */
  readonly form?: OtherForm;
  /** What stands below its objects; absent: nothing. */
  readonly subresources?: readonly Subresource[];
  /**
   * Strict decoding of what a client sent (already parsed from YAML or JSON): unknown fields and wrong types.
   * An empty list means that `value` is a `T` without its defaults.
   */
  decode(value: unknown): DecodeResult;
  /** Fills in the defaults of a decoded object and returns the new object; the given one is not changed. */
  setDefaults(object: T): T;
  /** Field errors of a defaulted object at creation; `others` are the objects that stand, for a kind with `allocate`. */
  validate(object: T, others?: readonly T[]): readonly FieldError[];
  /** Field errors of an update; `object` is defaulted and has the metadata of the update. */
  validateUpdate(object: T, old: T): readonly FieldError[];
  /** What the server warns of (the `Warning:` header), for a defaulted object. */
  warnings?(object: T, old?: T): readonly string[];
  /** What the admission plugins make of a new object before its strategy sees it. Throws Forbidden for what they refuse. */
  admit?(object: T, stored: Stored): T;
  /** What admission plugins refuse of an object in which all else is well; `old` is undefined for a new one. Throws Forbidden. */
  refuse?(object: T, stored: Stored, old: T | undefined): void;
  /** Before creation: drops status, sets generation and the like (upstream's strategy.PrepareForCreate). */
  prepareForCreate?(object: T): T;
  /** Before an update of the spec: keeps the status, raises the generation when the spec changed (strategy.PrepareForUpdate). */
  prepareForUpdate?(object: T, old: T): T;
  /** Gives an object what the server alone gives out, like addresses; `old` is undefined for a new one. */
  allocate?(object: T, old: T | undefined, others: readonly T[], random: RandomStream): T;
  /**
   * Grace period in seconds with which a delete request takes effect; 0 removes at once. Undefined: the kind is not deleted
   * gracefully (upstream's rest.RESTGracefulDeleteStrategy).
   */
  gracePeriodForDelete?(object: T, requested: number | undefined): number;
  /**
   * A first deletion marks the object so, and a controller empties it before it goes (registry/core/namespace/storage Delete). Throws
   * Forbidden for what may never be deleted.
   */
  terminate?(object: T, now: string): T;
  /** Throws Forbidden for what may never be deleted. */
  refuseDelete?(object: T): void;
  /** Has that controller done its work? Until then the object stays. */
  isEmptied?(object: T): boolean;
}

/** `…/NAME/SUBRESOURCE` */
export type Subresource = "status" | "scale" | "binding" | "eviction" | "finalize";

/** A value of another type than its field's, in the words of OpenAPI: `string`, `integer`. */
export interface WrongType {
  readonly path: string;
  readonly given: string;
  readonly wanted: string;
}

/** Outcome of strict decoding. */
export interface DecodeResult {
  /** Texts as upstream words them, in upstream's order: `unknown field "spec.replica"`. */
  readonly unknownFields: readonly { readonly path: string; readonly message: string }[];
  /** The first wrong type, which makes decoding fail: `json: cannot unmarshal …`. */
  readonly typeError?: { readonly path: string; readonly message: string };
  /** With that: all wrong types, which a schema would tell of. */
  readonly wrongTypes?: readonly WrongType[];
  /** The object with unknown fields dropped; undefined after a type error. */
  readonly object?: KubernetesObject;
}
