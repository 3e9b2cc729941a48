import type { HorizontalPodAutoscalerSpec, HPAScalingRules } from "../../api/types.ts";

/** --horizontal-pod-autoscaler-downscale-stabilization */
const DOWNSCALE_STABILIZATION_MS = 300_000;
/** Without `behavior` at most twice as many, or this many (horizontal.go calculateScaleUpLimit). */
const SCALE_UP_FACTOR = 2;
const SCALE_UP_MINIMUM = 4;

/** What a metric proposed at a time. */
export interface Recommendation {
  readonly replicas: number;
  readonly atMs: number;
}

/** By how many pods the target was scaled at a time. */
export interface ScaleEvent {
  readonly change: number;
  readonly atMs: number;
}

/** What the autoscaler remembers of one HorizontalPodAutoscaler. */
export interface Memory {
  readonly recommendations: readonly Recommendation[];
  readonly scaleUps: readonly ScaleEvent[];
  readonly scaleDowns: readonly ScaleEvent[];
}

/** A condition as far as a rule decides it. */
export interface Verdict {
  readonly status: "True" | "False";
  readonly reason: string;
  readonly message: string;
}

/** A size that the rules allow. */
export interface Normalized {
  readonly replicas: number;
  readonly ableToScale: Verdict;
  readonly scalingLimited: Verdict;
  /** The memory with the new recommendation. */
  readonly recommendations: readonly Recommendation[];
}

interface Input {
  readonly spec: HorizontalPodAutoscalerSpec;
  readonly memory: Memory;
  readonly current: number;
  readonly desired: number;
  readonly nowMs: number;
}

const READY: Verdict = {
  status: "True",
  reason: "ReadyForNewScale",
  message: "recommended size matches current size",
};
const TOO_MANY = {
  reason: "TooManyReplicas",
  message: "the desired replica count is more than the maximum replica count",
};
const TOO_FEW = {
  reason: "TooFewReplicas",
  message: "the desired replica count is less than the minimum replica count",
};
const UP_LIMIT = {
  reason: "ScaleUpLimit",
  message: "the desired replica count is increasing faster than the maximum scale rate",
};
const DOWN_LIMIT = {
  reason: "ScaleDownLimit",
  message: "the desired replica count is decreasing faster than the maximum scale rate",
};
const WITHIN: Verdict = {
  status: "False",
  reason: "DesiredWithinRange",
  message: "the desired count is within the acceptable range",
};

/** What the rules make of a recommendation (normalizeDesiredReplicas, normalizeDesiredReplicasWithBehaviors). */
export function normalize(input: Input): Normalized {
  return input.spec.behavior === undefined ? byDefault(input) : byBehavior(input);
}

function byDefault({ spec, memory, current, desired, nowMs }: Input): Normalized {
  const cutoffMs = nowMs - DOWNSCALE_STABILIZATION_MS;
  const recent = memory.recommendations.filter(({ atMs }) => atMs >= cutoffMs);
  const stabilized = Math.max(desired, ...recent.map(({ replicas }) => replicas));
  const ableToScale =
    stabilized === desired
      ? READY
      : { status: "True" as const, ...stabilizedBy("ScaleDownStabilized") };
  const upLimit = Math.max(SCALE_UP_FACTOR * current, SCALE_UP_MINIMUM);
  const most = Math.min(spec.maxReplicas, upLimit);
  const least = spec.minReplicas ?? 1;
  const recommendations = [...recent, { replicas: desired, atMs: nowMs }];
  if (stabilized < least) {
    return { replicas: least, ableToScale, scalingLimited: limited(TOO_FEW), recommendations };
  }
  if (stabilized > most) {
    const by = spec.maxReplicas > upLimit ? UP_LIMIT : TOO_MANY;
    return { replicas: most, ableToScale, scalingLimited: limited(by), recommendations };
  }
  return { replicas: stabilized, ableToScale, scalingLimited: WITHIN, recommendations };
}

/** The current size is brought up to the lowest, and down to the highest of the recent recommendations (stabilizeRecommendationWithBehaviors). */
function byBehavior({ spec, memory, current, desired, nowMs }: Input): Normalized {
  const { scaleUp = {}, scaleDown = {} } = spec.behavior!;
  const upCutoffMs = nowMs - (scaleUp.stabilizationWindowSeconds ?? 0) * 1000;
  const { stabilizationWindowSeconds: downSeconds } = scaleDown;
  const downCutoffMs =
    nowMs - (downSeconds === undefined ? DOWNSCALE_STABILIZATION_MS : downSeconds * 1000);
  const since = (cutoffMs: number) =>
    memory.recommendations.filter(({ atMs }) => atMs > cutoffMs).map(({ replicas }) => replicas);
  const lowest = Math.min(desired, ...since(upCutoffMs));
  const highest = Math.max(desired, ...since(downCutoffMs));
  const stabilized = Math.min(Math.max(current, lowest), highest);
  const why = stabilizedBy(desired >= current ? "ScaleUpStabilized" : "ScaleDownStabilized");
  const ableToScale = stabilized === desired ? READY : { status: "True" as const, ...why };
  const obsoleteMs = Math.min(upCutoffMs, downCutoffMs);
  const kept = memory.recommendations.filter(({ atMs }) => atMs >= obsoleteMs);
  const { replicas, scalingLimited } = atRate(spec, memory, current, stabilized, nowMs);
  return {
    replicas,
    ableToScale,
    scalingLimited,
    recommendations: [...kept, { replicas: desired, atMs: nowMs }],
  };
}

