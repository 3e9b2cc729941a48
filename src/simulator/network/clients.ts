import type { Mutable } from "../api/types.ts";
import type { FactSink } from "../facts.ts";
import type { Actor, Kernel } from "../kernel/kernel.ts";
import type { FailureCause, RequestRecord } from "../record.ts";
import type { Processes } from "../runtime/processes.ts";
import type { ProcessObserver, RunningProcess } from "../runtime/running-process.ts";
import { roadSettings, type NetworkModel, type Road, type TrafficSource } from "../scenario.ts";
import type { Entrance } from "./entrance.ts";
import { closeAll, closeIdle } from "./kept-connections.ts";
import { ROUND_TRIP_MS, type Ending } from "./outcomes.ts";
import { placeOf, settle, type Pending } from "./pending-requests.ts";
import { brokenRecord, recordOf } from "./request-records.ts";
import type { Router } from "./router.ts";
import { emptyWay, sourceOf, type Source, type WayState } from "./source.ts";
import type { Trip, Try } from "./trip.ts";
import { Trips } from "./trips.ts";

interface SourceState {
  /** Number of the next request, from 0. */
  next: number;
  /** When it is due; with a fraction, for Poisson arrivals. */
  dueMs: number;
  readonly way: WayState;
}

interface State {
  nextId: number;
  sources: SourceState[];
  /** In the order of sending; the first is undecided. */
  pending: Pending[];
}

/** A try that is due. */
interface Again {
  readonly id: number;
  /** Tries that there had been when it was planned; another number means that things came differently. */
  readonly tries: number;
}

/** What the clients need. */
export interface ClientsOptions {
  readonly kernel: Kernel;
  readonly facts: FactSink;
  readonly processes: Processes;
  readonly network: NetworkModel;
  readonly sources: readonly TrafficSource[];
  readonly entranceOf: (road: Road) => Entrance;
  /** The rules of the node that clients and proxies stand on. */
  readonly serviceRouter: Router;
}

/** Failures after which the application has certainly not had the request. */
const UNSENT: ReadonlySet<FailureCause> = new Set([
  "connection-refused",
  "not-ready-yet",
  "connect-timeout",
  "host-unreachable",
  "no-endpoint",
]);

/**
 * The clients of all sources, and the proxies that their requests go through. They send when it is time, whatever becomes of earlier requests.
 * One event a request, and one for each later try that has to wait: when it is sent, its answer is worked out; if its process ends before that,
 * the answer is put right, or the request is tried again where the road does so. Records are handed on in the order of sending, once they are
 * certain.
 *
 * Simplified: proxies and the network between client, proxy and pod take no time of their own.
 */
export class Clients implements Actor, ProcessObserver {
  readonly name = "clients";
  state: State;
  readonly on = {
    send: (source: number) => this.send(source),
    again: (again: Again) => this.again(again),
  };
  private readonly kernel: Kernel;
  private readonly facts: FactSink;
  private readonly sources: readonly Source[];
  private readonly trips: Trips;
  private readonly unseenMs: number;

  constructor(options: ClientsOptions) {
    const { kernel, facts, processes, network, sources, serviceRouter } = options;
    this.kernel = kernel;
    this.facts = facts;
    const settings = roadSettings(network);
    this.unseenMs = settings.closeUnseenMs;
    this.trips = new Trips({ kernel, processes, settings, serviceRouter });
    this.sources = sources.map((config) =>
      sourceOf(config, network, options.entranceOf(config.road)),
    );
    this.state = {
      nextId: 1,
      sources: this.sources.map((source) => ({
        next: 0,
        dueMs: source.config.startMs ?? 0,
        way: emptyWay(source, settings.proxyKeepAlive),
      })),
      pending: [],
    };
    kernel.register(this);
    processes.observe(this);
    this.sources.forEach(({ config }, index) => {
      if (!(config.rps > 0)) return;
      if (config.arrivals === "poisson") this.addGap(index);
      this.scheduleNext(index);
    });
  }

  /**
   * The records that have not been handed on, in the order of sending: how those requests end unless their process ends before. Those that wait
   * for another try are left out.
   */
  inFlight(): RequestRecord[] {
    return this.state.pending.filter(({ waits }) => !waits).map(({ record }) => record);
  }

