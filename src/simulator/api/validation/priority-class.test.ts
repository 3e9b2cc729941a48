import { expect, it } from "vitest";
import { verdict } from "./testing.ts";

it.each<[string, string, object, readonly string[]]>([
  ["of users, at its highest", "high", { value: 1_000_000_000 }, []],
  [
    "higher than users may have",
    "high",
    { value: 1_000_000_001 },
    ["value: Forbidden: maximum allowed value of a user defined priority is 1000000000"],
  ],
  ["of the system", "system-cluster-critical", { value: 2_000_000_000 }, []],
  [
    "of the system by its name alone",
    "system-disk",
    { value: 1 },
    [
      "metadata.name: Forbidden: priority class names with 'system-' prefix are reserved for system use only. error: system-disk is not a known system priority class",
    ],
  ],
  [
    "of the system with another value",
    "system-node-critical",
    { value: 1 },
    [
      "metadata.name: Forbidden: priority class names with 'system-' prefix are reserved for system use only. error: value of system-node-critical PriorityClass must be 2000001000",
    ],
  ],
  [
    "of the system for all pods",
    "system-node-critical",
    { value: 2_000_001_000, globalDefault: true },
    [
      "metadata.name: Forbidden: priority class names with 'system-' prefix are reserved for system use only. error: globalDefault of system-node-critical PriorityClass must be false",
    ],
  ],
  [
    "with a policy that there is not",
    "high",
    { value: 1, preemptionPolicy: "Sometimes" },
    [
      'preemptionPolicy: Unsupported value: "Sometimes": supported values: "PreemptLowerPriority", "Never"',
    ],
  ],
  [
    "with a value in words",
    "high",
    { value: "much" },
    ["json: cannot unmarshal string into Go struct field PriorityClass.value of type int32"],
  ],
])("a PriorityClass %s", (_, name, fields, expected) => {
  const apiVersion = "scheduling.k8s.io/v1";
  const one = { apiVersion, kind: "PriorityClass", metadata: { name }, ...fields };
  expect(verdict(one)).toEqual(expected);
});
