import { grouped, listed } from "../../words/format.ts";
import type { InBoth, Language } from "../../words/language.ts";
import type { CheckReport, UnitReport, Verdict } from "../report.ts";

/** A verdict in a word, and what it says of the workloads. */
const VERDICTS: Readonly<
  Record<Verdict, InBoth<{ readonly word: string; readonly tells: (names: string) => string }>>
> = {
  safe: {
    en: { word: "SAFE", tells: (names) => `Users would not notice this update of ${names}.` },
    ko: {
      word: "안전",
      tells: (names) => `${names} 업데이트를 사용자가 알아채지 못합니다.`,
    },
  },
  unsafe: {
    en: { word: "UNSAFE", tells: (names) => `Users would notice this update of ${names}.` },
    ko: { word: "위험", tells: (names) => `${names} 업데이트를 사용자가 알아챕니다.` },
  },
  unfinished: {
    en: {
      word: "UNFINISHED",
      tells: (names) => `This update of ${names} does not come to its end.`,
    },
    ko: { word: "미완료", tells: (names) => `${names} 업데이트가 끝나지 않습니다.` },
  },
  refused: {
    en: {
      word: "REFUSED",
      tells: (names) => `The API server refuses this update of ${names}: nothing is rolled out.`,
    },
    ko: {
      word: "거부",
      tells: (names) => `${names} 업데이트를 API 서버가 거부해 롤아웃이 시작되지 않습니다.`,
    },
  },
  "rollout-only": {
    en: {
      word: "ROLLS OUT",
      tells: (names) => `This update of ${names} comes to its end; no users' requests were played.`,
    },
    ko: {
      word: "롤아웃만",
      tells: (names) => `${names} 업데이트는 끝까지 진행됩니다. 사용자 요청은 보내지 않았습니다.`,
    },
  },
  unchanged: {
    en: { word: "UNCHANGED", tells: (names) => `Nothing of ${names} changes.` },
    ko: { word: "변경 없음", tells: (names) => `${names}에서 바뀌는 것이 없습니다.` },
  },
  new: {
    en: { word: "NEW", tells: (names) => `${names} is new: nobody uses it yet.` },
    ko: { word: "신규", tells: (names) => `${names}: 새로 생기므로 아직 사용자가 없습니다.` },
  },
  "left-alone": {
    en: {
      word: "LEFT ALONE",
      tells: (names) => `${names} is not in the new manifests: kubectl apply leaves it as it is.`,
    },
    ko: {
      word: "그대로",
      tells: (names) => `${names}: 새 매니페스트에 없어서 kubectl apply가 건드리지 않습니다.`,
    },
  },
};

const UNREACHABLE: Readonly<Record<string, InBoth<string>>> = {
  "no-service": {
    en: "No Service selects its pods.",
    ko: "이 파드를 선택하는 Service가 없습니다.",
  },
  "no-replicas": {
    en: "It has no pods: spec.replicas is 0.",
    ko: "spec.replicas가 0이라서 파드가 없습니다.",
  },
  headless: {
    en: "Its Service is headless: clients choose a pod by DNS themselves, which is not simulated.",
    ko: "헤드리스 Service여서 클라이언트가 DNS로 파드를 직접 고르는데, 이 경로는 시뮬레이션하지 않습니다.",
  },
  "no-tcp-port": {
    en: "Its Service has no TCP port.",
    ko: "Service에 TCP 포트가 없습니다.",
  },
  "monitoring-only": {
    en: "Its Service has ports for monitoring only, and no user comes there: whoever scrapes it misses a turn at most.",
    ko: "Service에 모니터링용 포트만 있어 사용자가 오지 않습니다. 지표를 수집하는 쪽이 한 번쯤 놓칠 뿐입니다.",
  },
  "external-name": {
    en: "Its Service is an ExternalName.",
    ko: "ExternalName Service입니다.",
  },
};

/** The verdict in a word. */
export function verdictWord(verdict: Verdict, lang: Language): string {
  return VERDICTS[verdict][lang].word;
}

/** The verdict on workloads in a sentence. */
export function tellVerdict({ verdict, objects }: UnitReport, lang: Language): string {
  return VERDICTS[verdict][lang].tells(listed(objects, lang));
}

/** Why no requests were sent to workloads; undefined where some were. */
export function tellUnreachable({ unreachable }: UnitReport, lang: Language): string | undefined {
  return unreachable === undefined ? undefined : UNREACHABLE[unreachable]?.[lang];
}

/** What holds an update up; undefined where nothing does, or no event tells. */
export function tellStuck({ stuck }: UnitReport, lang: Language): string | undefined {
  if (stuck === undefined) return undefined;
  const { seed, object, reason, message } = stuck;
  return lang === "ko"
    ? `업데이트가 끝나지 않는 까닭(시드 ${seed} 실행): ${object}, ${reason}: ${message}`
    : `What holds the update up (run of seed ${seed}): ${object}, ${reason}: ${message}`;
}

/** What kubectl says of a refused update; undefined where none is. */
export function tellRefused({ refused }: UnitReport, lang: Language): string | undefined {
  if (refused === undefined) return undefined;
  return lang === "ko" ? `kubectl apply 오류: ${refused}` : `kubectl apply ends with: ${refused}`;
}

/** The answer to the whole check in a sentence. */
export function tellAnswer({ verdict, units, seeds }: CheckReport, lang: Language): string {
  const count = (wanted: Verdict) => units.filter((unit) => unit.verdict === wanted).length;
  const runs = grouped(seeds);
  const ko = lang === "ko";
  switch (verdict) {
    case "unsafe": {
      const [bad, all] = [count("unsafe"), units.length];
      if (all === 1) return ko ? "사용자가 알아챕니다." : "Users would notice.";
      return ko
        ? `워크로드 ${all}개 가운데 ${bad}개는 사용자가 알아챕니다.`
        : `Users would notice: ${bad} of ${all} workloads lose requests.`;
    }
    case "refused":
      return ko ? "API 서버가 업데이트를 거부합니다." : "The API server refuses the update.";
    case "unfinished":
      return ko ? "업데이트가 끝나지 않습니다." : "The update does not come to its end.";
    case "safe":
      if (count("safe") === 0) {
        return ko
          ? "업데이트는 끝까지 진행됩니다. 사용자가 알아채는지는 요청을 보낼 길이 없어 알 수 없습니다."
          : "The update comes to its end. Whether users would notice is not known: no request could be sent.";
      }
      return ko
        ? `${runs}번 실행하는 동안 실패한 요청이 없습니다.`
        : `Users would not notice: no request failed in ${runs} runs.`;
    case "nothing-to-check":
      return ko
        ? "업데이트할 워크로드가 없습니다."
        : "There is no workload that this update changes.";
  }
}
