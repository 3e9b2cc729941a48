import type { InBoth } from "../../words/language.ts";

/** What stands around a figure. */
export interface FigureWords {
  readonly knobs: string;
  readonly before: string;
  readonly now: string;
  readonly failed: (failed: string, total: string) => string;
  readonly none: (total: string) => string;
  /** The rollout came to its end after so many seconds. */
  readonly complete: (seconds: string) => string;
  readonly notComplete: string;
  readonly noRollout: string;
  /** Containers that were started again. */
  readonly restarts: (count: number) => string;
  /** Fewest ready pods and most pods (those that terminate aside) while it lasted. */
  readonly pods: (minReady: number, maxPods: number) => string;
  readonly reset: string;
  /** Brings the picture to life. */
  readonly start: string;
  /** What can be done with the picture once it lives. */
  readonly startHint: string;
  readonly trouble: string;
}

export const FIGURE_WORDS: InBoth<FigureWords> = {
  en: {
    knobs: "Change it and watch",
    before: "At first",
    now: "Now",
    failed: (failed, total) => `${failed} of ${total} requests failed`,
    none: (total) => `none of ${total} requests failed`,
    complete: (seconds) => `rollout complete after ${seconds} s`,
    notComplete: "rollout not complete",
    noRollout: "no rollout",
    restarts: (count) =>
      count === 0 ? "never restarted" : `restarted ${count === 1 ? "once" : `${count} times`}`,
    pods: (minReady, maxPods) => `never fewer than ${minReady} ready, at most ${maxPods} pods`,
    reset: "As at first",
    start: "Play it",
    startHint: "Then click any bar, gap or mark to ask why.",
    trouble: "The simulator could not run:",
  },
  ko: {
    knobs: "값을 바꿔 보세요",
    before: "처음 설정",
    now: "지금 설정",
    failed: (failed, total) => `요청 ${total}건 중 ${failed}건 실패`,
    none: (total) => `요청 ${total}건 모두 성공`,
    complete: (seconds) => `롤아웃 ${seconds}초 만에 완료`,
    notComplete: "롤아웃이 끝나지 않음",
    noRollout: "롤아웃 없음",
    restarts: (count) => (count === 0 ? "재시작 없음" : `${count}번 재시작`),
    pods: (minReady, maxPods) => `준비된 파드 최소 ${minReady}개, 파드 최대 ${maxPods}개`,
    reset: "처음 값으로",
    start: "재생해 보기",
    startHint: "재생한 뒤 막대나 틈, 표시를 누르면 이유를 볼 수 있습니다.",
    trouble: "시뮬레이터를 실행하지 못했습니다:",
  },
};
