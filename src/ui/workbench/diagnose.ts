import type { Language } from "../../words/language.ts";
import type { FilesEditor, Problem } from "../editor/index.ts";
import { SupersededError, type Engine } from "./engine.ts";
import { WORKBENCH_WORDS } from "./words.ts";

const WHOLE = { from: 0, to: 0, line: 1, column: 1 } as const;

/** What the API server would say of a file's text; undefined: a later text has taken its place. */
export async function diagnose(
  engine: Engine,
  lang: Language,
  name: string,
  text: string,
): Promise<readonly Problem[] | undefined> {
  try {
    const found = await engine.diagnose(name, text);
    return found.map(({ severity, message, why, range }) => ({
      severity,
      message,
      why: why?.[lang] ?? "",
      ...range,
    }));
  } catch (error) {
    if (error instanceof SupersededError) return undefined;
    // Nothing may be applied that could not be checked.
    const message = WORKBENCH_WORDS[lang].fault(messageOf(error));
    return [{ severity: "error", ...WHOLE, message, why: "" }];
  }
}

/** How many errors keep files from being applied as they stand; undefined: that is of no interest any more. */
export async function errorsIn(
  editor: FilesEditor,
  names: readonly string[],
  isWanted: () => boolean,
): Promise<number | undefined> {
  let problems: readonly Problem[] | undefined;
  do {
    problems = await editor.check(names);
    if (!isWanted()) return undefined;
  } while (problems === undefined);
  return problems.filter(({ severity }) => severity === "error").length;
}

export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
