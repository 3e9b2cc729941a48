import type { InBoth, Language } from "../../words/language.ts";
import type { Problem } from "./problem.ts";

/** Everything that the editor says of its own. */
export interface EditorWords {
  readonly name: string;
  readonly files: string;
  readonly keys: string;
  readonly noProblems: string;
  readonly checking: string;
  readonly problems: (count: number) => string;
  readonly remarks: (count: number) => string;
  readonly errorMark: string;
  readonly warningMark: string;
  readonly infoMark: string;
  readonly place: (line: number, column: number) => string;
  readonly more: (count: number) => string;
  /** Texts that CodeMirror says to screen readers, by its own phrases. */
  readonly phrases: Readonly<Record<string, string>>;
  readonly compareName: string;
  readonly yours: string;
  readonly solution: string;
  readonly same: string;
}

/** What a severity is marked with, besides its colour. */
export const SEVERITY_MARKS: Readonly<Record<Problem["severity"], string>> = {
  error: "✕",
  warning: "!",
  info: "i",
};

/** A severity in a word. */
export function severityName(severity: Problem["severity"], lang: Language): string {
  const { errorMark, warningMark, infoMark } = EDITOR_WORDS[lang];
  return { error: errorMark, warning: warningMark, info: infoMark }[severity];
}

/** The words of the editor. */
export const EDITOR_WORDS: InBoth<EditorWords> = {
  en: {
    name: "Manifest",
    files: "Files of the lab",
    keys: "Tab leaves the editor. Ctrl+Space completes, Ctrl+] and Ctrl+[ indent, F8 goes to the next problem (on a Mac, Cmd for brackets).",
    noProblems: "The API server would accept this.",
    checking: "Checking.",
    problems: (count) => (count === 1 ? "1 problem" : `${count} problems`),
    remarks: (count) =>
      `The API server would accept this, with ${count === 1 ? "1 remark" : `${count} remarks`}.`,
    errorMark: "Error",
    warningMark: "Warning",
    infoMark: "Note",
    place: (line, column) => `line ${line}, column ${column}`,
    more: (count) => `and ${count} more`,
    phrases: {},
    compareName: "Your text and the solution",
    yours: "Your text",
    solution: "Solution",
    same: "Your text and the solution are the same.",
  },
  ko: {
    name: "매니페스트",
    files: "실습 파일",
    keys: "Tab을 누르면 편집기에서 나갑니다. Ctrl+Space는 자동 완성, Ctrl+]와 Ctrl+[는 들여쓰기, F8은 다음 문제로 이동합니다(Mac에서 대괄호는 Cmd와 함께).",
    noProblems: "API 서버가 받아들이는 매니페스트입니다.",
    checking: "확인하는 중입니다.",
    problems: (count) => `문제 ${count}건`,
    remarks: (count) => `API 서버가 받아들이지만 살펴볼 점이 ${count}건 있습니다.`,
    errorMark: "오류",
    warningMark: "경고",
    infoMark: "참고",
    place: (line, column) => `${line}행 ${column}열`,
    more: (count) => `외 ${count}건`,
    phrases: {
      Completions: "자동 완성",
      "Control character": "제어 문자",
      "Selection deleted": "선택 영역을 지웠습니다",
      Diagnostics: "문제",
      "No diagnostics": "문제 없음",
    },
    compareName: "내 매니페스트와 해답 비교",
    yours: "내 매니페스트",
    solution: "해답",
    same: "내 매니페스트가 해답과 같습니다.",
  },
};
