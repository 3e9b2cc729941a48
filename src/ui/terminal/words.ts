import type { InBoth } from "../../words/language.ts";

/** What the terminal says of its own. */
export interface TerminalWords {
  readonly terminal: string;
  readonly keys: string;
  readonly readsAloud: string;
  readonly loading: string;
  readonly loadFailed: (reason: string) => string;
  readonly computing: string;
  readonly runs: (line: string) => string;
  readonly endOfRun: (line: string) => string;
  readonly edits: (name: string) => string;
  readonly save: string;
  readonly leave: string;
}

export const TERMINAL_WORDS: InBoth<TerminalWords> = {
  en: {
    terminal: "Terminal",
    keys: "A line is typed at the playhead’s time. Tab completes, Ctrl+R finds an earlier line, Ctrl+C interrupts; Esc, or Tab on an empty line, leaves the terminal.",
    readsAloud: "Screen reader mode",
    loading: "The terminal is loading.",
    loadFailed: (reason) =>
      `The terminal could not be loaded: ${reason}. Reloading the page may help.`,
    computing: "Computing what follows from this.",
    runs: (line) => `${line} is running. Its output comes as time goes on; Ctrl+C ends it.`,
    endOfRun: (line) =>
      `The run ends here, and ${line} has not ended. Ctrl+C ends it, or go back in time.`,
    edits: (name) => `kubectl edit: ${name}`,
    save: "Save and close",
    leave: "Close without saving",
  },
  ko: {
    terminal: "터미널",
    keys: "명령은 재생 위치의 시각에 입력됩니다. Tab은 자동 완성, Ctrl+R은 이전 명령 찾기, Ctrl+C는 중단입니다. Esc를 누르거나 빈 줄에서 Tab을 누르면 터미널에서 나갑니다.",
    readsAloud: "화면 낭독기 모드",
    loading: "터미널을 불러오는 중입니다.",
    loadFailed: (reason) =>
      `터미널을 불러오지 못했습니다: ${reason}. 페이지를 새로 고치면 해결될 수 있습니다.`,
    computing: "이 명령으로 일어날 일을 계산하는 중입니다.",
    runs: (line) =>
      `${line} 실행 중입니다. 시간이 흐르면 출력이 나타납니다. Ctrl+C로 끝낼 수 있습니다.`,
    endOfRun: (line) =>
      `실행 기록은 여기서 끝나는데 ${line} 명령은 아직 끝나지 않았습니다. Ctrl+C로 끝내거나 앞선 시각으로 돌아가세요.`,
    edits: (name) => `kubectl edit: ${name}`,
    save: "저장하고 닫기",
    leave: "저장하지 않고 닫기",
  },
};
