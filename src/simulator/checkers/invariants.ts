import type { ApiServer, WatchEvent } from "../api/server.ts";
import { resources } from "../api/resources/index.ts";
import type { Resource } from "../api/types.ts";
import { checkAtRest } from "./at-rest.ts";
import { BudgetBounds } from "./budget-bounds.ts";
import { OrderedBounds } from "./ordered-bounds.ts";
import { Preemptions } from "./preemptions.ts";
import { Removals, type Outage } from "./removals.ts";
import type { Remains } from "./remains.ts";
import { RolloutBounds } from "./rollout-bounds.ts";
import { Versions } from "./versions.ts";
import type { Violation } from "./violation.ts";

/** Watches a cluster from outside and notes every broken promise. It takes no part in the run. */
export class InvariantChecker {
  readonly violations: Violation[] = [];
  private readonly api: ApiServer;
  private readonly now: () => number;
  private readonly versions: Versions;
  private readonly bounds: RolloutBounds;
  private readonly ordered: OrderedBounds;
  private readonly budgets: BudgetBounds;
  private readonly preemptions: Preemptions;
  private readonly removals: Removals;
  private fromOutside = false;
  private lastChangeMs = 0;

  /** `outages`: when kubelets hear nothing, so that nobody is blamed for it. */
  constructor(api: ApiServer, now: () => number, outages: readonly Outage[] = []) {
    this.api = api;
    this.now = now;
    const note = this.note.bind(this);
    this.versions = new Versions(note, now);
    this.bounds = new RolloutBounds(note, now);
    this.ordered = new OrderedBounds(api, note, now);
    this.budgets = new BudgetBounds(api, note, now);
    this.preemptions = new Preemptions(api, note);
    this.removals = new Removals(note, now, outages);
    for (const resource of resources.keys() as Iterable<Resource>) {
      for (const object of api.list(resource)) this.versions.known(resource, object);
    }
    api.observe((event) => this.observe(event));
  }

  /** Does something that is a user's own doing: what it takes from the cluster is no controller's fault. */
  outside<T>(act: () => T): T {
    this.fromOutside = true;
    try {
      return act();
    } finally {
      this.fromOutside = false;
    }
  }

  /** For how long no object has changed, events about objects aside. */
  get quietMs(): number {
    return this.now() - this.lastChangeMs;
  }

  /** Holds the cluster against what it has to look like when all has come to rest. */
  checkAtRest(remains: Remains): void {
    this.removals.check();
    checkAtRest(this.api, remains, this.note.bind(this));
  }

  private observe(event: WatchEvent): void {
    this.versions.observe(event);
    if (event.resource === "events") return;
    this.lastChangeMs = this.now();
    this.bounds.observe(event, this.fromOutside);
    this.ordered.observe(event, this.fromOutside);
    this.budgets.observe(event);
    this.preemptions.observe(event);
    this.removals.observe(event);
  }

  private note(invariant: Violation["invariant"], message: string): void {
    this.violations.push({ atMs: this.now(), invariant, message });
  }
}
