/* Which pods of a node would have to go for another: pkg/scheduler/framework/plugins/defaultpreemption/default_preemption.go. */
import { selectorMatches } from "../../api/selectors.ts";
import type { Pod, PodDisruptionBudget } from "../../api/types.ts";
import { placePod, removePod, scratchOf, type ClusterView } from "../cluster-view.ts";
import { misfitOf, prepare } from "../filters.ts";
import type { Misfit } from "../misfit.ts";
import { misfitBeside, priorityOf, type Nominated } from "../nominations.ts";

/** A pod that stands on a node, with its key. */
export interface Victim {
  readonly key: string;
  readonly pod: Pod;
}

/** A node on which there would be room if these pods went. */
export interface Candidate {
  readonly node: string;
  /** The most important first. */
  readonly victims: readonly Victim[];
  /** How many of them a PodDisruptionBudget would keep. */
  readonly violations: number;
}

/** What has to be known beside the nodes. */
export interface Surroundings {
  readonly view: ClusterView;
  readonly budgets: readonly PodDisruptionBudget[];
  /** No pod on a node has a lower one. */
  readonly lowestPriority: number;
  /** When a pod started, in milliseconds; now, where it has not. */
  startedMs(pod: Pod): number;
  /** Pods nominated for a node whose room the pod may not take. */
  nominatedFor(pod: Pod, node: string): Nominated;
}

/** The least harm by which a node gets room, or why it gets none (SelectVictimsOnNode). */
export function selectVictims(
  pod: Pod,
  node: string,
  there: readonly Victim[],
  surroundings: Surroundings,
): Candidate | { readonly reasons: readonly string[] } {
  const potential = there.filter((victim) => priorityOf(victim.pod) < priorityOf(pod));
  if (potential.length === 0) {
    return { reasons: ["No preemption victims found for incoming pod"] };
  }
  const scratch = scratchOf(surroundings.view, node);
  const nominated = surroundings.nominatedFor(pod, node);
  const misfit = (): Misfit | undefined => {
    const info = scratch.nodes.get(node)!;
    const beside = nominated.length === 0 ? undefined : misfitBeside(nominated, pod, info, scratch);
    return beside ?? misfitOf(pod, prepare(pod, scratch))(info);
  };
  for (const { key } of potential) removePod(scratch, key);
  const why = misfit();
  if (why !== undefined) return { reasons: why.reasons };
  const byImportance = (a: Victim, b: Victim) => compareImportance(a, b, surroundings);
  potential.sort(byImportance);
  const { violating, others } = splitByBudgets(potential, surroundings.budgets);
  /** Those that cannot be let off: with them on the node the pod does not fit. */
  const doomed = (victims: readonly Victim[]) =>
    victims.filter(({ key, pod: victim }) => {
      placePod(scratch, key, victim);
      if (misfit() === undefined) return false;
      removePod(scratch, key);
      return true;
    });
  const violations = doomed(violating);
  const victims = [...violations, ...doomed(others)].sort(byImportance);
  return { node, victims, violations: violations.length };
}

/** The more important first: higher priority, then those that have run for longer (pkg/scheduler/util/utils.go MoreImportantPod). */
function compareImportance(a: Victim, b: Victim, { startedMs }: Surroundings): number {
  return priorityOf(b.pod) - priorityOf(a.pod) || startedMs(a.pod) - startedMs(b.pod);
}

/** filterPodsWithPDBViolation: budgets are used up in the order of the pods; a pod that a budget's eviction has counted already is free. */
function splitByBudgets(victims: readonly Victim[], budgets: readonly PodDisruptionBudget[]) {
  const left = budgets.map(({ status }) => status?.disruptionsAllowed ?? 0);
  const violating: Victim[] = [];
  const others: Victim[] = [];
  for (const victim of victims) {
    const { labels = {}, name, namespace } = victim.pod.metadata;
    let isViolated = false;
    budgets.forEach(({ metadata, spec, status }, i) => {
      if (Object.keys(labels).length === 0 || metadata.namespace !== namespace) return;
      if (isEmpty(spec.selector) || !selectorMatches(spec.selector, labels)) return;
      if (status?.disruptedPods?.[name] !== undefined) return;
      left[i] = left[i]! - 1;
      isViolated ||= left[i] < 0;
    });
    (isViolated ? violating : others).push(victim);
  }
  return { violating, others };
}

/** To the scheduler, a budget without a selector, or with an empty one, is about no pods. */
function isEmpty(selector: PodDisruptionBudget["spec"]["selector"]): boolean {
  const { matchLabels = {}, matchExpressions = [] } = selector ?? {};
  return Object.keys(matchLabels).length === 0 && matchExpressions.length === 0;
}
