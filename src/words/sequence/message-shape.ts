import type { DecisionCode, DecisionValues } from "../decisions/codes.ts";
import type { InBoth } from "../language.ts";
import type { Participant } from "./participants.ts";

/** `pod`: the old or the new one, whichever the decision is about. */
export type Place = Participant | "pod";

/** Names as a diagram says them. */
export interface Names {
  /** "the new ReplicaSet", "the old ReplicaSet". */
  readonly replicaSet: (name: string) => string;
}

/** How a decision stands in a sequence diagram. */
export interface DecisionMessage<C extends DecisionCode> {
  readonly from: Place;
  /** The same as `from`: a note over it. */
  readonly to: Place;
  readonly text: InBoth<(values: DecisionValues<C>, names: Names) => string>;
  /** What the actor had heard from kube-apiserver before it. */
  readonly heard?: InBoth<string>;
}

/** Messages of decisions by their codes. */
export type Messages = { readonly [K in DecisionCode]?: DecisionMessage<K> };