/** convertDesiredReplicasWithBehaviorRate */
function atRate(
  spec: HorizontalPodAutoscalerSpec,
  memory: Memory,
  current: number,
  desired: number,
  nowMs: number,
): { readonly replicas: number; readonly scalingLimited: Verdict } {
  const { scaleUp = {}, scaleDown = {} } = spec.behavior!;
  if (desired > current) {
    const limit = Math.max(current, scaleUpLimit(current, memory, scaleUp, nowMs));
    const most = Math.min(spec.maxReplicas, limit);
    const by = spec.maxReplicas > limit ? UP_LIMIT : TOO_MANY;
    if (desired > most) return { replicas: most, scalingLimited: limited(by) };
  } else if (desired < current) {
    const limit = Math.min(current, scaleDownLimit(current, memory, scaleDown, nowMs));
    const minReplicas = spec.minReplicas ?? 1;
    const least = Math.max(minReplicas, limit);
    const by = minReplicas < limit ? DOWN_LIMIT : TOO_FEW;
    if (desired < least) return { replicas: least, scalingLimited: limited(by) };
  }
  return { replicas: desired, scalingLimited: WITHIN };
}

/** calculateScaleUpLimitWithScalingRules */
function scaleUpLimit(
  current: number,
  memory: Memory,
  { selectPolicy, policies = [] }: HPAScalingRules,
  nowMs: number,
): number {
  if (selectPolicy === "Disabled") return current;
  const proposals = policies.map(({ type, value, periodSeconds }) => {
    const start = replicasBefore(current, memory, periodSeconds * 1000, nowMs);
    return type === "Pods" ? start + value : Math.ceil(start * (1 + value / 100));
  });
  return selectPolicy === "Min" ? Math.min(...proposals) : Math.max(...proposals);
}

/** calculateScaleDownLimitWithBehaviors */
function scaleDownLimit(
  current: number,
  memory: Memory,
  { selectPolicy, policies = [] }: HPAScalingRules,
  nowMs: number,
): number {
  if (selectPolicy === "Disabled") return current;
  const proposals = policies.map(({ type, value, periodSeconds }) => {
    const start = replicasBefore(current, memory, periodSeconds * 1000, nowMs);
    return type === "Pods" ? start - value : Math.trunc(start * (1 - value / 100));
  });
  return selectPolicy === "Min" ? Math.max(...proposals) : Math.min(...proposals);
}

/** The memory after the target was scaled (storeScaleEvent); without `behavior` nobody asks for it. */
export function remember(
  memory: Memory,
  { behavior }: HorizontalPodAutoscalerSpec,
  from: number,
  to: number,
  nowMs: number,
): Memory {
  if (behavior === undefined || from === to) return memory;
  const change = Math.abs(to - from);
  const event = { change, atMs: nowMs };
  const add = (events: readonly ScaleEvent[], rules: HPAScalingRules = {}) => {
    const longest = Math.max(0, ...(rules.policies ?? []).map((p) => p.periodSeconds)) * 1000;
    return [...events.filter(({ atMs }) => atMs >= nowMs - longest), event];
  };
  return to > from
    ? { ...memory, scaleUps: add(memory.scaleUps, behavior.scaleUp) }
    : { ...memory, scaleDowns: add(memory.scaleDowns, behavior.scaleDown) };
}

/** How many replicas there were when a policy's period began. */
function replicasBefore(
  current: number,
  { scaleUps, scaleDowns }: Memory,
  periodMs: number,
  nowMs: number,
): number {
  return (
    current - changeWithin(scaleUps, periodMs, nowMs) + changeWithin(scaleDowns, periodMs, nowMs)
  );
}

/** getReplicasChangePerPeriod */
function changeWithin(events: readonly ScaleEvent[], periodMs: number, nowMs: number): number {
  let sum = 0;
  for (const { change, atMs } of events) if (atMs > nowMs - periodMs) sum += change;
  return sum;
}

function stabilizedBy(reason: "ScaleUpStabilized" | "ScaleDownStabilized") {
  const message =
    reason === "ScaleUpStabilized"
      ? "recent recommendations were lower than current one, applying the lowest recent recommendation"
      : "recent recommendations were higher than current one, applying the highest recent recommendation";
  return { reason, message };
}

function limited(by: Pick<Verdict, "reason" | "message">): Verdict {
  return { status: "True", ...by };
}
