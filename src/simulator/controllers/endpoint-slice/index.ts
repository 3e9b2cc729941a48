import { objectKey, type WatchEvent } from "../../api/server.ts";
import { labelsContain } from "../../api/selectors.ts";
import type { Endpoint, EndpointSlice, Pod, Service } from "../../api/types.ts";
import type { Delay, NetworkModel } from "../../scenario.ts";
import { ifThere } from "../if-there.ts";
import { BY_LABEL, Informer, labelIndexValue, type InformerState } from "../informer.ts";
import type {
  Controller,
  ControllerContext,
  ControllerFactory,
} from "../kube-controller-manager.ts";
import { endpointDecision } from "./decisions.ts";
import {
  endpointPorts,
  newEndpointSlice,
  podToEndpoint,
  shouldPodBeInEndpoints,
  sliceLabels,
} from "./endpoints.ts";
import { changesNoEndpoint, isEndpointSame, lastOfEach, type Change } from "./pod-changes.ts";
import {
  mergeEndpoints,
  placeByName,
  planSlices,
  type KnownSlice,
  type SliceChange,
  type Slices,
  type Wanted,
} from "./reconcile.ts";
import { takeTriggerTime, withTriggerTime } from "./trigger-time.ts";

interface ServiceState extends Slices {
  pending: Change[];
  /** No later change is written before this. */
  lastDueMs: number;
  /** When the latest sync reads the pods: halfway, between its watch and queue and its call. Later changes are the next one's. */
  readMs: number;
  /** By key of the pod: the trigger time last told (trigger_time_tracker.go). */
  triggers: Map<string, string>;
}

interface State {
  pods: InformerState;
  services: InformerState;
  /** By key of the Service. */
  slices: Map<string, ServiceState>;
}

/**
 * Keeps the EndpointSlices of Services with a selector (pkg/controller/endpointslice/endpointslice_controller.go). The delay of the
 * scenario's network holds from a pod's change to the slice's: it stands for the watch, the queue and the call, so the controller watches
 * without delay and waits by itself. A measured delay is that of one sync, which writes all changes made until it reads the pods.
 *
 * Simplified: addresses are IPv4 alone, there are no topology hints, and the client's rate limit does not hold here.
 */
class EndpointSliceController implements Controller {
  readonly name = "endpointslice-controller";
  readonly resources = ["endpointslices"] as const;
  state: State = {
    pods: Informer.emptyState(),
    services: Informer.emptyState(),
    slices: new Map(),
  };
  readonly on = {
    watch: (event: WatchEvent) => this.take(event),
    reconcile: (service: string) => this.reconcile(service),
  };
  private readonly context: ControllerContext;
  private readonly delay: Delay;
  private readonly pods = new Informer<"pods">(() => this.state.pods);
  private readonly services = new Informer<"services">(() => this.state.services);

  constructor(context: ControllerContext, network: Pick<NetworkModel, "endpointSlice">) {
    this.context = context;
    this.delay = network.endpointSlice;
    context.api.watch({ resource: "services", client: this.name, immediate: true });
    context.api.watch({
      resource: "pods",
      client: this.name,
      immediate: true,
      ignores: (pod, old) => isEndpointSame(old as Pod, pod as Pod),
    });
  }

  /** Slices that someone else deletes are made anew. */
  onChange(event: WatchEvent): void {
    if (event.type !== "DELETED") return;
    const { metadata } = event.object;
    for (const [service, { slices, endpoints }] of this.state.slices) {
      const slice = slices.get(metadata.name);
      if (slice === undefined || !service.startsWith(`${metadata.namespace}/`)) continue;
      for (const pod of slice.pods) endpoints.delete(pod);
      slices.delete(metadata.name);
      this.enqueue(service, undefined, undefined);
    }
  }

  private take(event: WatchEvent): void {
    if (event.resource === "services") this.onService(event as WatchEvent<"services">);
    else this.onPod(event as WatchEvent<"pods">);
  }

