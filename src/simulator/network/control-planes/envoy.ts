import type { WatchEvent } from "../../api/server.ts";
import type { Actor, Kernel } from "../../kernel/kernel.ts";
import type { EnvoySettings, TrafficSource } from "../../scenario.ts";
import { drawDelay } from "../draw-delay.ts";
import { ProxyFleet, type ProxyState, type View } from "../proxy-fleet.ts";
import { emptyRouteCatalog, noteChange, type Reader, type RouteCatalog } from "../route-catalog.ts";
import { viewOf } from "../route-view.ts";
import { watchAll, type ControlPlaneOptions } from "./control-plane.ts";

interface State {
  readonly catalog: RouteCatalog;
  readonly proxies: ProxyState[];
  /** Changes that wait to be pushed: the first, and the last. Undefined: none. */
  changed?: { readonly firstMs: number; lastMs: number };
  /** When the last push reaches each proxy, so that none overtakes another. */
  pushedMs: number[];
}

interface Push {
  readonly proxy: number;
  readonly view: View;
}

const READER: Reader = { canaries: false, takesClass: () => true };

/**
 * A control plane that tells Envoys of endpoints and routes (EDS, RDS), as istiod does: changes are pushed once none has come for `debounceMs`, or
 * `debounceMaxMs` after the first (pilot/pkg/bootstrap/discovery.go debounce).
 */
export class EnvoyControlPlane implements Actor {
  readonly name: string;
  state: State;
  readonly on = {
    watch: (event: WatchEvent) => this.watch(event),
    quiet: () => this.quiet(),
    push: ({ proxy, view }: Push) => this.fleet.install(proxy, view, "push"),
  };
  readonly fleet: ProxyFleet;
  private readonly kernel: Kernel;
  private readonly settings: EnvoySettings;
  private readonly sources: readonly TrafficSource[];

  /** `proxies`: what its Envoys are called, `gateway` or `sidecar`. */
  constructor(name: string, proxies: string, options: ControlPlaneOptions<EnvoySettings>) {
    const { kernel, api, decisions, facts, settings, sources } = options;
    this.name = name;
    this.kernel = kernel;
    this.settings = settings;
    this.sources = sources;
    const names = Array.from({ length: settings.replicas }, (_, i) => `${proxies}/${i + 1}`);
    this.state = {
      catalog: emptyRouteCatalog(),
      proxies: ProxyFleet.initialState(names.length),
      pushedMs: names.map(() => 0),
    };
    const stateOf = (proxy: number) => this.state.proxies[proxy]!;
    this.fleet = new ProxyFleet({ kernel, decisions, facts, names, stateOf });
    kernel.register(this);
    watchAll(api, name);
  }

  private watch(event: WatchEvent): void {
    if (!noteChange(this.state.catalog, event)) return;
    const { now } = this.kernel;
    if (this.state.changed !== undefined) {
      this.state.changed.lastMs = now;
      return;
    }
    this.state.changed = { firstMs: now, lastMs: now };
    this.kernel.schedule(this.settings.debounceMs, this.name, "quiet");
  }

  private quiet(): void {
    const { firstMs, lastMs } = this.state.changed!;
    const { now } = this.kernel;
    const { debounceMs, debounceMaxMs } = this.settings;
    const atMs = Math.min(lastMs + debounceMs, firstMs + debounceMaxMs);
    if (atMs > now) {
      this.kernel.schedule(atMs - now, this.name, "quiet");
      return;
    }
    delete this.state.changed;
    const view = viewOf(this.state.catalog, this.sources, READER, firstMs);
    this.state.pushedMs.forEach((last, proxy) => {
      const random = this.kernel.random(this.fleet.routers[proxy]!.name);
      const reachedMs = Math.max(last, now + drawDelay(this.settings.push, random));
      this.state.pushedMs[proxy] = reachedMs;
      this.kernel.schedule(reachedMs - now, this.name, "push", { proxy, view });
    });
  }
}
