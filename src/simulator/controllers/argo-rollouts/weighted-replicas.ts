/** Pods of the canary and of the stable ReplicaSet. */
export interface ReplicaCounts {
  readonly canary: number;
  readonly stable: number;
}

/** A way to share out `total` pods. */
interface Option {
  readonly canary: number;
  readonly total: number;
}

/**
 * The numbers of pods whose ratio comes closest to a weight, where every pod gets the same traffic (argo-rollouts utils/replicaset/canary.go
 * approximateWeightedCanaryStableReplicaCounts). With surge one pod more may be used for a better ratio: 3 pods at 34% with surge are
 * 1 + 2, at 10% 1 + 3. Between no and all traffic each side keeps at least one pod, if there are two.
 */
export function approximateWeightedReplicas(
  replicas: number,
  weight: number,
  maxWeight: number,
  surge: number,
): ReplicaCounts {
  if (replicas === 0) return { canary: 0, stable: 0 };
  const up = Math.ceil((replicas * weight) / maxWeight);
  const down = Math.floor((replicas * weight) / maxWeight);
  const mayBeNone = weight === maxWeight || weight === 0 || (replicas === 1 && surge === 0);
  const downAllowed = down !== 0 || mayBeNone;

  const options: Option[] = [];
  if (up < replicas || mayBeNone) options.push({ canary: up, total: replicas });
  if (downAllowed && !isTied(replicas, weight, maxWeight)) {
    options.push({ canary: down, total: replicas });
  }
  if (surge > 0) {
    options.push({ canary: up, total: replicas + 1 });
    if (downAllowed && !isTied(replicas + 1, weight, maxWeight)) {
      options.push({ canary: down, total: replicas + 1 });
    }
  }

  let best: Option = { canary: 0, total: replicas };
  let bestDistance = Infinity;
  for (const option of options) {
    const distance = Math.abs((option.canary * maxWeight) / option.total - weight);
    if (distance < bestDistance) [best, bestDistance] = [option, distance];
  }
  return { canary: best.canary, stable: best.total - best.canary };
}

/** Is the weight half-way between two numbers of pods? Then the larger is taken (floorCeilingTied). */
function isTied(replicas: number, weight: number, maxWeight: number): boolean {
  return (replicas * (weight / maxWeight)) % 1 === 0.5;
}

/** Pods needed for a share of the traffic, rounded up (trafficWeightToReplicas). */
export function trafficWeightToReplicas(
  replicas: number,
  weight: number,
  maxWeight: number,
): number {
  return Math.ceil((weight * replicas) / maxWeight);
}
