import type { InBoth } from "../../words/language.ts";
import { grouped, plural } from "../../words/format.ts";
import type { Spread } from "../runs/distribution.ts";

/** What the parts of a report are called. */
export interface CheckWords {
  readonly namespace: string;
  readonly requests: string;
  readonly failed: string;
  readonly lowestReady: string;
  readonly rollout: string;
  readonly rollback: string;
  readonly mixed: string;
  readonly capacity: string;
  readonly why: string;
  readonly remedy: string;
  readonly withIt: string;
  readonly tried: string;
  readonly notes: string;
  readonly ignored: string;
  readonly noManifest: string;
  readonly forField: (object: string, field: string) => string;
  readonly replay: string;
  readonly traffic: (seeds: number, rps: number, road: string, to: string) => string;
  readonly noTraffic: (seeds: number) => string;
  readonly spread: (failed: Spread, seed: number, runs: number, seeds: number) => string;
  readonly medianWorst: (median: string, worst: string) => string;
  readonly pods: (peak: number, extra: number) => string;
  readonly times: (cause: string, count: number) => string;
  readonly governs: (field: string) => string;
  readonly example: (seed: number, sentence: string) => string;
}

/** The labels of a report in both languages. */
export const CHECK_WORDS: InBoth<CheckWords> = {
  en: {
    namespace: "namespace",
    requests: "requests",
    failed: "failed",
    lowestReady: "lowest ready",
    rollout: "rolls out in",
    rollback: "rolls back in",
    mixed: "both versions",
    capacity: "capacity",
    why: "Why",
    remedy: "What ends it",
    withIt: "With it",
    tried: "Tried",
    notes: "Taken for granted, and seen besides",
    ignored: "Not simulated, and ignored:",
    noManifest: "no manifest",
    forField: (object, field) => `${object}: its ${field} is not simulated`,
    replay:
      "To see a run: rollout-lab check … --save FOLDER, then rollout-lab simulate FOLDER/…/scenario.yaml --seed N.",
    traffic: (seeds, rps, road, to) =>
      `${rps} a second to ${to}, road ${road}, in ${grouped(seeds)} runs`,
    noTraffic: (seeds) => `none, in ${grouped(seeds)} runs`,
    spread: ({ median, p95, worst }, seed, runs, seeds) =>
      worst === 0
        ? "none in any run"
        : `median ${median}, 95% up to ${p95}, worst ${worst} (seed ${seed}); some in ${runs} of ${seeds} runs`,
    medianWorst: (median, worst) => `${median} s (at worst ${worst} s)`,
    pods: (peak, extra) =>
      `up to ${plural(peak, "pod")} at a time; ${plural(extra, "pod-second")} more than before`,
    times: (cause, count) => `${cause}, ${grouped(count)} ×:`,
    governs: (field) => `Governed by ${field}.`,
    example: (seed, sentence) => `Seed ${seed}: ${sentence}`,
  },
  ko: {
    namespace: "네임스페이스",
    requests: "요청",
    failed: "실패",
    lowestReady: "최소 Ready",
    rollout: "롤아웃 시간",
    rollback: "롤백 시간",
    mixed: "두 버전 공존",
    capacity: "추가 용량",
    why: "원인",
    remedy: "해결",
    withIt: "적용한 뒤",
    tried: "시도한 것",
    notes: "전제와 그 밖에 확인한 것",
    ignored: "시뮬레이션하지 않아 무시한 것:",
    noManifest: "매니페스트가 아님",
    forField: (object, field) => `${object}: ${field} 필드를 시뮬레이션하지 않습니다`,
    replay:
      "실행을 직접 보려면: rollout-lab check … --save 폴더, 그다음 rollout-lab simulate 폴더/…/scenario.yaml --seed N.",
    traffic: (seeds, rps, road, to) =>
      `초당 ${rps}건, ${road} 경로로 ${to}에, ${grouped(seeds)}번 실행`,
    noTraffic: (seeds) => `없음, ${grouped(seeds)}번 실행`,
    spread: ({ median, p95, worst }, seed, runs, seeds) =>
      worst === 0
        ? "모든 실행에서 없음"
        : `중앙값 ${median}건, 95%는 ${p95}건 이하, 최대 ${worst}건(시드 ${seed}); ${seeds}번 가운데 ${runs}번에서 발생`,
    medianWorst: (median, worst) => `${median}초(최대 ${worst}초)`,
    pods: (peak, extra) => `동시에 최대 파드 ${peak}개, 업데이트 전보다 ${extra} 파드·초 더 사용`,
    times: (cause, count) => `${cause}, ${grouped(count)}건:`,
    governs: (field) => `관련 필드: ${field}.`,
    example: (seed, sentence) => `시드 ${seed}: ${sentence}`,
  },
};
