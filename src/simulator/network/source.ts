import { roadSettings, type NetworkModel, type TrafficSource } from "../scenario.ts";
import type { RoundState } from "./destination-choice.ts";
import type { Entrance } from "./entrance.ts";
import { noConnections, type KeptConnection, type KeptConnections } from "./kept-connections.ts";
import { Outcomes } from "./outcomes.ts";
import { rulesOf, type RoadRules } from "./roads/index.ts";

/** What the choices and connections of one source's requests remember: plain data. */
export interface WayState {
  /** Whether any router has ever had an endpoint for it. */
  begun: boolean;
  /** Turn of the routers. */
  turn: number;
  /** By router, then by key. */
  rounds: Map<string, RoundState>[];
  /** By router: what each back end has saved up. */
  credits: number[][];
  /** By router: the pod of each client's address, and when it was last seen. */
  affinity: Map<number, { readonly podUid: string; seenMs: number }>[];
  connections: KeptConnections;
  /** By router, then by pod. */
  pools: Map<string, KeptConnection[]>[];
}

/** A source with what follows from it. */
export interface Source {
  readonly config: TrafficSource;
  readonly rules: RoadRules;
  readonly outcomes: Outcomes;
  readonly entrance: Entrance;
  /** Connections to the Service itself are kept, whichever pod they lead to. */
  readonly keepsToService: boolean;
  readonly streams: {
    readonly arrivals: string;
    readonly routers: string;
    /** By router. */
    readonly choices: readonly string[];
    readonly answers: string;
    readonly errors: string;
    readonly methods: string;
    readonly clients: string;
  };
}

/** Connections of one source where the scenario names no number: as many as in the recordings of keep-alive traffic. */
const CONNECTIONS = 10;

/** Nothing chosen, nothing kept. */
export function emptyWay({ config, entrance }: Source, proxyKeepAlive: number): WayState {
  const byRouter = <T>(make: () => T): T[] => entrance.routers.map(make);
  const usual = config.protocol === "http2" ? 1 : CONNECTIONS;
  const kept = config.road === "proxy" ? proxyKeepAlive : (config.connections ?? usual);
  return {
    begun: config.startMs !== undefined,
    turn: 0,
    rounds: byRouter(() => new Map<string, RoundState>()),
    credits: byRouter(() => []),
    affinity: byRouter(() => new Map<number, { podUid: string; seenMs: number }>()),
    connections: noConnections(kept),
    pools: byRouter(() => new Map<string, KeptConnection[]>()),
  };
}

/** A source whose requests come in at an entrance. */
export function sourceOf(config: TrafficSource, network: NetworkModel, entrance: Entrance): Source {
  const rules = rulesOf(config.road, network);
  const { proxyKeepAlive } = roadSettings(network);
  const { name, road } = config;
  const isThrough = (road === "direct" || road === "node-port") && config.protocol !== "websocket";
  return {
    config,
    rules,
    outcomes: new Outcomes(rules),
    entrance,
    keepsToService: isThrough ? config.keepAlive : road === "proxy" && proxyKeepAlive > 0,
    streams: {
      arrivals: `arrivals/${name}`,
      routers: `routers/${name}`,
      choices: entrance.routers.map((router) => `choice/${name}/${router.name}`),
      answers: `answers/${name}`,
      errors: `errors/${name}`,
      methods: `methods/${name}`,
      clients: `clients/${name}`,
    },
  };
}
