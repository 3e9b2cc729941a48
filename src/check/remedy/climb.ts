import { distributionOf, type Distribution } from "../runs/distribution.ts";
import { obstacleOf, type RunOutcome } from "../runs/outcome.ts";
import type { Edit } from "./edit.ts";
import type { Change, LeverName, Rung } from "./lever.ts";
import { LEVERS } from "./levers.ts";
import type { Attempt } from "./remedy.ts";
import { tryOut, type SearchOptions } from "./trials.ts";

/** A pod was chosen that had closed its port already, or gone. */
const CHOSEN_TOO_LONG: readonly LeverName[] = [
  "publishNotReadyAddresses",
  "preStop",
  "strategy",
  "maxUnavailable",
  "replicas",
  "minReplicas",
];

/** The pods that were left had too much to do. */
const TOO_FEW: readonly LeverName[] = [
  "maxUnavailable",
  "replicas",
  "minReplicas",
  "minReadySeconds",
];

/** Which levers may end a kind of failure, in the order in which they are tried; whether they do is found by trying. */
const LEVERS_FOR: Readonly<Record<string, readonly LeverName[]>> = {
  "killed-by-probe": ["startupProbe"],
  "no-room": ["maxSurge"],
  "connection-refused": CHOSEN_TOO_LONG,
  "connect-timeout": CHOSEN_TOO_LONG,
  "host-unreachable": CHOSEN_TOO_LONG,
  "connection-reset": ["preStop", "terminationGracePeriodSeconds"],
  "idle-connection-closed": ["preStop"],
  "answer-cut-off": ["preStop", "terminationGracePeriodSeconds"],
  "not-ready-yet": [
    "publishNotReadyAddresses",
    "readinessProbe",
    "minReadySeconds",
    "maxUnavailable",
    "replicas",
    "minReplicas",
  ],
  "behind-refused": ["preStop", "readinessProbe", "minReadySeconds"],
  "application-error": ["readinessProbe", "minReadySeconds"],
  "no-endpoint": [
    "strategy",
    "maxUnavailable",
    "readinessProbe",
    "replicas",
    "minReplicas",
    "minReadySeconds",
  ],
  slow: TOO_FEW,
  overloaded: TOO_FEW,
};

interface Step {
  /** `preStop Deployment/default/web` */
  readonly id: string;
  readonly lever: LeverName;
  readonly rung: Rung;
}

/** The way up: as long as not all is well, the next step of a lever is tried, and kept when it gets better. */
export class Climb {
  taken: readonly Change[] = [];
  /** What comes of what has been taken. */
  runs: readonly RunOutcome[];
  readonly attempts: Attempt[] = [];
  private readonly useless = new Set<string>();
  private readonly rungs = new Map<string, number>();
  private readonly options: SearchOptions;

  constructor(options: SearchOptions) {
    this.options = options;
    this.runs = options.runs;
  }

  /** Tries one change; says whether there was one to try. */
  async step(): Promise<boolean> {
    const step = this.nextStep();
    if (step === undefined) return false;
    const { id, lever, rung } = step;
    this.rungs.set(id, (this.rungs.get(id) ?? 0) + 1);
    const candidate = merged(this.taken, rung);
    const runs = await tryOut(candidate, this.options);
    // The API server refuses this one; the next step of the lever may do.
    if (runs === undefined) return true;
    const reached = distributionOf(runs);
    const before = distributionOf(this.sameSeeds(runs));
    const helps = isBetter(reached, before);
    // A probe that gives too little time may give enough with the next step.
    if (!helps && lever !== "startupProbe") this.useless.add(id);
    if (reached.failedInAll > 0 || reached.complete < reached.seeds) {
      const [from, to] = [before.failed.median, reached.failed.median];
      this.attempts.push({ lever, values: rung[0].values, from, to });
    }
    if (helps) Object.assign(this, { taken: candidate, runs });
    return true;
  }

  /** The next step of the first lever for the most frequent failure. */
  private nextStep(): Step | undefined {
    const measuredRuns = this.measured();
    const first = distributionOf(measuredRuns);
    const contexts = this.options.contextsOf(this.taken.map(({ edit }) => edit));
    const asGiven = measuredRuns === this.options.runs ? this.options.contextsOf([]) : contexts;
    for (const cause of causesOf(this.runs)) {
      for (const lever of LEVERS_FOR[cause] ?? []) {
        for (const [i, context] of contexts.entries()) {
          const { kind, namespace, name } = context.workload;
          const id = `${lever} ${kind}/${namespace}/${name}`;
          if (this.useless.has(id)) continue;
          const taken = this.rungs.get(id) ?? 0;
          const measured = asGiven[i]?.workload;
          const rung = LEVERS[lever]({ ...context, measured, runs: first, taken });
          if (rung !== undefined) return { id, lever, rung };
        }
      }
    }
    return undefined;
  }

  /** What a step is measured by: the runs as the manifest is, if an update of theirs comes to its end. */
  private measured(): readonly RunOutcome[] {
    const { runs } = this.options;
    return runs.some(({ complete }) => complete) ? runs : this.runs;
  }

  /** The present runs of the seeds that were tried. */
  private sameSeeds(tried: readonly RunOutcome[]): readonly RunOutcome[] {
    const seeds = new Set(tried.map(({ seed }) => seed));
    const same = this.runs.filter(({ seed }) => seeds.has(seed));
    return same.length === 0 ? this.runs : same;
  }
}

/** Do more of the updates come to their end, or do fewer requests fail in as many? */
function isBetter(now: Distribution, before: Distribution): boolean {
  const ended = ({ complete, seeds }: Distribution) => complete / seeds;
  const lost = ({ failedInAll, seeds }: Distribution) => failedInAll / seeds;
  if (ended(now) !== ended(before)) return ended(now) > ended(before);
  return lost(now) < lost(before);
}

/** What fails, the most frequent first; what holds the update up comes before all, since the rest may be of its making. */
function causesOf(runs: readonly RunOutcome[]): string[] {
  const obstacle = runs.map(obstacleOf).find((one) => one !== undefined);
  if (obstacle !== undefined) return [obstacle];
  const { byCause, lowestReady } = distributionOf(runs);
  const causes = Object.entries(byCause)
    .sort(([, a], [, b]) => b - a)
    .map(([cause]) => cause);
  // While no pod is ready kube-proxy sends to those that end: what fails there is for want of another one, though it meets a closed port.
  return lowestReady === 0 ? [...new Set(["no-endpoint", ...causes])] : causes;
}

/** Later changes of the same field take the place of earlier ones. */
function merged(taken: readonly Change[], more: readonly Change[]): readonly Change[] {
  const same = (a: Edit, b: Edit) => a.object === b.object && a.path.join() === b.path.join();
  return [...taken.filter(({ edit }) => !more.some((one) => same(one.edit, edit))), ...more];
}
