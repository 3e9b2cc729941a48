/*
 * The closed forms of the simulator's model (section J) as tests: with evenly spaced requests to within one a proxy and pod, with Poisson
 * arrivals the sum over many seeds to within three sigma of the expected sum. `npm run oracle` plays a thousand seeds, the unit tests fewer.
 * Letters as there: λ requests a second, n pods, D until the rules change, P preStop, S time of a request, B what is left of the grace period.
 */
import { describe, expect, it } from "vitest";
import type { RequestRecord } from "../../src/simulator/record.ts";
import type { ImageBehaviour, Road, TrafficSource } from "../../src/simulator/scenario.ts";
import { image, PlayedPods } from "../../src/simulator/network/played-pods.fixture.ts";
import { simulate } from "../../src/scenario/index.ts";
import { scenarioOf } from "./scenarios.ts";

const SEEDS = Number(process.env["ORACLE_SEEDS"] ?? 30);

const exact = (ms: number) => ({ kind: "exact", ms }) as const;
const takes = (ms: number) => ({ p50Ms: ms, p99Ms: ms });
const pods = (count: number, prefix = "pod") =>
  Array.from({ length: count }, (_, i) => `${prefix}-${i + 1}`);

interface Play {
  readonly seed: number;
  readonly arrivals: "uniform" | "poisson";
}

interface Form {
  readonly name: string;
  /** Expected number of failures; by outcome and cause where they differ. */
  readonly expected: number;
  /** Proxies times pods that one failure each may be more or less. */
  readonly slack?: number;
  readonly play: (how: Play) => RequestRecord[];
  /** Whether turns decide: then evenly spaced requests are no sample of the formula. */
  readonly isByChance?: boolean;
  readonly counts?: (request: RequestRecord) => boolean;
}

interface Deletion {
  readonly rps: number;
  readonly count?: number;
  readonly delayMs: number;
  readonly times?: Parameters<PlayedPods["delete"]>[1];
  readonly behaviour?: Partial<ImageBehaviour>;
  readonly traffic?: Partial<TrafficSource>;
  readonly deleted?: number;
}

/** Pods of which some are deleted at 30 s, when every router has long known them; requests come from 29 s to 40 s. */
function deletion(given: Deletion): (how: Play) => RequestRecord[] {
  const { rps, count = 4, delayMs, times = {}, behaviour = {}, traffic = {}, deleted = 1 } = given;
  return ({ seed, arrivals }) => {
    const world = new PlayedPods({
      seed,
      kubeProxy: exact(delayMs),
      roads: { closeUnseenMs: 5 },
      traffic: [{ rps, arrivals, startMs: 29_000, stopMs: 40_000, timeoutMs: 300_000, ...traffic }],
    });
    world.at(0, () => world.start(pods(count), image(behaviour)));
    world.at(30_000, () => pods(deleted).forEach((name) => world.delete(name, times)));
    return world.finish(400_000);
  };
}

/** `dead` pods of `count` refuse while the routers choose all, for ten seconds at 100 requests a second. */
function masked(road: Road, dead: number, count: number): (how: Play) => RequestRecord[] {
  return ({ seed, arrivals }) => {
    const world = new PlayedPods({
      seed,
      traffic: [{ road, rps: 100, arrivals, startMs: 10_000, stopMs: 19_990 }],
    });
    world.at(0, () => world.start(pods(count)));
    world.at(9000, () => pods(dead).forEach((name) => world.stop(name)));
    return world.finish(60_000);
  };
}

function recreate(road: Road, preStopMs: number): (how: Play) => RequestRecord[] {
  return ({ seed, arrivals }) => {
    const world = new PlayedPods({
      seed,
      kubeProxy: exact(1000),
      roads: { gateway: { ...GATEWAY, push: exact(1000) } },
      traffic: [{ road, rps: 100, arrivals, startMs: 9000, stopMs: 70_000 }],
    });
    const goneMs = preStopMs + 1000;
    world.at(0, () => world.start(pods(3, "old")));
    world.at(10_000, () =>
      pods(3, "old").forEach((name) => world.delete(name, { preStopMs, goneMs })),
    );
    world.at(10_000 + goneMs, () => world.select([]));
    world.at(10_000 + goneMs + 8000, () => world.start(pods(3, "new")));
    return world.finish(200_000);
  };
}

const GATEWAY = {
  replicas: 1,
  debounceMs: 0,
  debounceMaxMs: 0,
  connectTimeoutMs: 5000,
  requestTimeoutMs: 15_000,
  retries: 0,
};

function canary(errorPods: number, count: number, seconds: number) {
  return ({ seed, arrivals }: Play): RequestRecord[] => {
    const world = new PlayedPods({
      seed,
      traffic: [{ rps: 100, arrivals, startMs: 5000, stopMs: 5000 + seconds * 1000 - 10 }],
    });
    world.at(0, () => world.start(pods(count - errorPods)));
    world.at(0, () => world.start(pods(errorPods, "canary"), image({ errorRate: 1 })));
    return world.finish();
  };
}

