import type { FactSink } from "../facts.ts";
import { areSameDestinations, listOf, namesByUid, NOWHERE } from "./destinations.ts";
import type { ServicePortRules } from "./service-rules.ts";

/** Rules by key. */
export type Rules = Map<string, ServicePortRules>;

/** What a table remembers: plain data, kept in the state of the actor that owns it. */
export interface RoutingTableState {
  /** The rules in force. */
  rules: Rules;
  /** In how many of the reported rules a pod is a destination. */
  routed: Map<string, number>;
}

/** Names of the pods that a change gives to some rules, and of those that it takes from them. */
export interface TableChange {
  readonly added: Set<string>;
  readonly removed: Set<string>;
}

/** No change yet. */
export function noChange(): TableChange {
  return { added: new Set(), removed: new Set() };
}

/** The rules of one router; says which pods it begins and ceases to choose. */
export class RoutingTable {
  private readonly router: string;
  private readonly facts: FactSink;
  private readonly stateOf: () => RoutingTableState;
  private readonly reported: (key: string) => boolean;

  constructor(options: {
    router: string;
    facts: FactSink;
    stateOf: () => RoutingTableState;
    /** Whether the destinations of a key are reported as routes. */
    reported: (key: string) => boolean;
  }) {
    this.router = options.router;
    this.facts = options.facts;
    this.stateOf = options.stateOf;
    this.reported = options.reported;
  }

  static initialState(): RoutingTableState {
    return { rules: new Map(), routed: new Map() };
  }

  get(key: string): ServicePortRules | undefined {
    return this.stateOf().rules.get(key);
  }

  /** Uids of the pods that are a destination of any rule. */
  chosenPods(): string[] {
    const pods = new Set<string>();
    for (const { destinations } of this.stateOf().rules.values()) {
      for (const { podUid } of listOf(destinations)) pods.add(podUid);
    }
    return [...pods];
  }

  /** Puts rules in place of those of a key, or takes them away, and notes the pods that change. */
  replace(key: string, next: ServicePortRules | undefined, { added, removed }: TableChange): void {
    const { rules } = this.stateOf();
    const old = rules.get(key);
    if (next === undefined) rules.delete(key);
    else if (old === undefined || !areSameRules(old, next)) {
      rules.set(key, { ...next, version: (old?.version ?? 0) + 1 });
    } else return;
    const { destinations: from = NOWHERE } = old ?? {};
    const { destinations: to = NOWHERE } = next ?? {};
    const before = namesByUid(from, to);
    const after = namesByUid(to, from);
    const report = this.reported(key);
    for (const [uid, name] of before) {
      if (after.has(uid)) continue;
      removed.add(name);
      if (report) this.route(uid, -1);
    }
    for (const [uid, name] of after) {
      if (before.has(uid)) continue;
      added.add(name);
      if (report) this.route(uid, 1);
    }
  }

  private route(podUid: string, change: 1 | -1): void {
    const { routed } = this.stateOf();
    const count = (routed.get(podUid) ?? 0) + change;
    if (count > 0) routed.set(podUid, count);
    else routed.delete(podUid);
    if (count === 0 || (count === 1 && change === 1)) {
      this.facts.route(this.router, podUid, change === 1);
    }
  }
}

function areSameRules(a: ServicePortRules, b: ServicePortRules): boolean {
  return (
    a.withoutDestination === b.withoutDestination &&
    a.affinityMs === b.affinityMs &&
    a.localReady === b.localReady &&
    areSameDestinations(a.destinations, b.destinations)
  );
}
