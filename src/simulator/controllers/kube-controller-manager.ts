import { objectKey, type ApiServer, type WatchEvent } from "../api/server.ts";
import type { Resource, ResourceTypes } from "../api/types.ts";
import type { DecisionLog } from "../decisions.ts";
import type { Actor, Kernel } from "../kernel/kernel.ts";
import { Informer, type InformerState } from "./informer.ts";

/** What every controller is built from. */
export interface ControllerContext {
  readonly kernel: Kernel;
  readonly api: ApiServer;
  readonly decisions: DecisionLog;
  /** The informers that all controllers of the process share. */
  readonly informers: SharedInformers;
}

/** A controller: an actor with a work queue, told of changes by the shared informers. */
export interface Controller extends Actor {
  /** The resources that `onChange` is told of; absent: all. */
  readonly resources?: readonly Resource[];
  /**
   * A change that the informers have taken in; `old` is what the cache held before. Controllers add keys to their queue here.
   */
  onChange(event: WatchEvent, old: ResourceTypes[Resource] | undefined): void;
}

type Hearer = Controller["onChange"];

/** How a controller is made: one line in `controllers/index.ts` registers it. */
export type ControllerFactory = (context: ControllerContext) => Controller;

/** Read access to the shared caches. */
export interface SharedInformers {
  of<R extends Resource>(resource: R): Informer<R>;
}

const WATCHED: readonly Resource[] = [
  "deployments",
  "replicasets",
  "statefulsets",
  "daemonsets",
  "controllerrevisions",
  "pods",
  "services",
  "endpointslices",
  "endpoints",
  "nodes",
  "namespaces",
  "serviceaccounts",
  "resourcequotas",
  "poddisruptionbudgets",
  "horizontalpodautoscalers",
  "ingresses",
  "rollouts",
  "analysisruns",
];

/**
 * The process of kube-controller-manager: one watch and one cache for each resource, shared by all its controllers (cmd/kube-controller-manager
 * and client-go informers SharedInformerFactory), so that they all see a change at the same moment.
 */
export class KubeControllerManager implements Actor, SharedInformers {
  readonly name = "kube-controller-manager";
  state: { caches: Map<Resource, InformerState> };
  readonly on = { watch: (event: WatchEvent) => this.take(event) };
  private readonly informers = new Map<Resource, Informer<Resource>>();
  /** What the controllers that are told of a resource do then. */
  private readonly hearers = new Map<Resource, readonly Hearer[]>();

  constructor(
    context: Omit<ControllerContext, "informers">,
    factories: readonly ControllerFactory[],
  ) {
    this.state = { caches: new Map(WATCHED.map((r) => [r, Informer.emptyState()])) };
    for (const resource of WATCHED) {
      const informer = new Informer(() => this.state.caches.get(resource)!);
      this.informers.set(resource, informer);
      // What stood before the scenario begins is known and dealt with.
      for (const object of context.api.list(resource)) {
        informer.apply({ type: "ADDED", resource, key: objectKey(object), object });
      }
      context.api.watch({ resource, client: this.name });
    }
    context.kernel.register(this);
    const controllers = factories.map((make) => make({ ...context, informers: this }));
    for (const controller of controllers) context.kernel.register(controller);
    for (const resource of WATCHED) {
      const hears = ({ resources }: Controller) => resources?.includes(resource) ?? true;
      const told = controllers.filter(hears);
      // Bound, and not looked up with each event: no two controllers are alike in shape.
      this.hearers.set(
        resource,
        told.map((controller) => controller.onChange.bind(controller)),
      );
    }
  }

  of<R extends Resource>(resource: R): Informer<R> {
    return this.informers.get(resource) as unknown as Informer<R>;
  }

  private take(event: WatchEvent): void {
    const { resource } = event;
    const old = this.informers.get(resource)!.apply(event);
    for (const hear of this.hearers.get(resource)!) hear(event, old);
  }
}
