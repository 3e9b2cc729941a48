import { simulate } from "../scenario/index.ts";
import { readInput, type CheckedFile, type GivenObject, type Input } from "./input/read-input.ts";
import { ledgerOf } from "./ledger/ledger.ts";
import type { Note } from "./notes.ts";
import { patchText } from "./patch/patch-text.ts";
import type { ImageDocument } from "./plan/guess-image.ts";
import { unreadConfigNotes } from "./plan/config-notes.ts";
import { planRun, type Plan, type Traffic } from "./plan/plan.ts";
import { prepare, withNextImages, type Prepared, type State } from "./plan/prepare.ts";
import { roadTo } from "./plan/road.ts";
import { unsimulatedRouteNotes } from "./plan/unsimulated-routes.ts";
import { keyOf, podMakers, unitsOf, WORKLOAD_KINDS, type Unit } from "./plan/units.ts";
import { findWindow, type FoundWindow } from "./plan/window.ts";
import { findRemedy } from "./remedy/find-remedy.ts";
import type { Part } from "./remedy/remedy.ts";
import type { CheckReport, CheckResult, Stuck, UnitReport, Verdict } from "./report.ts";
import { distributionOf, type Distribution } from "./runs/distribution.ts";
import { obstacleOf, type Obstacle, type RunOutcome } from "./runs/outcome.ts";
import type { RunMany } from "./runs/run-many.ts";

export interface CheckOptions {
  /** The manifests as they are going to be. */
  readonly files: readonly CheckedFile[];
  /** The manifests as they stand. Empty: the same ones, and the update is a new image. */
  readonly from?: readonly CheckedFile[];
  /** How many seeds, from 1 up; 200 when left out. */
  readonly seeds?: number;
  /** Requests a second; 50 when left out. */
  readonly rps?: number;
  /** The road that requests take; by what the manifests have when left out. */
  readonly road?: string;
  /** How images behave, as in a Scenario document; others are guessed by their names. */
  readonly images?: readonly ImageDocument[];
}

/** Seeds of the way back, and of an update that does not end: what they have to tell is told by a few. */
const BACK_SEEDS = 10;
const STUCK_SEEDS = 20;

export const DEFAULT_SEEDS = 200;

/**
 * Plays an update of manifests under traffic over many seeds, and says whether users would notice; if so, looks for the smallest change of the
 * manifests that ends it. Pure: `runMany` plays the runs, so the same options give the same report wherever it is.
 */
export async function checkManifests(
  options: CheckOptions,
  runMany: RunMany,
): Promise<CheckResult> {
  const { files, from = [], seeds = DEFAULT_SEEDS } = options;
  const after = readInput(files);
  const standing = from.length === 0 ? undefined : readInput(from);
  const diagnostics = [...(standing?.diagnostics ?? []), ...after.diagnostics];
  if (diagnostics.length > 0) return { kind: "unusable", diagnostics };
  const check = new Check(options, after, standing, runMany);
  const units: UnitReport[] = [];
  for (const unit of unitsOf((standing ?? after).objects, after.objects)) {
    units.push(await check.unit(unit));
  }
  const report: CheckReport = {
    schema: "rollout-lab/check/v1",
    verdict: verdictOf(units),
    seeds,
    update: standing === undefined ? "new-image" : "manifests",
    units,
    ignored: after.ignored,
  };
  return { kind: "checked", report };
}

function verdictOf(units: readonly UnitReport[]): CheckReport["verdict"] {
  const has = (...verdicts: Verdict[]) => units.some(({ verdict }) => verdicts.includes(verdict));
  if (has("unsafe")) return "unsafe";
  if (has("refused")) return "refused";
  if (has("unfinished")) return "unfinished";
  return has("safe", "rollout-only") ? "safe" : "nothing-to-check";
}

/** A check under way: what all its units share. */
class Check {
  private readonly options: CheckOptions;
  private readonly after: Input;
  private readonly standing: Input | undefined;
  private readonly runMany: RunMany;
  private readonly seeds: readonly number[];

  constructor(options: CheckOptions, after: Input, standing: Input | undefined, runMany: RunMany) {
    this.options = options;
    this.after = after;
    this.standing = standing;
    this.runMany = runMany;
    const { seeds = DEFAULT_SEEDS } = options;
    this.seeds = Array.from({ length: seeds }, (_, i) => i + 1);
  }

