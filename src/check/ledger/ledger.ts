import type { FailureCause, RequestOutcome, Run, Scenario } from "../../simulator/index.ts";
import { failed, failedAtMs, podAt, podsByName } from "../../words/findings.ts";
import { outcomeOf, type Counts } from "../runs/outcome.ts";
import { raceOf, type Race } from "./race.ts";

/** One failed request. Times are milliseconds of the run. */
export interface Failure {
  readonly id: number;
  readonly sentMs: number;
  /** When the client had its error. */
  readonly doneMs: number;
  /** When its fate was decided. */
  readonly failedMs: number;
  readonly source: string;
  readonly road: string;
  readonly outcome: RequestOutcome;
  readonly cause: FailureCause;
  /** The pod that it was sent to, its image and the router that chose it; none where there was no pod to send it to. */
  readonly pod?: string;
  readonly version?: string;
  readonly router?: string;
  /** The two facts that raced. */
  readonly race: Race;
}

/** What a run's requests met, and what the update cost. */
export interface Ledger {
  readonly seed: number;
  readonly total: number;
  readonly byOutcome: Counts;
  readonly byVersion: Counts;
  readonly byCause: Counts;
  /** In the order of sending. */
  readonly failures: readonly Failure[];
  /** How long new requests met more than one version. */
  readonly mixedMs: number;
  readonly lowestReady: number;
  readonly peakPods: number;
  readonly extraPodSeconds: number;
  /** To the end of the rollout, and of the way back; -1 where there was none or it did not end. */
  readonly rolloutMs: number;
  readonly rollbackMs: number;
}

/** The ledger of a run of a scenario. */
export function ledgerOf(run: Run, { traffic }: Pick<Scenario, "traffic">): Ledger {
  const { timeline } = run;
  const roads = new Map(traffic.map(({ name, road }) => [name, road]));
  const pods = podsByName(timeline.pods);
  const outcome = outcomeOf(run);
  const { total, byOutcome, byVersion, byCause } = outcome.requests;
  return {
    seed: outcome.seed,
    total,
    byOutcome,
    byVersion,
    byCause,
    failures: timeline.requests.filter(failed).map((request): Failure => {
      const { id, sentMs, doneMs, source, pod, router, cause = "application-error" } = request;
      const record = pod === undefined ? undefined : podAt(pods, pod, sentMs);
      const version = record?.image;
      return {
        id,
        sentMs,
        doneMs,
        failedMs: failedAtMs(request),
        source,
        road: roads.get(source) ?? "",
        outcome: request.outcome,
        cause,
        ...(pod === undefined ? {} : { pod }),
        ...(version === undefined ? {} : { version }),
        ...(router === undefined || pod === undefined ? {} : { router }),
        race: raceOf(request, record, timeline),
      };
    }),
    mixedMs: outcome.mixedMs,
    lowestReady: outcome.lowestReady,
    peakPods: outcome.peakPods,
    extraPodSeconds: outcome.extraPodSeconds,
    rolloutMs: outcome.rolloutMs,
    rollbackMs: outcome.rollbackMs,
  };
}
