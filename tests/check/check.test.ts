/*
 * Manifests of the shapes that teams really have, each with the verdict that a specialist would sign: what fails, which fields end it, and that every
 * part of the change is needed.
 */
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { parseAllDocuments } from "yaml";
import {
  checkManifests,
  runInTurn,
  type CheckOptions,
  type CheckReport,
  type UnitReport,
} from "../../src/check/index.ts";

const SEEDS = 8;

function manifest(name: string) {
  const text = readFileSync(new URL(`manifests/${name}.yaml`, import.meta.url), "utf8");
  return { name: `${name}.yaml`, text };
}

async function check(options: CheckOptions): Promise<CheckReport> {
  const result = await checkManifests({ seeds: SEEDS, ...options }, runInTurn);
  if (result.kind === "unusable") throw new Error(JSON.stringify(result.diagnostics));
  return result.report;
}

async function checkOne(name: string): Promise<UnitReport> {
  const { units } = await check({ files: [manifest(name)] });
  expect(units).toHaveLength(1);
  return units[0]!;
}

/** Lines that a diff adds or takes away. */
function changes(diff: string): string[] {
  return diff.split("\n").filter((line) => /^[-+](?!--|\+\+)/.test(line));
}

const PRE_STOP = (indent: number) =>
  ["lifecycle:", "  preStop:", "    sleep:", "      seconds: 5"].map(
    (line) => `+${" ".repeat(indent)}${line}`,
  );

interface Wanted {
  readonly causes: readonly string[];
  readonly patch: readonly string[];
  readonly notes?: readonly string[];
}

const UNSAFE: readonly [string, string, Wanted][] = [
  [
    "several documents: the incident",
    "several-documents",
    { causes: ["connect-timeout", "connection-refused"], patch: PRE_STOP(10) },
  ],
  [
    "a List without probes: requests before the port listens, and after it has closed",
    "no-probes",
    {
      causes: ["connection-refused", "not-ready-yet"],
      patch: [
        "+              readinessProbe:",
        "+                tcpSocket:",
        "+                  port: 3000",
        ...PRE_STOP(14),
      ],
    },
  ],
  [
    "an exec hook in an image without a shell",
    "no-shell",
    {
      causes: ["connection-refused"],
      patch: [
        "-              exec:",
        '-                command: ["/bin/sleep", "10"]',
        "+              sleep:",
        "+                seconds: 5",
      ],
      notes: ["hook-failed", "image-no-shell"],
    },
  ],
  [
    "an HTTPRoute of a Gateway that is another team's",
    "shared-gateway",
    { causes: ["connection-refused"], patch: PRE_STOP(10), notes: ["config-assumed"] },
  ],
  [
    "one replica, which rolls",
    "one-replica",
    { causes: ["connection-refused"], patch: PRE_STOP(10), notes: ["image-known"] },
  ],
  [
    "a StatefulSet with a Service for users beside the headless one",
    "stateful-set",
    { causes: ["connection-refused"], patch: PRE_STOP(10) },
  ],
];

describe("users would notice, and the patch ends it", () => {
  it.each(UNSAFE)("%s", async (_, name, { causes, patch, notes = [] }) => {
    const unit = await checkOne(name);
    expect(unit.verdict).toBe("unsafe");
    expect(Object.keys(unit.runs!.byCause)).toEqual(expect.arrayContaining([...causes]));
    expect(unit.notes.map(({ code }) => code)).toEqual(expect.arrayContaining([...notes]));
    const { remedy } = unit;
    if (remedy?.kind !== "patch") throw new Error(`no patch, but ${remedy?.kind}`);
    expect(changes(unit.patch!.diff)).toEqual(patch);
    expect(remedy.runs).toMatchObject({ seeds: SEEDS, failedInAll: 0, complete: SEEDS });
    for (const { without } of remedy.parts) {
      if (without !== "refused") expect(without.runsWithFailures).toBeGreaterThan(0);
    }
    const mended = await check({ files: unit.patch!.files.map((file) => file) });
    expect(mended.verdict).toBe("safe");
  });

  it("tells each failed request of the worst run, with the two facts that raced", async () => {
    const { worst, runs } = await checkOne("several-documents");
    expect(worst!.seed).toBe(runs!.worstSeed);
    expect(worst!.ledger.failures).toHaveLength(runs!.failed.worst);
    for (const { cause, pod, version, road, race, sentMs } of worst!.ledger.failures) {
      expect({ pod, version, road }).toMatchObject({
        pod: expect.stringMatching(/^web-/) as unknown,
        version: "registry.example/shop/nginx:1.27",
        road: "proxy",
      });
      if (cause !== "connection-refused" || race.kind !== "closed") continue;
      expect(race.closedMs).toBeLessThanOrEqual(sentMs);
      expect(race.routedUntilMs).toBeGreaterThanOrEqual(sentMs);
    }
  });
});

