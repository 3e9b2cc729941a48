import { CAUSES, outcomeWords } from "../../words/causes.ts";
import { duration, timestamp } from "../../words/format.ts";
import type { Language } from "../../words/language.ts";
import { CAUSE_FIELDS } from "../../words/tell-run.ts";
import type { FailureCause } from "../../simulator/index.ts";
import type { Failure } from "../ledger/ledger.ts";
import type { Race } from "../ledger/race.ts";
import type { UnitReport } from "../report.ts";
import { obstacleOf, type Obstacle } from "../runs/outcome.ts";

/** The field that governs a kind of failure. Where an update is held up, all that fails is of that making. */
export function governingField(
  { stuck, notes }: Pick<UnitReport, "stuck" | "notes">,
  cause: FailureCause,
): string {
  if (notes.some(({ code }) => code === "never-made")) return "resources";
  const obstacle = stuck && obstacleOf({ hindrance: stuck });
  if (obstacle !== undefined) return OBSTACLE_FIELDS[obstacle];
  const moved = notes.find(({ code }) => Object.hasOwn(MOVED_FIELDS, code));
  const isOfMove = cause === "no-endpoint" || cause === "connection-refused";
  return moved !== undefined && isOfMove ? MOVED_FIELDS[moved.code]! : CAUSE_FIELDS[cause];
}

/** Where a Service leaves the pods that stand, what fails is of that making. */
const MOVED_FIELDS: Readonly<Record<string, string>> = {
  "selector-moves": "Service spec.selector",
  "target-moves": "Service spec.ports.targetPort",
};

const OBSTACLE_FIELDS: Readonly<Record<Obstacle, string>> = {
  "killed-by-probe": "startupProbe",
  "no-room": "rollingUpdate.maxSurge",
};

/** A failed request in a sentence or two: when, what it met, and the two facts that raced. */
export function tellFailure(failure: Failure, lang: Language): string {
  const { sentMs, outcome, cause, pod, version } = failure;
  const at = timestamp(sentMs, lang);
  const status = outcomeWords(outcome, lang);
  const { name } = CAUSES[cause][lang];
  const what = name === status ? status : `${status}, ${name}`;
  const race = tellRace(failure.race, failure, lang);
  if (lang === "ko") {
    const to = pod === undefined ? "" : ` ${pod} 파드(${version ?? ""})로 보낸`;
    return `${at}에${to} 요청이 실패했습니다(${what}). ${race}`.trim();
  }
  const to = pod === undefined ? "" : ` to pod ${pod} (${version ?? ""})`;
  return `At ${at} a request${to} failed: ${what}. ${race}`.trim();
}

function tellRace(race: Race, { sentMs, router = "" }: Failure, lang: Language): string {
  const ko = lang === "ko";
  const at = (ms: number) => timestamp(ms, lang);
  const ago = (ms: number | undefined) => duration(sentMs - (ms ?? sentMs), lang);
  switch (race.kind) {
    case "closed": {
      if (race.closedMs === undefined) return "";
      const until = untilWords(race.routedUntilMs, lang);
      return ko
        ? `파드는 ${at(race.closedMs)}(${ago(race.closedMs)} 전)에 포트를 닫았지만, 그 뒤로도 ${until} ${router} 라우터가 이 파드를 골랐습니다.`
        : `The pod had closed its port at ${at(race.closedMs)}, ${ago(race.closedMs)} before; ${router} went on choosing it ${until}.`;
    }
    case "gone": {
      if (race.goneMs === undefined) return "";
      const until = untilWords(race.routedUntilMs, lang);
      return ko
        ? `파드의 네트워크는 ${at(race.goneMs)}(${ago(race.goneMs)} 전)에 정리됐지만, 그 뒤로도 ${until} ${router} 라우터가 이 파드를 골랐습니다.`
        : `The pod's network had been gone since ${at(race.goneMs)}, for ${ago(race.goneMs)}; ${router} went on choosing it ${until}.`;
    }
    case "early": {
      const from = at(race.routedFromMs ?? sentMs);
      if (race.listensMs === undefined) {
        return ko
          ? `${from}부터 ${router} 라우터가 이 파드를 골랐지만, 포트는 끝내 열리지 않았습니다.`
          : `${router} chose the pod from ${from} on, and its port never opened.`;
      }
      return ko
        ? `${from}부터 ${router} 라우터가 이 파드를 골랐지만, 포트는 ${at(race.listensMs)}에야 열렸습니다.`
        : `${router} chose the pod from ${from} on, and its port opened only at ${at(race.listensMs)}.`;
    }
    case "idle": {
      if (race.closedMs === undefined) return "";
      return ko
        ? `프로세스는 ${at(race.closedMs)}에 유휴 연결을 닫았고, 이 요청은 그 연결로 가던 중이었습니다.`
        : `The process closed its idle connections at ${at(race.closedMs)}, and this request was on its way on one of them.`;
    }
    case "unrouted":
      return "";
    case "cut": {
      if (race.endedMs === undefined) return "";
      const how = race.bySigkill ? (ko ? "SIGKILL로 " : " by SIGKILL") : "";
      return ko
        ? `파드가 이 요청을 ${duration(race.endedMs - sentMs, lang)} 동안 처리하던 중, ${at(race.endedMs)}에 프로세스가 ${how}끝났습니다.`
        : `The pod had worked on it for ${duration(race.endedMs - sentMs, lang)} when its process ended${how} at ${at(race.endedMs)}.`;
    }
    case "none-left":
      return tellNoneLeft(race, lang);
    case "late":
      return ko
        ? `${duration(race.waitedMs, lang)} 동안 기다렸지만 응답이 없었습니다.`
        : `Nothing had come after ${duration(race.waitedMs, lang)}.`;
    case "answered": {
      if (race.listensMs === undefined) return "";
      return ko
        ? `파드는 ${at(race.listensMs)}부터 포트를 열고 있었고, 스스로 오류를 돌려줬습니다.`
        : `The pod had been listening since ${at(race.listensMs)}, and answered with an error itself.`;
    }
  }
}

function tellNoneLeft(race: Extract<Race, { kind: "none-left" }>, lang: Language): string {
  const { lastUntilMs, nextFromMs } = race;
  const ko = lang === "ko";
  const last =
    lastUntilMs === undefined
      ? ko
        ? "아직 고를 수 있는 파드가 없었고"
        : "No pod could be chosen yet"
      : ko
        ? `마지막 파드는 ${timestamp(lastUntilMs, lang)}에 빠졌고`
        : `The last pod was left out at ${timestamp(lastUntilMs, lang)}`;
  const next =
    nextFromMs === undefined
      ? ko
        ? "다음 파드는 오지 않았습니다."
        : "and no other came."
      : ko
        ? `다음 파드는 ${timestamp(nextFromMs, lang)}에 들어왔습니다.`
        : `and the next one came in at ${timestamp(nextFromMs, lang)}.`;
  return `${last}${ko ? ", " : " "}${next}`;
}

function untilWords(ms: number | undefined, lang: Language): string {
  if (ms === undefined) return lang === "ko" ? "끝까지" : "to the end";
  return lang === "ko" ? `${timestamp(ms, lang)}까지` : `until ${timestamp(ms, lang)}`;
}
