import type { Kernel } from "../kernel/kernel.ts";
import type { Processes } from "../runtime/processes.ts";
import type { RunningProcess } from "../runtime/running-process.ts";
import type { RoadSettings } from "../scenario.ts";
import { Choices } from "./choices.ts";
import { nextSlot, takeIdle, type KeptConnection } from "./kept-connections.ts";
import { ROUND_TRIP_MS, type Ending, type Outcomes, type Patience } from "./outcomes.ts";
import type { Router } from "./router.ts";
import type { Destination } from "./destinations.ts";
import type { Source, WayState } from "./source.ts";
import type { Trip, Try } from "./trip.ts";

/** Single tries of requests: which router, which pod, over which connection, and what it says. */
export class Trips {
  private readonly kernel: Kernel;
  private readonly choices: Choices;
  private readonly processes: Processes;
  private readonly settings: RoadSettings;
  /** Where an ingress asks the Service's own address. */
  private readonly serviceRouter: Router;

  constructor(options: {
    kernel: Kernel;
    processes: Processes;
    settings: RoadSettings;
    serviceRouter: Router;
  }) {
    this.kernel = options.kernel;
    this.choices = new Choices(options.kernel);
    this.processes = options.processes;
    this.settings = options.settings;
    this.serviceRouter = options.serviceRouter;
  }

  /** Tries a request once; undefined when nobody has had an endpoint for this source yet. */
  try(trip: Trip, source: Source, way: WayState): Try | undefined {
    const { outcomes, config, rules } = source;
    const elapsedMs = this.kernel.now - trip.fromMs;
    const roadMs = (trip.requestTimeoutMs ?? rules.requestTimeoutMs) - elapsedMs;
    const patience = { clientMs: config.timeoutMs - elapsedMs, roadMs };
    if (!source.keepsToService || trip.isFresh === true) {
      return this.tryNew(trip, source, way, patience);
    }
    const { connections } = way;
    const slot = nextSlot(connections, this.kernel.now, {
      unseenMs: this.settings.closeUnseenMs,
      shared: config.protocol === "http2",
    });
    const kept = connections.slots[slot];
    if (kept === undefined) {
      const tried = this.tryNew(trip, source, way, patience);
      connections.slots[slot] = connectionOf(tried, this.kernel.now);
      return tried;
    }
    const process = this.processes.find(kept.processId);
    if (kept.closedMs !== undefined || process === undefined) {
      connections.slots[slot] = undefined;
      const ending = outcomes.broken("idle-connection-closed", patience);
      return { ending, destination: kept.destination };
    }
    return this.askOn(kept, source, process, patience);
  }

  private tryNew(trip: Trip, source: Source, way: WayState, patience: Patience): Try | undefined {
    const { outcomes, config, entrance, rules, streams } = source;
    if (trip.router < 0) trip.router = this.choices.router(source, way);
    const problem = trip.key === undefined ? this.choices.backend(trip, source, way) : undefined;
    const router = trip.isServiceUpstream ? this.serviceRouter : entrance.routers[trip.router]!;
    const found = problem === undefined ? router.rulesFor(trip.key!) : undefined;
    // Simplified: a ClusterIP that the node has no rules for is refused as well; a real one would be sent on to the default route.
    if (problem !== undefined || found === undefined || found.destinations.count === 0) {
      if (!way.begun) return undefined;
      if (problem !== undefined) return { ending: outcomes.broken(problem, patience) };
      if (found === undefined) return { ending: outcomes.withoutPort(patience) };
      const isDropped = found.withoutDestination === "drop";
      return {
        ending: isDropped
          ? outcomes.unanswered("no-endpoint", patience)
          : outcomes.broken("no-endpoint", patience),
      };
    }
    way.begun = true;
    const random = this.kernel.random(streams.choices[trip.router]!);
    const destination = this.choices.destination(trip, source, way, found, random);
    if (!rules.keepsToPods || config.protocol === "websocket") {
      return this.connect(source, destination, patience);
    }
    const pool = way.pools[trip.router]!;
    let kept = pool.get(destination.podUid);
    if (kept === undefined) pool.set(destination.podUid, (kept = []));
    return this.tryPooled(kept, source, destination, patience);
  }

