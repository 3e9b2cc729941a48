import type { InBoth, Language } from "../../words/language.ts";
import { decimals } from "../../words/format.ts";
import type { LeverName } from "../remedy/lever.ts";
import type { Attempt, Part, Remedy } from "../remedy/remedy.ts";

type Values = Part["values"];

interface LeverWords {
  /** The field in the manifest. */
  readonly field: string;
  /** What it is set to. */
  readonly to: (values: Values) => string;
  /** Why that ends failures, with the numbers. */
  readonly why: InBoth<(values: Values) => string>;
}

const LEVERS: Readonly<Record<LeverName, LeverWords>> = {
  preStop: {
    field: "lifecycle.preStop",
    to: (v) => `sleep ${v.seconds}s${v.behindName === undefined ? "" : ` (${v.behindName})`}`,
    why: {
      en: (v) =>
        v.behindName !== undefined
          ? `Container ${v.behindName} is told to stop at the same time as the one that passes requests on to it, and has to answer as long as that one does.${before(v, "en")}`
          : `The process serves on until the routers have left the pod. In the worst run they went on choosing a pod for ${v.gapSeconds} s after it had closed its port${held(v, "en")}; ${v.seconds} s leaves ${margin(v)} s to spare. A load balancer outside of the cluster can be slower: measure it and add.${before(v, "en")}${beside(v, "en")}`,
      ko: (v) =>
        v.behindName !== undefined
          ? `${v.behindName} 컨테이너도 요청을 넘겨 주는 컨테이너와 동시에 종료 신호를 받으므로, 그만큼 오래 응답해야 합니다.${before(v, "ko")}`
          : `라우터가 파드를 목록에서 뺄 때까지 프로세스가 계속 응답합니다. 가장 나쁜 실행에서 라우터는 ${held(v, "ko")}포트가 닫힌 뒤 ${v.gapSeconds}초 동안 그 파드를 골랐고, ${v.seconds}초면 ${margin(v)}초가 남습니다. 클러스터 밖 로드 밸런서는 더 느릴 수 있으니 측정해서 더해야 합니다.${before(v, "ko")}${beside(v, "ko")}`,
    },
  },
  terminationGracePeriodSeconds: {
    field: "terminationGracePeriodSeconds",
    to: (v) => `${v.seconds}`,
    why: {
      en: () => "The grace period holds the hook and what the process has to finish after it.",
      ko: () => "유예 시간 안에 훅과, 그 뒤 프로세스가 마쳐야 할 일이 모두 들어가야 합니다.",
    },
  },
  readinessProbe: {
    field: "readinessProbe",
    to: (v) => `${v.handler}`,
    why: {
      en: () =>
        "Without one a pod counts as ready as soon as its containers run, and gets requests before it listens.",
      ko: () =>
        "이 프로브가 없으면 컨테이너가 실행되는 즉시 Ready로 보고, 포트를 열기도 전에 요청을 보냅니다.",
    },
  },
  startupProbe: {
    field: "startupProbe.failureThreshold",
    to: (v) => `${v.threshold}`,
    why: {
      en: (v) =>
        `The program is killed before it has started. Until a startup probe has succeeded no liveness probe asks, and this one gives the start ${v.seconds} s (${v.threshold} times ${v.period} s).`,
      ko: (v) =>
        `프로그램이 다 뜨기도 전에 kubelet이 컨테이너를 다시 시작합니다. startup 프로브가 성공할 때까지는 liveness 프로브가 묻지 않으므로, 이 값이면 뜨는 데 ${v.seconds}초(${v.period}초 × ${v.threshold}번)를 쓸 수 있습니다.`,
    },
  },
  publishNotReadyAddresses: {
    field: "publishNotReadyAddresses",
    to: () => "false",
    why: {
      en: () =>
        "The Service leads to pods that are not ready, too: before they listen, and while they stop. Pods that look for each other can have a headless Service of their own for that.",
      ko: () =>
        "이 Service는 Ready가 아닌 파드로도 이어집니다. 포트를 열기 전에도, 종료하는 동안에도 마찬가지입니다. 파드끼리 서로를 찾는 데 필요하다면 헤드리스 Service를 따로 두면 됩니다.",
    },
  },
  strategy: {
    field: "strategy.type",
    to: () => "RollingUpdate",
    why: {
      en: () =>
        "Recreate ends every old pod before it starts a new one. With RollingUpdate both versions serve side by side for a while: the application has to bear that.",
      ko: () =>
        "Recreate는 이전 파드를 모두 끝낸 뒤에 새 파드를 시작합니다. RollingUpdate에서는 두 버전이 한동안 함께 응답하므로, 애플리케이션이 그것을 견뎌야 합니다.",
    },
  },
  maxUnavailable: {
    field: "rollingUpdate.maxUnavailable",
    to: (v) => `${v.pods}`,
    why: {
      en: (v) =>
        v.pods === 0
          ? "A new pod is ready before an old one goes."
          : "One old pod may be away while its successor starts.",
      ko: (v) =>
        v.pods === 0
          ? "이전 파드는 새 파드가 준비된 다음에 내려갑니다."
          : "새 파드가 뜨는 동안 이전 파드 하나가 빠져 있어도 됩니다.",
    },
  },
  maxSurge: {
    field: "rollingUpdate.maxSurge",
    to: (v) => `${v.pods}`,
    why: {
      en: (v) =>
        v.pods === 0
          ? "There is no room for a new pod beside the old ones, by a quota or since it wants a port of the node that an old one has. So an old one goes first, and the others serve meanwhile."
          : "The new pod comes beside the old ones, since none of them may be away.",
      ko: (v) =>
        v.pods === 0
          ? "쿼터 때문에, 또는 이전 파드가 쓰는 노드 포트가 필요해서 새 파드가 이전 파드 옆에 뜰 자리가 없습니다. 그래서 이전 파드 하나가 먼저 내려가고, 그동안 나머지가 응답합니다."
          : "빠져도 되는 이전 파드가 없으므로, 새 파드가 그 옆에 하나 더 뜹니다.",
    },
  },
  replicas: {
    field: "replicas",
    to: (v) => `${v.replicas}`,
    why: {
      en: () =>
        "One pod serves while the other one is replaced; the program has to bear a second one beside it.",
      ko: () =>
        "파드 하나를 바꾸는 동안 다른 파드가 응답합니다. 프로그램이 두 개로 함께 돌아도 되는지 확인하세요.",
    },
  },
  minReplicas: {
    field: "minReplicas",
    to: (v) => `${v.replicas}`,
    why: {
      en: () => "One pod serves while the other one is replaced, however little the load is.",
      ko: () => "부하가 아무리 적어도, 파드 하나를 바꾸는 동안 다른 파드가 응답합니다.",
    },
  },
  minReadySeconds: {
    field: "minReadySeconds",
    to: (v) => `${v.seconds}`,
    why: {
      en: () => "An old pod goes only when the new one has been ready for so long.",
      ko: () => "새 파드가 이 시간 동안 Ready를 유지한 다음에야 이전 파드가 내려갑니다.",
    },
  },
};

