import type { Cluster } from "../../src/simulator/index.ts";
import { controllerOf } from "../../src/simulator/controllers/informer.ts";
import type { Step } from "./plan.ts";

/** Evicts pods and takes nodes out of service and back, as kubectl drain and uncordon do; says what it has done. */
export function disrupt(
  step: Extract<Step, { evictPod: number } | { drain: string } | { uncordon: string }>,
  cluster: Cluster,
): string {
  const pods = cluster.api.list("pods");
  if ("evictPod" in step) {
    const pod = pods[step.evictPod % Math.max(1, pods.length)];
    return pod === undefined ? "evict nothing" : evict(cluster, pod.metadata.name);
  }
  if ("uncordon" in step) {
    cordon(cluster, step.uncordon, false);
    return `uncordon ${step.uncordon}`;
  }
  cordon(cluster, step.drain, true);
  const there = pods.filter(
    (pod) => pod.spec.nodeName === step.drain && controllerOf(pod)?.kind !== "DaemonSet",
  );
  const done = there.map(({ metadata }) => evict(cluster, metadata.name));
  return [`drain ${step.drain}`, ...done].join("; ");
}

function evict({ apiRouter }: Cluster, name: string): string {
  const { status } = apiRouter.handle({
    method: "POST",
    path: `/api/v1/namespaces/default/pods/${name}/eviction`,
    body: { apiVersion: "policy/v1", kind: "Eviction", metadata: { name, namespace: "default" } },
  });
  return `evict ${name} (${status})`;
}

function cordon({ apiRouter }: Cluster, node: string, unschedulable: boolean): void {
  apiRouter.handle({
    method: "PATCH",
    path: `/api/v1/nodes/${node}`,
    contentType: "application/strategic-merge-patch+json",
    body: { spec: { unschedulable } },
  });
}
