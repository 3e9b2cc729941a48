import { resources } from "../../api/resources/index.ts";
import type { WatchEvent } from "../../api/server.ts";
import { timestamp } from "../../api/time.ts";
import type { Namespace, Resource } from "../../api/types.ts";
import type { Spread } from "../../kernel/random.ts";
import type { Controller, ControllerContext } from "../kube-controller-manager.ts";
import { WorkQueue, type WorkQueueState } from "../work-queue.ts";
import { namespaceConditions } from "./conditions.ts";
import { estimateSeconds, type Remaining } from "./remaining.ts";

/** --concurrent-namespace-syncs */
const WORKERS = 10;
/** It waits until every API server knows that the namespace is going (namespaceDeletionGracePeriod). */
const GRACE_MS = 5000;
/** A request or two for each kind. */
const SYNC_DELAY: Spread = { min: 20, median: 60, max: 200 };
/** The finalizer that this controller takes away. */
const FINALIZER = "kubernetes";
const UPSTREAM = "pkg/controller/namespace/deletion/namespaced_resources_deleter.go";

interface State {
  queue: WorkQueueState;
}

/**
 * Empties a namespace that is being deleted, and lets it go (pkg/controller/namespace).
 * Simplified: kinds are emptied in the order in which they are registered; upstream takes them in the random order of a Go map.
 */
class NamespaceController implements Controller {
  readonly name = "namespace-controller";
  readonly resources = ["namespaces"] as const;
  state: State = { queue: WorkQueue.emptyState() };
  readonly on = {
    sync: (name: string) => this.sync(name),
    enqueue: (name: string) => this.queue.add(name),
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

  /** enqueueNamespace */
  onChange({ type, object }: WatchEvent): void {
    if (type === "DELETED") return;
    if (object.metadata.deletionTimestamp === undefined) return;
    this.queue.addAfter(object.metadata.name, GRACE_MS);
  }

  private sync(name: string): void {
    this.queue.work(name, () => {
      const waitSeconds = this.deleteContent(name);
      return waitSeconds > 0 ? waitSeconds * 1000 : undefined;
    });
  }

  /** namespacedResourcesDeleter.Delete; seconds until it should look again, 0 when the namespace has gone. */
  private deleteContent(name: string): number {
    const { api, decisions, kernel } = this.context;
    const namespace = api.find("namespaces", "", name);
    const since = namespace?.metadata.deletionTimestamp;
    if (namespace === undefined || since === undefined) return 0;
    const left = this.deleteAll(name);
    decisions.decide({
      actor: this.name,
      object: `namespace/${name}`,
      code: left.length === 0 ? "namespace.finalize" : "namespace.wait",
      values: { left: left.reduce((sum, { objects }) => sum + objects.length, 0) },
      upstream: `${UPSTREAM} Delete`,
    });
    const next = this.updateStatus(namespace, left);
    if (left.length === 0) {
      this.finalize(next);
      return 0;
    }
    const estimates = left.map((remaining) => estimateSeconds(remaining, since, kernel.now) ?? 0);
    // namespace_controller.go worker: half of the estimate, and a second. What should have gone already is looked for soon.
    return Math.floor(Math.max(...estimates) / 2) + 1;
  }

  /** deleteAllContent; returns what stays for now. */
  private deleteAll(namespace: string): Remaining[] {
    const { api } = this.context;
    const left: Remaining[] = [];
    for (const { plural, group, namespaced } of resources.values()) {
      if (!namespaced) continue;
      const resource = plural as Resource;
      for (const { metadata } of api.list(resource, namespace)) {
        api.delete(resource, namespace, metadata.name, { propagationPolicy: "Background" });
      }
      const objects = api.list(resource, namespace);
      if (objects.length > 0) left.push({ resource: plural, group, objects });
    }
    return left;
  }

  private updateStatus(namespace: Namespace, left: readonly Remaining[]): Namespace {
    const { api, kernel } = this.context;
    const before = namespace.status?.conditions ?? [];
    const conditions = namespaceConditions(before, left, timestamp(kernel.now));
    if (conditions === before) return namespace;
    return api.updateStatus("namespaces", {
      ...namespace,
      status: { ...namespace.status, conditions },
    });
  }

  /** finalizeNamespace */
  private finalize(namespace: Namespace): void {
    const finalizers = (namespace.spec?.finalizers ?? []).filter((name) => name !== FINALIZER);
    this.context.api.finalize({ ...namespace, spec: { finalizers } });
  }
}

/** How the controller is made. */
export const namespaceController = (context: ControllerContext) => new NamespaceController(context);
