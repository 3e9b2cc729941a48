import type { ApiServer, WatchEvent } from "../api/server.ts";
import { selectorMatches } from "../api/selectors.ts";
import type { Pod, PodDisruptionBudget } from "../api/types.ts";
import { isPercent, scaledValue } from "../controllers/scaled-value.ts";
import { controllerOf } from "../controllers/informer.ts";
import { isReady } from "./disruptions.ts";
import type { Note } from "./violation.ts";

/** For so long an eviction may go by what the budget's controller knew before. */
const LAG_MS = 5000;

/**
 * No eviction takes a healthy pod that a PodDisruptionBudget needs, by counts of its own. What is lost in other ways makes a budget's numbers
 * wrong until its controller has heard of it.
 */
export class BudgetBounds {
  private readonly api: ApiServer;
  private readonly note: Note;
  private readonly now: () => number;
  /** Pods that were healthy. */
  private readonly healthy = new Map<string, Pod>();
  /** When a healthy pod was lost without an eviction, or a workload or budget changed. */
  private disturbedMs = -Infinity;
  /**
   * Whether no pod has changed since: only pods and budgets wake the controller, which then asks for the workloads' sizes (disruption.go
   * NewDisruptionController).
   */
  private isUnheard = false;

  constructor(api: ApiServer, note: Note, now: () => number) {
    this.api = api;
    this.note = note;
    this.now = now;
  }

  observe({ type, resource, object, old }: WatchEvent): void {
    if (resource === "pods") this.onPod(type, object as Pod);
    else if (object.metadata.generation !== old?.metadata.generation) {
      this.disturbedMs = this.now();
      this.isUnheard ||= resource !== "poddisruptionbudgets";
    }
  }

  private onPod(type: WatchEvent["type"], pod: Pod): void {
    if (this.isUnheard) this.disturbedMs = this.now();
    this.isUnheard = false;
    const { uid } = pod.metadata;
    const was = this.healthy.get(uid);
    const is = type !== "DELETED" && isHealthy(pod);
    if (is) this.healthy.set(uid, pod);
    else this.healthy.delete(uid);
    if (was === undefined || is) return;
    if (isEvicted(pod)) this.check(pod);
    else this.disturbedMs = this.now();
  }

  private check(pod: Pod): void {
    if (this.now() - this.disturbedMs < LAG_MS) return;
    for (const budget of this.api.list("poddisruptionbudgets", pod.metadata.namespace)) {
      const { name } = budget.metadata;
      if (!selectorMatches(budget.spec.selector, pod.metadata.labels)) continue;
      const left = [...this.healthy.values()].filter(
        ({ metadata }) =>
          metadata.namespace === budget.metadata.namespace &&
          selectorMatches(budget.spec.selector, metadata.labels),
      ).length;
      const needed = this.needed(budget);
      if (needed === undefined || left >= needed) continue;
      const found = `${left} healthy pods are left, and ${needed} needed`;
      this.note("budget-exceeded", `${pod.metadata.name} is evicted under ${name}: ${found}`);
    }
  }

  /** How many healthy pods the budget asks for; undefined: that cannot be told. */
  private needed(budget: PodDisruptionBudget): number | undefined {
    const { minAvailable, maxUnavailable, selector } = budget.spec;
    if (minAvailable !== undefined && !isPercent(minAvailable)) return Number(minAvailable);
    let wanted = 0;
    const asked = new Set<string>();
    for (const pod of this.api.list("pods", budget.metadata.namespace)) {
      if (!selectorMatches(selector, pod.metadata.labels)) continue;
      const owner = this.scaleOf(pod);
      if (owner === undefined) return undefined;
      if (!asked.has(owner.uid)) wanted += owner.replicas;
      asked.add(owner.uid);
    }
    if (minAvailable !== undefined) return scaledValue(minAvailable, wanted);
    return Math.max(0, wanted - scaledValue(maxUnavailable ?? 0, wanted));
  }

  private scaleOf(pod: Pod): { readonly uid: string; readonly replicas: number } | undefined {
    const { api } = this;
    const namespace = pod.metadata.namespace ?? "";
    const { kind = "", name = "" } = controllerOf(pod) ?? {};
    if (kind === "StatefulSet") {
      const set = api.find("statefulsets", namespace, name);
      return set && { uid: set.metadata.uid, replicas: set.spec.replicas ?? 1 };
    }
    if (kind !== "ReplicaSet") return undefined;
    const replicaSet = api.find("replicasets", namespace, name);
    const above = replicaSet && controllerOf(replicaSet);
    const owner = above ? api.find("deployments", namespace, above.name) : replicaSet;
    return owner && { uid: owner.metadata.uid, replicas: owner.spec.replicas ?? 1 };
  }
}

function isHealthy(pod: Pod): boolean {
  return isReady(pod) && pod.metadata.deletionTimestamp === undefined;
}

function isEvicted({ status }: Pod): boolean {
  return (
    status.conditions?.some(
      (c) => c.type === "DisruptionTarget" && c.reason === "EvictionByEvictionAPI",
    ) ?? false
  );
}