  async unit(unit: Unit): Promise<UnitReport> {
    const about = aboutUnit(unit);
    const trivial = this.trivialVerdict(unit);
    if (trivial !== undefined) {
      const notes = trivial === "unchanged" ? this.unread(unit) : [];
      return { ...about, verdict: trivial, notes };
    }
    const road = roadTo(unit, this.options);
    const [before, after] = this.states(unit);
    const play = new Play(unit, road?.traffic, this.options.images ?? [], this.runMany);
    const update = await play.update([before, after]);
    const { refused } = update.found;
    if (refused !== undefined) {
      return { ...about, verdict: "refused", notes: update.prepared.notes, refused };
    }
    const seeds = update.found.ends ? this.seeds : this.seeds.slice(0, STUCK_SEEDS);
    const outcomes = await this.runMany({ scenario: update.plan.scenario, seeds });
    const runs = distributionOf(outcomes);
    const verdict = judge(runs, update.found, road !== undefined);
    const worst = verdict === "unsafe" ? ledgerOfSeed(update.plan, runs.worstSeed) : undefined;
    const isStuck = verdict === "unfinished" || !update.found.ends;
    const stuck = isStuck ? stuckIn(outcomes) : undefined;
    const isMendable = isStuck
      ? outcomes.some((run) => isOfUpdate(obstacleOf(run), update.found))
      : verdict === "unsafe" && runs.failedBefore === 0;
    // Side by side, so that no thread waits for the other's last run.
    const [rollback, found] = await Promise.all([
      update.found.ends ? this.wayBack(update) : undefined,
      isMendable ? this.remedy(unit, play, [before, after], update.found, outcomes) : {},
    ]);
    return {
      ...about,
      verdict,
      ...(road === undefined ? { unreachable: unit.unreachable } : { traffic: road.traffic }),
      notes: [
        ...(road?.notes ?? []),
        ...unsimulatedRouteNotes(unit, this.after.unsimulated, road?.traffic),
        ...update.prepared.notes,
        ...seen(runs, unit, update.found, { traffic: road?.traffic, stuck }),
      ],
      runs,
      ...(rollback === undefined ? {} : { rollback }),
      ...(worst === undefined ? {} : { worst }),
      ...(stuck === undefined ? {} : { stuck }),
      scenario: update.plan.files,
      ...found,
    };
  }

  /** A unit of which nothing has to be played. */
  private trivialVerdict({ workloads, service }: Unit): Verdict | undefined {
    if (this.standing === undefined) return undefined;
    if (workloads.every(({ before }) => before === undefined)) return "new";
    if (workloads.every(({ after }) => after === undefined)) return "left-alone";
    const same = (a: GivenObject | undefined, b: GivenObject | undefined) =>
      a === undefined || b === undefined || JSON.stringify(a.object) === JSON.stringify(b.object);
    const unchanged =
      workloads.every(({ before, after }) => before !== undefined && same(before, after)) &&
      same(service?.before, service?.after);
    return unchanged ? "unchanged" : undefined;
  }

  private unread({ workloads }: Unit): Note[] {
    return unreadConfigNotes(workloads, this.standing?.objects ?? [], this.after.objects);
  }

  /** The unit before the update and after it. */
  private states(unit: Unit): [State, State] {
    const own = new Set(unit.workloads.flatMap(({ before, after }) => [before, after]));
    const stateOf = (side: "before" | "after", { objects }: Input): State => {
      return {
        workloads: unit.workloads.flatMap((workload) => workload[side] ?? []),
        others: objects.filter((object) => !WORKLOAD_KINDS.includes(object.kind as never)),
        neighbours: podMakers(objects).filter((object) => !own.has(object)),
      };
    };
    const after = stateOf("after", this.after);
    if (this.standing === undefined) return [after, withNextImages(unit, after)];
    return [stateOf("before", this.standing), after];
  }

  private async remedy(
    unit: Unit,
    play: Play,
    [before, after]: [State, State],
    { stands, ends }: FoundWindow,
    outcomes: readonly RunOutcome[],
  ): Promise<Pick<UnitReport, "remedy" | "patch">> {
    const isNew = this.standing === undefined;
    const state = isNew ? before : { ...after, workloads: completed(after, before) };
    const next = async (from: State, seeds: readonly number[]) => {
      const { plan } = await play.update([from, withNextImages(unit, from)]);
      return this.runMany({ scenario: plan.scenario, seeds });
    };
    const introduce = async (to: State, seeds: readonly number[]) => {
      const { plan } = await play.update([before, to]);
      return this.runMany({ scenario: plan.scenario, seeds });
    };
    const found = await findRemedy({
      unit,
      state,
      images: play.images,
      seeds: this.seeds,
      runs: isNew
        ? outcomes
        : await next(state, ends ? this.seeds : this.seeds.slice(0, STUCK_SEEDS)),
      play: next,
      ...(stands ? { introduce } : {}),
    });
    if (found.kind !== "patch") return { remedy: found };
    const remedy = { ...found, parts: inTheirPlace(found.parts, state.workloads) };
    const edits = remedy.parts.map(({ edit }) => edit);
    return { remedy, patch: patchText(this.options.files, this.after.objects, edits) };
  }

