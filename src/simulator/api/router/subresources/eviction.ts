/*
 * The eviction subresource: deletes a pod if its PodDisruptionBudget allows (registry/core/pod/storage/eviction.go).
 */
import { disruptionTarget, updatePodCondition } from "../../pod-conditions.ts";
import { forbidden, type Preconditions } from "../../refusals.ts";
import { poddisruptionbudgets } from "../../resources/policy.ts";
import { selectorMatches } from "../../selectors.ts";
import type { ApiServer } from "../../server.ts";
import { StatusError } from "../../status-error.ts";
import { timestamp } from "../../time.ts";
import type { Pod, PodDisruptionBudget } from "../../types.ts";
import { isPlain } from "../../patch/plain.ts";
import { deleteOptions, writeOptions } from "../options.ts";
import type { ApiRequest, ApiResponse } from "../request.ts";
import { badRequest } from "../status.ts";
import type { Place } from "../write.ts";

/** Evictions that the budget's controller has not confirmed yet, at most (MaxDisruptedPodSize). */
const DISRUPTED_PODS_MAX = 2000;

const VIOLATION = "Cannot evict pod as it would violate the pod's disruption budget.";

export interface EvictOptions {
  readonly dryRun?: boolean;
  readonly gracePeriodSeconds?: number;
  readonly preconditions?: Preconditions;
}

/** POST of `pods/NAME/eviction`. */
export function evictRequest({ api, namespace, name }: Place, request: ApiRequest): ApiResponse {
  const { dryRun } = writeOptions("CreateOptions", request);
  const body = isPlain(request.body) ? request.body : {};
  const given = isPlain(body.metadata) ? body.metadata.name : undefined;
  if (given !== undefined && given !== name) {
    throw badRequest("name in URL does not match name in Eviction object");
  }
  const options = deleteOptions({ ...request, query: {}, body: body.deleteOptions });
  evict(api, namespace ?? "default", name, {
    ...options,
    dryRun: dryRun || options.dryRun === true,
  });
  const status = { kind: "Status", apiVersion: "v1", metadata: {}, status: "Success", code: 201 };
  return { status: 201, body: status, warnings: [] };
}

/**
 * Evicts a pod, or throws TooManyRequests (429) when its budget does not allow it. A pod that does not run yet or has ended needs no
 * budget.
 */
export function evict(
  api: ApiServer,
  namespace: string,
  name: string,
  options: EvictOptions = {},
): void {
  const pod = api.get("pods", namespace, name);
  if (!canIgnoreBudget(pod)) {
    const budgets = api
      .list("poddisruptionbudgets", namespace)
      .filter(({ spec }) => selectorMatches(spec.selector, pod.metadata.labels));
    if (budgets.length > 1) {
      const message =
        "This pod has more than one PodDisruptionBudget, which the eviction subresource does not support.";
      throw new StatusError("InternalError", `Internal error occurred: ${message}`);
    }
    const [budget] = budgets;
    if (budget !== undefined && !needsNoRoom(budget, pod)) {
      decrement(api, budget, pod, options.dryRun === true);
    }
  }
  addConditionAndDelete(api, pod, options);
}

function canIgnoreBudget({ metadata, status }: Pod): boolean {
  const phases = ["Succeeded", "Failed", "Pending"];
  return phases.includes(status.phase ?? "") || metadata.deletionTimestamp !== undefined;
}

/** A pod that is not ready does not count for its budget; unhealthyPodEvictionPolicy says when it may go. */
function needsNoRoom({ spec, status }: PodDisruptionBudget, pod: Pod): boolean {
  const isReady = (pod.status.conditions ?? []).some(
    ({ type, status: is }) => type === "Ready" && is === "True",
  );
  if (isReady) return false;
  if (spec.unhealthyPodEvictionPolicy === "AlwaysAllow") return true;
  const { currentHealthy = 0, desiredHealthy = 0 } = status ?? {};
  return currentHealthy >= desiredHealthy && desiredHealthy > 0;
}

