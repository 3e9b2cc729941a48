import type { RolloutRecord, Run, RunSummary, Timeline } from "../../simulator/record.ts";
import { OUTCOME_ORDER, outcomeWords } from "../../words/causes.ts";
import { grouped } from "../../words/format.ts";
import type { Language } from "../../words/language.ts";
import type { Measure } from "./figure.ts";
import { FIGURE_WORDS } from "./words.ts";

/** What the run came to, in one line: its requests, its rollout, the restarts of its containers, or several of them. */
export function countsHtml(
  { summary, timeline }: Pick<Run, "summary" | "timeline">,
  lang: Language,
  tells: readonly Measure[] = [summary.requests.total > 0 ? "requests" : "rollout"],
): string {
  const rollout = summary.rollouts.at(-1);
  const said = tells.map((measure) => {
    if (measure === "requests") return requestsHtml(summary, lang);
    if (measure === "restarts") return restartsHtml(timeline, lang);
    return rollout === undefined ? FIGURE_WORDS[lang].noRollout : rolloutHtml(rollout, lang);
  });
  return said.join("; ");
}

/** How many requests failed, and how. */
function requestsHtml({ requests }: RunSummary, lang: Language): string {
  const words = FIGURE_WORDS[lang];
  const total = grouped(requests.total);
  if (requests.failed === 0) return `<b class="fig-good">${words.none(total)}</b>`;
  const kinds = OUTCOME_ORDER.filter((o) => o !== "200" && (requests.byOutcome[o] ?? 0) > 0).map(
    (o) => {
      const count = grouped(requests.byOutcome[o]!);
      const name = outcomeWords(o, lang);
      const said = lang === "ko" ? `${name} ${count}건` : `${count} × ${name}`;
      return said.replaceAll(" ", "\u00a0");
    },
  );
  return `<b class="fig-bad">${words.failed(grouped(requests.failed), total)}</b> (${kinds.join(", ")})`;
}

/** How often a liveness probe had a container started again. */
function restartsHtml({ decisions }: Timeline, lang: Language): string {
  const restarts = decisions.filter(({ code }) => code === "kubelet.liveness-restart").length;
  const look = restarts === 0 ? "fig-good" : "fig-bad";
  return `<b class="${look}">${FIGURE_WORDS[lang].restarts(restarts)}</b>`;
}

/** How long the last rollout took, and between which numbers of pods it stayed. */
function rolloutHtml(rollout: RolloutRecord, lang: Language): string {
  const words = FIGURE_WORDS[lang];
  const { startMs, completeMs, minReady, maxPods, result } = rollout;
  const done = completeMs !== undefined && result === "complete";
  const time = done
    ? `<b>${words.complete(((completeMs - startMs) / 1000).toFixed(1))}</b>`
    : `<b class="fig-bad">${words.notComplete}</b>`;
  return `${time} (${words.pods(minReady, maxPods)})`;
}
