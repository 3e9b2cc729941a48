import type { Decision, PodRecord, Timeline } from "../../simulator/record.ts";

/** A decision as chapters speak of it. Times are seconds. */
export interface DecisionFacts {
  readonly at: number;
  /** Since the last step before it: the update, mostly. */
  readonly after: number;
  readonly actor: string;
  readonly code: string;
  readonly object: string;
  readonly values: Readonly<Record<string, string | number>>;
}

/** A pod's life in seconds. */
export interface PodFacts {
  readonly name: string;
  readonly owner: string;
  readonly image: string;
  /** Since the last step: negative for the pods that an update replaces. */
  readonly created: number;
  /** Since the last step; -1: not in this run. */
  readonly deleted: number;
  readonly gone: number;
  /** From its creation until it was first Ready; -1: never. */
  readonly readyAfter: number;
  /** From its deletion until its object was gone; -1: it was not. */
  readonly goneAfter: number;
}

/** What a chapter can say of a run beyond the facts that labs judge. */
export interface RunMoments {
  readonly decisions: readonly DecisionFacts[];
  /** Those after the last step. */
  readonly update: readonly DecisionFacts[];
  readonly pods: readonly PodFacts[];
}

/** The moments of a run. */
export function momentsOf({ decisions, pods, inputs }: Timeline): RunMoments {
  const lastStep = (ms: number) => inputs.findLast(({ atMs }) => atMs <= ms)?.atMs ?? 0;
  const after = (ms: number) => (ms - lastStep(ms)) / 1000;
  const update = inputs.at(-1)?.atMs ?? 0;
  const all = decisions.map((decision) => decisionFacts(decision, after(decision.atMs)));
  return {
    decisions: all,
    update: all.filter(({ at }) => at * 1000 >= update),
    pods: pods.map((pod) => podFacts(pod, update)),
  };
}

function decisionFacts(decision: Decision, after: number): DecisionFacts {
  const { atMs, actor, code, object, values } = decision;
  return { at: atMs / 1000, after, actor, code, object, values };
}

function podFacts(pod: PodRecord, updateMs: number): PodFacts {
  const { name, owner, image, createdMs, deletedMs, goneMs } = pod;
  const readyMs = pod.phases.find(({ phase }) => phase === "ready")?.fromMs;
  const since = (from: number | undefined, to: number | undefined) =>
    from === undefined || to === undefined ? -1 : (to - from) / 1000;
  return {
    name,
    owner,
    image,
    created: (createdMs - updateMs) / 1000,
    deleted: since(updateMs, deletedMs),
    gone: since(updateMs, goneMs),
    readyAfter: since(createdMs, readyMs),
    goneAfter: since(deletedMs, goneMs),
  };
}
