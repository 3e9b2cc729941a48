import { expect, it } from "vitest";
import { RandomStream, seedStream } from "../../kernel/random.ts";
import { pickCandidate } from "./pick-node.ts";
import { podOf } from "./testing.ts";
import type { Candidate } from "./victims.ts";

/** `[priority, startedMs]` of each victim. */
type Victims = readonly (readonly [priority: number, startedMs?: number])[];

const started = new Map<string, number>();

function candidate(node: string, violations: number, victims: Victims): Candidate {
  const made = victims.map(([priority, startedMs = 0], i) => {
    const name = `${node}-${i}`;
    started.set(name, startedMs);
    return { key: name, pod: podOf({ name, priority }, node) };
  });
  return { node, violations, victims: made };
}

const pick = (candidates: readonly Candidate[], seed = 1) =>
  pickCandidate(
    candidates,
    { startedMs: ({ metadata }) => started.get(metadata.name)! },
    () => new RandomStream(seedStream(seed, "pick")),
  ).node;

it.each<[string, [violations: number, victims: Victims], [violations: number, victims: Victims]]>([
  ["breaks fewer budgets", [0, [[500], [500]]], [1, [[0]]]],
  ["takes none so important", [0, [[10], [10], [10]]], [0, [[11]]]],
  ["takes less importance in all", [0, [[10], [5]]], [0, [[10], [6]]]],
  ["takes fewer of the highest", [0, [[10], [0]]], [0, [[10], [10]]]],
  ["takes fewer, were they of less than no importance", [0, [[-10]]], [0, [[-10], [-2000]]]],
  [
    "takes fewer that count the least there is",
    [0, [[-2_147_483_648]]],
    [0, [[-2_147_483_648], [-2_147_483_648]]],
  ],
  ["takes those that started later", [0, [[10, 2000]]], [0, [[10, 1000]]]],
  [
    "looks at the oldest of the most important alone",
    [
      0,
      [
        [10, 3000],
        [5, 1000],
      ],
    ],
    [
      0,
      [
        [10, 2000],
        [5, 9000],
      ],
    ],
  ],
  [
    "of several as important at the oldest",
    [
      0,
      [
        [10, 2000],
        [10, 2000],
      ],
    ],
    [
      0,
      [
        [10, 9000],
        [10, 1000],
      ],
    ],
  ],
])("the node is picked that %s", (_, better, worse) => {
  expect(pick([candidate("better", ...better), candidate("worse", ...worse)])).toBe("better");
  expect(pick([candidate("worse", ...worse), candidate("better", ...better)])).toBe("better");
});

it("of nodes that are all alike one is drawn", () => {
  const alike = ["a", "b", "c"].map((node) => candidate(node, 0, [[10]]));
  const drawn = new Set([1, 2, 3, 4, 5, 6, 7, 8, 9, 10].map((seed) => pick(alike, seed)));
  expect(drawn.size).toBe(3);
});
