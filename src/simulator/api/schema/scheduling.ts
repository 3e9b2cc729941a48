/** Structs of k8s.io/api/scheduling/v1. */
export const SCHEDULING = `
package v1 io.k8s.api.scheduling
PriorityClass
+ TypeMeta
  metadata ObjectMeta
  value! int32
  globalDefault bool
  description string
  preemptionPolicy *PreemptionPolicy
`;