describe("users would not notice", () => {
  it("Helm's output with an Ingress: ingress-nginx tries again what a pod refused", async () => {
    const unit = await checkOne("helm-output");
    const traffic = { to: "ingress/release-shop", road: "ingress-nginx" };
    expect(unit).toMatchObject({ verdict: "safe", traffic });
    expect(unit.notes.map(({ code }) => code)).toEqual(
      expect.arrayContaining(["config-assumed", "image-unknown", "nodes-fit", "retries-hide"]),
    );
  });

  it.each([
    // Each apply takes the pods from the autoscaler's four back to the two that the manifest asks for.
    ["autoscaled", ["hpa-and-replicas", "hpa-minimum"], 2],
    ["with-a-budget", ["budget-no-limit"], 2],
    ["custom-resources", ["config-assumed"], 2],
  ])("%s", async (name, notes, lowestReady) => {
    const unit = await checkOne(name);
    expect(unit.verdict).toBe("safe");
    expect(unit.runs).toMatchObject({ failedInAll: 0, lowestReady, complete: SEEDS });
    expect(unit.notes.map(({ code }) => code)).toEqual(expect.arrayContaining(notes));
    expect(unit.remedy).toBeUndefined();
  });

  it("what the platform's team keeps is taken to be there, and what the manifests bring is applied", async () => {
    const unit = await checkOne("platform-names");
    expect(unit.verdict).toBe("safe");
    expect(unit.notes.find(({ code }) => code === "config-assumed")?.values).toEqual({
      names: "PriorityClass batch, ServiceAccount worker",
    });
  });

  it("of a DaemonSet that no Service leads to, only the rollout is looked at", async () => {
    const unit = await checkOne("daemon-set");
    expect(unit).toMatchObject({ verdict: "rollout-only", unreachable: "no-service" });
    expect(unit.runs).toMatchObject({ requests: 0, complete: SEEDS });
  });

  it("kinds that are not simulated are listed with their lines", async () => {
    const { ignored } = await check({ files: [manifest("custom-resources")] });
    expect(ignored.map(({ kind, line }) => [kind, line])).toEqual([
      ["Certificate", 1],
      ["ServiceMonitor", 6],
      ["CronJob", 11],
    ]);
  });
});

describe("beside an autoscaler", () => {
  const { text: autoscaledText } = manifest("autoscaled");
  const [withReplicas, without] = [
    autoscaledText,
    autoscaledText.replace("  replicas: 2\n", ""),
  ].map((text) => ({ name: "search.yaml", text }));

  it("without spec.replicas the update starts with the fewest pods that it keeps", async () => {
    const { units } = await check({ files: [without!] });
    expect(units[0]).toMatchObject({ verdict: "safe", runs: { lowestReady: 3 } });
    expect(units[0]!.notes).toContainEqual({
      code: "hpa-minimum",
      values: { name: "search", replicas: 4, maximum: 10, from: 4 },
    });
  });

  it("to take spec.replicas out leaves one pod until its next turn", async () => {
    const { units } = await check({ files: [without!], from: [withReplicas!] });
    expect(units[0]!.runs!.lowestReady).toBe(1);
    expect(units[0]!.notes).toContainEqual({
      code: "hpa-replicas-removed",
      values: { name: "search", from: 4 },
    });
  });

  it("more pods are had by its minReplicas, in its own manifest", async () => {
    const text = without!.text
      .replace("minReplicas: 4", "minReplicas: 1")
      .replaceAll("kind: Deployment", "kind: StatefulSet")
      .replace("  selector: { matchLabels", "  serviceName: search\n  selector: { matchLabels");
    const { units } = await check({ files: [{ name: "search.yaml", text }] });
    expect(units[0]!.verdict).toBe("unsafe");
    expect(changes(units[0]!.patch!.diff)).toEqual(["-  minReplicas: 1", "+  minReplicas: 2"]);
  });
});

describe("probes that look for a file", () => {
  it("pass when the program is ready, and that it makes the file is told", async () => {
    const text = manifest("several-documents").text.replace(
      "httpGet: { path: /, port: http }",
      "exec: { command: [cat, /run/healthy] }",
    );
    const { units } = await check({ files: [{ name: "web.yaml", text }] });
    expect(units[0]).toMatchObject({ verdict: "unsafe", runs: { complete: SEEDS } });
    const values = { image: "registry.example/shop/nginx:1.27", files: "/run/healthy" };
    expect(units[0]!.notes).toContainEqual({ code: "probe-files", values });
  });
});