/** checkAndDecrement. */
function decrement(api: ApiServer, budget: PodDisruptionBudget, pod: Pod, dryRun: boolean): void {
  const { name, generation = 0 } = budget.metadata;
  const status = budget.status ?? {};
  const { disruptionsAllowed = 0, currentHealthy = 0, desiredHealthy = 0 } = status;
  if ((status.observedGeneration ?? 0) < generation) {
    const cause = `The disruption budget ${name} is still being processed by the server.`;
    throw tooManyRequests(cause, 10);
  }
  if (disruptionsAllowed < 0) throw refusedBy(budget, "pdb disruptions allowed is negative");
  if (Object.keys(status.disruptedPods ?? {}).length > DISRUPTED_PODS_MAX) {
    const why = "DisruptedPods map too big - too many evictions not confirmed by PDB controller";
    throw refusedBy(budget, why);
  }
  if (disruptionsAllowed === 0) {
    const failed = status.conditions?.find(
      ({ type, status: is, reason }) =>
        type === "DisruptionAllowed" && is === "False" && reason === "SyncFailed",
    );
    throw tooManyRequests(
      failed === undefined
        ? `The disruption budget ${name} needs ${desiredHealthy} healthy pods and has ${currentHealthy} currently`
        : `The disruption budget ${name} does not allow evicting pods currently because it failed sync: ${failed.message}`,
    );
  }
  const left = disruptionsAllowed - 1;
  const now = timestamp(api.now);
  const next: PodDisruptionBudget = {
    ...budget,
    status: {
      ...status,
      disruptionsAllowed: left,
      disruptedPods: { ...status.disruptedPods, [pod.metadata.name]: now },
      ...(left === 0 ? { conditions: withoutRoom(budget, now) } : {}),
    },
  };
  if (!dryRun) api.updateStatus("poddisruptionbudgets", next);
}

/** The condition of a budget that allows no more (pdb.UpdateDisruptionAllowedCondition). */
function withoutRoom({ metadata, status }: PodDisruptionBudget, now: string) {
  const before = (status?.conditions ?? []).find(({ type }) => type === "DisruptionAllowed");
  const others = (status?.conditions ?? []).filter(({ type }) => type !== "DisruptionAllowed");
  const since = before?.status === "False" ? before.lastTransitionTime : now;
  const condition = {
    type: "DisruptionAllowed",
    status: "False",
    observedGeneration: status?.observedGeneration ?? metadata.generation ?? 0,
    lastTransitionTime: since,
    reason: "InsufficientPods",
    message: "",
  } as const;
  return [...others, condition];
}

/** addConditionAndDeletePod: the pod says why it goes. A version that its deletion demands is the one of before. */
function addConditionAndDelete(api: ApiServer, pod: Pod, options: EvictOptions): void {
  const { namespace = "", name } = pod.metadata;
  let { preconditions } = options;
  if (options.dryRun !== true) {
    refuseOther(pod, preconditions);
    const why = disruptionTarget("EvictionByEvictionAPI", "Eviction API: evicting");
    const conditions = updatePodCondition(pod.status.conditions ?? [], why, api.now);
    const status = { ...pod.status, conditions };
    const { resourceVersion } = api.updateStatus("pods", { ...pod, status }).metadata;
    if (preconditions?.resourceVersion) preconditions = { ...preconditions, resourceVersion };
  }
  api.delete("pods", namespace, name, {
    ...options,
    propagationPolicy: "Background",
    ...(preconditions === undefined ? {} : { preconditions }),
  });
}

function refuseOther({ metadata }: Pod, preconditions: Preconditions = {}): void {
  const { uid, resourceVersion } = preconditions;
  const why =
    uid && uid !== metadata.uid
      ? `the UID in the precondition (${uid}) does not match the UID in record (${metadata.uid}). The object might have been deleted and then recreated`
      : resourceVersion && resourceVersion !== metadata.resourceVersion
        ? `the ResourceVersion in the precondition (${resourceVersion}) does not match the ResourceVersion in record (${metadata.resourceVersion}). The object might have been modified`
        : undefined;
  if (why === undefined) return;
  const { name } = metadata;
  const message = `Operation cannot be fulfilled on Pod "${name}": ${why}`;
  throw new StatusError("Conflict", message, { group: "", kind: "Pod", name });
}

function tooManyRequests(cause: string, retryAfterSeconds?: number): StatusError {
  return new StatusError("TooManyRequests", VIOLATION, {
    statusCauses: [{ reason: "DisruptionBudget", message: cause }],
    ...(retryAfterSeconds === undefined ? {} : { retryAfterSeconds }),
  });
}

function refusedBy({ metadata }: PodDisruptionBudget, why: string): StatusError {
  return forbidden(poddisruptionbudgets, metadata.name, why);
}
