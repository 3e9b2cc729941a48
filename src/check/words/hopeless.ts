import type { InBoth, Language } from "../../words/language.ts";
import { outcomeWords } from "../../words/causes.ts";
import type { UnitReport } from "../report.ts";

const REASONS: Readonly<Record<string, InBoth<string>>> = {
  "application-error": {
    en: "The new version answers with errors itself. No field of a manifest changes what an application answers; go back to the version before.",
    ko: "새 버전이 스스로 오류를 돌려줍니다. 애플리케이션의 응답을 바꾸는 매니페스트 필드는 없으므로 이전 버전으로 되돌려야 합니다.",
  },
  "connection-reset": {
    en: "The process ends before it has answered what it has taken. The application has to finish its requests when it is told to stop.",
    ko: "프로세스가 받은 요청에 답하기 전에 끝납니다. 애플리케이션이 종료 신호를 받았을 때 처리 중인 요청을 마쳐야 합니다.",
  },
  "answer-cut-off": {
    en: "The process ends in the middle of its answers. The application has to finish them when it is told to stop.",
    ko: "프로세스가 응답을 보내는 도중에 끝납니다. 애플리케이션이 종료 신호를 받았을 때 응답을 끝까지 보내야 합니다.",
  },
  "idle-connection-closed": {
    en: "Connections that are kept open are closed just as requests come on them. Whoever keeps them has to close them first, or try again.",
    ko: "열어 둔 연결이 요청이 오는 순간 닫힙니다. 연결을 유지하는 쪽이 먼저 닫거나 다시 시도해야 합니다.",
  },
  "no-endpoint": {
    en: "For a while there is no pod at all: the old ones are gone before a new one is ready. Only a second pod beside it would help, and this workload cannot have one as it is (Recreate, a volume claim that one pod holds, or data that only this pod has).",
    ko: "파드가 하나도 없는 시간이 생깁니다. 새 파드가 준비되기 전에 이전 파드가 사라지기 때문입니다. 파드가 하나 더 있어야 막을 수 있는데, 지금 구성(Recreate, 파드 하나가 쥐고 있는 볼륨, 또는 이 파드에만 있는 데이터)으로는 그럴 수 없습니다.",
  },
  "no-route": {
    en: "No rule of the Ingress or HTTPRoute takes the requests: look at its hosts, paths and class.",
    ko: "요청에 맞는 Ingress나 HTTPRoute 규칙이 없습니다. 호스트, 경로, 클래스를 확인하세요.",
  },
  "invalid-backend": {
    en: "The rule names a Service or port that is not there.",
    ko: "규칙이 가리키는 Service나 포트가 없습니다.",
  },
};

const DATABASE: InBoth<string> = {
  en: "A database of one pod is away while its pod is replaced. Its clients have to wait and connect again, the update has to have a time of its own, or the database has to run with a replica that takes over: an operator does that, no field of these manifests.",
  ko: "파드 하나짜리 데이터베이스는 파드를 바꾸는 동안 쓸 수 없습니다. 클라이언트가 기다렸다가 다시 연결하거나, 업데이트할 시간을 따로 잡거나, 대신할 복제본을 두어야 합니다. 마지막 것은 이 매니페스트의 필드가 아니라 오퍼레이터가 하는 일입니다.",
};

/** Why nothing in the manifests ends the failures: a sentence for each kind that is left. None of an update that only does not come to its end. */
export function tellHopeless({ remedy, notes }: UnitReport, lang: Language): string[] {
  if (remedy?.kind !== "none") return [];
  const { byCause } = remedy.runs;
  const left = Object.entries(byCause).sort(([, a], [, b]) => b - a);
  const isDatabase = notes.some(({ code }) => code === "image-database");
  const reasons = left.flatMap(([cause]) => [
    ...(REASONS[cause] === undefined ? [] : [REASONS[cause][lang]]),
    ...(cause === "no-endpoint" && isDatabase ? [DATABASE[lang]] : []),
  ]);
  if (reasons.length > 0) return reasons;
  const outcomes = Object.keys(remedy.runs.byOutcome).filter((outcome) => outcome !== "200");
  if (outcomes.length === 0) return [];
  const names = outcomes.map((outcome) => outcomeWords(outcome as never, lang)).join(", ");
  return [lang === "ko" ? `남는 실패: ${names}.` : `What is left: ${names}.`];
}
