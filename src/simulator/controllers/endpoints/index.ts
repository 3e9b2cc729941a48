import { labelsContain } from "../../api/selectors.ts";
import { objectKey, type WatchEvent } from "../../api/server.ts";
import { isStatus } from "../../api/status-error.ts";
import { timestamp } from "../../api/time.ts";
import type {
  Endpoints,
  NewObject,
  Pod,
  Resource,
  ResourceTypes,
  Service,
} from "../../api/types.ts";
import { ifThere } from "../if-there.ts";
import { BY_LABEL, labelIndexValue } from "../informer.ts";
import type { Controller, ControllerContext } from "../kube-controller-manager.ts";
import { isPodReady, readyCondition } from "../pod-status.ts";
import { isKept, nextEndpoints } from "./endpoints.ts";
import { isInEndpoints } from "./subsets.ts";

/** A Service whose Endpoints may have to change. */
interface Due {
  /** Virtual time of the first change that they do not show yet. */
  readonly sinceMs: number;
  /** The trigger time of the last one, if it has any (endpointslice/util trigger_time_tracker.go). */
  readonly triggerTime: string | undefined;
}

interface State {
  /** By key of the Service. */
  due: Map<string, Due>;
}

/**
 * Keeps the Endpoints of Services with a selector, the form that EndpointSlices took the place of (pkg/controller/endpoint/endpoints_controller.go).
 *
 * Nobody in the cluster reads Endpoints but clients like kubectl, and upstream's controller writes a thousand addresses for each pod that
 * changes; so it only takes down here which Services have changed, and writes when somebody asks for Endpoints. Simplified: Endpoints show
 * at once what the controller has heard of, and have a version for each time that somebody asked, not for each change.
 */
class EndpointsController implements Controller {
  readonly name = "endpoints-controller";
  state: State = { due: new Map() };
  readonly on = {};
  private readonly context: ControllerContext;

  constructor(context: ControllerContext) {
    this.context = context;
    context.api.refreshOnRequest("endpoints", () => this.catchUp());
  }

  onChange(event: WatchEvent, old: ResourceTypes[Resource] | undefined): void {
    if (event.resource === "pods") this.onPod(event as WatchEvent<"pods">, old as Pod | undefined);
    else if (event.resource === "services") this.onService(event as WatchEvent<"services">);
    else if (event.resource === "endpoints" && event.type === "DELETED") {
      this.mark(event.key, undefined);
    }
  }

  private onService({ type, object }: WatchEvent<"services">): void {
    const key = objectKey(object);
    if (type === "DELETED") {
      this.state.due.delete(key);
      this.delete(object);
    } else {
      this.mark(
        key,
        type === "ADDED" ? (object.metadata.creationTimestamp ?? undefined) : undefined,
      );
    }
  }

  /** GetServicesToUpdateOnPodChange */
  private onPod({ type, object }: WatchEvent<"pods">, old: Pod | undefined): void {
    const pod = type === "DELETED" ? undefined : object;
    if (pod !== undefined && old !== undefined && isAddressSame(old, pod)) return;
    const { namespace } = object.metadata;
    for (const service of this.context.informers.of("services").values()) {
      if (service.metadata.namespace !== namespace || !isKept(service)) continue;
      if (hasAddress(old, service) || hasAddress(pod, service))
        this.mark(objectKey(service), triggerTime(old, pod));
    }
  }

  private mark(service: string, triggerTime: string | undefined): void {
    const { due } = this.state;
    const sinceMs = due.get(service)?.sinceMs ?? this.context.kernel.now;
    due.set(service, { sinceMs, triggerTime });
  }

  /** Writes all that is due. */
  private catchUp(): void {
    const due = [...this.state.due];
    this.state.due.clear();
    for (const [key, one] of due) {
      const service = this.context.informers.of("services").get(key);
      if (service !== undefined && isKept(service)) this.write(service, one);
    }
  }

  private write(service: Service, { sinceMs, triggerTime: trigger }: Due): void {
    const { api } = this.context;
    const { name, namespace = "" } = service.metadata;
    const current = api.find("endpoints", namespace, name);
    const next = nextEndpoints(service, this.podsOf(service), current, trigger);
    if (next === undefined) return;
    try {
      if (current !== undefined) api.update("endpoints", next as Endpoints);
      else {
        const creationTimestamp = timestamp(sinceMs);
        api.create("endpoints", next as NewObject<Endpoints>, {
          finish: (made) => ({ ...made, metadata: { ...made.metadata, creationTimestamp } }),
        });
      }
    } catch (error) {
      // A namespace that is being deleted takes nothing new.
      if (!isStatus(error, "Forbidden")) throw error;
    }
  }

  private delete({ metadata }: Service): void {
    const { namespace = "", name } = metadata;
    ifThere(() => this.context.api.delete("endpoints", namespace, name));
  }

  private podsOf(service: Service): Pod[] {
    const pods = this.context.informers.of("pods");
    const { namespace = "" } = service.metadata;
    const [label] = Object.entries(service.spec.selector ?? {});
    const found =
      label === undefined
        ? pods.list().filter((pod) => pod.metadata.namespace === namespace)
        : pods.by(BY_LABEL, labelIndexValue(namespace, label[0], label[1]));
    return found.filter((pod) => belongs(pod, service));
  }
}

/** The registration of the controller. */
export const endpointsController = (context: ControllerContext) => new EndpointsController(context);

function belongs(pod: Pod, { spec }: Service): boolean {
  return labelsContain(pod.metadata.labels, spec.selector);
}

function hasAddress(pod: Pod | undefined, service: Service): boolean {
  return pod !== undefined && belongs(pod, service) && isInEndpoints(pod, service);
}

/** Has nothing changed that an address tells of (endpointslice/util podEndpointsChanged)? */
function isAddressSame(old: Pod, pod: Pod): boolean {
  return (
    old.metadata.labels === pod.metadata.labels &&
    old.spec === pod.spec &&
    old.metadata.deletionTimestamp === pod.metadata.deletionTimestamp &&
    old.status.podIP === pod.status.podIP &&
    old.status.phase === pod.status.phase &&
    isPodReady(old) === isPodReady(pod)
  );
}

/** When the pod's readiness last changed, if that is what changed. */
function triggerTime(old: Pod | undefined, pod: Pod | undefined): string | undefined {
  const time = pod && readyCondition(pod)?.lastTransitionTime;
  return time && time !== (old && readyCondition(old)?.lastTransitionTime) ? time : undefined;
}
