import { describe, expect, it } from "vitest";
import { limitranges } from "../resources/core.ts";
import type { LimitRange, LimitRangeItem } from "../types.ts";

const range = (...limits: LimitRangeItem[]): LimitRange => ({
  apiVersion: "v1",
  kind: "LimitRange",
  metadata: {
    name: "amounts",
    namespace: "default",
    uid: "u",
    resourceVersion: "1",
    creationTimestamp: "2026-01-01T00:00:00Z",
  },
  spec: { limits },
});

/** A quantity in the middle of an error. */
const go = (value: string, scale: number, text: string, format: string) =>
  `Invalid value: resource.Quantity{i:resource.int64Amount{value:${value}, scale:${scale}}, d:resource.infDecAmount{Dec:(*inf.Dec)(nil)}, s:"${text}", Format:"${format}"}`;

describe("a range is refused", () => {
  it.each<[string, LimitRangeItem[], string[]]>([
    [
      "never for amounts that go together",
      [
        {
          type: "Container",
          min: { cpu: "100m", "example.com/licence": "1" },
          max: { cpu: 2 },
          default: { cpu: 1, "ephemeral-storage": "1Gi" },
          defaultRequest: { cpu: "500m" },
          maxLimitRequestRatio: { cpu: 20 },
        },
        { type: "Pod", max: { cpu: 4, memory: "8Gi" } },
        { type: "PersistentVolumeClaim", max: { storage: "10Gi" } },
        { type: "example.com/Job", max: { pods: 3 } },
      ],
      [],
    ],
    [
      "for a type that is none, and one that comes twice",
      [{ type: "Job" }, { type: "Pod" }, { type: "Pod" }],
      [
        'spec.limits[0].type: Invalid value: "Job": must be a standard limit type or fully qualified',
        'spec.limits[2].type: Duplicate value: "Pod"',
      ],
    ],
    [
      "for resources that pods have not",
      [{ type: "Pod", max: { storage: "1Gi", cores: 1 } }],
      [
        "spec.limits[0].max[cores]: Invalid value: cores: must be a standard resource type or fully qualified",
        "spec.limits[0].max[cores]: Invalid value: cores: must be a standard resource for containers",
        "spec.limits[0].max[storage]: Invalid value: storage: must be a standard resource for containers",
      ],
    ],
    [
      "for defaults of whole pods",
      [{ type: "Pod", default: { cpu: 1 }, defaultRequest: { cpu: 1 } }],
      [
        "spec.limits[0].default: Forbidden: may not be specified when `type` is 'Pod'",
        "spec.limits[0].defaultRequest: Forbidden: may not be specified when `type` is 'Pod'",
      ],
    ],
    [
      "for claims without a bound",
      [{ type: "PersistentVolumeClaim" }],
      [
        "spec.limits[0].limits: Required value: either minimum or maximum storage value is required, but neither was provided",
      ],
    ],
    [
      "for a least amount above the largest",
      [{ type: "Pod", min: { memory: "3Gi" }, max: { memory: "1Gi" } }],
      [
        `spec.limits[0].min[memory]: ${go("3221225472", 0, "3Gi", "BinarySI")}: min value 3Gi is greater than max value 1Gi`,
      ],
    ],
    [
      "for defaults out of the bounds",
      [
        {
          type: "Container",
          min: { cpu: "200m" },
          max: { cpu: 1 },
          default: { cpu: 2 },
          defaultRequest: { cpu: "100m" },
        },
      ],
      [
        `spec.limits[0].defaultRequest[cpu]: ${go("100", -3, "100m", "DecimalSI")}: min value 200m is greater than default request value 100m`,
        `spec.limits[0].default[cpu]: ${go("1", 0, "1", "DecimalSI")}: default value 2 is greater than max value 1`,
      ],
    ],
    [
      "for a default request above the default limit, which the largest amount gives",
      [{ type: "Container", max: { cpu: 1 }, defaultRequest: { cpu: 2 } }],
      [
        `spec.limits[0].defaultRequest[cpu]: ${go("2", 0, "2", "DecimalSI")}: default request value 2 is greater than max value 1`,
        `spec.limits[0].defaultRequest[cpu]: ${go("2", 0, "2", "DecimalSI")}: default request value 2 is greater than default limit value 1`,
      ],
    ],
    [
      "for ratios that nothing can have",
      [
        { type: "Container", maxLimitRequestRatio: { cpu: "500m" } },
        {
          type: "Pod",
          min: { memory: "1Gi" },
          max: { memory: "3Gi" },
          maxLimitRequestRatio: { memory: 4 },
        },
      ],
      [
        `spec.limits[0].maxLimitRequestRatio[cpu]: ${go("500", -3, "500m", "DecimalSI")}: ratio 500m is less than 1`,
        `spec.limits[1].maxLimitRequestRatio[memory]: ${go("4", 0, "4", "DecimalSI")}: ratio 4 is greater than max/min = 3.000000`,
      ],
    ],
    [
      "for a resource that cannot be promised twice with two defaults",
      [
        {
          type: "Container",
          default: { "example.com/gpu": 2 },
          defaultRequest: { "example.com/gpu": 1 },
        },
      ],
      [
        `spec.limits[0].defaultRequest[example.com/gpu]: ${go("1", 0, "1", "DecimalSI")}: default value 2 must equal to defaultRequest value 1 in example.com/gpu`,
      ],
    ],
  ])("%s", (_, items, expected) => {
    const errors = limitranges.validate(limitranges.setDefaults(range(...items)));
    expect(errors.map(({ field, detail }) => `${field}: ${detail}`)).toEqual(expected);
  });

  it("for the same when it is changed", () => {
    const [next, old] = [range({ type: "Job" }), range({ type: "Pod" })];
    expect(limitranges.validateUpdate(next, old)).toMatchObject([{ field: "spec.limits[0].type" }]);
  });
});

describe("what a range does not say", () => {
  const defaulted = (item: LimitRangeItem) =>
    limitranges.setDefaults(range(item)).spec?.limits?.[0];

  it("of a container's default limit is its largest, and of its request the limit or else its least", () => {
    const item = {
      type: "Container",
      max: { cpu: "2" },
      min: { memory: "1Gi", cpu: "100m" },
      default: { "ephemeral-storage": "3Gi" },
    };
    expect(defaulted(item)).toEqual({
      ...item,
      default: { cpu: "2", "ephemeral-storage": "3Gi" },
      defaultRequest: { cpu: "2", memory: "1Gi", "ephemeral-storage": "3Gi" },
    });
  });

  it("stays unsaid where nothing tells it, and of pods", () => {
    const ratio = { type: "Container", maxLimitRequestRatio: { cpu: "2" } };
    expect(defaulted(ratio)).toEqual(ratio);
    const pod = { type: "Pod", max: { cpu: "2" } };
    expect(defaulted(pod)).toEqual(pod);
  });

  it("an amount is rounded up to a thousandth", () => {
    expect(defaulted({ type: "Pod", max: { cpu: "1500100u" } })?.max).toEqual({ cpu: "1501m" });
  });
});
