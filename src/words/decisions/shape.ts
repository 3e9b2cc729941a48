import type { InBoth } from "../language.ts";
import type { DecisionCode, DecisionValues } from "./codes.ts";

/** What is said of a decision: what it was, with its numbers, and the rule that it follows. */
export interface CodeWords<C extends DecisionCode> {
  readonly text: (values: DecisionValues<C>) => string;
  readonly rule: string;
}

/** Sentences for each of these codes. */
export type WordsFor<C extends DecisionCode> = { readonly [K in C]: InBoth<CodeWords<K>> };

/** The codes that begin with a name and a dot. */
export type CodesOf<Prefix extends string> = Extract<DecisionCode, `${Prefix}.${string}`>;
