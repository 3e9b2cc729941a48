/*
 * What the benchmarks of @ngrok/webernetes share: a cluster with a web server behind a Service. Its clock is paused and stepped from timer to
 * timer, and its promises settle in between, so that it takes no longer than it computes.
 */
import {
  BaseImage,
  Cluster,
  type ClusterApplyResource,
  type ProcessContext,
} from "@ngrok/webernetes";

/** Its network does not find a listener on port 80. */
const PORT = 8080;
/** Where the Service is reached from outside of the cluster. */
export const ADDRESS = "http://node-1:31000";

abstract class Web extends BaseImage {
  readonly defaultCommand = ["server"];

  override async exec(ctx: ProcessContext, argv: readonly string[]): Promise<number> {
    if (argv[0] !== "server") return super.exec(ctx, argv);
    ctx.listenHttp(PORT, async () => ({ status: 200, body: "" }));
    return ctx.waitUntilKilled();
  }
}

class Web1 extends Web {
  static readonly imageName = "web";
  static readonly imageVersion = "1";
}

class Web2 extends Web {
  static readonly imageName = "web";
  static readonly imageVersion = "2";
}

/** How long a phase may take in virtual time. */
const PATIENCE_MS = 3_600_000;

/** A cluster whose Deployment `web` has come up with so many replicas of `web:1`; the image `web:2` is there too. */
export async function startCluster(replicas: number): Promise<Cluster> {
  const cluster = new Cluster({ nodes: Math.max(3, Math.ceil(replicas / 80)) });
  cluster.registerImage(Web1);
  cluster.registerImage(Web2);
  cluster.clock.pause();
  await whilePlaying(cluster, cluster.init());
  await whilePlaying(cluster, cluster.apply([service, deployment(replicas, "web:1")]));
  await untilAvailable(cluster, replicas);
  return cluster;
}

const service: ClusterApplyResource = {
  apiVersion: "v1",
  kind: "Service",
  metadata: { name: "web" },
  spec: {
    type: "NodePort",
    selector: { app: "web" },
    ports: [{ port: 80, targetPort: PORT, nodePort: 31000, protocol: "TCP" }],
  },
};

/** The Deployment `web`. */
export function deployment(replicas: number, image: string): ClusterApplyResource {
  const readinessProbe = { httpGet: { path: "/", port: PORT }, periodSeconds: 10 };
  return {
    apiVersion: "apps/v1",
    kind: "Deployment",
    metadata: { name: "web" },
    spec: {
      replicas,
      selector: { matchLabels: { app: "web" } },
      template: {
        metadata: { labels: { app: "web" } },
        spec: { containers: [{ name: "web", image, readinessProbe }] },
      },
    },
  };
}

/** Plays until all replicas are updated and available. */
export async function untilAvailable(cluster: Cluster, replicas: number): Promise<void> {
  const endMs = cluster.clock.nowMs() + PATIENCE_MS;
  while (cluster.clock.nowMs() < endMs) {
    await playFor(cluster, 1000);
    const { metadata, status } = await whilePlaying(
      cluster,
      cluster.api.appsv1.readNamespacedDeployment({ name: "web", namespace: "default" }),
    );
    const seen = (status?.observedGeneration ?? 0) >= (metadata?.generation ?? 0);
    const { replicas: all, updatedReplicas, availableReplicas } = status ?? {};
    const counts = [all, updatedReplicas, availableReplicas];
    if (seen && counts.every((count) => count === replicas)) return;
  }
  throw new Error("the rollout does not come to its end");
}

/** Lets so much virtual time pass. */
export async function playFor(cluster: Cluster, ms: number): Promise<void> {
  const endMs = cluster.clock.nowMs() + ms;
  while (cluster.clock.nowMs() < endMs) await step(cluster, endMs);
}

/** Lets virtual time pass until the work is done. */
export async function whilePlaying<T>(cluster: Cluster, work: Promise<T>): Promise<T> {
  let done = false;
  const end = () => void (done = true);
  work.then(end, end);
  await settle();
  while (!done) await step(cluster, cluster.clock.nowMs() + 1000);
  return work;
}

/** On to the next timer, but not beyond `endMs`. */
async function step({ clock }: Cluster, endMs: number): Promise<void> {
  let next = endMs;
  const { tasks } = clock as unknown as { tasks: Map<number, { dueAtMs: number }> };
  for (const { dueAtMs } of tasks.values()) if (dueAtMs < next) next = dueAtMs;
  clock.step(Math.max(0, next - clock.nowMs()));
  await settle();
}

/** Lets the promises that wait for nothing but each other come to their end. */
function settle(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
