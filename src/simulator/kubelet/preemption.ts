/* Room for a pod that the system needs, on a node that has too little left (preemption/preemption.go CriticalPodAdmissionHandler). */
import type { Pod } from "../api/types.ts";
import { podRequests } from "../scheduler/requests.ts";
import type { Shortage } from "./admission.ts";
import { isCritical } from "./critical.ts";
import type { KubeletNode } from "./node.ts";
import type { EndPod, PodState } from "./state.ts";

/** What is still to be freed. */
export interface Requirement {
  readonly resource: string;
  readonly quantity: number;
}

/** What a kubelet's preemption is done with. */
interface Hands {
  readonly end: EndPod;
  /** The pod may start. */
  admit(pod: PodState): void;
}

/**
 * Ends pods for critical ones, one after the other, and admits those when the last has ended. Simplified: the kubelet sees to its other pods
 * meanwhile.
 */
export class KubeletPreemption {
  private readonly node: KubeletNode;
  private readonly hands: Hands;

  constructor(node: KubeletNode, hands: Hands) {
    this.node = node;
    this.hands = hands;
  }

  /** Does the pod wait for others to end? */
  isAwaited(pod: PodState): boolean {
    return this.node.state.preemptions.has(pod.uid);
  }

  /** Begins to make room among the active pods (evictPodsToFreeRequests). Says why not, if there is none to be made. */
  begin(
    pod: PodState,
    active: readonly PodState[],
    shortages: readonly Shortage[],
  ): string | undefined {
    const requirements = shortages.map(({ resource, requested, used, capacity }) => ({
      resource,
      quantity: requested - (capacity - used),
    }));
    const pods = active.map((other) => other.pod);
    const victims = podsToPreempt(pod.pod, pods, requirements);
    if ("left" in victims) {
      return `preemption: error finding a set of pods to preempt: ${NO_SET}: ${told(victims.left)}`;
    }
    const { preemptions } = this.node.state;
    preemptions.set(pod.uid, {
      victims: victims.map(({ metadata }) => metadata.uid),
      resource: requirements[0]!.resource,
    });
    this.next(pod.uid);
    return undefined;
  }

  /** Nothing of the pod runs any more. */
  ended(pod: PodState): void {
    for (const [uid, { current }] of this.node.state.preemptions) {
      if (current === pod.uid) this.next(uid);
    }
  }

  private next(uid: string): void {
    const { preemptions } = this.node.state;
    const known = preemptions.get(uid)!;
    const pod = this.node.pod(uid);
    for (;;) {
      const [current, ...victims] = known.victims;
      if (current === undefined) break;
      known.victims = victims;
      const victim = this.node.pod(current);
      if (victim?.work !== "sync" && victim?.work !== "terminating") continue;
      known.current = current;
      this.node.event(victim.pod, "Warning", PREEMPTED.reason, PREEMPTED.message);
      const values = { critical: pod?.pod.metadata.name ?? "", resource: known.resource };
      this.node.decide(victim.pod, "kubelet.preempted", values, UPSTREAM);
      this.hands.end(victim, PREEMPTED);
      return;
    }
    preemptions.delete(uid);
    if (pod?.work === "sync") this.hands.admit(pod);
  }
}

const UPSTREAM = "pkg/kubelet/preemption/preemption.go evictPodsToFreeRequests";
const NO_SET = "no set of running pods found to reclaim resources";

/** What a preempted pod's status says, and an event. */
const PREEMPTED = {
  reason: "Preempting",
  message: "Preempted in order to admit critical pod",
  disruption: "Pod was preempted by Kubelet to accommodate a critical pod.",
};

/**
 * The pods to end for the requirements to be met, those that matter least first: as few Guaranteed ones as possible after all others, then as
 * few Burstable ones, then as few BestEffort ones (getPodsToPreempt). `left`: what cannot be met.
 */
export function podsToPreempt(
  preemptor: Pod,
  pods: readonly Pod[],
  requirements: readonly Requirement[],
): readonly Pod[] | { readonly left: readonly Requirement[] } {
  const ofClass = (name: string) =>
    pods.filter((pod) => pod.status.qosClass === name && isPreemptable(preemptor, pod));
  const [bestEffort, burstable, guaranteed] = [
    ofClass("BestEffort"),
    ofClass("Burstable"),
    ofClass("Guaranteed"),
  ];
  const left = lessened(requirements, [...bestEffort, ...burstable, ...guaranteed]);
  if (left.length > 0) return { left };
  const fromGuaranteed = nearest(guaranteed, lessened(requirements, [...bestEffort, ...burstable]));
  const fromBurstable = nearest(
    burstable,
    lessened(requirements, [...bestEffort, ...fromGuaranteed]),
  );
  const others = [...fromBurstable, ...fromGuaranteed];
  return [...nearest(bestEffort, lessened(requirements, others)), ...others];
}

/** types/pod_update.go Preemptable */
function isPreemptable(preemptor: Pod, pod: Pod): boolean {
  if (isCritical(preemptor) && !isCritical(pod)) return true;
  return (preemptor.spec.priority ?? 0) > (pod.spec.priority ?? 0);
}

/** Pods that meet the requirements, each time the one that leaves the least of them (getPodsToPreemptByDistance). */
function nearest(pods: readonly Pod[], requirements: readonly Requirement[]): Pod[] {
  const chosen: Pod[] = [];
  const candidates = [...pods];
  let left = requirements;
  while (left.length > 0) {
    let best = 0;
    for (let i = 1; i < candidates.length; i += 1) {
      const difference = distance(left, candidates[i]!) - distance(left, candidates[best]!);
      if (difference < 0 || (difference === 0 && asksForLess(candidates[i]!, candidates[best]!))) {
        best = i;
      }
    }
    const pod = candidates[best]!;
    left = lessened(left, [pod]);
    chosen.push(pod);
    // The last one takes its place, which decides between equals.
    const last = candidates.pop()!;
    if (best < candidates.length) candidates[best] = last;
  }
  return chosen;
}

/** How far the requirements are from being met by the pod: each counts by its share that is left, squared (distance). */
function distance(requirements: readonly Requirement[], pod: Pod): number {
  let sum = 0;
  for (const { resource, quantity } of requirements) {
    const share = (quantity - requestOf(pod, resource)) / quantity;
    if (share > 0) sum += share * share;
  }
  return sum;
}

/** What is left of the requirements once the pods are gone (subtract). */
function lessened(requirements: readonly Requirement[], pods: readonly Pod[]): Requirement[] {
  return requirements
    .map(({ resource, quantity }) => ({
      resource,
      quantity: pods.reduce((left, pod) => left - requestOf(pod, resource), quantity),
    }))
    .filter(({ quantity }) => quantity > 0);
}

/** smallerResourceRequest: of two that ask for the same, the later one. */
function asksForLess(pod: Pod, other: Pod): boolean {
  for (const resource of ["memory", "cpu"]) {
    const difference = requestOf(pod, resource) - requestOf(other, resource);
    if (difference !== 0) return difference < 0;
  }
  return true;
}

function requestOf({ spec }: Pod, resource: string): number {
  return resource === "pods" ? 1 : (podRequests(spec).requests[resource] ?? 0);
}

/** admissionRequirementList toString */
function told(requirements: readonly Requirement[]): string {
  return `[${requirements.map(({ resource, quantity }) => `(res: ${resource}, q: ${quantity}), `).join("")}]`;
}
