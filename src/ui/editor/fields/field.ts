import type { InBoth } from "../../../words/language.ts";

/** A field as the editor offers and explains it. */
export interface Field {
  /** One sentence. */
  readonly doc: InBoth<string>;
  /** What is written behind the key. */
  readonly shape: "value" | "mapping" | "list";
  /** Values to choose from. */
  readonly values?: readonly string[];
  /** Fields of the mapping, or of each item of the list. */
  readonly fields?: Fields;
}

/** Fields of one mapping by key, in the order in which they are offered. */
export type Fields = Readonly<Record<string, Field>>;

/** A field with a value; `values` to choose from. */
export function value(en: string, ko: string, values?: readonly string[]): Field {
  return { doc: { en, ko }, shape: "value", ...(values === undefined ? {} : { values }) };
}

/** A field with fields of its own. */
export function mapping(en: string, ko: string, fields: Fields = {}): Field {
  return { doc: { en, ko }, shape: "mapping", fields };
}

/** A field with a list; `fields` are those of an item. */
export function list(en: string, ko: string, fields: Fields = {}): Field {
  return { doc: { en, ko }, shape: "list", fields };
}
