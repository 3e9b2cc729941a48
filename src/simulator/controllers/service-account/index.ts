import { DEFAULT_ACCOUNT } from "../../api/admission/service-account.ts";
import type { WatchEvent } from "../../api/server.ts";
import { isStatus } from "../../api/status-error.ts";
import type { Spread } from "../../kernel/random.ts";
import type { Controller, ControllerContext } from "../kube-controller-manager.ts";
import { WorkQueue, type WorkQueueState } from "../work-queue.ts";

/** It looks into its caches, and makes one request. */
const SYNC_DELAY: Spread = { min: 1, median: 3, max: 15 };

interface State {
  queue: WorkQueueState;
}

/** Makes the account `default` in each namespace, and again when it is deleted (pkg/controller/serviceaccount/serviceaccounts_controller.go). */
class ServiceAccountController implements Controller {
  readonly name = "serviceaccount-controller";
  readonly resources = ["namespaces", "serviceaccounts"] as const;
  state: State = { queue: WorkQueue.emptyState() };
  readonly on = { sync: (namespace: string) => this.sync(namespace) };
  private readonly context: ControllerContext;
  private readonly queue: WorkQueue;

  constructor(context: ControllerContext) {
    this.context = context;
    this.queue = new WorkQueue(context.kernel, {
      actor: this.name,
      workers: 1,
      syncDelay: SYNC_DELAY,
      stateOf: () => this.state.queue,
    });
  }

  onChange({ resource, type, object }: WatchEvent): void {
    const { name, namespace = "" } = object.metadata;
    if (resource === "serviceaccounts") {
      if (type === "DELETED") this.queue.add(namespace);
    } else if (type !== "DELETED") this.queue.add(name);
  }

  /** syncNamespace */
  private sync(namespace: string): void {
    const { api, informers } = this.context;
    const isActive = informers.of("namespaces").get(namespace)?.status?.phase === "Active";
    const account = informers.of("serviceaccounts").get(`${namespace}/${DEFAULT_ACCOUNT}`);
    if (isActive && account === undefined) {
      try {
        api.create("serviceaccounts", defaultAccount(namespace));
      } catch (error) {
        // Somebody else has made it, or the namespace is going.
        if (!isStatus(error, "AlreadyExists", "Forbidden", "NotFound")) throw error;
      }
    }
    this.queue.succeeded(namespace);
  }
}

/** The account of a namespace's pods that name none. */
export function defaultAccount(namespace: string) {
  return {
    apiVersion: "v1",
    kind: "ServiceAccount",
    metadata: { name: DEFAULT_ACCOUNT, namespace },
  };
}

/** How the controller is made. */
export const serviceAccountController = (context: ControllerContext) =>
  new ServiceAccountController(context);
