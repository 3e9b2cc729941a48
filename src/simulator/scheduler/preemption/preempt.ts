/* Whether room can be made for a pod, and where: pkg/scheduler/framework/preemption/preemption.go. */
import { ofType } from "../../api/find.ts";
import type { Pod } from "../../api/types.ts";
import type { RandomStream } from "../../kernel/random.ts";
import type { Misfit, NotPreempted, Unfit } from "../misfit.ts";
import { priorityOf } from "../nominations.ts";
import { pickCandidate } from "./pick-node.ts";
import { selectVictims, type Candidate, type Surroundings, type Victim } from "./victims.ts";

/** What came of it. */
export type Preemption =
  | { readonly kind: "candidate"; readonly candidate: Candidate; readonly candidates: number }
  | NotPreempted;

/** Of many nodes so many candidates are enough, or a tenth (minCandidateNodesAbsolute, minCandidateNodesPercentage). */
const MIN_CANDIDATES = 100;
const CANDIDATES_SHARE = 0.1;

/** Evaluator.Preempt, up to what is then done. `random` is asked only where there is something to draw. */
export function preempt(
  pod: Pod,
  { byNode }: Unfit,
  surroundings: Surroundings,
  random: () => RandomStream,
): Preemption {
  // Where all count the same, as in most clusters, nobody has to be looked at.
  const mayHaveVictims = priorityOf(pod) > surroundings.lowestPriority;
  const there = mayHaveVictims ? podsByNode(surroundings) : new Map<string, Victim[]>();
  const why = ineligible(pod, byNode.get(pod.status.nominatedNodeName ?? ""), there);
  if (why !== undefined) return { kind: "not-eligible", why };
  const potential = [...byNode]
    .filter(([, { unresolvable }]) => !unresolvable)
    .map(([name]) => name);
  const enough = Math.min(
    potential.length,
    Math.max(MIN_CANDIDATES, Math.floor(potential.length * CANDIDATES_SHARE)),
  );
  const first = enough < potential.length ? random().integer(0, potential.length - 1) : 0;
  const candidates: Candidate[] = [];
  const reasons = new Map<string, readonly string[]>();
  for (let i = 0; i < potential.length; i += 1) {
    const node = potential[(first + i) % potential.length]!;
    const found = selectVictims(pod, node, there.get(node) ?? [], surroundings);
    if ("reasons" in found) reasons.set(node, found.reasons);
    else candidates.push(found);
    const isHarmless = candidates.some(({ violations }) => violations === 0);
    if (isHarmless && candidates.length >= enough) break;
  }
  if (candidates.length === 0) return { kind: "in-vain", reasons };
  const candidate = pickCandidate(candidates, surroundings, random);
  return { kind: "candidate", candidate, candidates: candidates.length };
}

/** The pods on each node; those whose node is gone are left out. */
function podsByNode({ view }: Surroundings): ReadonlyMap<string, readonly Victim[]> {
  const byNode = new Map<string, Victim[]>();
  for (const [key, pod] of view.assigned) {
    const node = pod.spec.nodeName!;
    if (!view.nodes.has(node)) continue;
    const there = byNode.get(node);
    if (there === undefined) byNode.set(node, [{ key, pod }]);
    else there.push({ key, pod });
  }
  return byNode;
}

/** Why a pod may not preempt others (PodEligibleToPreemptOthers); `nominated`: why the node that it is nominated for cannot take it. */
function ineligible(
  pod: Pod,
  nominated: Misfit | undefined,
  there: ReadonlyMap<string, readonly Victim[]>,
): string | undefined {
  if (pod.spec.preemptionPolicy === "Never") {
    return "not eligible due to preemptionPolicy=Never.";
  }
  if (nominated?.unresolvable === true) return undefined;
  const leaving = (there.get(pod.status.nominatedNodeName ?? "") ?? []).some(
    (victim) => priorityOf(victim.pod) < priorityOf(pod) && isPreempted(victim.pod),
  );
  return leaving ? "not eligible due to a terminating pod on the nominated node." : undefined;
}

/** podTerminatingByPreemption */
function isPreempted({ metadata, status }: Pod): boolean {
  if (metadata.deletionTimestamp === undefined) return false;
  const target = ofType(status.conditions, "DisruptionTarget");
  return target?.status === "True" && target.reason === "PreemptionByScheduler";
}
