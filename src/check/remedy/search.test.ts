import { describe, expect, it } from "vitest";
import type { Counts, RunOutcome } from "../runs/outcome.ts";
import { edited, type Edit } from "./edit.ts";
import { search } from "./search.ts";
import { isRecord } from "../input/read-input.ts";

const origin = { file: "web.yaml", line: 1, column: 1, document: 0 };
const livenessProbe = { tcpSocket: { port: 80 }, periodSeconds: 5 };
const container = { name: "web", image: "web:1", livenessProbe };
const web = {
  apiVersion: "apps/v1",
  kind: "Deployment",
  name: "web",
  namespace: "default",
  origin,
  object: { spec: { replicas: 3, template: { spec: { containers: [container] } } } },
};

type Causes = Readonly<Partial<Record<string, number>>>;

function outcome(seed: number, { stuck = 0, ...byCause }: Causes): RunOutcome {
  const killed = { object: "pod/web", reason: "Unhealthy", message: "Liveness probe failed: x" };
  const failed = Object.values(byCause).reduce<number>((sum, count = 0) => sum + count, 0);
  return {
    seed,
    requests: { total: 100, failed, byOutcome: {}, byVersion: {}, byCause: byCause as Counts },
    retried: 0,
    failedBefore: 0,
    complete: stuck === 0,
    ...(stuck === 0 ? {} : { hindrance: killed }),
    result: stuck === 0 ? "complete" : "progressing",
    rolloutMs: 1000,
    rollbackMs: -1,
    lowestReady: 3,
    peakPods: 4,
    extraPodSeconds: 1,
    mixedMs: 0,
    closedGapMs: 1200,
    earlyGapMs: 0,
    longestAnswerMs: 100,
    hooksFailed: 0,
    hooksCut: 0,
    killed: 0,
    endMs: 60_000,
  };
}

/** A search in a world where `fails` says what a pod spec with the changes loses, or that the update gets stuck; undefined: the API server refuses it. */
async function found(fails: (podSpec: PodSpec, seed: number) => Causes | undefined) {
  const seeds = [1, 2, 3, 4];
  const runs = seeds.map((seed) => outcome(seed, fails(podSpec([]), seed)!));
  const result = await search({
    runs,
    seeds,
    contextsOf: (edits) => [
      {
        workload: { ...web, object: objectWith(edits) },
        container: 0,
        targetPort: 80,
        shell: true,
      },
    ],
    play: (edits, asked) => {
      const causes = asked.map((seed) => fails(podSpec(edits), seed));
      if (causes.includes(undefined)) return Promise.resolve(undefined);
      return Promise.resolve(asked.map((seed, i) => outcome(seed, causes[i]!)));
    },
  });
  const parts = result.parts.map(({ lever, values }) => `${lever} ${values.seconds ?? ""}`.trim());
  return { ...result, parts };
}

interface PodSpec {
  readonly sleep: number;
  readonly grace: number;
  readonly probe: boolean;
  /** Seconds to start in. */
  readonly start: number;
}

function objectWith(edits: readonly Edit[]) {
  return edits.reduce(
    (object, { path, value }) => edited(object, path, value),
    web.object as object,
  ) as typeof web.object;
}

function podSpec(edits: readonly Edit[]): PodSpec {
  const at = (field: string) => edits.find(({ path }) => path.at(-1) === field)?.value;
  const hook = at("preStop");
  const startup = at("startupProbe");
  const sleep = isRecord(hook) && isRecord(hook.sleep) ? Number(hook.sleep.seconds) : 0;
  return {
    sleep,
    grace: Number(at("terminationGracePeriodSeconds") ?? 30),
    probe: at("readinessProbe") !== undefined,
    start: isRecord(startup) ? Number(startup.failureThreshold) * Number(startup.periodSeconds) : 0,
  };
}

describe("the search", () => {
  it("takes the first step that is enough", async () => {
    const { mended, parts } = await found(({ sleep }) =>
      sleep >= 5 ? {} : { "connection-refused": 3 },
    );
    expect({ mended, parts }).toEqual({ mended: true, parts: ["preStop 5"] });
  });

  it("goes on to longer sleeps, and keeps the grace period where the API server wants it", async () => {
    const { parts } = await found(({ sleep, grace }) => {
      if (sleep > grace) return undefined;
      return sleep >= 45 ? {} : { "connection-refused": 50 - sleep };
    });
    expect(parts).toEqual(["preStop 45", "terminationGracePeriodSeconds 60"]);
  });

  it("leaves out the grace period where nothing needs it", async () => {
    const { parts } = await found(({ sleep }) =>
      sleep >= 30 ? {} : { "connection-refused": 40 - sleep },
    );
    expect(parts).toEqual(["preStop 30"]);
  });

  it("mends each kind of failure, and says what is lost without each part", async () => {
    const { parts, ...result } = await found(({ sleep, probe }) => ({
      ...(sleep > 0 ? {} : { "connection-refused": 2 }),
      ...(probe ? {} : { "not-ready-yet": 9 }),
    }));
    expect(parts).toEqual(["readinessProbe", "preStop 5"]);
    expect(result.runs.every((run) => run.requests.failed === 0)).toBe(true);
  });

  it("leaves out what was there only for another part", async () => {
    const { parts } = await found(({ sleep, grace, probe }) => {
      if (sleep > grace) return undefined;
      if (probe) return {};
      return sleep >= 45 ? { "not-ready-yet": 3 } : { "connection-refused": 50 - sleep };
    });
    expect(parts).toEqual(["readinessProbe"]);
  });

  it("gives a program that is killed while it starts more and more time, and mends the rest then", async () => {
    const { mended, parts, runs, ...rest } = await found(({ start, sleep }) => {
      if (start < 300) return { stuck: 1, "no-endpoint": 900 };
      return sleep >= 5 ? {} : { "connection-refused": 3 };
    });
    expect({ mended, parts }).toEqual({ mended: true, parts: ["startupProbe 300", "preStop 5"] });
    expect(runs.every(({ complete }) => complete)).toBe(true);
    expect(rest.attempts[0]).toMatchObject({ lever: "startupProbe", from: 900, to: 900 });
  });

  it("does not take a change after which the update does not come to its end", async () => {
    const { mended } = await found(({ start, sleep }) => {
      if (sleep > 0 && start === 0) return { stuck: 1 };
      return sleep > 0 ? {} : { "connection-refused": 3 };
    });
    expect(mended).toBe(false);
  });

  it("is not content when one seed in many still fails", async () => {
    const { parts } = await found(({ sleep }, seed) => {
      if (sleep >= 10) return {};
      return sleep >= 5
        ? seed === 4
          ? { "connection-refused": 1 }
          : {}
        : { "connection-refused": 5 };
    });
    expect(parts).toEqual(["preStop 10"]);
  });

  it("says what it tried where nothing helps", async () => {
    const { mended, attempts } = await found(() => ({ "application-error": 7 }));
    expect(mended).toBe(false);
    expect(attempts.map(({ lever, from, to }) => [lever, from, to])).toEqual([
      ["readinessProbe", 7, 7],
      ["minReadySeconds", 7, 7],
    ]);
  });
});
