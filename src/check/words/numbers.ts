import { decimals } from "../../words/format.ts";
import type { Language } from "../../words/language.ts";
import type { UnitReport } from "../report.ts";
import type { Distribution, Spread } from "../runs/distribution.ts";
import { CHECK_WORDS } from "./labels.ts";

type Row = readonly [label: string, value: string];

/** The numbers of a workload's runs, each with its label: the requests, and what the update cost in pods and time. */
export function tellNumbers(
  { traffic, rollback }: UnitReport,
  runs: Distribution,
  lang: Language,
): Row[] {
  const words = CHECK_WORDS[lang];
  const { seeds } = runs;
  const back = rollback?.rollbackSeconds;
  return [
    [
      words.requests,
      traffic === undefined
        ? words.noTraffic(seeds)
        : words.traffic(seeds, traffic.rps, traffic.road, placeOf(traffic)),
    ],
    ...tellCosts(runs, lang),
    ...(back === undefined ? [] : [[words.rollback, seconds(back, lang)] as const]),
  ];
}

/** What an update costs: requests, pods and time. */
export function tellCosts(runs: Distribution, lang: Language): Row[] {
  const words = CHECK_WORDS[lang];
  const { failed, worstSeed, runsWithFailures, seeds, rolloutSeconds } = runs;
  return [
    ...(runs.requests === 0
      ? []
      : [[words.failed, words.spread(failed, worstSeed, runsWithFailures, seeds)] as const]),
    [words.lowestReady, String(runs.lowestReady)],
    ...(rolloutSeconds === undefined
      ? []
      : [[words.rollout, seconds(rolloutSeconds, lang)] as const]),
    [words.mixed, seconds(runs.mixedSeconds, lang)],
    [words.capacity, words.pods(runs.peakPods.worst, runs.extraPodSeconds.median)],
  ];
}

/** `ingress/web (shop.example/api)` */
function placeOf({ to, host = "", path = "" }: NonNullable<UnitReport["traffic"]>): string {
  return host === "" && path === "" ? to : `${to} (${host}${path})`;
}

function seconds({ median, worst }: Spread, lang: Language): string {
  return CHECK_WORDS[lang].medianWorst(decimals(median, 1), decimals(worst, 1));
}
