import { expect, it } from "vitest";
import { Kernel } from "../kernel/kernel.ts";
import type { KubernetesObject } from "./types.ts";
import { Watches, type WatchEvent } from "./watches.ts";

/** A ConfigMap at a version. */
const map = (version: number) =>
  ({ metadata: { name: "a", resourceVersion: String(version) } }) as KubernetesObject;

/** What a watcher hears of three changes, and when, if it ignores modifications to a version. */
function heard(ignored?: string) {
  const kernel = new Kernel(1);
  const lastDeliveryMs: number[] = [];
  const watches = new Watches(kernel, () => lastDeliveryMs);
  const told: string[] = [];
  kernel.register({
    name: "watcher",
    state: {},
    on: {
      watch: ({ type, object }: WatchEvent) =>
        void told.push(`${kernel.now} ${type} ${object.metadata.resourceVersion}`),
    },
  });
  watches.start({
    resource: "configmaps",
    client: "watcher",
    ignores: ({ metadata }) => metadata.resourceVersion === ignored,
  });
  watches.tell("ADDED", "configmaps", "a", map(1), undefined);
  watches.tell("MODIFIED", "configmaps", "a", map(2), map(1));
  watches.tell("MODIFIED", "configmaps", "a", map(3), map(2));
  kernel.runUntil(1000);
  return told;
}

it("a watcher is not told of modifications that it ignores; all others come when they would have come", () => {
  const all = heard();
  expect(all.map((line) => line.replace(/^\d+ /, ""))).toEqual([
    "ADDED 1",
    "MODIFIED 2",
    "MODIFIED 3",
  ]);
  expect(heard("2")).toEqual([all[0], all[2]]);
  expect(heard("1")).toEqual(all);
});
