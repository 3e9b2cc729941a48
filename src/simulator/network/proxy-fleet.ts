import type { DecisionLog } from "../decisions.ts";
import type { FactSink } from "../facts.ts";
import type { Kernel } from "../kernel/kernel.ts";
import type { Backends } from "./backends.ts";
import type { Entrance, Method } from "./entrance.ts";
import type { Router } from "./router.ts";
import { noChange, RoutingTable, type RoutingTableState } from "./routing-table.ts";
import { inParts, type Destination } from "./destinations.ts";
import type { ServicePortRules } from "./service-rules.ts";

/** What a control plane tells its proxies: frozen plain data. */
export interface View {
  /** Endpoints by key (`servicePortKey`). */
  readonly endpoints: ReadonlyMap<string, readonly Destination[]>;
  /** Back ends by source and method. */
  readonly backends: ReadonlyMap<string, Backends>;
  /** Since when the first change in it waits. */
  readonly sinceMs: number;
}

/** What one proxy knows: plain data, kept in the state of its control plane. */
export interface ProxyState {
  readonly table: RoutingTableState;
  backends: ReadonlyMap<string, Backends>;
}

/** Key of the back ends of a source's requests. */
export function backendsKey(source: string, method: Method): string {
  return `${method} ${source}`;
}

/** The proxies of one control plane, each with what it has been told. */
export class ProxyFleet implements Entrance {
  readonly routers: readonly Router[];
  private readonly kernel: Kernel;
  private readonly decisions: DecisionLog;
  private readonly names: readonly string[];
  private readonly tables: readonly RoutingTable[];
  private readonly stateOf: (proxy: number) => ProxyState;

  constructor(options: {
    kernel: Kernel;
    decisions: DecisionLog;
    facts: FactSink;
    names: readonly string[];
    stateOf: (proxy: number) => ProxyState;
  }) {
    this.kernel = options.kernel;
    this.decisions = options.decisions;
    this.names = options.names;
    this.stateOf = options.stateOf;
    this.tables = options.names.map(
      (router, proxy) =>
        new RoutingTable({
          router,
          facts: options.facts,
          stateOf: () => this.stateOf(proxy).table,
          reported: () => true,
        }),
    );
    this.routers = options.names.map((name, proxy) => ({
      name,
      rulesFor: (key: string) => this.tables[proxy]!.get(key),
    }));
  }

  static initialState(count: number): ProxyState[] {
    return Array.from({ length: count }, () => ({
      table: RoutingTable.initialState(),
      backends: new Map(),
    }));
  }

  backendsOf(proxy: number, source: string, method: Method): Backends | undefined {
    return this.stateOf(proxy).backends.get(backendsKey(source, method));
  }

  /** The proxy puts what it is told in place of what it knew. */
  install(proxy: number, view: View, rule: string): void {
    this.stateOf(proxy).backends = view.backends;
    const old = this.stateOf(proxy).table.rules;
    for (const key of new Set([...view.endpoints.keys(), ...old.keys()])) {
      this.replace(proxy, key, view.endpoints.get(key), view.sinceMs, rule);
    }
  }

  /** The proxy learns the destinations of one key; undefined: there is no such port any more. */
  replace(
    proxy: number,
    key: string,
    destinations: readonly Destination[] | undefined,
    sinceMs: number,
    rule: string,
  ): void {
    const change = noChange();
    const next: ServicePortRules | undefined =
      destinations === undefined
        ? undefined
        : { version: 0, destinations: inParts([destinations]), withoutDestination: "reject" };
    this.tables[proxy]!.replace(key, next, change);
    const { added, removed } = change;
    if (added.size === 0 && removed.size === 0) return;
    this.decisions.decide({
      actor: this.names[proxy]!,
      code: "proxy.endpoints",
      values: {
        added: [...added].join(", "),
        removed: [...removed].join(", "),
        waitedMs: this.kernel.now - sinceMs,
        rule,
      },
      object: `service/${key.slice(key.indexOf("/") + 1, key.lastIndexOf(":"))}`,
      upstream: UPSTREAM[rule] ?? "",
    });
  }
}

const UPSTREAM: Readonly<Record<string, string>> = {
  poll: "rootfs/etc/nginx/lua/balancer.lua sync_backends",
  push: "pilot/pkg/bootstrap/discovery.go debounce",
  registration: "pkg/targetgroupbinding/resource_manager.go reconcileWithIPTargetType",
  deregistration: "pkg/targetgroupbinding/resource_manager.go reconcileWithIPTargetType",
};