  private tryPooled(
    pool: KeptConnection[],
    source: Source,
    destination: Destination,
    patience: Patience,
  ): Try {
    const { now } = this.kernel;
    const last = pool.at(-1);
    const process = last === undefined ? undefined : this.processes.find(last.processId);
    const idle = takeIdle(pool, now, {
      unseenMs: this.settings.closeUnseenMs,
      podIdleMs: process?.spec.image.keepAliveMs ?? Infinity,
      ownIdleMs: source.rules.keptIdleMs,
    });
    if (idle === "closed-unseen") {
      return { ending: source.outcomes.broken("idle-connection-closed", patience), destination };
    }
    const owner = idle === undefined ? undefined : this.processes.find(idle.processId);
    if (idle !== undefined && owner !== undefined) {
      return this.askOn(idle, source, owner, patience);
    }
    const tried = this.connect(source, destination, patience);
    const made = connectionOf(tried, now);
    if (made !== undefined) pool.push(made);
    return tried;
  }

  private connect(source: Source, destination: Destination, patience: Patience): Try {
    const { outcomes } = source;
    const met = this.processes.connectTo(destination);
    if (typeof met !== "string") return this.ask(source, met, destination, patience);
    return { ending: this.refusal(outcomes, met, patience), destination };
  }

  private refusal(
    outcomes: Outcomes,
    met: "refused" | "refused-not-yet" | "no-answer",
    patience: Patience,
  ): Ending {
    const { deadAddress } = this.settings;
    switch (met) {
      case "refused":
        return outcomes.broken("connection-refused", patience);
      case "refused-not-yet":
        return outcomes.broken("not-ready-yet", patience);
      case "no-answer":
        return deadAddress === "silent"
          ? outcomes.unanswered("connect-timeout", patience)
          : outcomes.unreachable(deadAddress.unreachableAfterMs, patience);
    }
  }

  private askOn(
    kept: KeptConnection,
    source: Source,
    process: RunningProcess,
    patience: Patience,
  ): Try {
    const tried = this.ask(source, process, kept.destination, patience);
    kept.busyUntilMs = Math.max(kept.busyUntilMs, this.kernel.now + tried.ending.afterMs);
    return tried;
  }

  /** Hands a request to a process. */
  private ask(
    source: Source,
    process: RunningProcess,
    destination: Destination,
    patience: Patience,
  ): Try {
    const behind = this.processes.behind(process);
    const isRefused = typeof behind === "string";
    const { ending, headerMs }: Pick<Try, "ending" | "headerMs"> = isRefused
      ? { ending: source.outcomes.answered("502", ROUND_TRIP_MS, ROUND_TRIP_MS, patience) }
      : this.answer(source, process, patience);
    this.processes.occupy(process, this.kernel.now + ending.afterMs);
    if (behind !== undefined && !isRefused) {
      this.processes.occupy(behind, this.kernel.now + ending.afterMs);
    }
    return headerMs === undefined
      ? { ending, destination, process }
      : { ending, destination, process, headerMs };
  }

  private answer(
    { config, outcomes, rules, streams }: Source,
    process: RunningProcess,
    patience: Patience,
  ): Pick<Try, "ending" | "headerMs"> {
    if (config.protocol === "websocket") {
      return { ending: { outcome: "200", afterMs: config.lastsMs ?? Infinity } };
    }
    const { image } = process.spec;
    const { p50Ms, p99Ms } = config.latency ?? image.latency;
    const drawn = this.kernel.random(streams.answers).logNormal(p50Ms, p99Ms);
    const uploadMs = rules.buffersUploads ? 0 : (config.uploadMs ?? 0);
    const lengthMs = Math.max(1, Math.round(drawn)) + uploadMs;
    if (!this.processes.isReady(process)) {
      return { ending: outcomes.answered("503", ROUND_TRIP_MS, ROUND_TRIP_MS, patience) };
    }
    const headerMs = this.processes.take(process, lengthMs);
    if (headerMs === "full") return { ending: outcomes.broken("overloaded", patience) };
    const { errorRate } = image;
    const fails = errorRate > 0 && this.kernel.random(streams.errors).chance(errorRate);
    const totalMs = headerMs + (config.downloadMs ?? 0);
    const ending = outcomes.answered(fails ? "500" : "200", headerMs, totalMs, patience);
    return totalMs === headerMs ? { ending } : { ending, headerMs };
  }
}

/** The connection over which a process was reached. */
function connectionOf(tried: Try | undefined, nowMs: number): KeptConnection | undefined {
  if (tried?.process === undefined || tried.destination === undefined) return undefined;
  const busyUntilMs = nowMs + tried.ending.afterMs;
  return { destination: tried.destination, processId: tried.process.id, busyUntilMs };
}