  private onService(event: WatchEvent<"services">): void {
    this.services.apply(event);
    const { key } = event;
    if (event.type === "DELETED") {
      // The slices themselves are the garbage collector's.
      this.state.slices.delete(key);
      return;
    }
    if (event.object.spec.selector === undefined) return;
    if (!this.state.slices.has(key)) {
      this.state.slices.set(key, {
        slices: new Map(),
        endpoints: new Map(),
        pending: [],
        lastDueMs: 0,
        readMs: 0,
        triggers: new Map(),
      });
    }
    this.enqueue(key, undefined, undefined);
  }

  private onPod(event: WatchEvent<"pods">): void {
    const old = this.pods.apply(event);
    const { object } = event;
    const pod = event.type === "DELETED" ? undefined : object;
    if (changesNoEndpoint(old, pod)) return;
    for (const service of this.services.values()) {
      const { selector } = service.spec;
      if (selector === undefined || service.metadata.namespace !== object.metadata.namespace)
        continue;
      const concerned =
        labelsContain(old?.metadata.labels, selector) ||
        labelsContain(pod?.metadata.labels, selector);
      if (concerned) this.enqueue(objectKey(service), event.key, pod);
    }
  }

  private enqueue(service: string, key: string | undefined, pod: Pod | undefined): void {
    const state = this.state.slices.get(service);
    if (state === undefined) return;
    const { now } = this.context.kernel;
    const joins = this.delay.kind === "measured" && state.pending.length > 0 && now <= state.readMs;
    // A change is never written before an earlier one.
    const dueMs = joins ? state.lastDueMs : Math.max(state.lastDueMs, now + this.drawDelay());
    if (!joins) state.readMs = Math.floor((now + dueMs) / 2);
    state.lastDueMs = dueMs;
    state.pending.push({ key, pod, dueMs });
    if (!joins) this.context.kernel.schedule(dueMs - now, this.name, "reconcile", service);
  }

  private drawDelay(): number {
    const { delay } = this;
    const random = this.context.kernel.random("endpointslice/delay");
    switch (delay.kind) {
      case "exact":
        return Math.round(delay.ms);
      case "range":
        return random.integer(Math.round(delay.minMs), Math.round(delay.maxMs));
      case "measured":
        return Math.max(0, random.spread(delay.spread));
    }
  }

  private reconcile(key: string): void {
    const state = this.state.slices.get(key);
    const service = this.services.get(key);
    if (state === undefined || service === undefined) return;
    const { now } = this.context.kernel;
    const due = state.pending.filter((change) => change.dueMs <= now);
    if (due.length === 0) return;
    state.pending = state.pending.filter((change) => change.dueMs > now);
    const all = due.some((change) => change.key === undefined);
    const pods = all ? this.allPods(service, state, due) : lastOfEach(due);
    const wanted = [...pods].map(([pod, object]) => this.wanted(service, pod, object));
    const { writes, deletes } = planSlices(state, wanted);
    const triggerTime = takeTriggerTime(state.triggers, service, pods, all);
    for (const change of writes) this.write(service, state, change, triggerTime);
    for (const name of deletes) this.delete(service, state, name);
    if (all) this.relabel(service, state);
  }

  /** Every pod of the Service, and those that are in its slices but are none of its own any more. */
  private allPods(
    service: Service,
    state: ServiceState,
    due: readonly Change[],
  ): Map<string, Pod | undefined> {
    const pods = new Map<string, Pod | undefined>();
    for (const key of state.endpoints.keys()) pods.set(key, this.pods.get(key));
    for (const [key, pod] of lastOfEach(due)) pods.set(key, pod);
    const [label] = Object.entries(service.spec.selector ?? {});
    const { namespace = "" } = service.metadata;
    const found =
      label === undefined
        ? this.pods.list().filter((pod) => pod.metadata.namespace === namespace)
        : this.pods.by(BY_LABEL, labelIndexValue(namespace, label[0], label[1]));
    for (const pod of found) pods.set(objectKey(pod), pod);
    return pods;
  }

  private wanted(service: Service, key: string, pod: Pod | undefined): Wanted {
    const belongs =
      pod !== undefined &&
      labelsContain(pod.metadata.labels, service.spec.selector) &&
      shouldPodBeInEndpoints(pod);
    if (!belongs) return { pod: key, endpoint: undefined, ports: [] };
    const node = this.context.informers.of("nodes").get(pod.spec.nodeName ?? "");
    const endpoint = Object.freeze(podToEndpoint(pod, service, node));
    return { pod: key, endpoint, ports: endpointPorts(service, pod) };
  }

