import { expect, it } from "vitest";
import { backoffMs, dequeue, emptyQueue, enqueue, leaveQueue } from "./queue.ts";

it("the more important pod is first; of equals the one that has waited longer, and then the one that came first", () => {
  const queue = emptyQueue();
  const pods = [
    ["late", 0, 30],
    ["early", 0, 10],
    ["high", 100, 40],
    ["negative", -1, 0],
    ["as-early", 0, 10],
    ["gone", 100, 0],
  ] as const;
  for (const [key, priority, sinceMs] of pods) enqueue(queue, { key, priority, sinceMs });
  leaveQueue(queue, "gone");
  leaveQueue(queue, "never-there");
  const taken: (string | undefined)[] = [];
  for (let i = 0; i < pods.length; i += 1) taken.push(dequeue(queue));
  expect(taken).toEqual(["high", "early", "as-early", "late", "negative", undefined]);
  expect(queue.keys.size).toBe(0);
});

it.each([
  [1, 1000],
  [2, 2000],
  [4, 8000],
  [5, 10_000],
  [50, 10_000],
])("after %i attempts a pod waits %i ms", (attempts, ms) => {
  expect(backoffMs(attempts)).toBe(ms);
});