/** What becomes of what the hook did before; a hook has one handler. */
function before({ sends, loses }: Values, lang: Language): string {
  const ko = lang === "ko";
  if (sends !== undefined) {
    return ko
      ? ` 기존 훅의 요청(${sends})은 sleep이 끝난 뒤 wget이 보냅니다. 훅 하나에는 핸들러를 하나만 쓸 수 있기 때문입니다. 이미지에 wget이 있는지 확인하세요.`
      : ` The request of the hook that was there (${sends}) is sent by wget after the sleep, since a hook has one handler: see that the image has wget.`;
  }
  if (loses !== undefined) {
    return ko
      ? ` 기존 훅이 하던 일(${loses})은 빠집니다. 훅 하나에는 핸들러를 하나만 쓸 수 있고, 이 이미지에는 둘을 이어서 실행할 셸이 없기 때문입니다. 그 일은 프로그램이 종료 신호를 받았을 때 하게 하세요.`
      : ` What the hook that was there did (${loses}) is not done any more: a hook has one handler, and this image has no shell that could do both. Have the program do it when it gets its stop signal.`;
  }
  return "";
}

/** The containers beside it: each is told to stop after its own hook. */
function beside({ others }: Values, lang: Language): string {
  if (others === undefined) return "";
  return lang === "ko"
    ? ` 파드의 다른 컨테이너(${others})는 훅이 없어 바로 종료 신호를 받습니다. 응답하는 데 필요한 컨테이너라면 같은 훅을 넣어 주세요.`
    : ` The other containers of the pod (${others}) have no hook and get their stop signal at once: those that it needs to answer have to get the same hook.`;
}

/** The hook that was there, where it had held the program back. */
function held({ heldSeconds }: Values, lang: Language): string {
  if (heldSeconds === undefined) return "";
  return lang === "ko"
    ? `기존 훅이 ${heldSeconds}초 동안 붙들고 난 다음에도, `
    : `, though its hook had held it for ${heldSeconds} s`;
}

function margin({ seconds, gapSeconds, heldSeconds = 0 }: Values): string {
  return decimals(Number(seconds) - Number(gapSeconds) - Number(heldSeconds), 1);
}

