import { isFinalPhase } from "../api/pod-phase.ts";
import { ofType } from "../api/find.ts";
import { deepEqual } from "../api/server.ts";
import { isStatus } from "../api/status-error.ts";
import { updatePodCondition } from "../api/pod-conditions.ts";
import type { Mutable, PodCondition, PodStatus } from "../api/types.ts";
import { areKubelets, isKubelets, isShared } from "./conditions.ts";
import type { KubeletNode } from "./node.ts";
import type { PodState } from "./state.ts";

interface PatchEvent {
  readonly uid: string;
}

/**
 * Keeps the status of each pod and sends it to the API server when it changes (status/status_manager.go). Simplified: the pods of a node
 * do not wait for each other's patches.
 */
export class StatusManager {
  readonly on = {
    patch: (event: PatchEvent) => this.patch(event),
    deletePod: (event: { readonly uid: string }) => this.deletePod(event.uid),
  };
  private readonly node: KubeletNode;

  constructor(node: KubeletNode) {
    this.node = node;
  }

  /** Takes the new status; says whether it is another one. */
  set(pod: PodState, status: PodStatus): boolean {
    if (pod.status !== undefined && areEqualByKubelet(pod.status, status)) return false;
    pod.status = Object.freeze(status);
    const { patch } = pod;
    if (patch === undefined) this.send(pod, pod.status);
    else if (this.node.now <= patch.readMs) patch.status = pod.status;
    return true;
  }

  /** Deletes the object of a terminated pod for good. */
  deleteSoon(pod: PodState): void {
    this.node.schedule(this.node.draw("finalDelete"), "deletePod", { uid: pod.uid });
  }

  /**
   * Sends what a cut connection has held back, and the status of every pod, since others may have changed it meanwhile (syncBatch, needsReconcile).
   */
  sendAgain(pod: PodState): void {
    const { status } = pod;
    if (pod.work === "finished" && pod.pod.metadata.deletionTimestamp !== undefined) {
      this.deleteSoon(pod);
    } else if (status !== undefined) this.send(pod, status);
  }

  private send(pod: PodState, status: PodStatus): void {
    pod.patch = { status, readMs: this.node.now + this.node.draw("statusRead") };
    this.node.schedule(this.node.draw("statusPatch"), "patch", { uid: pod.uid });
  }

  private patch({ uid }: PatchEvent): void {
    const pod = this.node.pod(uid);
    if (pod?.patch === undefined || this.node.state.connection.isCut) return;
    const { status } = pod.patch;
    pod.patch = undefined;
    this.write(pod, status);
    if (pod.status !== undefined && pod.status !== status) this.send(pod, pod.status);
  }

  private write(pod: PodState, status: PodStatus): void {
    const { namespace = "default", name } = pod.pod.metadata;
    const current = this.node.api.find("pods", namespace, name);
    if (current?.metadata.uid !== pod.uid) return;
    const conditions = mergedConditions(current.status, status, this.node.now);
    const next: Mutable<PodStatus> = { ...current.status, ...status, conditions };
    if (conditions.length === 0) delete next.conditions;
    // A nomination is nothing that a kubelet knows of, so that its patch takes it away (kubelet_pods.go convertStatusToAPIStatus).
    if (next.nominatedNodeName !== undefined) delete next.nominatedNodeName;
    this.node.api.updateStatus("pods", { ...current, status: next });
    if (current.metadata.deletionTimestamp !== undefined) return;
    if (ofType(conditions, "Ready")?.status === "True") this.node.show(pod, "ready");
    else if (pod.shown === "ready") this.node.show(pod, "not-ready");
  }

  private deletePod(uid: string): void {
    const pod = this.node.pod(uid);
    if (pod === undefined || this.node.state.connection.isCut) return;
    pod.patch = undefined;
    if (pod.status !== undefined) this.write(pod, pod.status);
    const { namespace = "default", name } = pod.pod.metadata;
    try {
      this.node.api.delete("pods", namespace, name, {
        gracePeriodSeconds: 0,
        preconditions: { uid },
      });
    } catch (error) {
      // Someone else has deleted it, and perhaps made another pod of that name.
      if (!isStatus(error, "NotFound", "Conflict")) throw error;
    }
  }
}

/** Do they say the same, apart from conditions that are not the kubelet's (isPodStatusByKubeletEqual)? */
function areEqualByKubelet(old: PodStatus, now: PodStatus): boolean {
  if (deepEqual(old, now)) return true;
  if (old.conditions === now.conditions) return false;
  if (areKubelets(old.conditions ?? []) && areKubelets(now.conditions ?? [])) return false;
  const conditions = kubeletsOf(now.conditions);
  return deepEqual({ ...old, conditions: kubeletsOf(old.conditions) }, { ...now, conditions });
}

function kubeletsOf(conditions: readonly PodCondition[] = []): readonly PodCondition[] {
  if (areKubelets(conditions)) return conditions;
  return conditions.filter((condition) => isKubelets(condition) || isShared(condition));
}

/**
 * The conditions of others as the API server has them, then the kubelet's own. Why it ends a pod itself it says together with the phase that
 * the pod ends in (mergePodStatus).
 */
function mergedConditions(
  { phase, conditions: known = [] }: PodStatus,
  status: PodStatus,
  now: number,
): readonly PodCondition[] {
  const { conditions: told = [] } = status;
  if (areKubelets(known) && areKubelets(told)) return told;
  let others: readonly PodCondition[] = known.filter((condition) => !isKubelets(condition));
  if (isFinalPhase(status.phase) && !isFinalPhase(phase)) {
    for (const condition of told.filter(isShared))
      others = updatePodCondition(others, condition, now);
  }
  return [...others, ...told.filter(isKubelets)];
}
