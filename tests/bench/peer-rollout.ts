import { deployment, startCluster, untilAvailable, whilePlaying } from "./peer-cluster.ts";

/** Creates a Deployment of that many replicas, waits until it is available, updates its image and waits for the end of the rollout. */
export async function rollout(replicas: number): Promise<void> {
  const cluster = await startCluster(replicas);
  await whilePlaying(cluster, cluster.apply([deployment(replicas, "web:2")]));
  await untilAvailable(cluster, replicas);
  await whilePlaying(cluster, cluster.close());
}
