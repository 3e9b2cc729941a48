import {
  autocompletion,
  closeBrackets,
  closeBracketsKeymap,
  completionKeymap,
} from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap } from "@codemirror/commands";
import { yaml } from "@codemirror/lang-yaml";
import { bracketMatching, indentOnInput, indentUnit } from "@codemirror/language";
import { EditorState, type Extension } from "@codemirror/state";
import {
  EditorView,
  drawSelection,
  highlightActiveLine,
  highlightActiveLineGutter,
  keymap,
  lineNumbers,
} from "@codemirror/view";
import type { Language } from "../../words/language.ts";
import { completeFields, fieldAt, fieldHover } from "./field-help.ts";
import { ProblemList } from "./problem-list.ts";
import { problemMarks, showProblems } from "./problem-marks.ts";
import type { Problem } from "./problem.ts";
import { editorTheme } from "./theme.ts";
import { EDITOR_WORDS } from "./words.ts";

/** What an editor is made of. */
export interface EditorOptions {
  readonly lang: Language;
  readonly text: string;
  /** What a screen reader calls it; "Manifest" when left out. */
  readonly name?: string;
  /** What the API server would say of a text; undefined when a later question took its place. */
  readonly diagnose: (text: string) => Promise<readonly Problem[] | undefined>;
  /** Called when the text has changed. */
  readonly onChange?: (text: string) => void;
  /** Pixels at the window's bottom that something lies over; the cursor is kept above them. */
  readonly coveredBelow?: () => number;
  /** Ctrl+Enter, Cmd+Enter. */
  readonly onSubmit?: () => void;
}

/** A pause in typing of so many milliseconds has the text checked. */
const PAUSE_MS = 250;

let editors = 0;

/**
 * A YAML editor for manifests with its problems listed below. The keyboard is never caught in it: Tab is left to the page. What is
 * typed is never taken away: `replace` can be undone like any other change.
 */
export class ManifestEditor {
  readonly dom = document.createElement("div");
  private readonly options: EditorOptions;
  private readonly view: EditorView;
  private readonly list: ProblemList;
  private readonly fieldLine = document.createElement("p");
  private pause: ReturnType<typeof setTimeout> | undefined;
  private checks = 0;

  constructor(options: EditorOptions) {
    this.options = options;
    const { lang, text } = options;
    editors += 1;
    const keys = document.createElement("p");
    keys.id = `rl-editor-keys-${editors}`;
    keys.className = "rl-editor-keys";
    keys.textContent = EDITOR_WORDS[lang].keys;
    this.fieldLine.className = "rl-editor-field";
    this.list = new ProblemList(lang, (problem) => this.goTo(problem));
    this.view = new EditorView({
      state: EditorState.create({ doc: text, extensions: this.extensions(keys.id) }),
    });
    this.dom.className = "rl-editor";
    this.dom.append(this.view.dom, this.fieldLine, this.list.dom, keys);
    this.tellField();
    this.schedule(0);
  }

  /** What stands in the editor. */
  get text(): string {
    return this.view.state.doc.toString();
  }

  /** Replaces the text; undo brings the former back. */
  replace(text: string): void {
    const { length } = this.view.state.doc;
    this.view.dispatch({
      changes: { from: 0, to: length, insert: text },
      selection: { anchor: 0 },
    });
  }

  /** Checks the text at once and shows what was found; undefined when the text has changed meanwhile. */
  async check(): Promise<readonly Problem[] | undefined> {
    clearTimeout(this.pause);
    const number = (this.checks += 1);
    const problems = await this.options.diagnose(this.text);
    if (problems === undefined || number !== this.checks) return undefined;
    showProblems(this.view, problems);
    this.list.show(problems);
    return problems;
  }

  focus(): void {
    this.view.focus();
  }

  /** Puts the cursor on a problem. */
  goTo({ from }: Problem): void {
    const anchor = Math.min(from, this.view.state.doc.length);
    this.view.dispatch({
      selection: { anchor },
      effects: EditorView.scrollIntoView(anchor, { y: "center" }),
    });
    this.view.focus();
  }

  destroy(): void {
    clearTimeout(this.pause);
    this.view.destroy();
  }

  private extensions(keysId: string): Extension[] {
    const { lang, name, onChange, onSubmit, coveredBelow } = this.options;
    const submit = () => {
      onSubmit?.();
      return true;
    };
    const words = EDITOR_WORDS[lang];
    return [
      problemMarks(lang),
      lineNumbers(),
      highlightActiveLineGutter(),
      highlightActiveLine(),
      history(),
      drawSelection(),
      indentUnit.of("  "),
      EditorState.tabSize.of(2),
      indentOnInput(),
      bracketMatching(),
      closeBrackets(),
      autocompletion({ override: [completeFields(lang)], icons: false }),
      yaml(),
      fieldHover(lang),
      EditorView.lineWrapping,
      EditorView.scrollMargins.of(() => ({ bottom: coveredBelow?.() ?? 0 })),
      EditorState.phrases.of(words.phrases),
      EditorView.contentAttributes.of({
        "aria-label": name ?? words.name,
        "aria-describedby": keysId,
        tabindex: "0",
      }),
      // Nothing is bound to Tab, so that it moves on.
      keymap.of([
        { key: "Mod-Enter", run: submit },
        ...closeBracketsKeymap,
        ...completionKeymap,
        ...historyKeymap,
        ...defaultKeymap,
      ]),
      editorTheme,
      EditorView.updateListener.of((update) => {
        if (update.docChanged) {
          this.schedule(PAUSE_MS);
          onChange?.(this.text);
        }
        if (update.docChanged || update.selectionSet) this.tellField();
      }),
    ];
  }

  private schedule(afterMs: number): void {
    clearTimeout(this.pause);
    this.checks += 1;
    this.pause = setTimeout(() => void this.check(), afterMs);
  }

  private tellField(): void {
    const { state } = this.view;
    const field = fieldAt(state, state.selection.main.head, this.options.lang);
    const path = document.createElement("code");
    path.textContent = field?.path ?? "";
    this.fieldLine.replaceChildren(...(field === undefined ? [] : [path, ` ${field.doc}`]));
  }
}
