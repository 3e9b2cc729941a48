import { describe, expect, it } from "vitest";
import { Kernel } from "../kernel/kernel.ts";
import { EventRecorder } from "./event-recorder.ts";
import { ApiServer } from "./server.ts";

/** A recorder with a pod to write about. */
function recorder() {
  const kernel = new Kernel(1);
  const api = new ApiServer(kernel);
  api.create("namespaces", { apiVersion: "v1", kind: "Namespace", metadata: { name: "default" } });
  const pod = api.create("pods", {
    apiVersion: "v1",
    kind: "Pod",
    metadata: { name: "web" },
    spec: { containers: [{ name: "web", image: "web:1" }] },
    status: {},
  });
  const events = new EventRecorder(kernel, api, "test");
  const say = (message: string, reason = "Failed") => events.event(pod, "Warning", reason, message);
  const told = () => api.list("events").map(({ message, count }) => `${count} ${message}`);
  const wait = (ms: number) => kernel.runUntil(kernel.now + ms);
  return { say, told, wait };
}

describe("events of one object", () => {
  it("that say the same raise the count of the first", () => {
    const { say, told, wait } = recorder();
    for (let i = 0; i < 3; i += 1) {
      say("back-off");
      wait(1000);
    }
    expect(told()).toEqual(["3 back-off"]);
  });

  it("that differ in their message alone are combined from the tenth on", () => {
    const { say, told, wait } = recorder();
    for (let i = 1; i <= 12; i += 1) say(`try ${i}`);
    wait(1000);
    const events = told();
    expect(events.slice(0, 9)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9].map((i) => `1 try ${i}`));
    expect(events.slice(9)).toEqual(["3 (combined from similar events): try 12"]);
  });

  it("are told apart again after ten minutes without any", () => {
    const { say, told, wait } = recorder();
    for (let i = 1; i <= 10; i += 1) say(`try ${i}`);
    wait(601_000);
    say("try 11");
    wait(1000);
    expect(told().at(-1)).toBe("1 try 11");
  });

  it("of another reason are not combined with them", () => {
    const { say, told, wait } = recorder();
    for (let i = 1; i <= 10; i += 1) say(`try ${i}`);
    say("try 11", "Other");
    wait(1000);
    expect(told().at(-1)).toBe("1 try 11");
  });

  it("are dropped after 25, and let through again one in five minutes", () => {
    const { say, told, wait } = recorder();
    for (let i = 1; i <= 30; i += 1) say("same");
    wait(1000);
    expect(told()).toEqual(["25 same"]);
    wait(300_000);
    say("same");
    say("same");
    wait(1000);
    expect(told()).toEqual(["26 same"]);
  });
});
