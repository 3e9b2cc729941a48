/** Structs of k8s.io/apimachinery/pkg/apis/meta/v1. */
export const META = `
package v1 io.k8s.apimachinery.pkg.apis.meta
string ManagedFieldsOperationType LabelSelectorOperator ConditionStatus
TypeMeta
  kind string
  apiVersion string
OwnerReference
  apiVersion! string
  kind! string
  name! string
  uid! UID
  controller *bool
  blockOwnerDeletion *bool
ManagedFieldsEntry
  manager string
  operation ManagedFieldsOperationType
  apiVersion string
  time *Time
  fieldsType string
  fieldsV1 Raw
  subresource string
ObjectMeta
  name string
  generateName string
  namespace string
  selfLink string
  uid UID
  resourceVersion string
  generation int64
  creationTimestamp Time
  deletionTimestamp *Time
  deletionGracePeriodSeconds *int64
  labels map[string]string
  annotations map[string]string
  ownerReferences []OwnerReference uid
  finalizers []string set
  managedFields []ManagedFieldsEntry
LabelSelectorRequirement
  key! string
  operator! LabelSelectorOperator
  values []string
LabelSelector
  matchLabels map[string]string
  matchExpressions []LabelSelectorRequirement
metadataOnlyObject
+ TypeMeta
  metadata ObjectMeta
Condition
  type! string
  status! ConditionStatus
  observedGeneration int64
  lastTransitionTime! Time
  reason! string
  message! string
`;