  /** The update, and the old manifests again as soon as it has ended. */
  private async wayBack({ prepared, found }: Update): Promise<Distribution> {
    const { window } = found;
    const tookMs = window.endMs - window.updateMs;
    const backMs = window.updateMs + Math.ceil(tookMs / 2);
    const { scenario } = planRun(
      { ...prepared, states: [...prepared.states, prepared.states[0]!] },
      { ...window, endMs: window.endMs + tookMs },
      { name: "way-back", backMs },
    );
    return distributionOf(await this.runMany({ scenario, seeds: this.seeds.slice(0, BACK_SEEDS) }));
  }
}

/** Parts that change a pod template which stands in another object change that one. */
function inTheirPlace(parts: readonly Part[], workloads: readonly GivenObject[]): Part[] {
  return parts.map((part) => {
    const owner = workloads.find((given) => keyOf(given) === part.edit.object)?.templateOf;
    if (owner === undefined || part.edit.path[1] !== "template") return part;
    return { ...part, edit: { ...part.edit, object: keyOf(owner) } };
  });
}

/** Workloads that the new manifests leave out stay as they are. */
function completed(after: State, before: State): readonly GivenObject[] {
  const left = before.workloads.filter(
    (old) => !after.workloads.some((given) => keyOf(given) === keyOf(old)),
  );
  return [...after.workloads, ...left];
}

interface Update {
  readonly prepared: Prepared;
  readonly found: FoundWindow;
  readonly plan: Plan;
}

/** Makes scenarios of a unit's updates. */
class Play {
  images: readonly ImageDocument[] = [];
  private readonly unit: Unit;
  private readonly traffic: Traffic | undefined;
  private readonly given: readonly ImageDocument[];
  private readonly runMany: RunMany;

  constructor(
    unit: Unit,
    traffic: Traffic | undefined,
    given: readonly ImageDocument[],
    runMany: RunMany,
  ) {
    this.unit = unit;
    this.traffic = traffic;
    this.given = given;
    this.runMany = runMany;
  }

  async update(states: readonly State[]): Promise<Update> {
    const prepared = prepare(this.unit, states, this.given);
    this.images = prepared.images;
    const found = await findWindow(prepared, this.runMany);
    const plan = planRun(prepared, found.window, {
      name: this.unit.workloads[0]!.name,
      ...(this.traffic === undefined ? {} : { traffic: this.traffic }),
    });
    return { prepared, found, plan };
  }
}

function judge(runs: Distribution, { stands, ends }: FoundWindow, reached: boolean): Verdict {
  if (!stands) return "unfinished";
  if (runs.failedInAll > 0) return "unsafe";
  if (!ends || runs.complete < runs.seeds) return "unfinished";
  return reached ? "safe" : "rollout-only";
}

function ledgerOfSeed({ scenario }: Plan, seed: number) {
  return { seed, ledger: ledgerOf(simulate(scenario, { seed }), scenario) };
}

/** Whether a change of the manifests may help against it: pods that have no room even before the update get none by how the update goes. */
function isOfUpdate(obstacle: Obstacle | undefined, { stands }: FoundWindow): boolean {
  return obstacle === "killed-by-probe" || (obstacle === "no-room" && stands);
}

/** What held the first run up that did not come to its end. */
function stuckIn(outcomes: readonly RunOutcome[]): Stuck | undefined {
  const held = outcomes.find(({ hindrance }) => hindrance !== undefined);
  return held?.hindrance && { seed: held.seed, ...held.hindrance };
}

/** What went on in the runs besides requests. */
function seen(
  runs: Distribution,
  unit: Unit,
  { stands }: FoundWindow,
  { traffic, stuck }: { readonly traffic: Traffic | undefined; readonly stuck: Stuck | undefined },
): Note[] {
  const { seeds, failedBefore, hooksFailed, hooksCut, killed } = runs;
  const notes: Note[] = [];
  const say = (code: Note["code"], times: number) => {
    if (times > 0)
      notes.push({ code, values: { times, seeds, object: unit.workloads[0]!.object } });
  };
  if (traffic !== undefined && runs.retried > 0) {
    const values = { road: traffic.road, count: runs.retried, seeds };
    notes.push({ code: "retries-hide", values });
  }
  if (traffic !== undefined && runs.failedInAll === 0 && runs.lowestReady === 0) {
    say("none-ready", seeds);
  }
  if (!stands) say(stuck?.reason === "FailedCreate" ? "never-made" : "never-stood", seeds);
  else say("fails-before", failedBefore);
  say("hook-failed", hooksFailed);
  say("hook-cut", hooksCut);
  say("killed", killed);
  return notes;
}

function aboutUnit({ workloads }: Unit) {
  const { namespace, after, before } = workloads[0]!;
  const { file, line } = (after ?? before)!.origin;
  return { objects: workloads.map(({ object }) => object), namespace, file, line };
}
