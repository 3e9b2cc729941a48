import type { WatchEvent } from "../../api/server.ts";
import type { Actor, Kernel } from "../../kernel/kernel.ts";
import type { LoadBalancerSettings, TrafficSource } from "../../scenario.ts";
import { drawDelay } from "../draw-delay.ts";
import { ProxyFleet, type ProxyState } from "../proxy-fleet.ts";
import { emptyRouteCatalog, noteChange, type Reader, type RouteCatalog } from "../route-catalog.ts";
import { viewOf } from "../route-view.ts";
import { listOf, NOWHERE, type Destination } from "../destinations.ts";
import { watchAll, type ControlPlaneOptions } from "./control-plane.ts";

/** A target of one key, as the cloud's API has it. */
interface Target {
  readonly destination: Destination;
  readonly key: string;
  readonly isRegistered: boolean;
  readonly sinceMs: number;
}

interface State {
  readonly catalog: RouteCatalog;
  readonly machines: ProxyState[];
  /** Registered targets by key and pod. */
  registered: Map<string, Target>;
}

/** A target that a machine begins or ceases to send requests to. */
interface Step {
  readonly machine: number;
  readonly target: Target;
}

const READER: Reader = {
  canaries: false,
  takesClass: (name) => name === undefined || !name.startsWith("nginx"),
};

/**
 * aws-load-balancer-controller with targets of type ip, and the load balancer itself: a terminating endpoint is deregistered at once
 * (pkg/backend/endpoint_resolver.go), but each machine goes on sending to it for a while (#2366); a new one gets requests after its first passed
 * health check.
 * Simplified: requests under way on a deregistered target may take as long as they like, and where no target is healthy none is asked.
 */
export class LoadBalancer implements Actor {
  readonly name = "load-balancer";
  state: State;
  readonly on = {
    watch: (event: WatchEvent) => this.watch(event),
    turn: (step: Step) => this.turn(step),
  };
  readonly fleet: ProxyFleet;
  private readonly kernel: Kernel;
  private readonly settings: LoadBalancerSettings;
  private readonly sources: readonly TrafficSource[];

  constructor(options: ControlPlaneOptions<LoadBalancerSettings>) {
    const { kernel, api, decisions, facts, settings, sources } = options;
    this.kernel = kernel;
    this.settings = settings;
    this.sources = sources;
    const names = Array.from({ length: settings.replicas }, (_, i) => `load-balancer/${i + 1}`);
    this.state = {
      catalog: emptyRouteCatalog(),
      machines: ProxyFleet.initialState(names.length),
      registered: new Map(),
    };
    const stateOf = (machine: number) => this.state.machines[machine]!;
    this.fleet = new ProxyFleet({ kernel, decisions, facts, names, stateOf });
    kernel.register(this);
    watchAll(api, this.name);
  }

  private watch(event: WatchEvent): void {
    if (!noteChange(this.state.catalog, event)) return;
    const { now } = this.kernel;
    const view = viewOf(this.state.catalog, this.sources, READER, now);
    for (const machine of this.state.machines) machine.backends = view.backends;
    const wanted = new Map<string, Target>();
    for (const [key, destinations] of view.endpoints) {
      for (const destination of destinations) {
        const target = { destination, key, isRegistered: true, sinceMs: now };
        wanted.set(`${key} ${destination.podUid}`, target);
      }
    }
    const { registered } = this.state;
    for (const [name, target] of wanted) {
      if (registered.has(name)) continue;
      registered.set(name, target);
      this.spread(target);
    }
    for (const [name, target] of registered) {
      if (wanted.has(name)) continue;
      registered.delete(name);
      this.spread({ ...target, isRegistered: false, sinceMs: now });
    }
  }

  /** Each machine follows in its own time. */
  private spread(target: Target): void {
    const { registration, deregistration } = this.settings;
    const delay = target.isRegistered ? registration : deregistration;
    this.fleet.routers.forEach(({ name }, machine) => {
      const delayMs = drawDelay(delay, this.kernel.random(name));
      this.kernel.schedule(delayMs, this.name, "turn", { machine, target });
    });
  }

  private turn({ machine, target }: Step): void {
    const { key, destination, isRegistered, sinceMs } = target;
    const isStill = this.state.registered.has(`${key} ${destination.podUid}`);
    // It was registered or deregistered again in the meantime.
    if (isStill !== isRegistered) return;
    const { destinations = NOWHERE } = this.state.machines[machine]!.table.rules.get(key) ?? {};
    const others = listOf(destinations).filter(({ podUid }) => podUid !== destination.podUid);
    const next = isRegistered ? [...others, destination] : others;
    const rule = isRegistered ? "registration" : "deregistration";
    this.fleet.replace(machine, key, next, sinceMs, rule);
  }
}
