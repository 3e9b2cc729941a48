import { ADDRESS, playFor, startCluster, whilePlaying } from "./peer-cluster.ts";

/** Sends so many requests, so many a second and evenly spaced, to a Service of so many pods; all have to be answered with 200. */
export async function sendRequests(options: {
  readonly count: number;
  readonly rps: number;
  readonly replicas: number;
}): Promise<void> {
  const cluster = await startCluster(options.replicas);
  const answers: Promise<{ readonly status: number }>[] = [];
  for (let i = 0; i < options.count; i += 1) {
    answers.push(cluster.fetch(ADDRESS));
    await playFor(cluster, 1000 / options.rps);
  }
  const all = await whilePlaying(cluster, Promise.all(answers));
  const lost = all.filter(({ status }) => status !== 200).length;
  if (lost > 0) throw new Error(`${lost} of ${options.count} requests were not answered with 200`);
  await whilePlaying(cluster, cluster.close());
}
