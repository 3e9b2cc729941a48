/* Labels and annotations of EndpointSlices that several components read or write (k8s.io/api/discovery/v1 well_known_labels.go). */

/** The Service that a slice belongs to. */
export const SERVICE_NAME_LABEL = "kubernetes.io/service-name";
/** Who keeps a slice. */
export const MANAGED_BY_LABEL = "endpointslice.kubernetes.io/managed-by";
/** Annotation: the change that the latest write answers to. */
export const TRIGGER_TIME = "endpoints.kubernetes.io/last-change-trigger-time";
