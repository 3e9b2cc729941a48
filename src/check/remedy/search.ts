import { distributionOf } from "../runs/distribution.ts";
import { isGood, type RunOutcome } from "../runs/outcome.ts";
import { Climb } from "./climb.ts";
import type { Change } from "./lever.ts";
import type { Attempt, Part } from "./remedy.ts";
import { tryOut, type SearchOptions } from "./trials.ts";

/** What a search found: changes after which all runs are good, if `mended`. */
export interface Found {
  readonly mended: boolean;
  readonly parts: readonly Part[];
  readonly runs: readonly RunOutcome[];
  readonly attempts: readonly Attempt[];
}

const STEPS_MAX = 24;

/**
 * Looks for the smallest change after which no request fails and the update comes to its end: first one that ends all failures, then every part of it that is not needed is taken away
 * again. Each step is judged by runs.
 */
export async function search(options: SearchOptions): Promise<Found> {
  const climb = new Climb(options);
  const fails = () => !climb.runs.every(isGood);
  for (let steps = 0; steps < STEPS_MAX && fails(); steps += 1) {
    if (!(await climb.step())) break;
  }
  const { taken, runs, attempts } = climb;
  if (fails()) return { mended: false, parts: [], runs, attempts };
  const kept = await withoutNeedless(taken, options);
  const final = kept.length === taken.length ? runs : (await tryOut(kept, options))!;
  const parts: Part[] = [];
  for (const part of kept) {
    const rest = kept.filter((other) => other !== part);
    parts.push({ ...part, without: await whatFails(rest, options) });
  }
  return { mended: true, parts, runs: final, attempts };
}

/** The parts without those that no run needs, looking at the latest first; again when one was left out, since another one may have been there for it. */
async function withoutNeedless(
  taken: readonly Change[],
  options: SearchOptions,
): Promise<readonly Change[]> {
  let kept = taken;
  for (const part of [...taken].reverse()) {
    if (kept.length === 1) break;
    const rest = kept.filter((other) => other !== part);
    const without = await whatFails(rest, options);
    if (without !== "refused" && without.runsWithFailures + without.unfinished === 0) kept = rest;
  }
  return kept.length === taken.length ? kept : withoutNeedless(kept, options);
}

/** What happens with these parts only. */
async function whatFails(
  parts: readonly Change[],
  options: SearchOptions,
): Promise<Part["without"]> {
  const runs = parts.length === 0 ? options.runs : await tryOut(parts, options);
  if (runs === undefined) return "refused";
  const { seeds, failed, runsWithFailures, complete } = distributionOf(runs);
  return { seeds, failed, runsWithFailures, unfinished: seeds - complete };
}
