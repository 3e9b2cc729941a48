import type { ApiServer } from "../api/server.ts";
import { selectorMatches } from "../api/selectors.ts";
import type { Pod } from "../api/types.ts";
import { expectEqual } from "./remains.ts";
import { isReady } from "./disruptions.ts";
import type { Note } from "./violation.ts";

/** Holds budgets and autoscalers of a cluster at rest against the pods and sizes that there are. */
export function checkPoliciesAtRest(api: ApiServer, pods: readonly Pod[], note: Note): void {
  for (const { metadata, spec, status } of api.list("poddisruptionbudgets")) {
    const about = `PodDisruptionBudget ${metadata.name}`;
    const failed = status?.conditions?.some(({ reason }) => reason === "SyncFailed") ?? false;
    if (failed) {
      expectEqual(`${about} disruptionsAllowed`, status?.disruptionsAllowed ?? 0, 0, note);
      continue;
    }
    const healthy = pods.filter(
      (pod) =>
        pod.metadata.namespace === metadata.namespace &&
        selectorMatches(spec.selector, pod.metadata.labels) &&
        // A name that was evicted counts as going for two minutes, also where another pod has it by now (disruption.go buildDisruptedPodMap).
        status?.disruptedPods?.[pod.metadata.name] === undefined &&
        isReady(pod),
    ).length;
    expectEqual(`${about} currentHealthy`, status?.currentHealthy ?? 0, healthy, note);
    expectEqual(
      `${about} observedGeneration`,
      status?.observedGeneration ?? 0,
      metadata.generation ?? 0,
      note,
    );
    const { expectedPods = 0, desiredHealthy = 0, disruptionsAllowed = 0 } = status ?? {};
    const spare = expectedPods === 0 ? 0 : Math.max(0, healthy - desiredHealthy);
    expectEqual(`${about} disruptionsAllowed`, disruptionsAllowed, spare, note);
  }
  for (const { metadata, spec } of api.list("horizontalpodautoscalers")) {
    const { scaleTargetRef, minReplicas = 1, maxReplicas } = spec;
    if (scaleTargetRef.kind !== "Deployment") continue;
    const target = api.find("deployments", metadata.namespace ?? "", scaleTargetRef.name);
    const size = target?.spec.replicas ?? 0;
    if (size === 0 || (size >= minReplicas && size <= maxReplicas)) continue;
    const bounds = `${minReplicas} to ${maxReplicas}`;
    note("status", `${metadata.name} leaves its Deployment at ${size}, and wants ${bounds}`);
  }
}
