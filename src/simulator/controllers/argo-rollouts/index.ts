export { newBlueGreenReplicas } from "./blue-green.ts";
export { currentSetWeight } from "./canary-steps.ts";
export {
  atDesiredReplicaCounts,
  basicCanaryReplicas,
  trafficRoutedCanaryReplicas,
  type CanaryReplicaSets,
} from "./canary.ts";
export { maxSurge, maxUnavailable, type Rollout } from "./rollout.ts";
export { approximateWeightedReplicas, trafficWeightToReplicas } from "./weighted-replicas.ts";
