import type { Kernel } from "../kernel/kernel.ts";
import type { RandomStream } from "../kernel/random.ts";
import { chooseByWeight, chooseInTurn, type Backends } from "./backends.ts";
import {
  chooseAtRandom,
  chooseInRounds,
  emptyRound,
  type RoundState,
} from "./destination-choice.ts";
import type { Router } from "./router.ts";
import type { WayFailure } from "./roads/index.ts";
import { listOf, type Destination } from "./destinations.ts";
import type { ServicePortRules } from "./service-rules.ts";
import type { Source, WayState } from "./source.ts";
import type { Trip } from "./trip.ts";

/** The choices on a request's way: router, back end, pod. Evenly spaced requests are spread evenly, others at random. */
export class Choices {
  private readonly kernel: Kernel;

  constructor(kernel: Kernel) {
    this.kernel = kernel;
  }

  /** Evenly spaced requests take the routers in turn. */
  router({ config, entrance, streams }: Source, way: WayState): number {
    const open = entrance.open?.();
    const count = open?.length ?? entrance.routers.length;
    if (count <= 1) return open?.[0] ?? 0;
    let index = way.turn % count;
    if (config.arrivals === "uniform") way.turn = (way.turn + 1) % count;
    else index = this.kernel.random(streams.routers).integer(0, count - 1);
    return open?.[index] ?? index;
  }

  /** Chooses the rules that a request goes by; says what is wrong where there are none. */
  backend(trip: Trip, source: Source, way: WayState): WayFailure | undefined {
    const { entrance, config } = source;
    const backends = entrance.backendsOf(trip.router, config.name, trip.method);
    if (backends === undefined) return "no-route";
    const [main] = backends.choices;
    const router = entrance.routers[trip.router]!;
    if (backends.canary && !hasDestinations(router, main?.key)) return "no-endpoint";
    let chosen = this.pickBackend(backends, trip, source, way);
    if (backends.canary && !hasDestinations(router, chosen?.key)) chosen = main;
    if (chosen?.key === undefined) return "invalid-backend";
    trip.key = chosen.key;
    if (backends.requestTimeoutMs !== undefined) trip.requestTimeoutMs = backends.requestTimeoutMs;
    if (backends.serviceUpstream) trip.isServiceUpstream = true;
    return undefined;
  }

  private pickBackend(backends: Backends, trip: Trip, source: Source, way: WayState) {
    if (backends.choices.length === 1 && backends.totalWeight > 0) return backends.choices[0];
    return source.config.arrivals === "uniform"
      ? chooseInTurn(backends, way.credits[trip.router]!)
      : chooseByWeight(backends, this.kernel.random(source.streams.choices[trip.router]!));
  }

  /** Chooses the pod that a request goes to. */
  destination(
    trip: Trip,
    { config, rules: road }: Source,
    way: WayState,
    rules: ServicePortRules,
    random: RandomStream,
  ): Destination {
    const { affinityMs } = rules;
    if (affinityMs !== undefined) {
      const stays = this.affine(trip, way, rules, affinityMs);
      if (stays !== undefined) return stays;
    }
    const round =
      road.inTurns || config.arrivals === "uniform" ? this.roundOf(trip, way) : undefined;
    let destination = draw(rules, round, random);
    if (road.retry.redraws > 0) {
      trip.tried ??= [];
      for (let i = 1; i < road.retry.redraws && trip.tried.includes(destination.podUid); i += 1) {
        destination = draw(rules, round, random);
      }
      trip.tried.push(destination.podUid);
    }
    if (affinityMs !== undefined) {
      const seen = { podUid: destination.podUid, seenMs: this.kernel.now };
      way.affinity[trip.router]!.set(trip.client, seen);
    }
    return destination;
  }

  private affine(trip: Trip, way: WayState, rules: ServicePortRules, affinityMs: number) {
    const known = way.affinity[trip.router]!.get(trip.client);
    if (known === undefined || this.kernel.now - known.seenMs > affinityMs) return undefined;
    const stays = listOf(rules.destinations).find(({ podUid }) => podUid === known.podUid);
    if (stays !== undefined) known.seenMs = this.kernel.now;
    return stays;
  }

  private roundOf(trip: Trip, way: WayState): RoundState {
    const rounds = way.rounds[trip.router]!;
    let round = rounds.get(trip.key!);
    if (round === undefined) rounds.set(trip.key!, (round = emptyRound()));
    return round;
  }
}

function hasDestinations(router: Router, key: string | undefined): boolean {
  return key !== undefined && (router.rulesFor(key)?.destinations.count ?? 0) > 0;
}

/** A pod: in turns where a round is kept, else at random. */
function draw(
  rules: ServicePortRules,
  round: RoundState | undefined,
  random: RandomStream,
): Destination {
  return round === undefined ? chooseAtRandom(rules, random) : chooseInRounds(rules, round, random);
}