describe("nothing in the manifests helps", () => {
  it("with one pod that has to end before the next can have its volume", async () => {
    const unit = await checkOne("one-replica-with-a-volume");
    expect(unit).toMatchObject({ verdict: "unsafe", runs: { lowestReady: 0 } });
    expect(unit.remedy).toMatchObject({ kind: "none" });
    expect(unit.patch).toBeUndefined();
  });

  it("with a database, whose second pod would have other data", async () => {
    const text = manifest("one-replica")
      .text.replace("nginx:1.27", "redis:7-alpine")
      .replace(
        "  selector: { matchLabels",
        "  strategy: { type: Recreate }\n  selector: { matchLabels",
      );
    const { units } = await check({ files: [{ name: "cache.yaml", text }] });
    expect(units[0]).toMatchObject({ verdict: "unsafe", remedy: { kind: "none" } });
    expect(units[0]!.notes).toContainEqual({
      code: "image-database",
      values: { image: "redis:7-alpine", like: "redis", startup: "500ms" },
    });
  });

  it("where requests fail before the update as well", async () => {
    const { text } = manifest("one-replica");
    const unreachable = text.replace(
      "ports: [{ port: 80 }]",
      "ports: [{ port: 80, targetPort: web }]",
    );
    const { units } = await check({ files: [{ name: "blog.yaml", text: unreachable }], seeds: 2 });
    expect(units[0]!.verdict).toBe("unsafe");
    expect(units[0]!.notes.map(({ code }) => code)).toContain("fails-before");
    expect(units[0]!.remedy).toBeUndefined();
  });

  it("with a new version that answers 500", async () => {
    const broken = { name: "nginx:1.28", errorRate: 0.2 };
    const after = manifest("one-replica").text.replace("nginx:1.27", broken.name);
    const { units } = await check({
      files: [{ name: "blog.yaml", text: after }],
      from: [manifest("one-replica")],
      images: [broken],
      seeds: 4,
    });
    expect(units[0]!.runs!.byCause).toHaveProperty("application-error");
    expect(units[0]!.remedy).toMatchObject({ kind: "none" });
  });
});

describe("Argo Rollouts", () => {
  it("a canary loses requests as a Deployment does; a pause that waits for somebody is promoted", async () => {
    const unit = await checkOne("argo-rollout");
    expect(unit).toMatchObject({ objects: ["rollout/web"], verdict: "unsafe" });
    expect(unit.notes.map(({ code }) => code)).toContain("pauses-short");
    expect(unit.runs!.complete).toBe(SEEDS);
    expect(changes(unit.patch!.diff)).toEqual(PRE_STOP(10));
  });
});

describe("from old manifests to new ones", () => {
  it("what fails may be pods of the old template: the new one needs nothing", async () => {
    const old = manifest("several-documents");
    const hook = "          lifecycle: { preStop: { sleep: { seconds: 5 } } }\n";
    const files = [{ name: "web.yaml", text: `${old.text}${hook}` }];
    const { units, update } = await check({ files, from: [old] });
    expect(update).toBe("manifests");
    expect(units[0]).toMatchObject({ verdict: "unsafe", remedy: { kind: "not-needed" } });
  });

  it("tells what changes nothing, what is new and what is left alone", async () => {
    const [web, blog, wiki] = ["several-documents", "one-replica", "one-replica-with-a-volume"];
    const report = await check({
      files: [manifest(web!), manifest(blog!)],
      from: [manifest(web!), manifest(wiki!)],
    });
    expect(report.verdict).toBe("nothing-to-check");
    expect(report.units.map(({ objects, verdict }) => [...objects, verdict])).toEqual([
      ["deployment/web", "unchanged"],
      ["deployment/blog", "new"],
      ["deployment/wiki", "left-alone"],
    ]);
  });

  it("a Service that goes from blue to green is an update, and loses nothing", async () => {
    const [blue, green] = ["blue", "green"].map((color) => ({
      name: "web.yaml",
      text: manifest("blue-green").text.replace("color: COLOR", `color: ${color}`),
    }));
    const { units } = await check({ files: [green!], from: [blue!] });
    expect(units).toHaveLength(1);
    expect(units[0]).toMatchObject({
      objects: ["deployment/blue", "deployment/green"],
      verdict: "safe",
    });
    const versions = Object.keys(units[0]!.runs!.byVersion);
    expect(versions).toEqual(["nginx:1.27", "nginx:1.28"]);
  });

  it("an update that never ends is no good update", async () => {
    const { text } = manifest("with-a-budget");
    const after = text.replace(
      "path: /, port: 80",
      "path: /, port: 80, scheme: HTTPS, host: no.example",
    );
    const images = [{ name: "nginx:1.27", ports: [8080] }];
    const { verdict, units } = await check({
      files: [{ name: "cart.yaml", text: after }],
      images,
      seeds: 2,
    });
    expect(verdict).toBe("unfinished");
    expect(units[0]!.verdict).toBe("unfinished");
    expect(units[0]!.stuck?.message).toContain("Readiness probe failed");
  });

  it("two pods that want one port of a node get in each other's way, and that is told", async () => {
    const surge = "updateStrategy: { rollingUpdate: { maxUnavailable: 0, maxSurge: 1 } }";
    const files = [onHostPort("DaemonSet", surge)];
    const { units } = await check({ files, seeds: 1 });
    expect(units[0]).toMatchObject({
      verdict: "unfinished",
      stuck: { reason: "FailedScheduling" },
    });
    expect(units[0]!.stuck!.message).toContain("1 node(s) didn't have free ports");
  });

  it("how many nodes are taken to be there for pods that need one each is told", async () => {
    const { units } = await check({ files: [onHostPort("Deployment", "replicas: 4")], seeds: 1 });
    expect(units[0]).toMatchObject({ verdict: "rollout-only" });
    expect(units[0]!.notes).toContainEqual({ code: "nodes-apart", values: { nodes: 8 } });
  });
});

