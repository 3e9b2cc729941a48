import type { InBoth } from "../../words/language.ts";

/** What the page for one's own manifests says of its own; what a check finds is told by `src/check/words`. */
export interface OwnWords {
  readonly manifests: string;
  readonly newFile: string;
  readonly oldFile: string;
  readonly files: string;
  readonly road: string;
  readonly anyRoad: string;
  readonly rps: string;
  readonly seeds: string;
  readonly run: string;
  readonly stop: string;
  readonly inTheBrowser: string;
  readonly starting: string;
  readonly running: (runs: number) => string;
  readonly stopped: string;
  readonly empty: string;
  readonly unusable: (problems: number) => string;
  readonly badRate: string;
  readonly fault: (message: string) => string;
  readonly verdict: string;
  readonly notYet: string;
  readonly why: string;
  readonly worst: (seed: number) => string;
  readonly showWorst: string;
  readonly patch: string;
  readonly patched: string;
  readonly applyPatch: string;
  readonly applied: string;
  readonly changed: string;
}

export const OWN_WORDS: InBoth<OwnWords> = {
  en: {
    manifests: "Your manifests",
    newFile: "new.yaml",
    oldFile: "old.yaml",
    files:
      "new.yaml is what you are going to apply, old.yaml what runs now. With old.yaml empty the update is a new image of the same manifests.",
    road: "The road that requests take",
    anyRoad: "by what the manifests have",
    rps: "Requests a second",
    seeds: "Runs",
    run: "Check this update",
    stop: "Stop",
    inTheBrowser:
      "The runs are made in this page. Nothing that you write here leaves your browser.",
    starting: "Looking for the moment of the update.",
    running: (runs) => `${runs} runs done.`,
    stopped: "Stopped.",
    empty: "new.yaml is empty. Paste the manifests of a Deployment and of its Service.",
    unusable: (problems) =>
      problems === 1
        ? "Not checked: the API server would refuse this."
        : `Not checked: the API server would refuse this, for ${problems} reasons.`,
    badRate: "Requests a second: a whole number from 1 to 1000.",
    fault: (message) =>
      `The check stopped with a fault of its own: ${message}. Your text is as it was.`,
    verdict: "The verdict",
    notYet: "Nothing has been checked yet.",
    why: "Why requests fail",
    worst: (seed) => `The worst run, number ${seed}`,
    showWorst: "Show the worst run as a timeline",
    patch: "The patch",
    patched: "With the patch",
    applyPatch: "Put the patch into new.yaml",
    applied: "The patch is in new.yaml; undo in the editor (Ctrl+Z) takes it out.",
    changed: "Your manifests or choices have changed since this check. Check them again.",
  },
  ko: {
    manifests: "내 매니페스트",
    newFile: "new.yaml",
    oldFile: "old.yaml",
    files:
      "new.yaml에는 앞으로 적용할 매니페스트를, old.yaml에는 지금 실행 중인 매니페스트를 넣습니다. old.yaml을 비워 두면 같은 매니페스트에 이미지만 바뀌는 업데이트로 봅니다.",
    road: "요청이 지나는 경로",
    anyRoad: "매니페스트를 보고 고르기",
    rps: "초당 요청 수",
    seeds: "실행 횟수",
    run: "이 업데이트 검사",
    stop: "중지",
    inTheBrowser:
      "모든 실행은 이 페이지 안에서 이루어집니다. 여기에 쓴 내용은 브라우저 밖으로 나가지 않습니다.",
    starting: "업데이트 시점을 찾는 중입니다.",
    running: (runs) => `${runs}번 실행했습니다.`,
    stopped: "중지했습니다.",
    empty: "new.yaml이 비어 있습니다. Deployment와 Service의 매니페스트를 붙여 넣어 주세요.",
    unusable: (problems) =>
      `검사하지 않았습니다. API 서버가 받아들이지 않을 문제가 ${problems}건 있습니다.`,
    badRate: "초당 요청 수에는 1부터 1000까지의 정수를 넣어 주세요.",
    fault: (message) => `검사 자체의 오류로 멈췄습니다: ${message}. 매니페스트는 그대로입니다.`,
    verdict: "판정",
    notYet: "아직 검사하지 않았습니다.",
    why: "요청이 실패하는 이유",
    worst: (seed) => `가장 나쁜 실행(${seed}번)`,
    showWorst: "가장 나쁜 실행을 타임라인으로 보기",
    patch: "패치",
    patched: "패치 적용 후",
    applyPatch: "new.yaml에 패치 적용",
    applied: "new.yaml에 패치를 적용했습니다. 편집기에서 Ctrl+Z를 누르면 되돌릴 수 있습니다.",
    changed: "이 검사를 실행한 뒤에 매니페스트나 선택이 바뀌었습니다. 다시 검사하세요.",
  },
};