  private write(
    service: Service,
    state: ServiceState,
    change: SliceChange,
    triggerTime: string | undefined,
  ): void {
    const { api } = this.context;
    const { namespace = "" } = service.metadata;
    const current =
      change.name === undefined ? undefined : api.find("endpointslices", namespace, change.name);
    const endpoints = this.merged(state, current, change);
    const wanted = newEndpointSlice(service, change.ports, endpoints);
    const written =
      current === undefined
        ? api.create("endpointslices", {
            ...wanted,
            metadata: withTriggerTime(wanted.metadata, triggerTime),
          })
        : api.update("endpointslices", {
            ...current,
            metadata: withTriggerTime(
              { ...current.metadata, labels: sliceLabels(service) },
              triggerTime,
            ),
            endpoints,
            ports: change.ports,
          });
    this.remember(service, state, written, change);
  }

  /** A slice that is as it was written last has the very endpoints that are remembered; in one that others have changed they are found by name. */
  private merged(
    { slices, endpoints: known }: ServiceState,
    current: EndpointSlice | undefined,
    { name, endpoints }: SliceChange,
  ): readonly Endpoint[] {
    const { endpoints: before = [] } = current ?? {};
    const isOwn = name !== undefined && slices.get(name)?.endpoints === before;
    const merged = mergeEndpoints(before, endpoints, (pod, list) => {
      const there = known.get(pod);
      if (!isOwn || (there !== undefined && there.slice !== name)) return placeByName(pod, list);
      return there === undefined ? -1 : list.indexOf(there.endpoint);
    });
    return Object.freeze(merged);
  }

  private remember(
    service: Service,
    state: ServiceState,
    { metadata, endpoints: written }: EndpointSlice,
    { ports, endpoints }: SliceChange,
  ): void {
    const slice: KnownSlice = state.slices.get(metadata.name) ?? {
      ports,
      pods: new Set(),
      endpoints: written,
    };
    slice.ports = ports;
    slice.endpoints = written;
    state.slices.set(metadata.name, slice);
    for (const [pod, endpoint] of endpoints) {
      const before = state.endpoints.get(pod);
      this.tell(service, pod, before?.endpoint, endpoint);
      if (endpoint !== undefined) {
        slice.pods.add(pod);
        state.endpoints.set(pod, { slice: metadata.name, endpoint });
      } else {
        slice.pods.delete(pod);
        if (before?.slice === metadata.name) state.endpoints.delete(pod);
      }
    }
  }

  private delete(service: Service, state: ServiceState, name: string): void {
    for (const pod of state.slices.get(name)!.pods) {
      const there = state.endpoints.get(pod);
      if (there?.slice !== name) continue;
      this.tell(service, pod, there.endpoint, undefined);
      state.endpoints.delete(pod);
    }
    state.slices.delete(name);
    const { namespace = "" } = service.metadata;
    ifThere(() => this.context.api.delete("endpointslices", namespace, name));
  }

  /** A Service's new labels go to all its slices. */
  private relabel(service: Service, state: ServiceState): void {
    const { api } = this.context;
    for (const name of state.slices.keys()) {
      const slice = api.find("endpointslices", service.metadata.namespace ?? "", name);
      if (slice === undefined) continue;
      api.update("endpointslices", {
        ...slice,
        metadata: { ...slice.metadata, labels: sliceLabels(service) },
      });
    }
  }

  private tell(
    service: Service,
    pod: string,
    before: Endpoint | undefined,
    now: Endpoint | undefined,
  ): void {
    const decision = endpointDecision(service.metadata.name, before, now);
    if (decision === undefined) return;
    const object = `pod/${pod.slice(pod.indexOf("/") + 1)}`;
    const upstream = "staging/src/k8s.io/endpointslice/utils.go podToEndpoint";
    this.context.decisions.decide({ actor: this.name, object, ...decision, upstream });
  }
}

/** The registration of the controller. */
export function endpointSliceController(
  network: Pick<NetworkModel, "endpointSlice">,
): ControllerFactory {
  return (context) => new EndpointSliceController(context, network);
}
