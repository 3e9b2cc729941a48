import type { TrafficSource } from "../../../simulator/scenario.ts";
import { apply, cluster, deployment, kubectl, service } from "../cluster.ts";
import { figure } from "../figure.ts";
import { choice, slider, toggle } from "../knobs.ts";

const UPDATE = 30;
const NEW = "shop-web:1.1";

/** Requests to the HTTPRoute, through a gateway that chooses a back end for each of them. */
const routed = (rps: number, from: number, to: number): TrafficSource => ({
  name: "users",
  route: { kind: "HTTPRoute", namespace: "default", name: "web" },
  road: "gateway",
  rps,
  arrivals: "poisson",
  keepAlive: false,
  timeoutMs: 60_000,
  startMs: from * 1000,
  stopMs: to * 1000,
});

const httpRoute = (backends: readonly { name: string; weight?: number }[]) => ({
  apiVersion: "gateway.networking.k8s.io/v1",
  kind: "HTTPRoute",
  metadata: { name: "web" },
  spec: {
    parentRefs: [{ name: "gateway" }],
    rules: [{ backendRefs: backends.map((backend) => ({ ...backend, port: 80 })) }],
  },
});

const gateway = {
  apiVersion: "gateway.networking.k8s.io/v1",
  kind: "Gateway",
  metadata: { name: "gateway" },
  spec: {
    gatewayClassName: "envoy",
    listeners: [{ name: "http", port: 80, protocol: "HTTP" }],
  },
};

const percent = (value: number) => `${value}%`;

const ERRORS = choice(
  { en: "The new version", ko: "새 버전" },
  {
    good: { en: "works", ko: "정상" },
    bad: { en: "3 in 10 answers are 500", ko: "10건 중 3건이 500" },
  },
  "good",
);

const successRate = {
  apiVersion: "argoproj.io/v1alpha1",
  kind: "AnalysisTemplate",
  metadata: { name: "success-rate" },
  spec: {
    args: [{ name: "hash" }],
    metrics: [
      {
        name: "success-rate",
        interval: "10s",
        count: 3,
        failureLimit: 1,
        successCondition: "result[0] >= 0.95",
        provider: {
          prometheus: {
            address: "http://prometheus.example:9090",
            query:
              'sum(rate(http_requests_total{rollouts_pod_template_hash="{{args.hash}}",code!~"5.*"}[30s])) / sum(rate(http_requests_total{rollouts_pod_template_hash="{{args.hash}}"}[30s]))',
          },
        },
      },
    ],
  },
};

const analysis = {
  analysis: {
    templates: [{ templateName: "success-rate" }],
    args: [{ name: "hash", valueFrom: { podTemplateHashValue: "Latest" } }],
  },
};

const rollout = (first: number, analysed: boolean) => ({
  apiVersion: "argoproj.io/v1alpha1",
  kind: "Rollout",
  metadata: { name: "web" },
  spec: {
    replicas: 4,
    selector: { matchLabels: { app: "web" } },
    strategy: {
      canary: {
        stableService: "web-stable",
        canaryService: "web-canary",
        trafficRouting: {
          plugins: { "argoproj-labs/gatewayAPI": { httpRoute: "web", namespace: "default" } },
        },
        steps: [
          { setWeight: first },
          { pause: { duration: "15s" } },
          ...(analysed ? [analysis] : []),
          { setWeight: 50 },
          { pause: { duration: "20s" } },
        ],
      },
    },
    template: {
      metadata: { labels: { app: "web" } },
      spec: {
        containers: [
          {
            name: "web",
            image: "shop-web:1.0",
            ports: [{ containerPort: 80 }],
            lifecycle: { preStop: { exec: { command: ["sleep", "5"] } } },
            readinessProbe: { httpGet: { path: "/", port: 80 }, periodSeconds: 2 },
          },
        ],
      },
    },
  },
});

export const figures = {
  /** A Rollout that shifts weights of an HTTPRoute, and asks for the success rate on the way. */
  "progressive-delivery": figure({
    knobs: {
      weight: slider({ en: "First weight", ko: "첫 가중치" }, [1, 5, 10, 25, 50], 10, percent),
      version: ERRORS,
      analysis: toggle({ en: "Analysis of the success rate", ko: "성공률 분석" }, true),
    },
    scenario: ({ weight, version, analysis: analysed }) =>
      cluster({
        name: "progressive-delivery",
        seed: 3,
        seconds: 180,
        nodes: 3,
        images: {
          "shop-web:1.0": {},
          [NEW]: { startupMs: 2000, readyMs: 2000, errorRate: version === "bad" ? 0.3 : 0 },
        },
        traffic: [routed(50, UPDATE - 10, 180)],
        steps: [
          apply(0, [
            service("web-stable", { app: "web" }),
            service("web-canary", { app: "web" }),
            gateway,
            httpRoute([{ name: "web-stable" }, { name: "web-canary" }]),
            successRate,
            rollout(weight, analysed),
          ]),
          kubectl(UPDATE, `argo rollouts set image web web=${NEW}`),
        ],
      }),
    view: { window: { from: UPDATE - 4, to: 160 }, routers: false },
    tells: ["requests", "rollout"],
  }),

  /** The weights by themselves: two Services, one route, and as few pods of the new version as one likes. */
  "progressive-delivery/weights": figure({
    knobs: {
      weight: slider({ en: "Weight of the canary", ko: "카나리 가중치" }, [0, 1, 5, 10, 25, 50], 5),
      canary: slider({ en: "Canary pods", ko: "카나리 파드" }, [1, 2, 3], 1),
    },
    scenario: ({ weight, canary }) =>
      cluster({
        name: "weights",
        seed: 2,
        seconds: 90,
        nodes: 2,
        images: { "shop-web:1.0": {}, [NEW]: {} },
        traffic: [routed(50, 30, 90)],
        steps: [
          apply(0, [
            service("web-stable", { app: "web", track: "stable" }),
            service("web-canary", { app: "web", track: "canary" }),
            deployment({
              name: "stable",
              replicas: 3,
              labels: { app: "web", track: "stable" },
            }),
            gateway,
            httpRoute([
              { name: "web-stable", weight: 100 - weight },
              { name: "web-canary", weight },
            ]),
          ]),
          apply(
            10,
            [
              deployment({
                name: "canary",
                image: NEW,
                replicas: canary,
                labels: { app: "web", track: "canary" },
              }),
            ],
            "canary.yaml",
          ),
        ],
      }),
    view: { window: { from: 5, to: 90 }, routers: false },
  }),
};
