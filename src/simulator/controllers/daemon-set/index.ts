import { objectKey, type WatchEvent } from "../../api/server.ts";
import type { DaemonSet, Node, Pod, Resource, ResourceTypes } from "../../api/types.ts";
import type { Spread } from "../../kernel/random.ts";
import { ClientRateLimit, type ClientRateLimitState } from "../client-rate-limit.ts";
import { Expectations, type ExpectationsState } from "../expectations.ts";
import type { Returned } from "../history/calls.ts";
import { areOwnersSame } from "../informer.ts";
import type { Controller, ControllerContext } from "../kube-controller-manager.ts";
import { isPodReady } from "../pod-status.ts";
import { claimants, resolveController } from "../resolve-controller.ts";
import { WorkQueue, type WorkQueueState } from "../work-queue.ts";
import { shouldRun } from "./placement.ts";
import { DaemonSetSyncs, type Call, type SyncsState } from "./syncs.ts";

/** --concurrent-daemonset-syncs */
const WORKERS = 2;
/** From a change that the controller has seen to its decision, as in recordings of a real control plane. */
const SYNC_DELAY: Spread = { min: 1, median: 2, max: 10 };

interface State {
  queue: WorkQueueState;
  client: ClientRateLimitState;
  expectations: ExpectationsState;
  syncs: SyncsState;
}

/** Keeps one pod on each node that a DaemonSet is meant for (pkg/controller/daemon/daemon_controller.go). */
class DaemonSetController implements Controller {
  readonly name = "daemonset-controller";
  state: State = {
    queue: WorkQueue.emptyState(),
    client: ClientRateLimit.emptyState(),
    expectations: new Map(),
    syncs: DaemonSetSyncs.emptyState(),
  };
  readonly on = {
    sync: (key: string) => this.sync(key),
    enqueue: (key: string) => this.queue.add(key),
    called: (returned: Returned<Call>) => this.syncs.calls.onReturned(returned),
  };
  private readonly context: ControllerContext;
  private readonly queue: WorkQueue;
  private readonly client: ClientRateLimit;
  private readonly expectations: Expectations;
  private readonly syncs: DaemonSetSyncs;

  constructor(context: ControllerContext) {
    this.context = context;
    this.client = new ClientRateLimit(() => this.state.client);
    this.expectations = new Expectations(() => this.state.expectations);
    this.queue = new WorkQueue(context.kernel, {
      actor: this.name,
      workers: WORKERS,
      syncDelay: SYNC_DELAY,
      stateOf: () => this.state.queue,
    });
    this.syncs = new DaemonSetSyncs(context, {
      actor: this.name,
      client: this.client,
      expectations: this.expectations,
      queue: this.queue,
      stateOf: () => this.state.syncs,
    });
  }

  onChange(event: WatchEvent, old: ResourceTypes[Resource] | undefined): void {
    switch (event.resource) {
      case "daemonsets":
        this.onDaemonSet(event as WatchEvent<"daemonsets">);
        break;
      case "pods":
        this.onPod(event as WatchEvent<"pods">, old as Pod | undefined);
        break;
      case "nodes":
        if (event.type !== "DELETED") this.onNode(event.object as Node, old as Node | undefined);
        break;
      default:
    }
  }

  private onDaemonSet({ key, type }: WatchEvent<"daemonsets">): void {
    if (type === "DELETED") {
      this.expectations.forget(key);
      this.state.syncs.waits.delete(key);
    }
    this.queue.add(key);
  }

  /** addNode, updateNode: only where the node is now wanted that was not, or the other way round. */
  private onNode(node: Node, old: Node | undefined): void {
    for (const daemonSet of this.context.informers.of("daemonsets").list()) {
      const now = shouldRun(daemonSet, node);
      const before = old === undefined ? { run: false, stay: now.stay } : shouldRun(daemonSet, old);
      if (now.run !== before.run || now.stay !== before.stay) this.queue.add(objectKey(daemonSet));
    }
  }

  /** addPod, updatePod, deletePod */
  private onPod(event: WatchEvent<"pods">, old: Pod | undefined): void {
    const { object: pod, type } = event;
    const owner = this.ownerOf(pod);
    const formerOwner = old === undefined || areOwnersSame(old, pod) ? owner : this.ownerOf(old);
    if (formerOwner !== undefined && formerOwner !== owner) this.queue.add(objectKey(formerOwner));
    if (owner === undefined) {
      for (const other of claimants(this.context.informers, "daemonsets", event, old)) {
        this.queue.add(objectKey(other));
      }
      return;
    }
    const key = objectKey(owner);
    const going = type === "DELETED" || pod.metadata.deletionTimestamp !== undefined;
    if (going) this.expectations.deletionObserved(key, event.key);
    else if (type === "ADDED") this.expectations.creationObserved(key);
    this.queue.add(key);
    const { minReadySeconds = 0 } = owner.spec;
    const becameReady = !going && old !== undefined && !isPodReady(old) && isPodReady(pod);
    // One second more, since the condition's time has whole seconds.
    if (becameReady && minReadySeconds > 0) this.queue.addAfter(key, (minReadySeconds + 1) * 1000);
  }

  private ownerOf(pod: Pod): DaemonSet | undefined {
    return resolveController(this.context.informers, "daemonsets", pod);
  }

  private sync(key: string): void {
    const { kernel, informers } = this.context;
    if (this.queue.holdUp(key, this.client.debt(kernel.now))) return;
    const daemonSet = informers.of("daemonsets").get(key);
    this.queue.work(key, () =>
      daemonSet === undefined ? undefined : this.syncs.start(key, daemonSet),
    );
  }
}

/** The registration of the controller. */
export function daemonSetController(context: ControllerContext): Controller {
  return new DaemonSetController(context);
}
