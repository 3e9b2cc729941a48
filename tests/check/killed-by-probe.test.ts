/* A program that is killed while it starts: the update gets stuck, and the remedy has to let it end before all else. */
import { describe, expect, it } from "vitest";
import { checkManifests, runInTurn, type UnitReport } from "../../src/check/index.ts";

const IMAGES = [
  { name: "orders:1", startup: "2s" },
  { name: "orders:2", startup: "35s" },
  { name: "orders:2-next", startup: "35s" },
];

const manifest = (image: string, more = "") => ({
  name: "orders.yaml",
  text: `
apiVersion: v1
kind: Service
metadata: { name: orders }
spec: { selector: { app: orders }, ports: [{ port: 80, targetPort: 8080 }] }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: orders }
spec:
  replicas: 2
  selector: { matchLabels: { app: orders } }
  template:
    metadata: { labels: { app: orders } }
    spec:
      containers:
        - name: orders
          image: ${image}
          ports: [{ containerPort: 8080 }]
          readinessProbe: { tcpSocket: { port: 8080 }, periodSeconds: 1 }
          livenessProbe:
            httpGet: { path: /live, port: 8080 }
            periodSeconds: 5
            initialDelaySeconds: 2
${more}`,
});

type Files = Parameters<typeof checkManifests>[0];

async function check(options: Pick<Files, "files" | "from">): Promise<UnitReport> {
  const result = await checkManifests({ ...options, images: IMAGES, seeds: 3 }, runInTurn);
  if (result.kind === "unusable") throw new Error(JSON.stringify(result.diagnostics));
  return result.report.units[0]!;
}

const STARTUP = `          startupProbe:
            httpGet: { path: /live, port: 8080 }
            periodSeconds: 5
            failureThreshold: 12
`;
const HOOK = `          lifecycle: { preStop: { sleep: { seconds: 5 } } }
`;

describe("a program that its liveness probe kills before it has started", () => {
  it("gets a startup probe that asks the same, and a hook for what fails then", async () => {
    const unit = await check({ files: [manifest("orders:2")] });
    expect(unit.verdict).toBe("unfinished");
    expect(unit.stuck?.message).toMatch(/^Liveness probe failed/);
    if (unit.remedy?.kind !== "patch") throw new Error("there is no patch");
    expect(unit.remedy.parts.map(({ lever, edit }) => [lever, edit.value])).toEqual([
      [
        "startupProbe",
        { httpGet: { path: "/live", port: 8080 }, periodSeconds: 5, failureThreshold: 12 },
      ],
      ["preStop", { sleep: { seconds: 5 } }],
    ]);
    expect(unit.remedy.parts[0]!.without).toMatchObject({ unfinished: 3, seeds: 3 });
    expect(unit.remedy.runs).toMatchObject({ complete: 3, failedInAll: 0 });
    expect(unit.remedy.introduction, "nothing stood before").toBeUndefined();
  });

  it.each([
    ["with both parts", STARTUP + HOOK, "safe"],
    ["without the probe", HOOK, "unfinished"],
    ["without the hook", STARTUP, "unsafe"],
  ])("is updated %s", async (_, more, verdict) => {
    expect(await check({ files: [manifest("orders:2", more)] })).toMatchObject({ verdict });
  });

  it("holds up an update whose old pods go on serving, and gets its time with the next one", async () => {
    const unit = await check({ files: [manifest("orders:2")], from: [manifest("orders:1")] });
    expect(unit).toMatchObject({ verdict: "unfinished", runs: { failedInAll: 0 } });
    expect(unit.remedy).toMatchObject({ kind: "patch", introduction: { complete: 3 } });
  });

  it("gets more time where a startup probe gives too little", async () => {
    const short = STARTUP.replace("12", "3");
    const unit = await check({ files: [manifest("orders:2", short + HOOK)] });
    if (unit.remedy?.kind !== "patch") throw new Error("there is no patch");
    expect(unit.remedy.parts.map(({ edit }) => [edit.path.slice(-2), edit.value])).toEqual([
      [["startupProbe", "failureThreshold"], 12],
    ]);
  });
});
