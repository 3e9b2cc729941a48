import type { Lab } from "../../labs/index.ts";
import type { InBoth } from "../../words/language.ts";
import type { StorageProblem } from "../storage/progress.ts";

/** Everything that the workbench says of its own; a run's sentences stand in `src/words`, a lab's in its folder. */
export interface WorkbenchWords {
  readonly task: string;
  readonly manifest: string;
  readonly cluster: string;
  readonly terminal: string;
  readonly story: string;
  readonly checks: string;
  readonly checksAre: Readonly<Record<Lab["mode"], (runs: number) => string>>;
  readonly help: string;
  readonly loading: string;
  readonly loadFailed: (reason: string) => string;
  readonly noLab: (id: string) => string;

  readonly deploy: (version: string | undefined) => string;
  readonly deployKeys: string;
  readonly applyNow: (time: string) => string;
  readonly applyFile: (file: string, time: string) => string;
  readonly check: string;
  readonly typedCommands: string;
  readonly typedAt: (time: string) => string;
  readonly undo: string;
  readonly reset: string;
  readonly stop: string;

  /** Before anything was done; in mode operate with the time at which the learner takes over. */
  readonly standing: Readonly<Record<Lab["mode"], (time: string) => string>>;
  readonly simulating: string;
  readonly judging: (done: number, total: number) => string;
  readonly stopped: string;
  readonly undone: string;
  readonly wasReset: string;
  readonly bringBack: string;
  readonly refused: (problems: number) => string;
  readonly refusedThen: (time: string) => string;
  readonly applied: (time: string) => string;
  readonly checksPassed: (passed: number, of: number, runs: number) => string;
  readonly solved: string;
  readonly fault: (message: string) => string;
  readonly otherText: Readonly<Record<Lab["mode"], string>>;
  readonly otherRun: (seed: number) => string;
  readonly showTimeline: string;
  readonly showChecks: string;
  /** Above what happened so far, where time has not passed to the end. */
  readonly storyUntil: (time: string) => string;
  readonly atMoment: (time: string) => string;

  readonly notRun: string;
  readonly running: string;
  readonly passed: string;
  readonly failed: string;
  readonly failedIn: (failed: number, of: number) => string;
  readonly showRun: string;
  readonly runNumber: (seed: number) => string;
  readonly aboutAnswer: string;
  readonly think: string;

  readonly nextHint: (next: number, of: number) => string;
  readonly hint: (number: number) => string;
  readonly showSolution: string;
  readonly hideSolution: string;
  readonly solution: string;
  readonly solutionIs: string;

  readonly lastTry: (when: string, passed: number, of: number) => string;
  readonly solvedBefore: (when: string) => string;
  readonly draftLeft: string;
  readonly restoreTry: string;
  readonly restoreDraft: string;
  readonly restored: string;
  readonly downloadRecord: string;
  readonly recordIs: string;
  readonly cantSave: Readonly<Record<StorageProblem, string>>;
  readonly startAnew: string;
  readonly savesAgain: string;
}

