import type { Language } from "../../words/language.ts";
import { make } from "../elements.ts";
import { ManifestEditor, type EditorOptions } from "./manifest-editor.ts";
import type { Problem } from "./problem.ts";
import { EDITOR_WORDS } from "./words.ts";

/** Texts by file name. */
type Files = Readonly<Record<string, string>>;

/** What a set of editors is made of. */
export interface FilesEditorOptions extends Pick<EditorOptions, "coveredBelow" | "onSubmit"> {
  readonly lang: Language;
  /** In the order of their tabs. */
  readonly files: readonly { readonly name: string; readonly text: string }[];
  /** What the API server would say of a file's text; undefined when a later question took its place. */
  readonly diagnose: (name: string, text: string) => Promise<readonly Problem[] | undefined>;
  /** Called when a text or the open tab has changed. */
  readonly onChange: () => void;
}

interface Tab {
  readonly name: string;
  readonly editor: ManifestEditor;
  readonly button: HTMLButtonElement;
}

let sets = 0;

/** Several files, an editor each, behind tabs; a single one has no tab. Arrow keys go from tab to tab. */
export class FilesEditor {
  readonly dom = make("div", { class: "rl-files" });
  private readonly lang: Language;
  private readonly tabs: readonly Tab[];
  private readonly onChange: () => void;
  private open: Tab;

  constructor(options: FilesEditorOptions) {
    const { lang, files, onChange } = options;
    this.lang = lang;
    this.onChange = onChange;
    sets += 1;
    this.tabs = files.map(({ name, text }, i) => this.tabOf(name, text, `${sets}-${i}`, options));
    this.open = this.tabs[0]!;
    if (this.tabs.length > 1) {
      const list = make("div", {
        class: "rl-tabs",
        role: "tablist",
        "aria-label": EDITOR_WORDS[lang].files,
      });
      list.append(...this.tabs.map(({ button }) => button));
      list.addEventListener("keydown", (event) => this.onKey(event));
      this.dom.append(list);
    }
    this.dom.append(...this.tabs.map(({ editor }) => editor.dom));
    this.show(this.open.name);
  }

  /** Every file's text. */
  get files(): Files {
    return Object.fromEntries(this.tabs.map(({ name, editor }) => [name, editor.text]));
  }

  /** Name of the file that is open. */
  get name(): string {
    return this.open.name;
  }

  /** Replaces the texts that differ; undo brings the former back. */
  replace(files: Files): void {
    for (const { name, editor } of this.tabs) {
      const text = files[name];
      if (text !== undefined && text !== editor.text) editor.replace(text);
    }
  }

  /** Opens a file. */
  show(name: string): void {
    this.open = this.tabs.find((tab) => tab.name === name) ?? this.open;
    for (const { button, editor, name: own } of this.tabs) {
      const isOpen = own === this.open.name;
      button.setAttribute("aria-selected", String(isOpen));
      button.tabIndex = isOpen ? 0 : -1;
      editor.dom.hidden = !isOpen;
    }
    this.onChange();
  }

  focus(): void {
    this.open.editor.focus();
  }

  /**
   * Checks the files of these names and opens the first that has an error. Gives what was found in all of them; undefined when a text has
   * changed meanwhile.
   */
  async check(names: readonly string[]): Promise<readonly Problem[] | undefined> {
    const found: Problem[] = [];
    let wrong: string | undefined;
    for (const { name, editor } of this.tabs) {
      if (!names.includes(name)) continue;
      const problems = await editor.check();
      if (problems === undefined) return undefined;
      if (problems.some(({ severity }) => severity === "error")) wrong ??= name;
      found.push(...problems);
    }
    if (wrong !== undefined && wrong !== this.open.name) this.show(wrong);
    return found;
  }

  destroy(): void {
    for (const { editor } of this.tabs) editor.destroy();
  }

  private tabOf(
    name: string,
    text: string,
    id: string,
    { lang, files, diagnose, onChange, coveredBelow, onSubmit }: FilesEditorOptions,
  ): Tab {
    const onclick = () => this.show(name);
    const panel = `rl-file-${id}`;
    const button = make(
      "button",
      { type: "button", role: "tab", class: "rl-tab", "aria-controls": panel, onclick },
      name,
    );
    const editor = new ManifestEditor({
      lang,
      text,
      ...(files.length > 1 ? { name } : {}),
      diagnose: async (current) => {
        const problems = await diagnose(name, current);
        if (problems !== undefined) this.mark(button, name, problems);
        return problems;
      },
      onChange,
      ...(coveredBelow === undefined ? {} : { coveredBelow }),
      ...(onSubmit === undefined ? {} : { onSubmit }),
    });
    editor.dom.id = panel;
    if (files.length > 1) {
      editor.dom.setAttribute("role", "tabpanel");
      editor.dom.setAttribute("aria-label", name);
    }
    return { name, editor, button };
  }

  /** A tab says when its file has errors, not by colour alone. */
  private mark(button: HTMLButtonElement, name: string, problems: readonly Problem[]): void {
    const errors = problems.filter(({ severity }) => severity === "error").length;
    const more =
      errors === 0
        ? []
        : [
            make(
              "span",
              { class: "rl-tab-problems" },
              ` ✕ ${EDITOR_WORDS[this.lang].problems(errors)}`,
            ),
          ];
    button.replaceChildren(name, ...more);
  }

  private onKey(event: KeyboardEvent): void {
    const at = this.tabs.indexOf(this.open);
    const last = this.tabs.length - 1;
    const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: last }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    const tab = this.tabs[(to + this.tabs.length) % this.tabs.length]!;
    this.show(tab.name);
    tab.button.focus();
  }
}
