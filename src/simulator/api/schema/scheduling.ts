/** Structs of k8s.io/api/scheduling/v1. */
export const SCHEDULING = `
PriorityClass
+ TypeMeta
  metadata ObjectMeta
  value! int32
  globalDefault bool
  description string
  preemptionPolicy *PreemptionPolicy
`;
