import type { ApiServer, WatchEvent } from "../api/server.ts";
import type { DecisionLog } from "../decisions.ts";
import type { FactSink } from "../facts.ts";
import type { Actor, Kernel } from "../kernel/kernel.ts";
import type { Spread } from "../kernel/random.ts";
import type { Delay, NetworkModel } from "../scenario.ts";
import { drawDelay } from "./draw-delay.ts";
import type { Router } from "./router.ts";
import { noChange, RoutingTable, type Rules, type RoutingTableState } from "./routing-table.ts";
import { emptyCatalog, slicesOf, takeIn, type ServiceCatalog } from "./service-catalog.ts";
import {
  destinationsOf,
  externalDestinationsOf,
  externalPortKey,
  isExternallyAccessible,
  isSkipped,
  servicePortKey,
  type ServicePortRules,
} from "./service-rules.ts";
import { SyncRunner, type SyncRule, type SyncRunnerState } from "./sync-runner.ts";

/** How long one sync takes until the kernel has the rules, measured over 239 syncs (iptables mode, a small cluster). */
const SYNC_DURATION: Spread = { min: 18, median: 51, max: 267 };

interface State {
  readonly catalog: ServiceCatalog;
  /** Services with changes that no sync has taken up yet, and since when there are any. */
  changed: Set<string>;
  changedSinceMs: number;
  readonly table: RoutingTableState;
  /** Keys of the rules of each Service. */
  keys: Map<string, string[]>;
  runner: SyncRunnerState;
  /** With a drawn delay: when the last update takes effect, so that none overtakes another. */
  lastUpdateMs: number;
}

/** A change of a Service's rules that has been worked out. */
interface Change {
  readonly service: string;
  /** Rules by key; those of the Service that are not here go away. */
  readonly rules: Rules;
}

interface Sync {
  readonly changes: readonly Change[];
  readonly sinceMs: number;
  readonly rule: SyncRule | "delay";
}

/** A change in the API that takes effect after a drawn delay. */
interface Update {
  readonly event: WatchEvent;
  readonly sinceMs: number;
}

/** What kube-proxy needs, and how it behaves. */
export interface KubeProxyOptions {
  readonly kernel: Kernel;
  readonly api: ApiServer;
  readonly decisions: DecisionLog;
  readonly facts: FactSink;
  readonly node: string;
  readonly mode: NetworkModel["kubeProxy"];
  /** Whether the destinations of a Service's port (`servicePortKey`) are reported as routes; without it all are. */
  readonly reported?: (key: string) => boolean;
  /** Whether rules for node ports are written too (`externalPortKey`). */
  readonly nodePorts?: boolean;
}

/**
 * kube-proxy of one node in iptables mode: watches Services and EndpointSlices and rewrites the node's rules. Connections that exist already
 * keep their pod; only new ones follow the rules.
 */
export class KubeProxy implements Actor, Router {
  readonly name: string;
  state: State;
  readonly on = {
    watch: (event: WatchEvent) => this.watch(event),
    retrySync: () => this.runner.tryRun(),
    synced: (sync: Sync) => this.synced(sync),
    update: (update: Update) => this.update(update),
  };
  private readonly kernel: Kernel;
  private readonly decisions: DecisionLog;
  private readonly node: string;
  private readonly nodePorts: boolean;
  private readonly table: RoutingTable;
  private readonly runner: SyncRunner;

  constructor({
    kernel,
    api,
    decisions,
    facts,
    node,
    mode,
    reported = () => true,
    nodePorts = false,
  }: KubeProxyOptions) {
    this.name = `kube-proxy/${node}`;
    this.kernel = kernel;
    this.decisions = decisions;
    this.node = node;
    this.nodePorts = nodePorts;
    this.state = {
      catalog: emptyCatalog(),
      changed: new Set(),
      changedSinceMs: 0,
      table: RoutingTable.initialState(),
      keys: new Map(),
      runner: SyncRunner.initialState(),
      lastUpdateMs: 0,
    };
    this.table = new RoutingTable({
      router: this.name,
      facts,
      stateOf: () => this.state.table,
      reported,
    });
    this.runner = new SyncRunner(kernel, {
      actor: this.name,
      stateOf: () => this.state.runner,
      start: (rule) => this.sync(rule),
    });
    kernel.register(this);
    if (mode === "sync") {
      api.watch({ resource: "services", client: this.name });
      api.watch({ resource: "endpointslices", client: this.name });
    } else {
      api.observe((event) => this.delay(event, mode));
    }
  }

