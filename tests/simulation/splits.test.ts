/*
 * Traffic that rules of Ingress and HTTPRoute divide between two versions, and what becomes of it when a rule leads nowhere.
 */
import { describe, expect, it } from "vitest";
import { simulate } from "../../src/scenario/index.ts";
import { filesInMemory } from "../../src/scenario/read-files.ts";
import { readScenario } from "../../src/scenario/read.ts";
import { deployment } from "./scenarios.ts";

/** A Service with its Deployment. */
function version(name: string, image: string, replicas = 2): string {
  const service = `---
apiVersion: v1
kind: Service
metadata: { name: ${name} }
spec: { selector: { app: ${name} }, ports: [{ name: http, port: 80 }] }
`;
  const spec = `
      containers:
        - { name: web, image: "${image}", readinessProbe: { httpGet: { path: /, port: 80 }, periodSeconds: 1 } }`;
  return service + deployment(name, { replicas, spec });
}

const BOTH = version("blue", "web:1") + version("green", "web:2");

const ROUTE = (backends: string) => `---
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: { name: gw }
spec: { gatewayClassName: envoy, listeners: [{ name: http, port: 80, protocol: HTTP }] }
---
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: { name: web }
spec: { parentRefs: [{ name: gw }], rules: [{ backendRefs: [${backends}] }] }
`;

const INGRESS = (name: string, to: string, annotations = "") => `---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: { name: ${name}, annotations: { ${annotations} } }
spec:
  ingressClassName: nginx
  rules:
    - http: { paths: [{ path: /, pathType: Prefix, backend: { service: { name: ${to}, port: { name: http } } } }] }
`;

const CANARY = (rest: string) =>
  `nginx.ingress.kubernetes.io/canary: "true", nginx.ingress.kubernetes.io/${rest}`;

/** Ten seconds of a hundred requests each, from 20 s; `later` is applied at 25 s. */
function play(to: string, first: string, options: { later?: string; traffic?: string } = {}) {
  const { later, traffic = "" } = options;
  const text = `apiVersion: rollout-lab/v1
kind: Scenario
spec:
  duration: 60s
  nodes: 1
  images: [{ name: "web:1" }, { name: "web:2" }]
  traffic: [{ to: ${to}, rps: 100, arrivals: uniform, start: 20s, stop: 29990ms, ${traffic} }]
  steps:
    - { at: 0s, apply: [first.yaml] }
    ${later === undefined ? "" : "- { at: 25s, apply: [later.yaml] }"}
`;
  const files = filesInMemory({ "first.yaml": first, "later.yaml": later ?? "" });
  const { scenario, diagnostics } = readScenario(text, { file: "split.yaml", readFile: files });
  if (scenario === undefined) throw new Error(JSON.stringify(diagnostics));
  return simulate(scenario, { seed: 2, requests: true }).summary.requests;
}

describe("HTTPRoute", () => {
  it("divides evenly spaced requests by weight to within one a proxy", () => {
    const { byVersion, failed } = play(
      "httproute/web",
      BOTH + ROUTE("{ name: blue, port: 80, weight: 95 }, { name: green, port: 80, weight: 5 }"),
    );
    expect(failed).toBe(0);
    expect(Math.abs(byVersion["web:2"]! - 50)).toBeLessThanOrEqual(2);
  });

  it.each([
    [
      "an invalid back end answers 500 for its share",
      "{ name: blue, port: 80 }, { name: gone, port: 80 }",
      { "200": 500, "500": 500 },
    ],
    [
      "a weight sum of zero is 500 for all",
      "{ name: blue, port: 80, weight: 0 }, { name: green, port: 80, weight: 0 }",
      { "500": 1000 },
    ],
  ])("%s", (_, backends, byOutcome) => {
    expect(play("httproute/web", BOTH + ROUTE(backends)).byOutcome).toEqual(byOutcome);
  });

  it("is 503 UH where the Service has no endpoint, and 404 where no Gateway has it", () => {
    const none = version("blue", "web:1", 0);
    const empty = play("httproute/web", none + ROUTE("{ name: blue, port: 80 }"));
    expect(empty.byOutcome).toEqual({ "503": 1000 });
    expect(empty.each![0]).toMatchObject({ cause: "no-endpoint", responseFlag: "UH" });
    const missing = play("httproute/other", BOTH + ROUTE("{ name: blue, port: 80 }"));
    expect(missing.byOutcome).toEqual({ "404": 1000 });
  });
});