/** The words of the workbench. */
export const WORKBENCH_WORDS: InBoth<WorkbenchWords> = {
  en: {
    task: "The task",
    manifest: "Manifest",
    cluster: "The cluster",
    terminal: "Terminal",
    story: "What happened",
    checks: "Checks",
    checksAre: {
      deploy: (runs) =>
        `What you wrote is deployed in ${runs} runs, each with other delays and other arrivals.`,
      operate: (runs) =>
        `What you did is done again at the same times in ${runs} runs, each with other delays and other arrivals.`,
    },
    help: "Help",
    loading: "The workbench is loading.",
    loadFailed: (reason) =>
      `The workbench could not be loaded: ${reason}. Reloading the page may help.`,
    noLab: (id) => `The page holds no lab named ${id}.`,

    deploy: (version) =>
      version === undefined ? "Run with this manifest" : `Deploy ${version} with this manifest`,
    deployKeys: "Ctrl+Enter in the editor does the same.",
    applyNow: (time) => `Apply now (${time})`,
    applyFile: (file, time) => `Apply ${file} now (${time})`,
    check: "Check the cluster",
    typedCommands: "In the terminal",
    typedAt: (time) => `at ${time}`,
    undo: "Undo",
    reset: "Reset",
    stop: "Stop",

    standing: {
      deploy: () => "The cluster is running. Nothing has been deployed yet.",
      operate: (time) => `The cluster is running. From ${time} on it is yours.`,
    },
    simulating: "Simulating.",
    judging: (done, total) => `Run ${done} of ${total}`,
    stopped: "Stopped. The cluster stays as it was.",
    undone: "Undone. The cluster stands as it did before.",
    wasReset: "Text and cluster are as at the beginning.",
    bringBack: "Bring my text back",
    refused: (problems) =>
      `Not applied: ${problems === 1 ? "1 problem" : `${problems} problems`}. The cluster stays as it was.`,
    refusedThen: (time) =>
      `The API server refused this at ${time}. The cluster stays as it was. kubectl says:`,
    applied: (time) => `Applied at ${time}:`,
    checksPassed: (passed, of, runs) => `Over ${runs} runs, ${passed} of ${of} checks passed.`,
    solved: "Every check passed. The lab is solved.",
    fault: (message) =>
      `The simulator stopped with a fault of its own: ${message}. Your text and the cluster on the page are as they were.`,
    otherText: {
      deploy: "The text has changed since these checks ran.",
      operate: "More has been done since these checks ran.",
    },
    otherRun: (seed) => `The timeline now shows run ${seed}.`,
    showTimeline: "To the timeline",
    showChecks: "To the checks",
    storyUntil: (time) => `Up to ${time}. Let time pass, and it goes on.`,
    atMoment: (time) => `at ${time}`,

    notRun: "not run yet",
    running: "running",
    passed: "passed",
    failed: "failed",
    failedIn: (failed, of) => `Failed in ${failed} of ${of} runs.`,
    showRun: "Show a failed one:",
    runNumber: (seed) => `run ${seed}`,
    aboutAnswer: "What happened to this answer",
    think: "To think about:",

    nextHint: (next, of) => `Hint ${next} of ${of}`,
    hint: (number) => `Hint ${number}`,
    showSolution: "Compare with the solution",
    hideSolution: "Hide the solution",
    solution: "Your text and the solution",
    solutionIs: "This is one of many that pass. Your text stays as it is.",

    lastTry: (when, passed, of) => `Your last try, ${when}: ${passed} of ${of} checks passed.`,
    solvedBefore: (when) => `You solved this lab on ${when}.`,
    draftLeft: "There is a text of yours that was not tried.",
    restoreTry: "Restore my last try",
    restoreDraft: "Restore the untried text",
    downloadRecord: "Download my record",
    recordIs:
      "All labs that you solved, as a file that anyone can check: rollout-lab verify plays it again.",
    restored: "Restored. Undo in the editor (Ctrl+Z) brings the former text back.",
    cantSave: {
      blocked:
        "Can't save: the browser does not let this page store anything. Everything works, and is forgotten when the page closes.",
      unreadable:
        "Can't save: the progress stored in this browser can't be read, and is left as it is. Everything works, and is forgotten when the page closes.",
      full: "Can't save: the browser's storage is full. Everything works; what is new is forgotten when the page closes.",
    },
    startAnew: "Discard it and save again",
    savesAgain: "Progress is saved again.",
  },
  ko: {
    task: "과제",
    manifest: "매니페스트",
    cluster: "클러스터",
    terminal: "터미널",
    story: "실행 결과",
    checks: "검사",
    checksAre: {
      deploy: (runs) =>
        `지연과 요청 도착 시각을 바꿔 가며 매니페스트를 ${runs}번 배포해 확인합니다.`,
      operate: (runs) =>
        `지연과 요청 도착 시각을 바꿔 가며 같은 시각에 같은 일을 ${runs}번 되풀이해 확인합니다.`,
    },
    help: "도움",
    loading: "워크벤치를 불러오는 중입니다.",
    loadFailed: (reason) =>
      `워크벤치를 불러오지 못했습니다: ${reason}. 페이지를 새로 고치면 해결될 수 있습니다.`,
    noLab: (id) => `이 페이지에는 ${id} 실습이 없습니다.`,

    deploy: (version) =>
      version === undefined ? "이 매니페스트로 실행" : `이 매니페스트로 ${version} 배포`,
    deployKeys: "편집기에서 Ctrl+Enter를 눌러도 됩니다.",
    applyNow: (time) => `지금 적용 (${time})`,
    applyFile: (file, time) => `지금 ${file} 적용 (${time})`,
    check: "클러스터 검사",
    typedCommands: "터미널에서",
    typedAt: (time) => `${time} 시점`,
    undo: "되돌리기",
    reset: "초기화",
    stop: "중지",

    standing: {
      deploy: () => "클러스터가 실행 중입니다. 아직 배포한 것은 없습니다.",
      operate: (time) => `클러스터가 실행 중입니다. ${time}부터는 여러분이 조작합니다.`,
    },
    simulating: "시뮬레이션하는 중입니다.",
    judging: (done, total) => `${total}번 중 ${done}번 실행`,
    stopped: "중지했습니다. 클러스터는 그대로입니다.",
    undone: "되돌렸습니다. 클러스터가 직전 상태로 돌아갔습니다.",
    wasReset: "매니페스트와 클러스터를 처음 상태로 되돌렸습니다.",
    bringBack: "내 매니페스트 되살리기",
    refused: (problems) =>
      `적용하지 않았습니다. 문제가 ${problems}건 있습니다. 클러스터는 그대로입니다.`,
    refusedThen: (time) =>
      `${time} 시점에 API 서버가 거부했습니다. 클러스터는 그대로입니다. kubectl의 출력은 다음과 같습니다.`,
    applied: (time) => `${time} 시점에 적용했습니다:`,
    checksPassed: (passed, of, runs) =>
      `${runs}번 실행한 결과, 검사 ${of}개 중 ${passed}개를 통과했습니다.`,
    solved: "모든 검사를 통과했습니다. 실습을 완료했습니다.",
    fault: (message) =>
      `시뮬레이터 자체 오류로 멈췄습니다: ${message}. 매니페스트와 화면의 클러스터는 그대로입니다.`,
    otherText: {
      deploy: "이 검사를 실행한 뒤에 매니페스트가 바뀌었습니다.",
      operate: "이 검사를 실행한 뒤에 한 일이 더 있습니다.",
    },
    otherRun: (seed) => `타임라인은 ${seed}번 실행을 보여 줍니다.`,
    showTimeline: "타임라인으로",
    showChecks: "검사 결과로",
    storyUntil: (time) => `${time}까지의 결과입니다. 시간이 더 흐르면 이어집니다.`,
    atMoment: (time) => `${time} 시점`,

    notRun: "실행 전",
    running: "실행 중",
    passed: "통과",
    failed: "실패",
    failedIn: (failed, of) => `${of}번 중 ${failed}번 실패했습니다.`,
    showRun: "실패한 실행 보기:",
    runNumber: (seed) => `${seed}번`,
    aboutAnswer: "이 답안에서 일어난 일",
    think: "생각해 볼 점:",

    nextHint: (next, of) => `힌트 보기 (${next}/${of})`,
    hint: (number) => `힌트 ${number}`,
    showSolution: "해답과 비교",
    hideSolution: "해답 닫기",
    solution: "내 매니페스트와 해답",
    solutionIs: "검사를 통과하는 여러 답 중 하나입니다. 내 매니페스트는 바뀌지 않습니다.",

    lastTry: (when, passed, of) =>
      `마지막 시도(${when}): 검사 ${of}개 중 ${passed}개를 통과했습니다.`,
    solvedBefore: (when) => `${when}에 이 실습을 완료했습니다.`,
    draftLeft: "아직 실행해 보지 않은 매니페스트가 남아 있습니다.",
    restoreTry: "마지막 시도 불러오기",
    restoreDraft: "실행하지 않은 매니페스트 불러오기",
    downloadRecord: "내 완료 기록 내려받기",
    recordIs:
      "완료한 실습을 모두 담은 파일입니다. 받은 사람은 rollout-lab verify로 다시 실행해 확인할 수 있습니다.",
    restored: "불러왔습니다. 편집기에서 Ctrl+Z를 누르면 이전 내용으로 돌아갑니다.",
    cantSave: {
      blocked:
        "저장할 수 없습니다. 브라우저가 이 페이지의 저장을 막고 있습니다. 실습은 그대로 할 수 있지만 페이지를 닫으면 기록이 사라집니다.",
      unreadable:
        "저장할 수 없습니다. 이 브라우저에 저장된 진행 기록을 읽을 수 없어 건드리지 않고 두었습니다. 실습은 그대로 할 수 있지만 페이지를 닫으면 새 기록이 사라집니다.",
      full: "저장할 수 없습니다. 브라우저 저장 공간이 가득 찼습니다. 실습은 그대로 할 수 있지만 페이지를 닫으면 새 기록이 사라집니다.",
    },
    startAnew: "이전 기록을 버리고 다시 저장",
    savesAgain: "진행 상황을 다시 저장합니다.",
  },
};
