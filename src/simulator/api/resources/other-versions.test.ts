import { describe, expect, it } from "vitest";
import { resourceByKind } from "./index.ts";
import { ofStored, toStored } from "./other-versions.ts";
import { judgeCreate } from "./judge.ts";
import { ApiServer } from "../server.ts";
import { ApiRouter } from "../router/router.ts";
import type { Method } from "../router/request.ts";
import type { KubernetesObject } from "../types.ts";
import { Kernel } from "../../kernel/kernel.ts";

const target = { apiVersion: "apps/v1", kind: "Deployment", name: "web" };
const v1 = resourceByKind("autoscaling/v1", "HorizontalPodAutoscaler")!;

function autoscaler(spec: object, more: object = {}): KubernetesObject {
  const metadata = { name: "web", namespace: "default" };
  const whole = { scaleTargetRef: target, maxReplicas: 5, ...spec };
  return { kind: "HorizontalPodAutoscaler", metadata, spec: whole, ...more } as never;
}

const cpu = (averageUtilization: number) => ({
  type: "Resource",
  resource: { name: "cpu", target: { type: "Utilization", averageUtilization } },
});

function clientOf() {
  const api = new ApiServer(new Kernel(1));
  api.create("namespaces", { apiVersion: "v1", kind: "Namespace", metadata: { name: "default" } });
  const router = new ApiRouter(api);
  const send = (method: Method, path: string, body?: unknown, contentType?: string) =>
    router.handle({
      method,
      path,
      ...(body === undefined ? {} : { body }),
      ...(contentType === undefined ? {} : { contentType }),
    });
  return { api, send };
}

const pathOf = (version: string) =>
  `/apis/autoscaling/${version}/namespaces/default/horizontalpodautoscalers`;

describe("an autoscaler of autoscaling/v1", () => {
  it.each<[string, object, object]>([
    ["aims at 80 % where it says nothing", {}, { metrics: [cpu(80)] }],
    [
      "aims at what it says",
      { targetCPUUtilizationPercentage: 50, minReplicas: 2 },
      { minReplicas: 2, metrics: [cpu(50)] },
    ],
  ])("%s", (_, spec, stored) => {
    const found = toStored(v1, autoscaler(spec, { apiVersion: "autoscaling/v1" }));
    expect(found).toEqual(autoscaler(stored, { apiVersion: "autoscaling/v2" }));
  });

  const memory = {
    type: "Resource",
    resource: { name: "memory", target: { type: "AverageValue", averageValue: "100Mi" } },
  };
  const queue = {
    type: "Object",
    object: {
      describedObject: { apiVersion: "v1", kind: "Service", name: "web" },
      metric: { name: "requests", selector: { matchLabels: { a: "b" } } },
      target: { type: "Value", value: "10" },
    },
  };
  const perPod = {
    type: "Pods",
    pods: { metric: { name: "hits" }, target: { type: "AverageValue", averageValue: "1k" } },
  };
  const outside = {
    type: "External",
    external: { metric: { name: "queue" }, target: { type: "AverageValue", averageValue: "30" } },
  };
  const oneContainer = {
    type: "ContainerResource",
    containerResource: {
      name: "cpu",
      container: "web",
      target: { type: "Utilization", averageUtilization: 60 },
    },
  };
  const behavior = { scaleDown: { stabilizationWindowSeconds: 10 } };
  const status = {
    currentReplicas: 2,
    desiredReplicas: 3,
    currentMetrics: [
      {
        type: "Resource",
        resource: { name: "cpu", current: { averageUtilization: 70, averageValue: "70m" } },
      },
      { type: "Pods", pods: { metric: { name: "hits" }, current: { averageValue: "3" } } },
    ],
    conditions: [{ type: "AbleToScale", status: "True", reason: "ReadyForNewScale" }],
  };

  it("keeps in annotations what it has no field for", () => {
    const stored = autoscaler({ metrics: [cpu(50), memory, queue], behavior }, { status });
    const shown = ofStored(v1, stored);
    expect(shown).toMatchObject({
      apiVersion: "autoscaling/v1",
      spec: { scaleTargetRef: target, maxReplicas: 5, targetCPUUtilizationPercentage: 50 },
      status: { currentReplicas: 2, desiredReplicas: 3, currentCPUUtilizationPercentage: 70 },
    });
    expect(shown.metadata.annotations).toEqual({
      "autoscaling.alpha.kubernetes.io/metrics":
        '[{"type":"Resource","resource":{"name":"memory","targetAverageValue":"100Mi"}},' +
        '{"type":"Object","object":{"target":{"apiVersion":"v1","kind":"Service","name":"web"},"metricName":"requests","selector":{"matchLabels":{"a":"b"}},"targetValue":"10"}}]',
      "autoscaling.alpha.kubernetes.io/behavior": '{"scaleDown":{"stabilizationWindowSeconds":10}}',
      "autoscaling.alpha.kubernetes.io/current-metrics":
        '[{"type":"Resource","resource":{"name":"cpu","currentAverageUtilization":70,"currentAverageValue":"70m"}},' +
        '{"type":"Pods","pods":{"metricName":"hits","currentAverageValue":"3"}}]',
      "autoscaling.alpha.kubernetes.io/conditions":
        '[{"type":"AbleToScale","status":"True","reason":"ReadyForNewScale"}]',
    });
  });

  it("comes back as it was", () => {
    // What v1 has a field for comes last (Convert_v1_HorizontalPodAutoscaler_To_autoscaling_HorizontalPodAutoscaler).
    const metrics = [memory, queue, perPod, outside, oneContainer, cpu(50)];
    const stored = autoscaler({ metrics, behavior }, { status, apiVersion: "autoscaling/v2" });
    expect(toStored(v1, ofStored(v1, stored))).toEqual(stored);
  });

  it("is one object with the same of v2", () => {
    const { send } = clientOf();
    const made = send("POST", pathOf("v1"), {
      ...autoscaler({ targetCPUUtilizationPercentage: 50 }),
      apiVersion: "autoscaling/v1",
    });
    expect(made).toMatchObject({
      status: 201,
      body: {
        apiVersion: "autoscaling/v1",
        spec: { minReplicas: 1, targetCPUUtilizationPercentage: 50 },
      },
    });
    const v2 = send("GET", `${pathOf("v2")}/web`).body;
    expect(v2).toMatchObject({ apiVersion: "autoscaling/v2", spec: { metrics: [cpu(50)] } });
    for (const contentType of ["merge-patch+json", "strategic-merge-patch+json"]) {
      const patch = { spec: { targetCPUUtilizationPercentage: 60, maxReplicas: 9 } };
      const patched = send("PATCH", `${pathOf("v1")}/web`, patch, `application/${contentType}`);
      expect(patched.body).toMatchObject({ spec: { targetCPUUtilizationPercentage: 60 } });
    }
    send(
      "PATCH",
      `${pathOf("v2")}/web`,
      { spec: { metrics: [memory] } },
      "application/merge-patch+json",
    );
    const { items } = send("GET", pathOf("v1")).body as { items: KubernetesObject[] };
    expect(items[0]!.metadata.annotations).toHaveProperty([
      "autoscaling.alpha.kubernetes.io/metrics",
    ]);
    expect(items[0]).toMatchObject({ spec: { maxReplicas: 9 } });
    expect(items[0]).not.toHaveProperty("spec.targetCPUUtilizationPercentage");
  });

  it("is refused in its own words", () => {
    const { send } = clientOf();
    const post = (spec: object) =>
      (
        send("POST", pathOf("v1"), {
          ...autoscaler(spec),
          apiVersion: "autoscaling/v1",
        }).body as { message: string }
      ).message;
    expect(post({ targetCPUUtilizationPercentage: "half" })).toBe(
      'HorizontalPodAutoscaler in version "v1" cannot be handled as a HorizontalPodAutoscaler: json: cannot unmarshal string into Go struct field HorizontalPodAutoscalerSpec.spec.targetCPUUtilizationPercentage of type int32',
    );
    expect(post({ targetCPUUtilizationPercentage: 0 })).toContain(
      "spec.metrics[0].resource.target.averageUtilization: Invalid value: 0: must be greater than 0",
    );
    const { decoded } = judgeCreate(
      v1,
      autoscaler({ metrics: [] }, { apiVersion: "autoscaling/v1" }),
    );
    expect(decoded.unknownFields.map(({ message }) => message)).toEqual([
      'unknown field "spec.metrics"',
    ]);
  });
});