describe("Ingress", () => {
  it("divides requests between the main Service and a canary", () => {
    const canary = INGRESS("web-canary", "green", CANARY('canary-weight: "20"'));
    const { byVersion, failed } = play("ingress/web", BOTH + INGRESS("web", "blue") + canary);
    expect(failed).toBe(0);
    expect(Math.abs(byVersion["web:2"]! - 200)).toBeLessThanOrEqual(2);
  });

  it("leaves a canary without endpoints out, and asks nobody without endpoints of the main Service", () => {
    const canary = INGRESS("web-canary", "green", CANARY('canary-weight: "20"'));
    const withoutCanary = version("blue", "web:1") + version("green", "web:2", 0);
    const left = play("ingress/web", withoutCanary + INGRESS("web", "blue") + canary);
    expect(left.byVersion).toEqual({ "web:1": 1000 });
    const withoutMain = version("blue", "web:1", 0) + version("green", "web:2");
    const asked = play("ingress/web", withoutMain + INGRESS("web", "blue") + canary);
    expect(asked.byOutcome).toEqual({ "503": 1000 });
  });

  it("goes by a header before the weight", () => {
    const canary = INGRESS("web-canary", "green", CANARY("canary-by-header: x-canary"));
    const headers = "headers: [{ name: X-Canary, value: always }]";
    const { byVersion } = play("ingress/web", BOTH + INGRESS("web", "blue") + canary, {
      traffic: headers,
    });
    expect(byVersion).toEqual({ "web:2": 1000 });
  });

  it("is 503 where its Service is not there", () => {
    expect(play("ingress/web", BOTH + INGRESS("web", "gone")).byOutcome).toEqual({ "503": 1000 });
  });
});

describe("a Service", () => {
  it.each([
    ["whose selector matches nothing", "selector: { app: nobody }, ports: [{ port: 80 }]"],
    [
      "whose named port no container has",
      "selector: { app: blue }, ports: [{ port: 80, targetPort: nosuch }]",
    ],
  ])("%s refuses", (_, spec) => {
    const service = `---\napiVersion: v1\nkind: Service\nmetadata: { name: odd }\nspec: { ${spec} }\n`;
    const requests = play("service/odd:80", BOTH + service);
    expect(requests.byOutcome).toEqual({ "502": 1000 });
    expect(requests.byCause).toEqual({ "no-endpoint": 1000 });
  });
});

describe("Blue/Green", () => {
  const service = (app: string) =>
    `---\napiVersion: v1\nkind: Service\nmetadata: { name: web }\nspec: { selector: { app: ${app} }, ports: [{ port: 80 }] }\n`;
  const green = service("green");

  it("by selector loses nothing while blue goes on, and reaches blue for less than 1.5 s more", () => {
    const {
      each = [],
      failed,
      byVersion,
    } = play("service/web:80", BOTH + service("blue"), {
      later: green,
    });
    expect(failed).toBe(0);
    expect(byVersion["web:2"]).toBeGreaterThan(300);
    const last = each.filter(({ version: image }) => image === "web:1").at(-1)!;
    expect(last.sentMs).toBeGreaterThan(25_000);
    expect(last.sentMs).toBeLessThan(26_500);
  });

  it("by selector leaves kept connections on blue", () => {
    const { byVersion } = play("service/web:80", BOTH + service("blue"), {
      later: green,
      traffic: "road: direct, keepAlive: { connections: 10 }",
    });
    expect(byVersion).toEqual({ "web:1": 1000 });
  });

  it("by HTTPRoute loses nothing", () => {
    const { byVersion, failed } = play("httproute/web", BOTH + ROUTE("{ name: blue, port: 80 }"), {
      later: ROUTE("{ name: green, port: 80 }"),
    });
    expect(failed).toBe(0);
    expect(byVersion["web:1"]).toBeGreaterThan(500);
    expect(byVersion["web:2"]).toBeGreaterThan(450);
  });
});

describe("a canary by replicas, one pod of four", () => {
  const canary = (kept: string) =>
    play(
      "service/both:80",
      version("stable", "web:1", 3).replaceAll("app: stable", "app: stable, shop: both") +
        version("canary", "web:2", 1).replaceAll("app: canary", "app: canary, shop: both") +
        "---\napiVersion: v1\nkind: Service\nmetadata: { name: both }\nspec: { selector: { shop: both }, ports: [{ port: 80 }] }\n",
      { traffic: `road: direct, ${kept}` },
    ).byVersion["web:2"]!;

  it("takes a quarter of new connections", () => {
    expect(Math.abs(canary("keepAlive: false") - 250)).toBeLessThanOrEqual(1);
  });
});
