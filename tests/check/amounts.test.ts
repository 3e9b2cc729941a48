/* What a namespace lets pods take: quotas and LimitRanges beside an update. */
import { describe, expect, it } from "vitest";
import { checkManifests, runInTurn } from "../../src/check/index.ts";
import { check, CONTAINER, manifest } from "./app.ts";

const quota = (hard: string) => `
apiVersion: v1
kind: ResourceQuota
metadata: { name: team, namespace: shop }
spec: { hard: { ${hard} } }`;
/** Another workload of the namespace. */
const JOBS = `
apiVersion: apps/v1
kind: Deployment
metadata: { name: jobs, namespace: shop }
spec:
  replicas: 2
  selector: { matchLabels: { app: jobs } }
  template:
    metadata: { labels: { app: jobs } }
    spec: { containers: [{ name: jobs, image: jobs:1 }] }`;

const join = (...documents: string[]) => documents.join("\n---\n");

describe("a quota", () => {
  it("that leaves no room for a new pod beside the old ones holds the update up", async () => {
    const unit = await check({ spec: "replicas: 2", more: quota("pods: 2") });
    expect(unit).toMatchObject({ verdict: "unfinished", runs: { failedInAll: 0 } });
    expect(unit.stuck!.message).toMatch(
      /exceeded quota: team, requested: pods=1, used: pods=2, limited: pods=2$/,
    );
    const parts = unit.remedy?.kind === "patch" ? unit.remedy.parts : [];
    expect(parts.map(({ lever, values }) => [lever, values.pods])).toEqual([
      ["maxSurge", 0],
      ["preStop", undefined],
    ]);
    expect(parts[0]!.without).toMatchObject({ unfinished: 1 });
  });

  it("and bounds that let no old pod go first are mended together", async () => {
    const strategy = "strategy: { rollingUpdate: { maxSurge: 1, maxUnavailable: 0 } }";
    const spec = `replicas: 3\n  ${strategy}`;
    const unit = await check({ spec, more: quota("pods: 3") });
    const parts = unit.remedy?.kind === "patch" ? unit.remedy.parts : [];
    expect(parts.map(({ lever, values }) => [lever, values.pods])).toEqual([
      ["maxSurge", 0],
      ["maxUnavailable", 1],
      ["preStop", undefined],
    ]);
    expect(parts[1]!.without).toBe("refused");
  });

  it("counts the other workloads of its namespace", async () => {
    const more = join(quota("pods: 4"), JOBS);
    const unit = await check({ spec: "replicas: 2", more });
    expect(unit.verdict).toBe("unfinished");
    expect(unit.notes).toContainEqual({
      code: "quota-shared",
      values: { name: "team", taken: "pods 2" },
    });
  });

  it("with room enough lets the update go on", async () => {
    const unit = await check({ spec: "replicas: 2", more: quota("pods: 9") });
    expect(unit.runs!.complete).toBe(1);
  });

  it.each([1, 2])("too small for %i replicas, update or not, is told of", async (replicas) => {
    const unit = await check({
      spec: `replicas: ${replicas}`,
      more: quota(`pods: ${replicas - 1}`),
    });
    expect(unit).toMatchObject({
      verdict: "unfinished",
      stuck: { reason: "FailedCreate", message: expect.stringMatching(/^Error creating: pods/) },
    });
    expect(unit.notes.map(({ code }) => code)).toContain("never-made");
    // No way of updating helps, so that none is tried.
    expect(unit.remedy).toBeUndefined();
  });

  it("counts requests, of which every container has to say something", async () => {
    const unit = await check({ more: quota("requests.cpu: 1") });
    expect(unit).toMatchObject({ verdict: "unfinished" });
    expect(unit.stuck!.message).toMatch(/failed quota: team: must specify requests.cpu for: app$/);
  });
});

describe("a LimitRange", () => {
  const range = (item: string) => `
apiVersion: v1
kind: LimitRange
metadata: { name: amounts, namespace: shop }
spec: { limits: [{ type: Container, ${item} }] }`;
  const small = range("defaultRequest: { cpu: 100m }");
  const spec = "replicas: 2";
  const container = (resources: string) =>
    CONTAINER.replace("ports:", `resources: { ${resources} }\n          ports:`);

  it("gives pods the requests that a quota counts", async () => {
    const unit = await check({ spec, more: join(small, quota("requests.cpu: 250m")) });
    expect(unit.verdict).toBe("unfinished");
    expect(unit.stuck!.message).toMatch(
      /exceeded quota: team, requested: requests.cpu=100m, used: requests.cpu=200m, limited: requests.cpu=250m$/,
    );
    const roomy = await check({ spec, more: join(small, quota("requests.cpu: 300m")) });
    expect(roomy).toMatchObject({ runs: { complete: 1 }, notes: [{ code: "image-unknown" }] });
  });

  it("gives them to the other workloads of its namespace, too", async () => {
    const unit = await check({ spec, more: join(small, quota("requests.cpu: 1"), JOBS) });
    expect(unit.runs!.complete).toBe(1);
    expect(unit.notes).toContainEqual({
      code: "quota-shared",
      values: { name: "team", taken: "requests.cpu 200m" },
    });
  });

  it("holds up an update whose pods are too large for it", async () => {
    const file = (limit: string) => [
      {
        name: "app.yaml",
        text: manifest({
          pod: container(`limits: { cpu: ${limit} }`),
          more: range("max: { cpu: 1 }"),
        }),
      },
    ];
    const options = { files: file("1500m"), from: file("500m"), seeds: 1 };
    const result = await checkManifests(options, runInTurn);
    if (result.kind !== "checked") throw new Error(JSON.stringify(result));
    expect(result.report.ignored).toEqual([]);
    const [unit] = result.report.units;
    expect(unit).toMatchObject({ verdict: "unfinished", runs: { failedInAll: 0 } });
    expect(unit!.stuck!.message).toMatch(
      /Error creating: pods "app-.*" is forbidden: maximum cpu usage per Container is 1, but limit is 1500m$/,
    );
  });

  it("makes a cluster as large as what it gives needs", async () => {
    const more = range("defaultRequest: { memory: 12Gi }");
    expect((await check({ spec: "replicas: 6", more })).runs!.complete).toBe(1);
  });

  it("is left out with the amounts of pods that no simulated node has room for", async () => {
    const pod = container("requests: { cpu: 16 }");
    const unit = await check({
      pod,
      more: join(range("max: { cpu: 20 }"), quota("requests.cpu: 40")),
    });
    expect(unit.runs!.complete).toBe(1);
    const values = { name: "amounts" };
    expect(unit.notes).toEqual(
      expect.arrayContaining([
        { code: "requests-left-out", values: {} },
        { code: "range-left-out", values },
        { code: "quota-amounts", values: { name: "team", names: "requests.cpu" } },
      ]),
    );
  });

  it("that the API server would refuse is an error in its place", async () => {
    const text = manifest({ more: range("min: { cpu: 2 }, max: { cpu: 1 }") });
    const result = await checkManifests(
      { files: [{ name: "app.yaml", text }], seeds: 1 },
      runInTurn,
    );
    expect(result).toMatchObject({
      kind: "unusable",
      diagnostics: expect.arrayContaining([
        expect.objectContaining({
          field: "spec.limits[0].min[cpu]",
          message: expect.stringContaining("min value 2 is greater than max value 1") as string,
        }),
      ]) as unknown,
    });
  });
});
