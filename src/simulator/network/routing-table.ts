import type { FactSink } from "../facts.ts";
import type { Destination, ServicePortRules } from "./service-rules.ts";

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
      for (const { podUid } of destinations) pods.add(podUid);
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
    const before = namesByUid(old, next);
    const after = namesByUid(next, old);
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
  if (a.withoutDestination !== b.withoutDestination) return false;
  if (a.affinityMs !== b.affinityMs || a.localReady !== b.localReady) return false;
  const { length } = a.destinations;
  if (b.destinations.length !== length) return false;
  for (let i = 0; i < length; i += 1) {
    if (!isSameDestination(a.destinations[i]!, b.destinations[i]!)) return false;
  }
  return true;
}

function isSameDestination(a: Destination, b: Destination): boolean {
  return a === b || (a.podUid === b.podUid && a.port === b.port);
}

/** The pods of some rules by uid, without those that other rules have just so in the same slice. */
function namesByUid(
  rules: ServicePortRules | undefined,
  others: ServicePortRules | undefined,
): Map<string, string> {
  const names = new Map<string, string>();
  const parts = partsOf(rules);
  const otherParts = partsOf(others);
  for (let i = 0; i < parts.length; i += 1) {
    const different = withoutCommonEnds(parts[i]!, otherParts[i] ?? NONE);
    for (const { podUid, podName } of different) names.set(podUid, podName);
  }
  return names;
}

const NONE: readonly never[] = [];

function partsOf(rules: ServicePortRules | undefined): readonly (readonly Destination[])[] {
  return rules?.bySlice ?? [rules?.destinations ?? []];
}

/** The middle of a list, without what another list begins and ends with too. */
function withoutCommonEnds<T>(list: readonly T[], other: readonly T[]): readonly T[] {
  if (list === other) return NONE;
  const shorter = Math.min(list.length, other.length);
  let start = 0;
  while (start < shorter && list[start] === other[start]) start += 1;
  let end = 0;
  while (end < shorter - start && list.at(-1 - end) === other.at(-1 - end)) end += 1;
  return list.slice(start, list.length - end);
}