/** A workload whose pods take port 80 of their node. */
function onHostPort(kind: string, field: string) {
  const text = `
apiVersion: apps/v1
kind: ${kind}
metadata: { name: edge }
spec:
  ${field}
  selector: { matchLabels: { app: edge } }
  template:
    metadata: { labels: { app: edge } }
    spec:
      containers: [{ name: edge, image: "nginx:1.27", ports: [{ containerPort: 80, hostPort: 80 }] }]
`;
  return { name: "edge.yaml", text };
}

describe("what cannot be used is told with its place", () => {
  it.each([
    ["kind: Deployment\nspec: [1\n", "web.yaml:3:1"],
    ["replicas: 3\n", "web.yaml:1:1"],
    [
      "apiVersion: v1\nkind: Service\nmetadata: {name: a}\nspec: {ports: [{prot: 80}]}\n",
      "web.yaml:4:17",
    ],
    ["a: {{ .Values.name }}\n", "web.yaml:1"],
    ["apiVersion: extensions/v1beta1\nkind: Deployment\nmetadata: {name: a}\n", "web.yaml:1:1"],
    ["NAME: web\nSTATUS: pending-install\nMANIFEST:\n---\nkind: Deployment\n", "web.yaml:1:1"],
  ])("%j", async (text, place) => {
    const result = await checkManifests({ files: [{ name: "web.yaml", text }] }, runInTurn);
    if (result.kind !== "unusable") throw new Error("was taken");
    const { file, line, column } = result.diagnostics[0]!;
    expect(`${file}:${line}:${column}`).toContain(place);
  });

  it("in an item of a List", async () => {
    const { text } = manifest("no-probes");
    const bad = text.replace("replicas: 2", "replicas: two");
    const result = await checkManifests({ files: [{ name: "api.yaml", text: bad }] }, runInTurn);
    if (result.kind !== "unusable") throw new Error("was taken");
    expect(result.diagnostics[0]).toMatchObject({ line: 14, field: "items[1].spec.replicas" });
  });

  it("but no file that is no manifest, where it was only found in a folder", async () => {
    const values = { name: "values.yaml", text: "replicas: 3\n", inFolder: true };
    const { ignored } = await check({ files: [values, manifest("daemon-set")], seeds: 1 });
    expect(ignored).toMatchObject([{ file: "values.yaml", line: 1, kind: "" }]);
  });
});

describe("the patched text", () => {
  it("keeps every comment and every other document", async () => {
    const { units } = await check({ files: [manifest("helm-output")], road: "proxy" });
    const { patch, verdict } = units[0]!;
    expect([verdict, changes(patch!.diff)]).toEqual(["unsafe", PRE_STOP(10)]);
    const before = manifest("helm-output").text;
    const after = patch!.files[0]!.text;
    expect(after.match(/# Source: .*/g)).toEqual(before.match(/# Source: .*/g));
    expect(parseAllDocuments(after)).toHaveLength(parseAllDocuments(before).length);
  });
});
