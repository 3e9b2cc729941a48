import { diagnose } from "../../manifest/index.ts";
import type { GivenObject } from "../input/read-input.ts";
import { autoscalerOf } from "../plan/autoscaler.ts";
import { frontOf } from "../plan/front-container.ts";
import { databaseOf, type ImageDocument } from "../plan/guess-image.ts";
import { imageOf, podSpecOf, recordsOf, valueAt, type Plain } from "../plan/pod-spec.ts";
import type { State } from "../plan/prepare.ts";
import { servingContainer, targetPortOf } from "../plan/serving-container.ts";
import { keyOf, WORKLOAD_KINDS, type Unit } from "../plan/units.ts";
import { distributionOf } from "../runs/distribution.ts";
import { isGood, type RunOutcome } from "../runs/outcome.ts";
import { editedState } from "./edit.ts";
import type { LeverContext } from "./lever.ts";
import type { Remedy } from "./remedy.ts";
import { search } from "./search.ts";

/** What is needed to look for a remedy. */
export interface RemedyOptions {
  readonly unit: Unit;
  /** The new manifests: what a team would change. */
  readonly state: State;
  readonly images: readonly ImageDocument[];
  /** Runs of the update of the new manifests to the next image; a few are enough where it does not come to its end. */
  readonly runs: readonly RunOutcome[];
  /** The seeds with all of which the remedy has to do. */
  readonly seeds: readonly number[];
  /** Plays the update from one state to the next image. */
  play(state: State, seeds: readonly number[]): Promise<readonly RunOutcome[]>;
  /** Plays the update that brings a state, from what stands now; undefined: nothing does. */
  readonly introduce?: (state: State, seeds: readonly number[]) => Promise<readonly RunOutcome[]>;
}

/** How many seeds the update that brings the remedy is played with. */
const INTRODUCTION_SEEDS = 20;

/** Looks for the smallest change of the manifests after which an update comes to its end and loses no request. */
export async function findRemedy(options: RemedyOptions): Promise<Remedy> {
  const { state, runs, seeds, play, introduce } = options;
  if (runs.every(isGood)) {
    return { kind: "not-needed", runs: distributionOf(runs) };
  }
  const played = new Map<string, Promise<readonly RunOutcome[] | undefined>>();
  const found = await search({
    runs,
    seeds,
    contextsOf: (edits) => contextsOf(options, editedState(state, edits)),
    play: (edits, asked) => {
      const key = JSON.stringify([edits, asked]);
      const known = played.get(key);
      if (known !== undefined) return known;
      const next = editedState(state, edits);
      const changed = [...next.workloads, ...next.others].filter((given) =>
        edits.some(({ object }) => object === keyOf(given)),
      );
      const outcome = changed.every(isAccepted) ? play(next, asked) : Promise.resolve(undefined);
      played.set(key, outcome);
      return outcome;
    },
  });
  const { mended, parts, attempts } = found;
  if (!mended) return { kind: "none", runs: distributionOf(found.runs), attempts };
  const patched = editedState(
    state,
    parts.map(({ edit }) => edit),
  );
  const brought = await introduce?.(patched, seeds.slice(0, INTRODUCTION_SEEDS));
  return {
    kind: "patch",
    parts,
    runs: distributionOf(found.runs),
    ...(brought === undefined ? {} : { introduction: distributionOf(brought) }),
    attempts,
  };
}

/** Whether the API server would take the object. */
function isAccepted({ object }: GivenObject): boolean {
  return diagnose(JSON.stringify(object)).every(({ severity }) => severity !== "error");
}

/** A workload's container of the same name before the update. */
function formerOf(unit: Unit, given: GivenObject, container: number): Plain | undefined {
  const name = valueAt(podSpecOf(given.object), "containers", container, "name");
  const { before } =
    unit.workloads.find(({ after }) => after !== undefined && keyOf(after) === keyOf(given)) ?? {};
  const containers = before === undefined ? [] : recordsOf(podSpecOf(before.object).containers);
  return containers.find((one) => one.name === name);
}

function contextsOf(
  { unit, images }: RemedyOptions,
  state: State,
): Omit<LeverContext, "runs" | "measured" | "taken">[] {
  const targetPort = targetPortOf(unit);
  return state.workloads
    .filter(({ kind }) => WORKLOAD_KINDS.includes(kind as never))
    .map((workload) => {
      const container = servingContainer(workload.object, targetPort);
      const imageAt = (index: number) =>
        imageOf(recordsOf(podSpecOf(workload.object).containers)[index] ?? {});
      const hasShell = (index: number) =>
        images.find(({ name }) => name === imageAt(index))?.shell ?? true;
      const image = imageAt(container);
      const shell = hasShell(container);
      const front = frontOf(workload.object, targetPort);
      const behind = front && { container: front.behind, shell: hasShell(front.behind) };
      const service = state.others.find(
        (given) => unit.service !== undefined && keyOf(given) === keyOf(unit.service.after),
      );
      const scaler = autoscalerOf(workload, state.others);
      const isDatabase = databaseOf(image) !== undefined;
      const former = formerOf(unit, workload, container);
      return {
        workload,
        former,
        scaler,
        service,
        container,
        behind,
        targetPort,
        shell,
        isDatabase,
      };
    });
}