  /** Names of the sources that wait for a first endpoint still. */
  waiting(): string[] {
    return this.sources
      .filter((_, index) => !this.state.sources[index]!.way.begun)
      .map(({ config }) => config.name);
  }

  listenerClosed(process: RunningProcess): void {
    const { now } = this.kernel;
    this.state.sources.forEach(({ way }, index) => {
      const announced = this.sources[index]!.config.protocol === "http2";
      const how = { unseenMs: this.unseenMs, announced };
      closeIdle(way.connections.slots, process, now, how);
      for (const pool of way.pools) {
        const kept = pool.get(process.spec.podUid);
        if (kept !== undefined) closeIdle(kept, process, now, how);
      }
    });
  }

  ended(process: RunningProcess): void {
    const { now } = this.kernel;
    for (const { way } of this.state.sources) {
      closeAll(way.connections.slots, process, now, this.unseenMs);
      for (const pool of way.pools) {
        const kept = pool.get(process.spec.podUid);
        if (kept !== undefined) closeAll(kept, process, now, this.unseenMs);
      }
    }
    const { pending } = this.state;
    for (let i = 0; i < pending.length; i += 1) {
      const { record, processId } = pending[i]!;
      if (processId === process.id && record.doneMs > now) this.breakOff(i);
    }
  }

  /** The process of a request in flight has ended. */
  private breakOff(place: number): void {
    const { now } = this.kernel;
    const { record, source: index, headerMs, trip, waits } = this.state.pending[place]!;
    const source = this.sources[index]!;
    const isAnswering = headerMs !== undefined && headerMs <= now;
    const cause = isAnswering ? "answer-cut-off" : "connection-reset";
    const patience = { clientMs: Infinity, roadMs: Infinity };
    let ending: Ending = { ...source.outcomes.broken(cause, patience), afterMs: 0 };
    // The status of a WebSocket came when it was opened.
    if (source.config.protocol === "websocket") ending = { ...ending, outcome: "connection-reset" };
    if (trip !== undefined && (waits || this.triesAgain(trip, source, ending))) {
      if (trip.roadTries === 0) trip.fromMs = now;
      this.go(trip);
      return;
    }
    this.state.pending[place] = {
      record: brokenRecord(record, ending, now),
      processId: 0,
      source: index,
    };
  }

  private send(index: number): void {
    const { config, rules, streams } = this.sources[index]!;
    const { now } = this.kernel;
    settle(this.state.pending, now, (record) => this.facts.request(record));
    const postShare = config.postShare ?? 0;
    const isPost = postShare > 0 && this.kernel.random(streams.methods).chance(postShare);
    const trip: Trip = {
      id: this.state.nextId,
      source: index,
      sentMs: now,
      method: isPost ? "POST" : "GET",
      client: this.clientOf(index),
      fromMs: now,
      clientTries: 1,
      roadTries: 0,
      tries: 0,
      router: -1,
    };
    if (rules.buffersUploads && (config.uploadMs ?? 0) > 0) this.wait(trip, config.uploadMs!);
    else this.go(trip);
    this.advance(index);
  }

  /** A try that was planned is due, unless things came differently. */
  private again({ id, tries }: Again): void {
    const place = placeOf(this.state.pending, id);
    const trip = place < 0 ? undefined : this.state.pending[place]!.trip;
    if (trip !== undefined && trip.tries === tries) this.go(trip);
  }

  /** Tries until one try takes time, or is the last. */
  private go(trip: Trip): void {
    const source = this.sources[trip.source]!;
    const { way } = this.state.sources[trip.source]!;
    for (;;) {
      trip.tries += 1;
      trip.roadTries += 1;
      const tried = this.trips.try(trip, source, way);
      if (tried === undefined) return;
      const { ending } = tried;
      const clientTries = trip.clientTries;
      if (ending.cause === undefined || !this.triesAgain(trip, source, ending)) {
        this.place(trip, tried);
        return;
      }
      if (ending.afterMs <= ROUND_TRIP_MS && trip.clientTries === clientTries) continue;
      this.wait(trip, ending.afterMs, tried);
      return;
    }
  }

