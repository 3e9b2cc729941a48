import { yaml } from "@codemirror/lang-yaml";
import { MergeView, unifiedMergeView } from "@codemirror/merge";
import { EditorState, type Extension } from "@codemirror/state";
import { EditorView, lineNumbers } from "@codemirror/view";
import type { Language } from "../../words/language.ts";
import { editorTheme } from "./theme.ts";
import { EDITOR_WORDS } from "./words.ts";

/** Two texts with their differences; neither can be edited here. */
export interface Comparison {
  readonly dom: HTMLElement;
  destroy(): void;
}

/** Below this width of the box the texts stand in one column. */
const SIDE_BY_SIDE_PX = 620;

const marks = EditorView.theme({
  "&": { fontSize: "0.75rem" },
  "& .cm-changedLine, & .cm-insertedLine": { backgroundColor: "var(--rl-v3-soft)" },
  "&.cm-merge-a .cm-changedLine, & .cm-deletedChunk": {
    backgroundColor: "var(--rl-failure-soft)",
  },
  "& .cm-changedText, &.cm-merge-b .cm-changedText": {
    background: "color-mix(in srgb, var(--rl-v3) 28%, transparent)",
    fontWeight: "700",
  },
  "&.cm-merge-a .cm-changedText, & .cm-deletedChunk .cm-deletedText": {
    background: "color-mix(in srgb, var(--rl-failure) 26%, transparent)",
    textDecoration: "none",
  },
  "& .cm-changedLine::before": { content: '"+ "', color: "var(--rl-ink-soft)" },
  "&.cm-merge-a .cm-changedLine::before": { content: '"− "' },
  "& .cm-changeGutter": { width: "0" },
  "& .cm-collapsedLines": {
    background: "var(--rl-surface-2)",
    color: "var(--rl-ink-soft)",
    padding: "0.125rem 0.5rem",
  },
});

/** Shows one's own text beside another, the solution by name, or in one where there is no room for both. */
export function compare(
  mine: string,
  solution: string,
  lang: Language,
  name: string = EDITOR_WORDS[lang].solution,
): Comparison {
  const words = EDITOR_WORDS[lang];
  const dom = document.createElement("div");
  dom.className = "rl-comparison";
  if (mine === solution) {
    dom.textContent = words.same;
    return { dom, destroy: () => {} };
  }
  const heads = dom.appendChild(document.createElement("div"));
  heads.className = "rl-comparison-heads";
  const box = dom.appendChild(document.createElement("div"));
  let isWide: boolean | undefined;
  let shown: { destroy(): void } | undefined;
  const draw = (width: number) => {
    const wide = width >= SIDE_BY_SIDE_PX;
    if (width === 0 || wide === isWide) return;
    isWide = wide;
    shown?.destroy();
    heads.replaceChildren(head("−", words.yours), head("+", name));
    heads.dataset["wide"] = String(wide);
    shown = wide ? sideBySide(box, mine, solution, lang, name) : inOne(box, mine, solution, lang);
  };
  const watch = new ResizeObserver(([entry]) => draw(entry?.contentRect.width ?? 0));
  watch.observe(dom);
  return {
    dom,
    destroy: () => {
      watch.disconnect();
      shown?.destroy();
    },
  };
}

function head(mark: string, text: string): HTMLElement {
  const dom = document.createElement("p");
  const sign = dom.appendChild(document.createElement("span"));
  sign.textContent = `${mark} `;
  sign.setAttribute("aria-hidden", "true");
  dom.append(text);
  return dom;
}

function fixed(name: string): Extension[] {
  return [
    yaml(),
    EditorView.lineWrapping,
    EditorState.readOnly.of(true),
    EditorView.contentAttributes.of({ "aria-label": name, "aria-readonly": "true", tabindex: "0" }),
    editorTheme,
    marks,
  ];
}

function sideBySide(
  parent: HTMLElement,
  mine: string,
  solution: string,
  lang: Language,
  name: string,
) {
  const words = EDITOR_WORDS[lang];
  return new MergeView({
    a: { doc: mine, extensions: [lineNumbers(), fixed(words.yours)] },
    b: { doc: solution, extensions: [lineNumbers(), fixed(name)] },
    parent,
    gutter: false,
  });
}

function inOne(parent: HTMLElement, mine: string, solution: string, lang: Language) {
  const extensions = [
    ...fixed(EDITOR_WORDS[lang].compareName),
    unifiedMergeView({ original: mine, mergeControls: false, gutter: false }),
  ];
  return new EditorView({ state: EditorState.create({ doc: solution, extensions }), parent });
}
