import type { Completion, CompletionContext, CompletionResult } from "@codemirror/autocomplete";
import type { EditorState, Extension } from "@codemirror/state";
import { hoverTooltip, type EditorView } from "@codemirror/view";
import type { Language } from "../../words/language.ts";
import { fieldIn, fieldsAt, type Field } from "./fields/index.ts";
import { placeOf } from "./place-in-state.ts";

/** A field of the table with the path that leads to it: `spec.replicas`. */
export interface NamedField {
  readonly path: string;
  readonly doc: string;
}

/** What the table says of the field on the position's line. */
export function fieldAt(
  state: EditorState,
  position: number,
  lang: Language,
): NamedField | undefined {
  const place = placeOf(state, position);
  if (place === undefined) return undefined;
  const field = fieldIn(fieldsAt(place.kind, place.parents), place.key);
  if (field === undefined) return undefined;
  return { path: [...place.parents, place.key].join("."), doc: field.doc[lang] };
}

/** Offers the keys and values that fit where the cursor stands. */
export function completeFields(lang: Language) {
  return (context: CompletionContext): CompletionResult | null => {
    const { state, pos } = context;
    const line = state.doc.lineAt(pos);
    const column = pos - line.from;
    const place = placeOf(state, pos);
    if (place === undefined) return null;
    const fields = fieldsAt(place.kind, place.parents);
    if (place.valueColumn !== undefined && column >= place.valueColumn) {
      const values = fieldIn(fields, place.key)?.values;
      if (values === undefined) return null;
      const from = line.from + place.valueColumn;
      return { from, options: values.map((label) => ({ label })), validFor: /^\w*$/ };
    }
    const isTyping = column > place.keyColumn && column <= place.keyColumn + place.key.length;
    if (fields === undefined || (!isTyping && !context.explicit)) return null;
    const options = Object.entries(fields)
      .filter(([key]) => !place.siblings.includes(key))
      .map(([key, field], i) => completion(key, field, place.keyColumn, lang, i));
    return { from: line.from + place.keyColumn, options, validFor: /^\w*$/ };
  };
}

function completion(
  key: string,
  field: Field,
  column: number,
  lang: Language,
  order: number,
): Completion {
  return {
    label: key,
    info: field.doc[lang],
    boost: -order,
    apply: (view: EditorView, _: Completion, from: number, to: number) => {
      const rest = view.state.doc.lineAt(to);
      const hasColon = /^\s*:/.test(view.state.sliceDoc(to, rest.to));
      const insert = hasColon ? key : key + opening(field, column);
      view.dispatch({
        changes: { from, to, insert },
        selection: { anchor: from + insert.length },
        userEvent: "input.complete",
      });
    },
  };
}

function opening(field: Field, column: number): string {
  if (field.shape === "value") return ": ";
  return `:\n${" ".repeat(column + 2)}${field.shape === "list" ? "- " : ""}`;
}

/** Tells what a field is while the pointer rests on it. */
export function fieldHover(lang: Language): Extension {
  return hoverTooltip((view, position) => {
    const line = view.state.doc.lineAt(position);
    const place = placeOf(view.state, position);
    const column = position - line.from;
    if (place === undefined || column < place.keyColumn) return null;
    if (column > place.keyColumn + place.key.length) return null;
    const field = fieldAt(view.state, position, lang);
    if (field === undefined) return null;
    const from = line.from + place.keyColumn;
    return {
      pos: from,
      end: from + place.key.length,
      above: true,
      create: () => ({ dom: describeField(field) }),
    };
  });
}

function describeField({ path, doc }: NamedField): HTMLElement {
  const dom = document.createElement("div");
  dom.className = "rl-field-tip";
  const name = dom.appendChild(document.createElement("code"));
  name.textContent = path;
  dom.appendChild(document.createElement("p")).textContent = doc;
  return dom;
}