/** `lifecycle.preStop: sleep 5s` */
export function tellChange({ lever, values }: Pick<Part, "lever" | "values">): string {
  const { field, to } = LEVERS[lever];
  return `${field}: ${to(values)}`;
}

/** A part of a remedy; where that changes several objects, with the name of its own. */
export function tellPart(part: Part, all: readonly Part[]): string {
  const isOnly = all.every(({ edit }) => edit.object === part.edit.object);
  const [kind, , name] = part.edit.object.split("/");
  return isOnly ? tellChange(part) : `${kind!.toLowerCase()}/${name!}: ${tellChange(part)}`;
}

/** Why a part of a remedy ends failures. */
export function tellWhy({ lever, values }: Part, lang: Language): string {
  return LEVERS[lever].why[lang](values);
}

/** What happens without a part. */
export function tellWithout({ without }: Part, lang: Language): string {
  const ko = lang === "ko";
  if (without === "refused") {
    return ko
      ? "이것을 빼면 API 서버가 나머지를 받아들이지 않습니다."
      : "Without it the API server refuses the rest.";
  }
  const { seeds, runsWithFailures, failed, unfinished } = without;
  if (unfinished > 0) {
    return ko
      ? `이것을 빼면 ${seeds}번 가운데 ${unfinished}번에서 업데이트가 끝나지 않습니다.`
      : `Without it the update does not come to its end in ${unfinished} of ${seeds} runs.`;
  }
  return ko
    ? `이것을 빼면 ${seeds}번 가운데 ${runsWithFailures}번에서 다시 요청이 실패합니다(최대 ${failed.worst}건).`
    : `Without it requests fail again in ${runsWithFailures} of ${seeds} runs, up to ${failed.worst}.`;
}

/** What was tried in vain. */
export function tellAttempt(attempt: Attempt, lang: Language): string {
  const change = tellChange(attempt);
  const { from, to } = attempt;
  return lang === "ko"
    ? `${change}: 실행당 실패 중앙값 ${from}건 → ${to}건`
    : `${change}: ${from} → ${to} failed requests a run (median)`;
}

/** Does the update not come to its end without it? */
function endsIt({ without }: Part): boolean {
  return without !== "refused" && without.unfinished > 0;
}

/** What a remedy comes to. */
export function tellRemedy(remedy: Remedy, lang: Language): string {
  const ko = lang === "ko";
  switch (remedy.kind) {
    case "not-needed":
      return ko
        ? "매니페스트를 더 고칠 것은 없습니다. 이전 매니페스트에서 이것으로 넘어오는 동안에만 실패하며, 이미지만 바꾸는 다음 업데이트부터는 실패하는 요청이 없습니다."
        : "The new manifests need no further change: what fails is on the way from the old ones to them. From the next update on, which changes the image only, no request fails.";
    case "patch":
      if (remedy.parts.some(endsIt)) {
        return ko
          ? `이 변경을 적용하면 ${remedy.runs.seeds}번 모두 업데이트가 끝까지 진행되고, 실패하는 요청이 없습니다.`
          : `With this change the update comes to its end in all of ${remedy.runs.seeds} runs, and no request fails.`;
      }
      return ko
        ? `이 변경을 적용하면 ${remedy.runs.seeds}번 모두 실패하는 요청이 없습니다.`
        : `With this change no request fails in any of ${remedy.runs.seeds} runs.`;
    case "none": {
      const { median, worst } = remedy.runs.failed;
      if (worst === 0) {
        return ko
          ? "매니페스트에서 시도한 어떤 변경으로도 업데이트가 끝나지 않습니다."
          : "Nothing that was tried in the manifests brings the update to its end.";
      }
      return ko
        ? `매니페스트를 고쳐서는 없앨 수 없습니다. 시도한 것 중 가장 나은 경우에도 실행당 ${median}건(최대 ${worst}건)이 실패합니다.`
        : `Nothing in the manifests ends it. The best that was reached is a median of ${median} failed requests a run, ${worst} at worst.`;
    }
  }
}

/** What the update that brings a remedy still loses, since the pods that run now end as their template has it; undefined: nothing. */
export function tellIntroduction(remedy: Remedy, lang: Language): string | undefined {
  if (remedy.kind !== "patch" || !remedy.introduction?.failedInAll) return undefined;
  const { median, worst } = remedy.introduction.failed;
  return lang === "ko"
    ? `이 변경을 처음 배포할 때는 아직 실행당 ${median}건(최대 ${worst}건)이 실패합니다. 지금 실행 중인 파드는 이전 템플릿대로 종료되기 때문입니다.`
    : `The update that brings it still loses ${median} (at worst ${worst}): the pods that run now end by their old template.`;
}
