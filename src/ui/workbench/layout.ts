import type { Language } from "../../words/language.ts";
import { make } from "../elements.ts";
import { columnSeparator, resizableEditor, terminalSeparator } from "./panes.ts";
import { letScrollByKeyboard, STORY_OF_TASK } from "./story-of-task.ts";
import { WORKBENCH_WORDS } from "./words.ts";

/** The parts of a workbench. */
export interface Parts {
  readonly task: HTMLElement | undefined;
  readonly memory: HTMLElement;
  readonly editor: HTMLElement;
  readonly actions: HTMLElement;
  readonly result: HTMLElement;
  readonly timeline: HTMLElement;
  readonly share: HTMLElement;
  readonly terminal: HTMLElement;
  readonly story: HTMLElement;
  readonly checks: HTMLElement;
  readonly hints: HTMLElement;
  readonly hintButton: HTMLElement;
  readonly solutionButton: HTMLElement;
  readonly solution: HTMLElement;
}

/**
 * What is asked for on one side, the task, the text and the checks; on the other the cluster and what happened there. In one column where
 * there is no room for two.
 */
export function layOut(lang: Language, parts: Parts): HTMLElement {
  const words = WORKBENCH_WORDS[lang];
  const screen = parts.terminal.querySelector<HTMLElement>(".rl-terminal-screen");
  screen?.after(terminalSeparator(screen, lang));
  const storyOfTask = parts.task?.querySelector<HTMLElement>(STORY_OF_TASK);
  if (storyOfTask) letScrollByKeyboard(storyOfTask);
  const bench = make(
    "div",
    { class: "rl-bench" },
    make(
      "div",
      { class: "rl-bench-side" },
      parts.task,
      section(
        words.manifest,
        "",
        parts.memory,
        resizableEditor(parts.editor, lang),
        make("div", { class: "rl-bar" }, parts.actions, parts.result),
      ),
      section(words.checks, "", parts.checks),
      section(
        words.help,
        "",
        parts.hints,
        make("div", { class: "rl-actions" }, parts.hintButton, parts.solutionButton),
      ),
    ),
    make(
      "div",
      { class: "rl-bench-side" },
      section(words.cluster, "rl-bench-cluster", parts.timeline, parts.share),
      make("section", { "aria-label": words.terminal }, parts.terminal),
      section(words.story, "", parts.story),
    ),
    parts.solution,
  );
  bench.append(columnSeparator(bench, lang));
  return bench;
}

/** Its heading can take the focus, so that a link can lead there. */
function section(name: string, look: string, ...content: HTMLElement[]): HTMLElement {
  const heading = make("h2", { tabindex: "-1" }, name);
  return make("section", { class: look, "aria-label": name }, heading, ...content);
}
