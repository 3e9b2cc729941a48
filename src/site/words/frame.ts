import type { Language } from "../../../site.config.ts";

/** The site's own words around the chapters; Starlight brings the rest in both languages. */
export interface FrameWords {
  /** The reference of fields. */
  readonly fields: {
    readonly required: string;
    /** Stands before a default. */
    readonly initial: string;
    readonly since: (version: string) => string;
  };
  /** The table of measured against simulated. */
  readonly measured: {
    readonly caption: (recordings: number, seeds: number) => string;
    readonly heads: Readonly<Record<"recording" | "measured" | "byInstants" | "wholeRuns", string>>;
    readonly requests: (count: string) => string;
    readonly roads: Readonly<Record<"direct" | "proxy", string>>;
    readonly kinds: Readonly<Record<"refused" | "unanswered" | "reset", (count: string) => string>>;
    readonly range: (min: string, max: string) => string;
    /** Where the measured number lies. */
    readonly places: Readonly<Record<"within" | "above" | "below" | "apart", string>>;
    /** No instants to play. */
    readonly none: string;
  };
  /** The front page's way into the course: stands before a chapter's title. */
  readonly resume: { readonly begin: string; readonly resume: string };
  /** Below every page. */
  readonly footer: string;
  /** The lab page, before its workbench has loaded and where scripts are off. */
  readonly lab: {
    readonly task: string;
    /** Where the workbench will be, until it has come. */
    readonly loading: string;
    readonly needsScripts: string;
    /** From a chapter to the lab's own page. */
    readonly openWide: string;
  };
  /** The page for manifests of one's own. */
  readonly ownManifest: {
    readonly title: string;
    readonly description: string;
    readonly needsScripts: string;
  };
  /** The page of all labs with what one has done in them. */
  readonly progress: {
    readonly title: string;
    readonly description: string;
    readonly about: string;
    readonly untouched: string;
    readonly needsScripts: string;
  };
}

export const frameWords: Readonly<Record<Language, FrameWords>> = {
  en: {
    fields: {
      required: "required",
      initial: "default",
      since: (version) => `from Kubernetes ${version}`,
    },
    measured: {
      caption: (recordings, seeds) =>
        `Requests lost in ${recordings} recordings of a real node, and in the simulator: with the instants of the recording, and in ${seeds} whole runs.`,
      heads: {
        recording: "recording",
        measured: "measured",
        byInstants: "simulated, recorded instants",
        wholeRuns: "simulated, whole runs",
      },
      requests: (count) => `${count} requests`,
      roads: { direct: "to the ClusterIP", proxy: "through a proxy" },
      kinds: {
        refused: (count) => `${count} refused`,
        unanswered: (count) => `${count} unanswered`,
        reset: (count) => `${count} reset`,
      },
      range: (min, max) => `${min} to ${max}`,
      places: {
        within: "within the spread",
        above: "more were measured",
        below: "fewer were measured",
        apart: "another number was measured",
      },
      none: "not logged",
    },
    resume: { begin: "Begin here", resume: "Continue where you were" },
    footer:
      "The simulated cluster follows Kubernetes 1.32. Nothing that you do here leaves your browser.",
    lab: {
      task: "The task",
      loading: "The workbench is loading …",
      needsScripts:
        "The workbench runs a simulated cluster in the page and needs scripts. The chapter can be read without.",
      openWide: "Open the lab on a page of its own",
    },
    ownManifest: {
      title: "Your own manifest",
      description:
        "Paste the manifests of an update, and see over many runs whether users would notice it, why, and the smallest change that ends it.",
      needsScripts:
        "The check runs a simulated cluster in the page and needs scripts. Without them, the command line has the same check: rollout-lab check.",
    },
    progress: {
      title: "Your progress",
      description:
        "All labs with what this browser knows of your progress, which can be saved as a file and taken in by another browser.",
      about:
        "Progress stays in this browser. To go on elsewhere, save it as a file and take that in there: what is there already stays, and what is missing is added.",
      untouched: "not begun",
      needsScripts: "What this browser knows of your progress can only be shown with scripts.",
    },
  },
  ko: {
    fields: {
      required: "필수",
      initial: "기본값",
      since: (version) => `Kubernetes ${version}부터`,
    },
    measured: {
      caption: (recordings, seeds) =>
        `실제 노드를 기록한 ${recordings}건에서 잃은 요청 수와 시뮬레이터에서 잃은 요청 수. 기록된 시각을 그대로 넣은 경우와 처음부터 끝까지 ${seeds}번 실행한 경우를 나란히 둔다.`,
      heads: {
        recording: "기록",
        measured: "실측",
        byInstants: "시뮬레이션: 기록된 시각",
        wholeRuns: "시뮬레이션: 전체 실행",
      },
      requests: (count) => `요청 ${count}건`,
      roads: { direct: "ClusterIP로 직접", proxy: "프록시를 거쳐" },
      kinds: {
        refused: (count) => `거부 ${count}`,
        unanswered: (count) => `무응답 ${count}`,
        reset: (count) => `끊김 ${count}`,
      },
      range: (min, max) => `${min}~${max}`,
      places: {
        within: "범위 안",
        above: "실측이 더 많음",
        below: "실측이 더 적음",
        apart: "실측과 다름",
      },
      none: "로그 없음",
    },
    resume: { begin: "여기서 시작하기", resume: "하던 곳에서 이어 하기" },
    footer:
      "시뮬레이션 클러스터는 Kubernetes 1.32를 따릅니다. 여기서 하는 일은 브라우저 밖으로 나가지 않습니다.",
    lab: {
      task: "과제",
      loading: "워크벤치를 불러오는 중입니다…",
      needsScripts:
        "워크벤치는 페이지 안에서 시뮬레이션 클러스터를 실행하므로 스크립트가 필요합니다. 본문은 스크립트 없이도 읽을 수 있습니다.",
      openWide: "실습을 별도 페이지에서 열기",
    },
    ownManifest: {
      title: "내 매니페스트 검사",
      description:
        "업데이트할 매니페스트를 붙여 넣으면 여러 번 실행해 사용자가 알아차릴 문제가 있는지, 왜 그런지, 무엇을 가장 적게 고치면 없어지는지 보여 줍니다.",
      needsScripts:
        "검사는 페이지 안에서 시뮬레이션 클러스터를 실행하므로 스크립트가 필요합니다. 스크립트 없이는 명령줄에서 같은 검사(rollout-lab check)를 쓸 수 있습니다.",
    },
    progress: {
      title: "내 진행 상황",
      description:
        "실습마다 어디까지 했는지 이 브라우저에 남은 기록을 보여 줍니다. 파일로 저장해 다른 브라우저로 옮길 수 있습니다.",
      about:
        "진행 상황은 이 브라우저에만 남습니다. 다른 곳에서 이어 하려면 파일로 저장해 그쪽에서 가져오세요. 그쪽에 있던 것은 그대로 두고 없는 것만 더합니다.",
      untouched: "시작 전",
      needsScripts: "이 브라우저에 남은 진행 상황은 스크립트가 있어야 볼 수 있습니다.",
    },
  },
};