const isCause = (cause: string) => (request: RequestRecord) => request.cause === cause;

const FORMS: readonly Form[] = [
  {
    name: "J1: (λ/n)·(D − A), 100 rps over 4 pods, D 1.2 s",
    expected: 30,
    play: deletion({ rps: 100, delayMs: 1200 }),
  },
  {
    name: "J1: of those refused until the network goes after 0.8 s",
    expected: 20,
    play: deletion({ rps: 100, delayMs: 1200, times: { goneMs: 800 } }),
    counts: isCause("connection-refused"),
  },
  {
    name: "J1: and without an answer after it",
    expected: 10,
    play: deletion({ rps: 100, delayMs: 1200, times: { goneMs: 800 } }),
    counts: isCause("connect-timeout"),
  },
  {
    name: "J1: 50 rps, D 4.33 s",
    expected: 54.125,
    play: deletion({ rps: 50, delayMs: 4330 }),
  },
  {
    name: "J1: two pods at once",
    expected: 60,
    slack: 2,
    play: deletion({ rps: 100, delayMs: 1200, deleted: 2 }),
  },
  {
    name: "J8: none with a preStop not shorter than D",
    expected: 0,
    slack: 0,
    play: deletion({ rps: 50, delayMs: 4330, times: { preStopMs: 4330 } }),
  },
  {
    name: "J2: in flight at a fast stop, (λ/n)·S",
    expected: 5,
    play: deletion({
      rps: 100,
      delayMs: 0,
      behaviour: { latency: takes(200), onSigterm: { mode: "fast" } },
    }),
  },
  {
    name: "J2: grace 60 and preStop 40 leave 20 s for requests of 2 s",
    expected: 0,
    slack: 0,
    play: deletion({
      rps: 100,
      delayMs: 0,
      times: { preStopMs: 40_000, killMs: 60_000 },
      behaviour: { latency: takes(2000) },
    }),
  },
  {
    name: "J9: 25 s requests, preStop 15 and grace 30: (λ/n)·(S − B)",
    expected: 250,
    play: deletion({
      rps: 100,
      delayMs: 15_000,
      times: { preStopMs: 15_000, killMs: 30_000 },
      behaviour: { latency: takes(25_000) },
      traffic: { stopMs: 46_000 },
    }),
  },
  {
    name: "J9: grace 42 is enough",
    expected: 0,
    slack: 0,
    play: deletion({
      rps: 100,
      delayMs: 15_000,
      times: { preStopMs: 15_000, killMs: 42_000 },
      behaviour: { latency: takes(25_000) },
      traffic: { stopMs: 46_000 },
    }),
  },
  {
    name: "J3: idle connections closed as requests come, 500 rps a pod and 5 ms",
    expected: 2.5,
    play: deletion({ rps: 2000, delayMs: 0, traffic: { road: "gateway", stopMs: 31_000 } }),
    counts: isCause("idle-connection-closed"),
  },
  ...(
    [
      [1, 4, 0],
      [10, 20, 0.10526],
      [3, 6, 0.05],
      [1, 1, 1],
    ] as const
  ).map(([dead, count, share]): Form => ({
    name: `J4: three tries, ${dead} of ${count} dead`,
    expected: 1000 * share,
    slack: 0,
    isByChance: share > 0 && share < 1,
    play: masked("mesh", dead, count),
  })),
  {
    name: "J4: ingress-nginx hides one dead pod of four",
    expected: 0,
    slack: 0,
    play: masked("ingress-nginx", 1, 4),
  },
  {
    name: "J5: a new pod without a readiness probe, (λ/n')·(boot − D)",
    expected: 125,
    play: ({ seed, arrivals }) => {
      const world = new PlayedPods({
        seed,
        kubeProxy: exact(1000),
        traffic: [{ rps: 100, arrivals, stopMs: 20_000 }],
      });
      world.at(0, () => world.start(pods(3)));
      world.at(5000, () => world.start(["new"], image({ startupMs: 6000, readyMs: 6000 })));
      return world.finish();
    },
  },
  {
    name: "J10: Recreate without preStop, λ·(G + R + D)",
    expected: 1000,
    slack: 2,
    play: recreate("proxy", 0),
  },
  {
    name: "J10: with preStop 40, kube-proxy falls back on what still serves",
    expected: 1000,
    slack: 2,
    play: recreate("proxy", 40_000),
  },
  {
    name: "J10: a proxy that goes by ready alone has nobody from D on",
    expected: 4900,
    slack: 2,
    play: recreate("gateway", 40_000),
  },
  ...([0, 30_000] as const).map((waitMs): Form => ({
    name: `J11: selector switched, blue gone ${waitMs} ms later`,
    expected: waitMs === 0 ? 240 : 0,
    slack: waitMs === 0 ? 2 : 0,
    play: ({ seed, arrivals }) => {
      const world = new PlayedPods({
        seed,
        kubeProxy: exact(1200),
        traffic: [{ rps: 200, arrivals, startMs: 9000, stopMs: 15_000 }],
      });
      world.at(0, () => world.start(pods(2, "blue")));
      world.at(100, () => world.start(pods(2, "green"), image({ name: "web:2" })));
      world.at(200, () => world.select(pods(2, "blue")));
      world.at(10_000, () => world.select(pods(2, "green")));
      world.at(10_000 + waitMs, () => pods(2, "blue").forEach((name) => world.stop(name)));
      return world.finish();
    },
  })),
  { name: "J12: a bad canary of 1 of 10 pods for 60 s", expected: 600, play: canary(1, 10, 60) },
  { name: "J12: one of 20 pods", expected: 300, play: canary(1, 20, 60) },
];

