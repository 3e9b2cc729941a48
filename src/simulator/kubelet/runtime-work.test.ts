import { describe, expect, it } from "vitest";
import { Kernel, type Actor } from "../kernel/kernel.ts";
import type { KubeletNode } from "./node.ts";
import { RuntimeWork } from "./runtime-work.ts";

/** A runtime that does so many jobs in the time of one, and when each of its jobs was done. */
function runtime(atOnce: number) {
  const kernel = new Kernel(1);
  const done: Record<string, number> = {};
  const state = { runtime: RuntimeWork.initialState() };
  const node = {
    kernel,
    state,
    timing: { atOnce },
    get now() {
      return kernel.now;
    },
    schedule: (delayMs: number, type: string, data: unknown) =>
      kernel.schedule(delayMs, "kubelet", type, data),
    handle: (type: string, data: unknown) => actor.on[type]!(data as never),
  };
  const work = new RuntimeWork(node as unknown as KubeletNode);
  const actor: Actor = {
    name: "kubelet",
    state,
    on: {
      ...work.on,
      ended: (job: string) => void (done[job] = kernel.now),
      begin: ({ job, ms }: { job: string; ms: number }) => work.start(ms, "ended", job),
      settle: (ms: number) => void (done.settled = kernel.now + work.settle(ms)),
    },
  };
  kernel.register(actor);
  const begin = (atMs: number, job: string, ms: number) =>
    kernel.schedule(atMs, "kubelet", "begin", { job, ms });
  const settle = (atMs: number, ms: number) => kernel.schedule(atMs, "kubelet", "settle", ms);
  return { begin, settle, done, finish: () => kernel.runUntil(60_000) };
}

describe("the container runtime's work", () => {
  it("takes as long as on a calm node where it is alone", () => {
    const { begin, done, finish } = runtime(1);
    begin(0, "a", 500);
    begin(1000, "b", 300);
    finish();
    expect(done).toEqual({ a: 500, b: 1300 });
  });
  it("shares the node: what begins later slows what is under way, and what ends gives back", () => {
    const { begin, done, finish } = runtime(1);
    begin(0, "a", 600);
    begin(300, "b", 600);
    finish();
    // a: 300 ms alone and 300 ms of its own in 600 ms of both; b: 300 ms done by then, and 300 ms alone.
    expect(done).toEqual({ a: 900, b: 1200 });
  });
  it("takes no longer for as many as it does at once", () => {
    const { begin, done, finish } = runtime(2);
    for (const job of ["a", "b"]) begin(0, job, 400);
    for (const job of ["c", "d", "e", "f"]) begin(1000, job, 400);
    finish();
    expect(done).toMatchObject({ a: 400, b: 400, c: 1800, f: 1800 });
  });
  it("settles at its beginning how long a short work takes, and counts it while it lasts", () => {
    const { begin, settle, done, finish } = runtime(1);
    begin(0, "a", 1000);
    settle(500, 100);
    begin(600, "b", 100);
    finish();
    // 200 ms beside a. By 600 a has 450 ms left; a, b and the settled one share until 700, and so on until the next change.
    expect(done.settled).toBe(700);
    expect(done.a).toBeGreaterThan(1150);
    expect(done.b).toBeGreaterThan(800);
  });
});
