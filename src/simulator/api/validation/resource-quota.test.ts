import { expect, it } from "vitest";
import type { ResourceQuota } from "../types.ts";
import { validateResourceQuota, validateResourceQuotaUpdate } from "./resource-quota.ts";

const quota = (spec: ResourceQuota["spec"]): ResourceQuota => ({
  apiVersion: "v1",
  kind: "ResourceQuota",
  metadata: {
    name: "team",
    namespace: "default",
    uid: "u",
    resourceVersion: "1",
    creationTimestamp: "2026-01-01T00:00:00Z",
  },
  ...(spec === undefined ? {} : { spec }),
});

it.each<[string, NonNullable<ResourceQuota["spec"]>, string[]]>([
  [
    "amounts of all kinds",
    {
      hard: {
        pods: "10",
        "requests.cpu": "4",
        "limits.memory": "8Gi",
        "requests.nvidia.com/gpu": 2,
        "count/deployments.apps": "5",
        "hugepages-2Mi": "4Mi",
      },
    },
    [],
  ],
  [
    "a name that is none",
    { hard: { cores: "1" } },
    [
      "spec.hard[cores]: Invalid value: cores: must be a standard resource type or fully qualified",
      "spec.hard[cores]: Invalid value: cores: must be a standard resource for quota",
    ],
  ],
  [
    "less than nothing, and a half",
    { hard: { cpu: "-1", pods: "500m" } },
    [
      'spec.hard[cpu]: Invalid value: "-1": must be greater than or equal to 0',
      expect.stringMatching(/^spec\.hard\[pods\]: Invalid value: .*: must be an integer$/) as never,
    ],
  ],
  [
    "scopes that exclude each other",
    { hard: { pods: "1" }, scopes: ["BestEffort", "NotBestEffort"] },
    ['spec.scopes: Invalid value: ["BestEffort","NotBestEffort"]: conflicting scopes'],
  ],
  [
    "a scope of what it cannot count",
    { hard: { services: "1" }, scopes: ["BestEffort"] },
    ['spec.scopes: Invalid value: ["BestEffort"]: unsupported scope applied to resource'],
  ],
  [
    "a selector without values",
    {
      hard: { pods: "1" },
      scopeSelector: { matchExpressions: [{ scopeName: "PriorityClass", operator: "In" }] },
    },
    [
      "spec.scopeSelector.matchExpressions.values: Required value: must be at least one value when `operator` is 'In' or 'NotIn' for scope selector",
    ],
  ],
])("%s", (_, spec, expected) => {
  const errors = validateResourceQuota(quota(spec));
  expect(errors.map(({ field, detail }) => `${field}: ${detail}`)).toEqual(expected);
});

it("scopes never change", () => {
  const errors = validateResourceQuotaUpdate(
    quota({ scopes: ["Terminating"] }),
    quota({ hard: { pods: "1" } }),
  );
  expect(errors).toEqual([
    expect.objectContaining({
      field: "spec.scopes",
      detail: 'Invalid value: ["Terminating"]: field is immutable',
    }),
  ]);
});
