import { describe, expect, it } from "vitest";
import { verdict } from "./testing.ts";

type Row = readonly [title: string, fields: object, expected: readonly string[]];

const BUDGETS: readonly Row[] = [
  ["a name that only a path must take", { metadata: { name: "Web_1" } }, []],
  [
    "a label that cannot be, in a budget that can",
    { metadata: { name: "web", labels: { "a/b/c": "" } } },
    [
      "metadata.labels: Invalid value: \"a/b/c\": a qualified name must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]') with an optional DNS subdomain prefix and '/' (e.g. 'example.com/MyName')",
    ],
  ],
  [
    "both bounds; its label is not told of then",
    {
      metadata: { name: "web", labels: { "a/b/c": "" } },
      spec: { minAvailable: 1, maxUnavailable: 1, selector: {} },
    },
    [
      "spec: Invalid value: policy.PodDisruptionBudgetSpec{MinAvailable:(*intstr.IntOrString)(0xc000000000), Selector:(*v1.LabelSelector)(0xc000000000), MaxUnavailable:(*intstr.IntOrString)(0xc000000000), UnhealthyPodEvictionPolicy:(*policy.UnhealthyPodEvictionPolicyType)(nil)}: minAvailable and maxUnavailable cannot be both set",
    ],
  ],
];

const METRICS: readonly Row[] = [
  [
    "of no type",
    { resource: { name: "cpu", target: { averageUtilization: 50 } } },
    [
      "spec.metrics[0].type: Required value: must specify a metric source type",
      'spec.metrics[0].type: Unsupported value: "": supported values: "ContainerResource", "External", "Object", "Pods", "Resource"',
      "spec.metrics[0].resource.target.type: Required value: must specify a metric target type",
      'spec.metrics[0].resource.target.type: Invalid value: "": must be either Utilization, Value, or AverageValue',
    ],
  ],
  [
    "of less than nothing",
    {
      type: "Resource",
      resource: { name: "cpu", target: { type: "AverageValue", averageValue: "-2" } },
    },
    [
      'spec.metrics[0].resource.target.averageValue: Invalid value: resource.Quantity{i:resource.int64Amount{value:-2, scale:0}, d:resource.infDecAmount{Dec:(*inf.Dec)(nil)}, s:"-2", Format:"DecimalSI"}: must be positive',
    ],
  ],
];

const INGRESSES: readonly Row[] = [
  [
    "no rules at all, and a list without any",
    { rules: [] },
    [
      "spec: Invalid value: []networking.IngressRule{}: either `defaultBackend` or `rules` must be specified",
    ],
  ],
  [
    "a certificate under a name that no Secret has",
    { tls: [{ secretName: "web.TLS" }] },
    [
      "spec.tls[0].secretName: Invalid value: \"web.TLS\": a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')",
    ],
  ],
  [
    "a back end of another kind, without a name",
    { defaultBackend: { resource: { kind: "Bucket/1" } } },
    [
      "spec.defaultBackend.resource.kind: Invalid value: \"Bucket/1\": may not contain '/'",
      "spec.defaultBackend.resource.name: Required value: name is required",
    ],
  ],
];

describe("a PodDisruptionBudget", () => {
  it.each(BUDGETS)("%s", (_, fields, expected) => {
    const budget = {
      apiVersion: "policy/v1",
      kind: "PodDisruptionBudget",
      metadata: { name: "web" },
      spec: { minAvailable: 1, selector: {} },
      ...fields,
    };
    expect(verdict(budget)).toEqual(expected);
  });
});

describe("a metric of a HorizontalPodAutoscaler", () => {
  it.each(METRICS)("%s", (_, metric, expected) => {
    const scaleTargetRef = { apiVersion: "apps/v1", kind: "Deployment", name: "web" };
    const autoscaler = {
      apiVersion: "autoscaling/v2",
      kind: "HorizontalPodAutoscaler",
      metadata: { name: "web" },
      spec: { maxReplicas: 3, scaleTargetRef, metrics: [metric] },
    };
    expect(verdict(autoscaler)).toEqual(expected);
  });
});

describe("a HorizontalPodAutoscaler", () => {
  it("that goes down to nothing needs a metric from outside of the pods", () => {
    const spec = {
      minReplicas: 0,
      maxReplicas: 3,
      scaleTargetRef: { kind: "ReplicaSet", name: "web" },
    };
    const autoscaler = {
      apiVersion: "autoscaling/v2",
      kind: "HorizontalPodAutoscaler",
      metadata: { name: "web" },
      spec,
    };
    expect(verdict(autoscaler)).toEqual([
      "spec.minReplicas: Invalid value: 0: must be greater than or equal to 1",
      "spec.metrics: Forbidden: must specify at least one Object or External metric to support scaling to zero replicas",
    ]);
  });
});

describe("an Ingress", () => {
  const ingress = (spec: object, annotations = {}) => ({
    apiVersion: "networking.k8s.io/v1",
    kind: "Ingress",
    metadata: { name: "web", annotations },
    spec: { rules: [{ host: "shop.example.com" }], ...spec },
  });

  it.each(INGRESSES)("%s", (_, spec, expected) => {
    expect(verdict(ingress(spec))).toEqual(expected);
  });

  it("may name its class in both ways, but not two classes", () => {
    const old = { "kubernetes.io/ingress.class": "nginx" };
    expect(verdict(ingress({ ingressClassName: "nginx" }, old))).toEqual([
      "Warning: annotation \"kubernetes.io/ingress.class\" is deprecated, please use 'spec.ingressClassName' instead",
    ]);
    expect(verdict(ingress({ ingressClassName: "traefik" }, old))).toEqual([
      'annotations.kubernetes.io/ingress.class: Invalid value: "nginx": must match `ingressClassName` when both are specified',
    ]);
  });
});
