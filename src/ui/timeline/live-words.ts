import type { InBoth } from "../../words/language.ts";

/** Names of the controls of a live timeline. */
export interface LiveWords {
  readonly controls: string;
  readonly rewind: string;
  readonly previous: string;
  readonly play: string;
  readonly pause: string;
  readonly next: string;
  readonly speed: string;
  readonly zoomIn: string;
  readonly zoomOut: string;
  readonly fit: string;
  readonly whole: string;
  readonly help: string;
  readonly keys: readonly (readonly [keys: string, what: string])[];
  readonly playhead: string;
  readonly picture: string;
  readonly why: string;
  readonly close: string;
  readonly goTo: string;
  readonly rule: string;
  readonly course: string;
  readonly field: string;
  readonly ready: string;
  readonly of: (min: number, max: number) => string;
  readonly answered: string;
  readonly seconds: (text: string) => string;
}

export const LIVE_WORDS: InBoth<LiveWords> = {
  en: {
    controls: "Playback",
    rewind: "To the start",
    previous: "To the event before",
    play: "Play",
    pause: "Pause",
    next: "To the next event",
    speed: "Speed",
    zoomIn: "Zoom in",
    zoomOut: "Zoom out",
    fit: "Show the rollout",
    whole: "Show the whole run",
    help: "Keys",
    keys: [
      ["Space", "play, pause"],
      ["← →", "on the playhead: event before, next event; in the picture: mark before, next mark"],
      ["Shift + ← →", "one second back, on"],
      ["↑ ↓", "in the picture: row above, below"],
      ["Home End", "start, end"],
      ["Enter", "why?"],
      ["Esc", "close the answer"],
      ["+ − 0", "zoom in, out, show the rollout"],
      ["Page Up, Page Down", "move the view back, on"],
    ],
    playhead: "Playhead",
    picture: "Pods, requests and decisions: arrow keys move, Enter asks why",
    why: "Why?",
    close: "Close",
    goTo: "Go to this moment",
    rule: "Rule",
    course: "What happened when",
    field: "Field",
    ready: "Ready",
    of: (min, max) => `(${min} to ${max})`,
    answered: "ok",
    seconds: (text) => `${text} s`,
  },
  ko: {
    controls: "재생",
    rewind: "처음으로",
    previous: "이전 이벤트로",
    play: "재생",
    pause: "일시 정지",
    next: "다음 이벤트로",
    speed: "속도",
    zoomIn: "확대",
    zoomOut: "축소",
    fit: "롤아웃 구간 보기",
    whole: "전체 구간 보기",
    help: "단축키",
    keys: [
      ["Space", "재생, 일시 정지"],
      ["← →", "재생 위치에서는 이전·다음 이벤트, 그림에서는 이전·다음 표시"],
      ["Shift + ← →", "1초 뒤로, 앞으로"],
      ["↑ ↓", "그림에서 위·아래 행으로"],
      ["Home End", "처음, 끝"],
      ["Enter", "이유 보기"],
      ["Esc", "설명 닫기"],
      ["+ − 0", "확대, 축소, 롤아웃 구간 보기"],
      ["Page Up, Page Down", "보이는 구간을 앞뒤로 이동"],
    ],
    playhead: "재생 위치",
    picture: "파드, 요청, 결정: 화살표 키로 이동하고 Enter로 이유 보기",
    why: "왜?",
    close: "닫기",
    goTo: "이 시점으로 이동",
    rule: "규칙",
    course: "경과",
    field: "관련 필드",
    ready: "Ready",
    of: (min, max) => `(${min}~${max})`,
    answered: "성공",
    seconds: (text) => `${text}초`,
  },
};
