import { isStatus } from "../../api/status-error.ts";
import type { WatchEvent } from "../../api/server.ts";
import { SERVICE_NAME_LABEL } from "../../api/slice-metadata.ts";
import type {
  Endpoints,
  EndpointSlice,
  Resource,
  ResourceTypes,
  Service,
} from "../../api/types.ts";
import type { Spread } from "../../kernel/random.ts";
import { ifThere } from "../if-there.ts";
import { BY_LABEL, labelIndexValue } from "../informer.ts";
import type { Controller, ControllerContext } from "../kube-controller-manager.ts";
import { WorkQueue, type WorkQueueState } from "../work-queue.ts";
import { isMirrored, mirroring, shouldMirror } from "./mirror.ts";

/** --mirroring-concurrent-service-endpoint-syncs */
const WORKERS = 5;
/** It looks into its caches, and mostly makes one request. */
const SYNC_DELAY: Spread = { min: 1, median: 3, max: 15 };
/** The first wait after a sync that came too early (defaultSyncBackOff). */
const RETRY_MS = 1000;

interface State {
  queue: WorkQueueState;
  /** By key of the Service, then by name of the slice: the generation that was written last (endpointslice/util EndpointSliceTracker). */
  written: Map<string, Map<string, number>>;
}

/**
 * Mirrors Endpoints that somebody keeps by hand, for Services without a selector, into EndpointSlices, which are all that proxies look at
 * (pkg/controller/endpointslicemirroring).
 */
class EndpointSliceMirroringController implements Controller {
  readonly name = "endpointslicemirroring-controller";
  readonly resources = ["endpoints", "services", "endpointslices"] as const;
  state: State = { queue: WorkQueue.emptyState(), written: new Map() };
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

  onChange(event: WatchEvent, old: ResourceTypes[Resource] | undefined): void {
    const { resource, type, key, object } = event;
    if (resource === "endpointslices") this.onSlice(type, object as EndpointSlice);
    else if (resource === "endpoints") {
      const isMeant = [object, old].some(
        (one) => one !== undefined && shouldMirror(one as Endpoints),
      );
      if (isMeant) this.queue.add(key);
    } else {
      const isFree = (object as Service).spec.selector === undefined;
      const wasFree = type === "MODIFIED" && (old as Service).spec.selector === undefined;
      if (type === "MODIFIED" ? isFree !== wasFree : isFree) this.queue.add(key);
    }
  }

  /** A slice of its own that somebody else has changed or deleted. */
  private onSlice(type: WatchEvent["type"], slice: EndpointSlice): void {
    if (!isMirrored(slice)) return;
    const { name, namespace = "", labels = {}, generation = 0 } = slice.metadata;
    const service = `${namespace}/${labels[SERVICE_NAME_LABEL] ?? ""}`;
    const written = this.state.written.get(service);
    const known = written?.get(name);
    if (type === "DELETED") {
      if (written?.delete(name) === true) this.queue.add(service);
    } else if (known === undefined || generation > known) this.queue.add(service);
  }

  /** syncEndpoints */
  private sync(key: string): void {
    const { informers } = this.context;
    const endpoints = informers.of("endpoints").get(key);
    const service = informers.of("services").get(key);
    const isMeant =
      endpoints !== undefined &&
      shouldMirror(endpoints) &&
      service !== undefined &&
      service.spec.selector === undefined;
    const slices = this.slicesOf(key);
    if (isMeant && this.isStale(key, slices)) {
      this.queue.succeeded(key, RETRY_MS);
      return;
    }
    if (isMeant) this.reconcile(key, endpoints, slices);
    else {
      this.state.written.delete(key);
      for (const { metadata } of slices) this.delete(metadata.namespace ?? "", metadata.name);
    }
    this.queue.succeeded(key);
  }

  /** Does the cache not show yet what was written last (EndpointSliceTracker.StaleSlices)? */
  private isStale(key: string, slices: readonly EndpointSlice[]): boolean {
    return [...(this.state.written.get(key) ?? [])].some(([name, generation]) => {
      const shown = slices.find(({ metadata }) => metadata.name === name);
      return (shown?.metadata.generation ?? 0) < generation;
    });
  }

  private reconcile(key: string, endpoints: Endpoints, slices: readonly EndpointSlice[]): void {
    const { api } = this.context;
    const plan = mirroring(endpoints, slices);
    const written = this.state.written.get(key) ?? new Map<string, number>();
    this.state.written.set(key, written);
    const note = ({ metadata }: EndpointSlice) =>
      void written.set(metadata.name, metadata.generation ?? 0);
    try {
      for (const slice of plan.create) note(api.create("endpointslices", slice));
      for (const slice of plan.update) note(api.update("endpointslices", slice));
    } catch (error) {
      // A namespace that is being deleted takes nothing new, and of what others write at the same time the controller hears.
      if (!isStatus(error, "Forbidden", "NotFound", "Conflict")) throw error;
    }
    for (const name of plan.delete) {
      written.delete(name);
      this.delete(endpoints.metadata.namespace ?? "", name);
    }
  }

  private slicesOf(key: string): EndpointSlice[] {
    const [namespace = "", name = ""] = key.split("/");
    return this.context.informers
      .of("endpointslices")
      .by(BY_LABEL, labelIndexValue(namespace, SERVICE_NAME_LABEL, name))
      .filter(isMirrored);
  }

  private delete(namespace: string, name: string): void {
    ifThere(() => this.context.api.delete("endpointslices", namespace, name));
  }
}

/** The registration of the controller. */
export const endpointSliceMirroringController = (context: ControllerContext) =>
  new EndpointSliceMirroringController(context);
