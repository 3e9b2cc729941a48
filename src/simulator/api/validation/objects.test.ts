import { expect, it } from "vitest";
import { setPodDefaults } from "../defaults/pod.ts";
import type { Pod } from "../types.ts";
import { validatePodUpdate } from "./objects.ts";
import { podWith } from "./testing.ts";

const pod = (fields: object) =>
  setPodDefaults({
    ...podWith(fields),
    metadata: { name: "web", namespace: "default", resourceVersion: "1" },
  } as unknown as Pod);

/** What is said of a pod whose spec gets other fields. */
const told = (before: object, now: object) =>
  validatePodUpdate(pod(now), pod(before)).map(({ field, detail }) => `${field}: ${detail}`);

const EXISTS = { key: "dedicated", operator: "Exists", effect: "NoExecute" };

it.each<[string, object, object, string[]]>([
  ["a toleration more", {}, { tolerations: [EXISTS] }, []],
  [
    "a toleration that lasts longer",
    { tolerations: [{ ...EXISTS, tolerationSeconds: 1 }] },
    { tolerations: [{ ...EXISTS, tolerationSeconds: 2 }] },
    [],
  ],
  [
    "another toleration",
    { tolerations: [EXISTS] },
    { tolerations: [{ ...EXISTS, key: "zone" }] },
    [
      "spec.tolerations: Forbidden: existing toleration can not be modified except its tolerationSeconds",
    ],
  ],
  ["an earlier end", { activeDeadlineSeconds: 20 }, { activeDeadlineSeconds: 10 }, []],
  [
    "a later end",
    { activeDeadlineSeconds: 10 },
    { activeDeadlineSeconds: 20 },
    ["spec.activeDeadlineSeconds: Invalid value: 20: must be less than or equal to previous value"],
  ],
  [
    "no end any more",
    { activeDeadlineSeconds: 10 },
    {},
    [
      'spec.activeDeadlineSeconds: Invalid value: "null": must not update from a positive integer to nil value',
    ],
  ],
])("%s", (_, before, now, expected) => {
  expect(told(before, now)).toEqual(expected);
});

it("stays on its node", () => {
  expect(told({}, { nodeName: "node-1" })).toEqual([
    expect.stringMatching(/^spec: Forbidden: pod updates may not change fields other than /),
  ]);
});
