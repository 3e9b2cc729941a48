import type { Kernel } from "../kernel/kernel.ts";
import type { RandomStream, Spread } from "../kernel/random.ts";
import type { KubernetesObject, Resource, ResourceTypes } from "./types.ts";

export type WatchEventType = "ADDED" | "MODIFIED" | "DELETED";

/** What a watcher is told: the object after the change (for DELETED: as it last was), and as this watcher knew it before. */
export interface WatchEvent<R extends Resource = Resource> {
  readonly type: WatchEventType;
  readonly resource: R;
  /** Key of the object: `namespace/name`, or the name alone for what has no namespace. */
  readonly key: string;
  readonly object: ResourceTypes[R];
  readonly old?: ResourceTypes[R];
}

/** A watch: changes of a resource reach the actor's handler `watch` after a delay, in order. */
export interface WatchRequest {
  readonly resource: Resource;
  /** Name of the actor told. */
  readonly client: string;
  /** Only pods bound to that node (field selector `spec.nodeName`); for other resources, only the object of that name. */
  readonly nodeName?: string;
  /** Whether the watcher does nothing about a modification and keeps nothing that differs: it is not told of it then. */
  readonly ignores?: (now: KubernetesObject, old: KubernetesObject) => boolean;
  /** Told at once: the watcher adds a delay of its own, which holds the way here too. */
  readonly immediate?: boolean;
}

/** Told of every change at once, outside of virtual time: recorders and checkers, which take no part in the cluster. */
export type Observer = (event: WatchEvent) => void;

/** A watch with what each delivery needs. */
interface Watch {
  readonly client: string;
  readonly immediate: boolean;
  readonly ignores: WatchRequest["ignores"];
  /** Its place in `lastDeliveryMs`. */
  readonly index: number;
  readonly delays: RandomStream;
}

/** Who watches a resource. */
interface Watchers {
  readonly everywhere: Watch[];
  /** By node, or by name of the object. */
  readonly byNode: Map<string, Watch[]>;
}

/** How long a change takes from the API server to a watcher, in ms. */
const WATCH_DELAY: Spread = { min: 1, median: 6, max: 30 };

/** Who is told of changes: actors after a delay, each in order, and observers at once. */
export class Watches {
  private readonly kernel: Kernel;
  private readonly lastDeliveryMs: () => number[];
  private readonly watches = new Map<Resource, Watchers>();
  private readonly observers: Observer[] = [];

  /** `lastDeliveryMs`: the virtual time of the last delivery of each watch, which is the API server's to remember. */
  constructor(kernel: Kernel, lastDeliveryMs: () => number[]) {
    this.kernel = kernel;
    this.lastDeliveryMs = lastDeliveryMs;
  }

  start({ resource, client, nodeName, immediate = false, ignores }: WatchRequest): void {
    const delays = this.kernel.random(`watch/${client} ${resource}`);
    const index = this.lastDeliveryMs().push(0) - 1;
    const watch: Watch = { client, immediate, ignores, index, delays };
    const known = this.watches.get(resource);
    const watchers: Watchers = known ?? { everywhere: [], byNode: new Map() };
    this.watches.set(resource, watchers);
    const { everywhere, byNode } = watchers;
    if (nodeName === undefined) everywhere.push(watch);
    else byNode.set(nodeName, [...(byNode.get(nodeName) ?? []), watch]);
  }

  observe(observer: Observer): void {
    this.observers.push(observer);
  }

  /** Tells everyone concerned of a change. */
  tell(
    type: WatchEventType,
    resource: Resource,
    key: string,
    object: KubernetesObject,
    old: KubernetesObject | undefined,
  ): void {
    const event = { type, resource, key, object, old } as WatchEvent;
    for (const observer of this.observers) observer(event);
    const watchers = this.watches.get(resource);
    if (watchers === undefined) return;
    const { everywhere, byNode } = watchers;
    for (const watch of everywhere) this.deliver(watch, event);
    if (byNode.size === 0) return;
    const after = nodeKey(resource, object);
    const before = old === undefined ? undefined : nodeKey(resource, old);
    for (const watch of (after === undefined ? undefined : byNode.get(after)) ?? []) {
      const appears = type === "MODIFIED" && before !== after;
      this.deliver(
        watch,
        appears ? ({ type: "ADDED", resource, key, object } as WatchEvent) : event,
      );
    }
  }

  /** What is ignored takes its time all the same, as everything behind it in the stream does. */
  private deliver({ client, immediate, ignores, index, delays }: Watch, event: WatchEvent): void {
    const lastDeliveryMs = this.lastDeliveryMs();
    const { now } = this.kernel;
    const delay = immediate ? 0 : delays.spread(WATCH_DELAY);
    const at = Math.max(lastDeliveryMs[index] ?? 0, now + delay);
    lastDeliveryMs[index] = at;
    const { type, object, old } = event;
    if (type === "MODIFIED" && old !== undefined && ignores?.(object, old) === true) return;
    this.kernel.schedule(at - now, client, "watch", event);
  }
}

function nodeKey(resource: Resource, object: KubernetesObject): string | undefined {
  if (resource === "pods") return (object as ResourceTypes["pods"]).spec.nodeName;
  return object.metadata.name;
}