function failed({ play, counts = ({ outcome }) => outcome !== "200" }: Form, how: Play): number {
  return play(how).filter(counts).length;
}

describe("evenly spaced requests: to within one a proxy and pod", () => {
  const forms = FORMS.filter(({ isByChance }) => !isByChance);
  it.each(forms.map((form) => [form.name, form] as const))("%s", (_, form) => {
    const { expected, slack = 1 } = form;
    for (let seed = 1; seed <= 3; seed += 1) {
      const difference = Math.abs(failed(form, { seed, arrivals: "uniform" }) - expected);
      expect(difference).toBeLessThanOrEqual(slack);
    }
  });
});

describe(`Poisson arrivals: within three sigma over ${SEEDS} seeds`, () => {
  it.each(FORMS.map((form) => [form.name, form] as const))(
    "%s",
    (_, form) => {
      let sum = 0;
      for (let seed = 1; seed <= SEEDS; seed += 1)
        sum += failed(form, { seed, arrivals: "poisson" });
      const expected = form.expected * SEEDS;
      expect(Math.abs(sum - expected)).toBeLessThanOrEqual(3 * Math.sqrt(expected));
    },
    600_000,
  );
});

describe("J6: how long a rollout takes", () => {
  const rollout = (replicas: number, more = "", container = "") =>
    scenarioOf(
      `
duration: 10m
until: settled
nodes: 3
images: [{ name: "web:1" }, { name: "web:2", startup: 12s }]
steps:
  - { at: 0s, apply: [web.yaml] }
  - { at: 30s, kubectl: "set image deployment/web web=web:2" }
`,
      { replicas, readinessPeriod: 1, pod: more, container },
    );

  it.each([
    [3, 3],
    [10, 2],
    [20, 2],
  ])("%i replicas by default: %i waves of one pod's way to Ready", (replicas, waves) => {
    const { timeline } = simulate(rollout(replicas), { seed: 1 });
    const { startMs, completeMs } = timeline.rollouts.at(-1)!;
    const readyMs = timeline.pods
      .filter(({ image: name }) => name === "web:2")
      .map(({ createdMs, phases }) => phases.find((p) => p.phase === "ready")!.fromMs - createdMs);
    const longest = Math.max(...readyMs);
    const shortest = Math.min(...readyMs);
    expect(completeMs! - startMs).toBeGreaterThan(waves * shortest);
    expect(completeMs! - startMs).toBeLessThan(waves * (longest + 1500));
  });

  it("terminating pods come on top: up to 20 pods for 10 replicas where they stay 42 s", () => {
    const hook = 'lifecycle: { preStop: { exec: { command: ["sleep", "40"] } } }';
    const slow = rollout(10, "terminationGracePeriodSeconds: 60", hook);
    const { timeline } = simulate(slow, { seed: 1 });
    expect(Math.max(...timeline.ready.map(({ total }) => total))).toBe(20);
  });
});

describe("J13: a rollout that leaves too few pods", () => {
  /** Ten pods of twelve requests a second each, of which `missing` go away for a minute. */
  function lastLatencyMs(missing: number): number {
    const world = new PlayedPods({
      traffic: [{ rps: 100, startMs: 10_000, stopMs: 69_990, timeoutMs: 300_000 }],
    });
    const behaviour = image({ latency: takes(1000), concurrency: { limit: 12, queue: 1000 } });
    world.at(0, () => world.start(pods(10), behaviour));
    world.at(9000, () => pods(missing).forEach((name) => world.delete(name, {})));
    const { sentMs, doneMs } = world.finish(400_000).at(-1)!;
    return doneMs - sentMs;
  }

  it("queues λ − c·(N − U) requests a second", () => {
    // 100 come and 96 are worked off each second, so after a minute 240 wait, two and a half seconds of work.
    expect(Math.abs(lastLatencyMs(2) - 3500)).toBeLessThanOrEqual(300);
  });

  it("queues nothing while the pods that are left are enough", () => {
    expect(lastLatencyMs(0)).toBe(1000);
    expect(lastLatencyMs(1)).toBe(1000);
  });
});