  /** Whether a failed try is followed by another, and if so makes the trip ready for it. */
  private triesAgain(trip: Trip, { rules, config }: Source, { cause, over }: Ending): boolean {
    if (cause === undefined) return false;
    const { retry } = rules;
    const when = retry.on[cause];
    if (
      over === undefined &&
      !trip.isServiceUpstream &&
      trip.roadTries < retry.tries &&
      (when === "any" || (when === "idempotent" && trip.method === "GET"))
    ) {
      if (cause === "idle-connection-closed") trip.isFresh = true;
      return true;
    }
    if (trip.clientTries > (config.retries ?? 0)) return false;
    if (trip.method === "POST" && !UNSENT.has(cause)) return false;
    trip.clientTries += 1;
    trip.roadTries = 0;
    trip.router = -1;
    for (const field of ["key", "isFresh", "isServiceUpstream", "requestTimeoutMs"] as const) {
      delete trip[field];
    }
    if (trip.tried !== undefined) trip.tried = [];
    return true;
  }

  /** Plans the next try. A process that has the request until then may end before. */
  private wait(trip: Trip, afterMs: number, tried?: Try): void {
    const { now } = this.kernel;
    if (trip.roadTries === 0 && trip.clientTries > 1) trip.fromMs = now + afterMs;
    const ending = tried?.ending ?? {
      outcome: "timeout" as const,
      cause: "slow" as const,
      afterMs,
    };
    const source = this.sources[trip.source]!;
    this.put({
      record: recordOf(trip, source, { ...tried, ending }, now),
      processId: tried?.process?.id ?? 0,
      source: trip.source,
      trip,
      waits: true,
    });
    this.kernel.schedule(afterMs, this.name, "again", { id: trip.id, tries: trip.tries });
  }

  /** Notes how a request ends as things stand. */
  private place(trip: Trip, tried: Try): void {
    const source = this.sources[trip.source]!;
    const { config, rules } = source;
    const record = recordOf(trip, source, tried, this.kernel.now);
    const { process, headerMs } = tried;
    const isNew = trip.id === this.state.nextId;
    if (isNew && process === undefined && this.state.pending.length === 0) {
      this.state.nextId += 1;
      this.facts.request(record);
      return;
    }
    const mayGoOn = rules.retry.tries > 1 || (config.retries ?? 0) > 0;
    const processId = process?.id ?? 0;
    const pending: Mutable<Pending> = { record, processId, source: trip.source };
    if (headerMs !== undefined) pending.headerMs = this.kernel.now + headerMs;
    if (mayGoOn) pending.trip = trip;
    this.put(pending);
  }

  private put(pending: Pending): void {
    const { id } = pending.record;
    if (id === this.state.nextId) {
      this.state.nextId += 1;
      this.state.pending.push(pending);
    } else this.state.pending[placeOf(this.state.pending, id)] = pending;
  }

  /** Addresses take turns with evenly spaced requests. */
  private clientOf(index: number): number {
    const { config, streams } = this.sources[index]!;
    const count = config.road === "proxy" ? 1 : (config.clients ?? 1);
    if (count === 1) return 0;
    if (config.arrivals === "uniform") return this.state.sources[index]!.next % count;
    return this.kernel.random(streams.clients).integer(0, count - 1);
  }

  private advance(index: number): void {
    const { config } = this.sources[index]!;
    const state = this.state.sources[index]!;
    state.next += 1;
    if (config.arrivals === "poisson") this.addGap(index);
    else state.dueMs = (config.startMs ?? 0) + Math.round((state.next * 1000) / config.rps);
    this.scheduleNext(index);
  }

  private addGap(index: number): void {
    const { config, streams } = this.sources[index]!;
    const gapMs = this.kernel.random(streams.arrivals).exponential(1000 / config.rps);
    this.state.sources[index]!.dueMs += gapMs;
  }

  private scheduleNext(index: number): void {
    const dueMs = Math.round(this.state.sources[index]!.dueMs);
    if (dueMs > this.sources[index]!.config.stopMs) return;
    this.kernel.schedule(dueMs - this.kernel.now, this.name, "send", index);
  }
}
