/** Most pods created or deleted in one sync (pkg/controller/replicaset/replica_set.go BurstReplicas). */
const BURST = 500;

/** How many pods a sync creates or deletes. */
export interface Change {
  readonly create: number;
  readonly delete: number;
}

/** What is missing or too much, at most 500 pods at a time (replica_set.go manageReplicas). */
export function replicaChange(active: number, desired: number): Change {
  return {
    create: Math.min(Math.max(0, desired - active), BURST),
    delete: Math.min(Math.max(0, active - desired), BURST),
  };
}
