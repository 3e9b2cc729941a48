/** Pods being created in batches that double: 1, 2, 4, 8… (pkg/controller/replicaset/replica_set.go slowStartBatch). */
export interface SlowStart {
  /** Pods not yet asked for, with those of the present batch. */
  readonly remaining: number;
  /** Size of the present batch; 0: done. */
  readonly batch: number;
  readonly created: number;
}

/** SlowStartInitialBatchSize */
const FIRST_BATCH = 1;

/** The first batch of `count` pods. */
export function slowStart(count: number, firstBatch = FIRST_BATCH): SlowStart {
  return { remaining: count, batch: Math.min(count, firstBatch), created: 0 };
}

/** After a batch of which `failed` calls failed: the next one is twice as large; after a failure there is none. */
export function nextBatch({ remaining, batch, created }: SlowStart, failed: number): SlowStart {
  const left = remaining - batch;
  const next = failed > 0 ? 0 : Math.min(2 * batch, left);
  return { remaining: left, batch: next, created: created + batch - failed };
}
