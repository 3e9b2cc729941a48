/** Structs of k8s.io/api/policy/v1. */
export const POLICY = `
package v1 io.k8s.api.policy
string UnhealthyPodEvictionPolicyType
PodDisruptionBudgetSpec
  minAvailable *IntOrString
  selector *LabelSelector replace
  maxUnavailable *IntOrString
  unhealthyPodEvictionPolicy *UnhealthyPodEvictionPolicyType
PodDisruptionBudgetStatus
  observedGeneration int64
  disruptedPods map[string]Time
  disruptionsAllowed! int32
  currentHealthy! int32
  desiredHealthy! int32
  expectedPods! int32
  conditions []Condition type
PodDisruptionBudget
+ TypeMeta
  metadata ObjectMeta
  spec PodDisruptionBudgetSpec
  status PodDisruptionBudgetStatus
`;
