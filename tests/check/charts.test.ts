/* What charts have that a team would hardly write: fields without a value, helpers before the program, texts that look like something else. */
import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { checkManifests, runInTurn, type UnitReport } from "../../src/check/index.ts";

const CHART = readFileSync(new URL("manifests/chart.yaml", import.meta.url), "utf8");

async function check(text: string, from?: string): Promise<UnitReport> {
  const result = await checkManifests(
    {
      files: [{ name: "chart.yaml", text }],
      ...(from === undefined ? {} : { from: [{ name: "old.yaml", text: from }] }),
      seeds: 6,
    },
    runInTurn,
  );
  if (result.kind === "unusable") throw new Error(JSON.stringify(result.diagnostics));
  expect(result.report.units).toHaveLength(1);
  return result.report.units[0]!;
}

it("the new image is that of the container that serves, and of what runs before it", async () => {
  const { verdict, scenario, runs, patch } = await check(CHART);
  const { "before.yaml": before, "after.yaml": after } = scenario!.manifests;
  const images = (text?: string) => [...text!.matchAll(/image: (.*)/g)].map(([, image]) => image);
  expect(images(before)).toEqual([
    "registry.example/panel:11.3-init",
    "registry.example/board-loader:1.28",
    "registry.example/panel:11.3",
  ]);
  expect(images(after)).toEqual([
    "registry.example/panel:11.3-next-init",
    "registry.example/board-loader:1.28",
    "registry.example/panel:11.3-next",
  ]);
  expect(verdict).toBe("unsafe");
  expect(Object.keys(runs!.byVersion)).toEqual([
    "registry.example/panel:11.3",
    "registry.example/panel:11.3-next",
  ]);
  // The hook goes to the container that serves, and there it helps.
  expect(patch!.diff).toMatch(/gossip-udp[^]*\n\+ {10}lifecycle:\n\+ {12}preStop:/);
});

it("what has no value, and what a pod can do without, needs no note", async () => {
  const { notes } = await check(CHART);
  const images = notes.filter(({ code }) => code === "image-unknown").length;
  expect(images).toBe(2);
  expect(notes.filter(({ code }) => code !== "image-unknown")).toEqual([
    { code: "init-containers", values: { names: "migrate" } },
  ]);
});

it("tells that a mesh adds to the pods", async () => {
  const labels = "metadata: { labels: { app.kubernetes.io/name: panel";
  const { notes } = await check(
    CHART.replace(labels, `${labels}, sidecar.istio.io/inject: "true"`),
  );
  expect(notes).toContainEqual({ code: "mesh-adds", values: { by: "sidecar.istio.io/inject" } });
});

it("the only pod with data of its own gets no second one, and requests come to the program's port", async () => {
  const stateful = CHART.replace("kind: Deployment", "kind: StatefulSet")
    .replace("replicas: 2", "replicas: 1\n  serviceName: panel")
    .replace(
      "  selector: { matchLabels",
      "  volumeClaimTemplates: [{ metadata: { name: data }, spec: { accessModes: [ReadWriteOnce], resources: { requests: { storage: 1Gi } } } }]\n  selector: { matchLabels",
    )
    .replace(
      "    - { name: http-web, port: 80,",
      "    - { name: http-stats, port: 15672, targetPort: 3001 }\n    - { name: amqp, port: 5672,",
    );
  const { remedy, traffic } = await check(stateful);
  expect(traffic!.to).toBe("service/panel:5672");
  expect(remedy).toMatchObject({ kind: "none" });
  expect(remedy!.kind === "none" && remedy!.attempts.map(({ lever }) => lever)).not.toContain(
    "replicas",
  );
});

it("an update that the API server refuses is told in its words", async () => {
  const name = "app.kubernetes.io/name: panel";
  const { verdict, refused, runs } = await check(
    CHART.replaceAll(name, `${name}, app.kubernetes.io/instance: shop`),
    CHART,
  );
  expect(verdict).toBe("refused");
  expect(refused).toMatch(/^The Deployment "panel" is invalid: spec\.selector: .*immutable$/);
  expect(runs).toBeUndefined();
});

it.each<[string, [string, string][], object]>([
  [
    "paused",
    [["replicas: 2", "replicas: 2\n  paused: true"]],
    { code: "paused", values: { object: "deployment/panel" } },
  ],
  [
    "replaced by hand",
    [
      ["kind: Deployment", "kind: StatefulSet"],
      ["replicas: 2", "replicas: 2\n  serviceName: panel\n  updateStrategy: { type: OnDelete }"],
    ],
    { code: "on-delete", values: { object: "statefulset/panel" } },
  ],
  [
    "replaced in part",
    [
      ["kind: Deployment", "kind: StatefulSet"],
      [
        "replicas: 2",
        "replicas: 2\n  serviceName: panel\n  updateStrategy: { rollingUpdate: { partition: 1 } }",
      ],
    ],
    { code: "partition", values: { object: "statefulset/panel", partition: 1 } },
  ],
])("tells why pods that are %s stay as they are", async (_, changes, note) => {
  const text = changes.reduce((before, [from, to]) => before.replace(from, to), CHART);
  expect((await check(text)).notes).toContainEqual(note);
});
