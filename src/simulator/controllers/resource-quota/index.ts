import {
  addUsage,
  concerns,
  isCharged,
  isInScope,
  maskUsage,
  readUsage,
  usageOf,
  writeUsage,
  type QuotaUsage,
} from "../../api/quota-usage.ts";
import { deepEqual } from "../../api/deep-equal.ts";
import { resources } from "../../api/resources/index.ts";
import type { WatchEvent } from "../../api/server.ts";
import type { KubernetesObject, Pod, Resource, ResourceQuota } from "../../api/types.ts";
import type { Spread } from "../../kernel/random.ts";
import type { Controller, ControllerContext } from "../kube-controller-manager.ts";
import { WorkQueue, type WorkQueueState } from "../work-queue.ts";

/** It counts what its caches hold, and makes one request. */
const SYNC_DELAY: Spread = { min: 1, median: 3, max: 15 };
const WORKERS = 5;

interface State {
  queue: WorkQueueState;
}

/**
 * Counts what the objects of a namespace take of its quotas, and says so in their status: when a quota is new or changed, and when something goes that
 * has counted (pkg/controller/resourcequota resource_quota_controller.go). What comes is counted by the API server as it comes. Simplified: nothing is
 * counted anew every five minutes.
 */
export class ResourceQuotaController implements Controller {
  readonly name = "resourcequota-controller";
  state: State = { queue: WorkQueue.emptyState() };
  readonly on = {
    sync: (key: string) => this.sync(key),
    enqueue: (key: string) => this.queue.add(key),
  };
  private readonly context: ControllerContext;
  private readonly queue: WorkQueue;

  constructor(context: ControllerContext) {
    this.context = context;
    this.queue = new WorkQueue(context.kernel, {
      actor: this.name,
      workers: WORKERS,
      syncDelay: SYNC_DELAY,
      stateOf: () => this.state.queue,
    });
  }

  onChange({ resource, type, object, key, old }: WatchEvent): void {
    const quotas = this.context.informers.of("resourcequotas");
    if (quotas.size === 0) return;
    if (resource === "resourcequotas" && type !== "DELETED") {
      // Its own writing of the status, and the API server's, are no news.
      const { spec } = object as ResourceQuota;
      if (type === "ADDED" || !deepEqual(spec, (old as ResourceQuota).spec)) this.queue.add(key);
      return;
    }
    if (type !== "DELETED" && !this.hasEnded(resource, object, old)) return;
    const kind = resources.get(resource)!;
    for (const quota of quotas.values()) {
      const { namespace = "", name } = quota.metadata;
      if (namespace !== object.metadata.namespace) continue;
      const names = Object.keys(quota.spec?.hard ?? {});
      if (names.some((one) => concerns(kind, one))) this.queue.add(`${namespace}/${name}`);
    }
  }

  /** Is it a pod that counts no longer? */
  private hasEnded(resource: Resource, object: KubernetesObject, old: unknown): boolean {
    if (resource !== "pods" || old === undefined) return false;
    const { now } = this.context.kernel;
    return isCharged(old as Pod, now) && !isCharged(object as Pod, now);
  }

  /** syncResourceQuota */
  private sync(key: string): void {
    this.queue.work(key, () => {
      const quota = this.context.informers.of("resourcequotas").get(key);
      if (quota !== undefined) this.count(quota);
      return undefined;
    });
  }

  private count(quota: ResourceQuota): void {
    const { api } = this.context;
    const hard = writeUsage(readUsage(quota.spec?.hard));
    const used = writeUsage(this.usage(quota, Object.keys(hard)));
    const { status } = quota;
    if (deepEqual(status?.hard, hard) && deepEqual(status?.used, used)) return;
    // Refused where the API server has counted meanwhile, it is tried again with what the cache has then.
    api.updateStatus("resourcequotas", { ...quota, status: { hard, used } });
  }

  /** CalculateUsage: of the names that the quota limits. */
  private usage(quota: ResourceQuota, names: readonly string[]): QuotaUsage {
    const { api, kernel } = this.context;
    const { namespace = "" } = quota.metadata;
    let usage: QuotaUsage = {};
    for (const [resource, kind] of resources) {
      if (!kind.namespaced || !names.some((name) => concerns(kind, name))) continue;
      for (const object of api.list(resource as Resource, namespace)) {
        if (isInScope(quota, kind, object))
          usage = addUsage(usage, usageOf(kind, object, kernel.now));
      }
    }
    return maskUsage(usage, names, "zero");
  }
}

/** How the controller is made. */
export const resourceQuotaController = (context: ControllerContext) =>
  new ResourceQuotaController(context);
