import { nextDiagnostic, setDiagnostics, type Diagnostic } from "@codemirror/lint";
import { RangeSetBuilder, StateEffect, StateField, type Extension } from "@codemirror/state";
import { GutterMarker, gutter, keymap, type EditorView } from "@codemirror/view";
import type { Language } from "../../words/language.ts";
import type { Problem } from "./problem.ts";
import { SEVERITY_MARKS, severityName } from "./words.ts";

const setMarks = StateEffect.define<readonly Problem[]>();

/** More marks than this help nobody and cost time. */
const MARKS_MAX = 200;

class ProblemMark extends GutterMarker {
  readonly severity: Problem["severity"];
  readonly title: string;

  constructor(severity: Problem["severity"], title: string) {
    super();
    this.severity = severity;
    this.title = title;
  }

  override eq(other: ProblemMark): boolean {
    return other.severity === this.severity && other.title === this.title;
  }

  override toDOM(): Node {
    const mark = document.createElement("span");
    mark.className = `rl-gutter-mark ${this.severity}`;
    mark.textContent = SEVERITY_MARKS[this.severity];
    mark.title = this.title;
    return mark;
  }
}

/** Marks problems in the text and in a gutter; F8 goes from one to the next. */
export function problemMarks(lang: Language): Extension {
  const marks = StateField.define({
    create: () => new RangeSetBuilder<GutterMarker>().finish(),
    update(value, transaction) {
      let next = value.map(transaction.changes);
      for (const effect of transaction.effects) {
        if (!effect.is(setMarks)) continue;
        const { doc } = transaction.state;
        const builder = new RangeSetBuilder<GutterMarker>();
        const marked = new Set<number>();
        for (const { severity, line, message } of byLine(effect.value)) {
          if (line > doc.lines || marked.has(line)) continue;
          marked.add(line);
          const name = severityName(severity, lang);
          const { from } = doc.line(line);
          builder.add(from, from, new ProblemMark(severity, `${name}: ${message}`));
        }
        next = builder.finish();
      }
      return next;
    },
  });
  return [
    marks,
    gutter({ class: "rl-gutter", markers: (view) => view.state.field(marks) }),
    keymap.of([{ key: "F8", run: nextDiagnostic }]),
  ];
}

/** In order of lines, errors before warnings. */
function byLine(problems: readonly Problem[]): Problem[] {
  const rank = ({ severity }: Problem) => ["error", "warning", "info"].indexOf(severity);
  return [...problems].sort((a, b) => a.line - b.line || rank(a) - rank(b));
}

/** Puts these problems in place of those before. */
export function showProblems(view: EditorView, problems: readonly Problem[]): void {
  const { length } = view.state.doc;
  const shown = problems.slice(0, MARKS_MAX);
  const diagnostics = shown.map(({ from, to, severity, message, why }): Diagnostic => {
    const start = Math.min(from, length);
    return {
      from: start,
      to: Math.min(Math.max(to, start), length),
      severity,
      message,
      renderMessage: () => explain(message, why),
    };
  });
  view.dispatch({ effects: setMarks.of(shown) }, setDiagnostics(view.state, diagnostics));
}

/** The message, and below it what is behind it. */
export function explain(message: string, why: string): HTMLElement {
  const dom = document.createElement("span");
  dom.className = "rl-problem-text";
  dom.appendChild(document.createElement("span")).textContent = message;
  if (why !== "") {
    const reason = dom.appendChild(document.createElement("span"));
    reason.className = "rl-problem-why";
    reason.textContent = why;
  }
  return dom;
}
