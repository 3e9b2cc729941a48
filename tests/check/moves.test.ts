/* Updates of which no field of the new manifests is at fault: the Service goes over before the pods do, or nothing is rolled out at all. */
import { describe, expect, it } from "vitest";
import { checkManifests, runInTurn, type UnitReport } from "../../src/check/index.ts";
import { governingField } from "../../src/check/words/failure.ts";

interface Shop {
  readonly selector?: string;
  readonly targetPort?: string;
  readonly image?: string;
  readonly labels?: string;
  readonly port?: string;
  readonly replicas?: number;
  readonly name?: string;
  readonly level?: string;
}

const service = ({ selector = "app: shop", targetPort = "8080" }: Shop) => `
apiVersion: v1
kind: Service
metadata: { name: shop }
spec: { selector: { ${selector} }, ports: [{ port: 80, targetPort: ${targetPort} }] }`;

const deployment = ({
  name = "shop",
  image = "shop:1",
  labels = "app: shop",
  port = "containerPort: 8080",
  replicas = 3,
}: Shop) => `
apiVersion: apps/v1
kind: Deployment
metadata: { name: ${name} }
spec:
  replicas: ${replicas}
  selector: { matchLabels: { ${name === "shop" ? "app: shop" : labels} } }
  template:
    metadata: { labels: { ${labels} } }
    spec:
      containers:
        - name: shop
          image: registry.example/${image}
          ports: [{ ${port} }]
          envFrom: [{ configMapRef: { name: shop } }]
          readinessProbe: { tcpSocket: { port: ${/\d+/.exec(port)![0]} }, periodSeconds: 1 }
          lifecycle: { preStop: { sleep: { seconds: 5 } } }`;

const config = ({ level = "info" }: Shop) => `
apiVersion: v1
kind: ConfigMap
metadata: { name: shop }
data: { LEVEL: ${level} }`;

const shop = (given: Shop) => [service(given), deployment(given), config(given)].join("\n---");

async function update(before: string, after: string): Promise<UnitReport> {
  const result = await checkManifests(
    {
      from: [{ name: "old.yaml", text: before }],
      files: [{ name: "new.yaml", text: after }],
      seeds: 3,
    },
    runInTurn,
  );
  if (result.kind === "unusable") throw new Error(JSON.stringify(result.diagnostics));
  return result.report.units[0]!;
}

const versioned = (version: string) => ({
  selector: `app: shop, version: ${version}`,
  labels: `app: shop, version: ${version}`,
  image: `shop:${version}`,
});

const colored = (color: string) => ({
  name: `shop-${color}`,
  labels: `app: shop, color: ${color}`,
  selector: `app: shop, color: ${color}`,
});

const blue = deployment(colored("blue"));
const green = deployment({ ...colored("green"), image: "shop:2" });

describe("a Service that leaves the pods that stand at once", () => {
  it.each<[string, string, string, string, string, string]>([
    [
      "by a label of the new pods",
      shop(versioned("v1")),
      shop(versioned("v2")),
      "selector-moves",
      "no-endpoint",
      "Service spec.selector",
    ],
    [
      "for the other color, which only comes",
      [service(colored("blue")), blue].join("\n---"),
      [service(colored("green")), blue.replace("replicas: 3", "replicas: 0"), green].join("\n---"),
      "selector-moves",
      "no-endpoint",
      "Service spec.selector",
    ],
    [
      "for the new name of their port",
      shop({ targetPort: "http", port: "name: http, containerPort: 8080" }),
      shop({ targetPort: "web", port: "name: web, containerPort: 8080", image: "shop:2" }),
      "target-moves",
      "no-endpoint",
      "Service spec.ports.targetPort",
    ],
    [
      "for a port that the old program does not have",
      shop({}),
      shop({ targetPort: "9090", port: "containerPort: 9090", image: "shop:2" }),
      "target-moves",
      "connection-refused",
      "Service spec.ports.targetPort",
    ],
  ])("%s", async (_, before, after, code, cause, field) => {
    const unit = await update(before, after);
    expect(unit).toMatchObject({ verdict: "unsafe", remedy: { kind: "not-needed" } });
    expect(unit.notes[0]!.code).toBe(code);
    expect(Object.keys(unit.runs!.byCause)).toContain(cause);
    expect(governingField(unit, cause as never)).toBe(field);
  });

  it("loses nothing where the other color is there already", async () => {
    const both = [blue, green].join("\n---");
    const unit = await update(
      [service(colored("blue")), both].join("\n---"),
      [service(colored("green")), both].join("\n---"),
    );
    expect(unit.verdict).toBe("safe");
    expect(unit.notes.map(({ code }) => code)).not.toContain("selector-moves");
  });
});

it("tells of configuration that changes under pods that go on as they are", async () => {
  const unit = await update(shop({}), shop({ level: "debug" }));
  expect(unit).toMatchObject({
    verdict: "unchanged",
    notes: [{ code: "config-unread", values: { names: "ConfigMap shop" } }],
  });
});

it("gives pods the readiness probe back that the update takes away", async () => {
  const before = shop({ image: "shop:1" });
  const probe = /readinessProbe: (.*)\n/;
  const after = shop({ image: "shop:2" }).replace(probe, "\n");
  const { verdict, remedy } = await update(before, after);
  expect(verdict).toBe("unsafe");
  const parts = remedy?.kind === "patch" ? remedy.parts : [];
  expect(parts.map(({ lever, edit }) => [lever, edit.value])).toEqual([
    ["readinessProbe", { tcpSocket: { port: 8080 }, periodSeconds: 1 }],
  ]);
});
