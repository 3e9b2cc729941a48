import type { WatchEvent } from "../../api/server.ts";
import type { Actor, Kernel } from "../../kernel/kernel.ts";
import type { IngressNginxSettings, TrafficSource } from "../../scenario.ts";
import { ProxyFleet, type ProxyState, type View } from "../proxy-fleet.ts";
import { emptyRouteCatalog, noteChange, type Reader, type RouteCatalog } from "../route-catalog.ts";
import { viewOf } from "../route-view.ts";
import { watchAll, type ControlPlaneOptions } from "./control-plane.ts";

interface State {
  readonly catalog: RouteCatalog;
  readonly workers: ProxyState[];
  /** What each worker will find when it looks next. */
  waiting: (View | undefined)[];
  /** When each worker began to look, which it does every `pollMs`. */
  phasesMs: number[];
  /** Of each controller: whether a sync is due, since when there is something to sync, and when the last one began. */
  controllers: { isDue: boolean; sinceMs: number; lastMs: number }[];
}

/** A class that is another controller's by its name. */
const OTHER_CLASS = /^alb|traefik|haproxy|kong|gce|contour/;

const READER: Reader = {
  canaries: true,
  takesClass: (name) => name === undefined || !OTHER_CLASS.test(name),
};

/**
 * ingress-nginx: each controller takes up changes of endpoints and rules in syncs that a token bucket of one token keeps `syncIntervalMs` apart
 * (internal/ingress/controller/nginx.go syncRateLimiter), and its workers look for the result once a second (lua/balancer.lua). A pod that
 * becomes ready in a rolling update takes the token, so the deletion that follows waits for the next.
 * Simplified: changed rules need no reload of nginx.
 */
export class IngressNginx implements Actor {
  readonly name = "ingress-nginx";
  state: State;
  readonly on = {
    watch: (event: WatchEvent) => this.watch(event),
    sync: (controller: number) => this.sync(controller),
    poll: (worker: number) => this.poll(worker),
  };
  readonly fleet: ProxyFleet;
  private readonly kernel: Kernel;
  private readonly settings: IngressNginxSettings;
  private readonly sources: readonly TrafficSource[];

  constructor(options: ControlPlaneOptions<IngressNginxSettings>) {
    const { kernel, api, decisions, facts, settings, sources } = options;
    this.kernel = kernel;
    this.settings = settings;
    this.sources = sources;
    const { replicas, workers, pollMs } = settings;
    const names = Array.from(
      { length: replicas * workers },
      (_, i) => `ingress-nginx/${Math.floor(i / workers) + 1}/worker-${(i % workers) + 1}`,
    );
    this.state = {
      catalog: emptyRouteCatalog(),
      workers: ProxyFleet.initialState(names.length),
      waiting: names.map(() => undefined),
      phasesMs: names.map((name) => kernel.random(name).integer(0, pollMs - 1)),
      controllers: Array.from({ length: replicas }, () => ({
        isDue: false,
        sinceMs: 0,
        lastMs: -Infinity,
      })),
    };
    const stateOf = (worker: number) => this.state.workers[worker]!;
    this.fleet = new ProxyFleet({ kernel, decisions, facts, names, stateOf });
    kernel.register(this);
    watchAll(api, this.name);
  }

  private watch(event: WatchEvent): void {
    if (!noteChange(this.state.catalog, event)) return;
    const { now } = this.kernel;
    this.state.controllers.forEach((controller, i) => {
      if (controller.isDue) return;
      controller.isDue = true;
      controller.sinceMs = now;
      const atMs = Math.max(now, controller.lastMs + this.settings.syncIntervalMs);
      this.kernel.schedule(atMs - now, this.name, "sync", i);
    });
  }

  private sync(index: number): void {
    const controller = this.state.controllers[index]!;
    controller.isDue = false;
    controller.lastMs = this.kernel.now;
    const view = viewOf(this.state.catalog, this.sources, READER, controller.sinceMs);
    const { workers, pollMs } = this.settings;
    for (let worker = index * workers; worker < (index + 1) * workers; worker += 1) {
      const isPolling = this.state.waiting[worker] !== undefined;
      this.state.waiting[worker] = view;
      if (isPolling) continue;
      const sincePhase = this.kernel.now - this.state.phasesMs[worker]!;
      const untilNext = (pollMs - (sincePhase % pollMs)) % pollMs;
      this.kernel.schedule(untilNext, this.name, "poll", worker);
    }
  }

  private poll(worker: number): void {
    const view = this.state.waiting[worker]!;
    this.state.waiting[worker] = undefined;
    this.fleet.install(worker, view, "poll");
  }
}