  rulesFor(key: string): ServicePortRules | undefined {
    return this.state.table.rules.get(key);
  }

  /** Uids of the pods that are a destination of any rule in force. */
  chosenPods(): string[] {
    return this.table.chosenPods();
  }

  private watch(event: WatchEvent): void {
    const service = takeIn(this.state.catalog, event);
    if (service === undefined) return;
    const { changed } = this.state;
    if (changed.size === 0) this.state.changedSinceMs = this.kernel.now;
    changed.add(service);
    this.runner.run();
  }

  /** Begins a sync with what is known now; changes that come while it runs wait for the next (iptables/proxier.go syncProxyRules). */
  private sync(rule: SyncRule): void {
    const { changed, changedSinceMs: sinceMs } = this.state;
    const changes = [...changed].map((service) => this.workOut(service));
    changed.clear();
    const sync: Sync = { changes, sinceMs, rule };
    this.kernel.schedule(
      this.kernel.random(this.name).spread(SYNC_DURATION),
      this.name,
      "synced",
      sync,
    );
  }

  private synced(sync: Sync): void {
    this.install(sync);
    this.runner.finished();
  }

  /** A drawn delay counts from the change in the API, so it does not wait for a watch. */
  private delay(event: WatchEvent, delay: Delay): void {
    if (event.resource !== "services" && event.resource !== "endpointslices") return;
    const { now } = this.kernel;
    const drawnMs = now + drawDelay(delay, this.kernel.random(this.name));
    this.state.lastUpdateMs = Math.max(this.state.lastUpdateMs, drawnMs);
    this.kernel.schedule(this.state.lastUpdateMs - now, this.name, "update", {
      event,
      sinceMs: now,
    });
  }

  private update({ event, sinceMs }: Update): void {
    const service = takeIn(this.state.catalog, event);
    if (service === undefined) return;
    this.install({ changes: [this.workOut(service)], sinceMs, rule: "delay" });
  }

  private workOut(key: string): Change {
    const rules: Rules = new Map();
    const service = this.state.catalog.services.get(key);
    if (service === undefined || isSkipped(service)) return { service: key, rules };
    const slices = slicesOf(this.state.catalog, key);
    const { namespace = "default", name } = service.metadata;
    for (const port of service.spec.ports ?? []) {
      const found = destinationsOf(service, port, slices, this.node);
      const ruleKey = servicePortKey(namespace, name, port.port);
      rules.set(ruleKey, { version: 0, ...found });
      if (!this.nodePorts || !isExternallyAccessible(service)) continue;
      const external = externalDestinationsOf(service, port, slices, this.node);
      rules.set(externalPortKey(ruleKey), { version: 0, ...external });
    }
    return { service: key, rules };
  }

  private install({ changes, sinceMs, rule }: Sync): void {
    for (const { service, rules } of changes) {
      const before = this.state.keys.get(service) ?? [];
      const change = noChange();
      const { added, removed } = change;
      for (const key of new Set([...rules.keys(), ...before])) {
        this.table.replace(key, rules.get(key), change);
      }
      this.state.keys.set(service, [...rules.keys()]);
      if (added.size === 0 && removed.size === 0) continue;
      this.decisions.decide({
        actor: this.name,
        code: "kube-proxy.sync",
        values: {
          added: [...added].join(", "),
          removed: [...removed].join(", "),
          waitedMs: this.kernel.now - sinceMs,
          rule,
        },
        object: `service/${service.slice(service.indexOf("/") + 1)}`,
        upstream: "pkg/proxy/iptables/proxier.go syncProxyRules",
      });
    }
  }
}
