import { HighlightStyle, syntaxHighlighting } from "@codemirror/language";
import type { Extension } from "@codemirror/state";
import { EditorView } from "@codemirror/view";
import { tags } from "@lezer/highlight";

/** The site's colours and type, by its own properties, so that the theme switch needs nothing from here. */
const surface = EditorView.theme({
  "&": { color: "var(--rl-ink)", backgroundColor: "var(--rl-surface)", fontSize: "0.8125rem" },
  // The box around editor and problems shows the focus.
  "&.cm-focused": { outline: "none" },
  ".cm-scroller": {
    fontFamily: "var(--rl-font-mono)",
    lineHeight: "1.6",
    overflow: "auto",
  },
  ".cm-content": { caretColor: "var(--rl-ink)", padding: "0.5rem 0" },
  ".cm-line": { padding: "0 0.75rem 0 0.25rem" },
  ".cm-cursor, .cm-dropCursor": { borderLeftColor: "var(--rl-ink)", borderLeftWidth: "2px" },
  "&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground":
    { backgroundColor: "var(--rl-accent-soft)" },
  "& .cm-content ::selection": { backgroundColor: "var(--rl-accent-soft)" },
  ".cm-gutters": {
    backgroundColor: "var(--rl-surface)",
    color: "var(--rl-ink-soft)",
    border: "none",
    fontVariantNumeric: "tabular-nums",
  },
  ".cm-lineNumbers .cm-gutterElement": { minWidth: "2.25rem", padding: "0 0.5rem 0 0" },
  ".cm-activeLine, .cm-activeLineGutter": { backgroundColor: "var(--rl-surface-2)" },
  ".cm-activeLineGutter": { color: "var(--rl-ink)" },
  ".cm-matchingBracket, &.cm-focused .cm-matchingBracket": {
    backgroundColor: "var(--rl-surface-3)",
    outline: "1px solid var(--rl-line)",
  },
  ".rl-gutter": { width: "1.25rem" },
  ".rl-gutter .cm-gutterElement": { textAlign: "center" },
  ".rl-gutter-mark": { color: "var(--rl-failure-ink)", fontWeight: "700", cursor: "default" },
  ".rl-gutter-mark.warning": { color: "var(--rl-v2-ink)" },
  ".cm-lintRange": { backgroundImage: "none", paddingBottom: "0" },
  ".cm-lintRange-error": {
    backgroundImage: "none",
    textDecoration: "underline wavy var(--rl-failure-ink) 1px",
    textUnderlineOffset: "3px",
  },
  ".cm-lintRange-warning": {
    backgroundImage: "none",
    textDecoration: "underline dotted var(--rl-v2-ink) 2px",
    textUnderlineOffset: "3px",
  },
  ".cm-lintPoint::after": { borderBottomColor: "var(--rl-failure-ink)" },
  ".cm-lintRange-active": { backgroundColor: "var(--rl-failure-soft)" },
  ".cm-diagnostic": {
    borderLeft: "3px solid var(--rl-failure-ink)",
    padding: "0.375rem 0.625rem",
    whiteSpace: "normal",
  },
  ".cm-diagnostic-warning": { borderLeftColor: "var(--rl-v2-ink)" },
  ".cm-tooltip": {
    backgroundColor: "var(--rl-surface-2)",
    color: "var(--rl-ink)",
    border: "1px solid var(--rl-line)",
    borderRadius: "var(--rl-radius)",
    fontSize: "0.8125rem",
    maxWidth: "min(26rem, 90vw)",
    zIndex: "20",
  },
  ".cm-tooltip.cm-tooltip-autocomplete > ul": { fontFamily: "var(--rl-font-mono)" },
  ".cm-tooltip.cm-tooltip-autocomplete > ul > li": { padding: "0.1875rem 0.625rem" },
  ".cm-tooltip.cm-tooltip-autocomplete > ul > li[aria-selected]": {
    backgroundColor: "var(--rl-accent)",
    color: "var(--rl-on-accent)",
  },
  ".cm-completionMatchedText": { textDecoration: "none", fontWeight: "700" },
  ".cm-tooltip.cm-completionInfo": { padding: "0.5rem 0.75rem", lineHeight: "1.5" },
  ".rl-field-tip": { padding: "0.5rem 0.75rem", lineHeight: "1.5" },
  ".rl-field-tip code": { fontFamily: "var(--rl-font-mono)", fontWeight: "600" },
  ".rl-field-tip p": { margin: "0.25rem 0 0" },
  ".rl-problem-why": { display: "block", color: "var(--rl-ink-soft)" },
  "@media (pointer: coarse)": { "&": { fontSize: "1rem" } },
});

const syntax = HighlightStyle.define([
  { tag: [tags.propertyName, tags.definition(tags.propertyName)], color: "var(--rl-accent)" },
  { tag: tags.comment, color: "var(--rl-ink-soft)", fontStyle: "italic" },
  { tag: [tags.meta, tags.punctuation, tags.separator], color: "var(--rl-ink-soft)" },
  { tag: tags.invalid, color: "var(--rl-failure-ink)" },
]);

/** Theme and highlighting of every editor. */
export const editorTheme: Extension = [surface, syntaxHighlighting(syntax)];