describe("gateway.networking.k8s.io/v1beta1", () => {
  it.each([
    [
      "Gateway",
      "gateways",
      { gatewayClassName: "eg", listeners: [{ name: "http", port: 80, protocol: "HTTP" }] },
    ],
    ["HTTPRoute", "httproutes", { parentRefs: [{ name: "eg" }] }],
  ])("serves a %s as v1 does", (kind, plural, spec) => {
    const { send } = clientOf();
    const at = (version: string) =>
      `/apis/gateway.networking.k8s.io/${version}/namespaces/default/${plural}`;
    const apiVersion = "gateway.networking.k8s.io/v1beta1";
    const made = send("POST", at("v1beta1"), { apiVersion, kind, metadata: { name: "web" }, spec });
    expect(made).toMatchObject({ status: 201, body: { apiVersion, spec } });
    const { apiVersion: version, ...v1 } = send("GET", `${at("v1")}/web`).body as KubernetesObject;
    expect(version).toBe("gateway.networking.k8s.io/v1");
    expect(send("GET", `${at("v1beta1")}/web`).body).toEqual({ ...v1, apiVersion });
  });

  it("is listed by discovery, after v1", () => {
    const { send } = clientOf();
    expect(send("GET", "/apis/gateway.networking.k8s.io").body).toMatchObject({
      versions: [{ version: "v1" }, { version: "v1beta1" }],
      preferredVersion: { version: "v1" },
    });
    expect(send("GET", "/apis/autoscaling").body).toMatchObject({
      versions: [{ version: "v2" }, { version: "v1" }],
      preferredVersion: { version: "v2" },
    });
    const { resources } = send("GET", "/apis/autoscaling/v1").body as {
      resources: { name: string }[];
    };
    expect(resources.map(({ name }) => name)).toEqual([
      "horizontalpodautoscalers",
      "horizontalpodautoscalers/status",
    ]);
  });
});
