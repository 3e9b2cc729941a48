import { describe, expect, it } from "vitest";
import { figureRun } from "../facts/figure-runs.ts";
import { readDiagram } from "./read-diagram.ts";
import { runDiagram, type DiagramSelection } from "./run-diagram.ts";

const { timeline } = await figureRun("incident");
const told = { title: "An update", description: "What it shows.", lang: "en" } as const;
const draw = (select: DiagramSelection, lang: "en" | "ko" = "en") =>
  runDiagram(timeline, select, { ...told, lang })
    .split("\n")
    .slice(3);
const arrows = (select: DiagramSelection) =>
  draw(select).filter((line) => !line.trim().startsWith("participant"));

describe("a diagram of a run", () => {
  it("is one that can be drawn, with its title and its description", () => {
    const text = runDiagram(timeline, { only: ["step", "deployment.new-replica-set"] }, told);
    expect(readDiagram(text)).toMatchObject({ title: told.title, description: told.description });
  });
  it("shows what happened with the time since the update, in order", () => {
    expect(
      arrows({ only: ["step", "deployment.new-replica-set", "replicaset.create-pods"], to: 1 }),
    ).toEqual([
      expect.stringMatching(/client->>api: 0 ms · kubectl set image deployment\/web/),
      expect.stringMatching(/deployment->>api: \d+ ms · create the ReplicaSet of revision 2/),
      expect.stringMatching(/replicaSet->>api: \d+ ms · create 1 pod/),
    ]);
  });
  it("adds what was heard before, where it is asked for", () => {
    expect(arrows({ only: ["scheduler"], watches: true, to: 1 })).toEqual([
      expect.stringMatching(/api-\)scheduler: a pod without a node/),
      expect.stringMatching(/scheduler->>api: \d+ ms · bind the pod to node-1/),
    ]);
  });
  it("tells once what several steps at one instant go back to", () => {
    const heard = arrows({ only: ["deployment"], to: 1, watches: true });
    expect(heard.filter((line) => line.includes("api-)deployment"))).toHaveLength(1);
    expect(heard.filter((line) => line.includes("deployment->>api")).length).toBeGreaterThan(1);
  });
  it("follows one pod of several", () => {
    const stops = arrows({ only: ["kubelet.stop-signal"] });
    expect(stops).toHaveLength(3);
    expect(arrows({ only: ["kubelet.stop-signal"], pods: ["old-2"] })).toEqual([stops[1]]);
  });
  it("leaves out what names other pods only", () => {
    const [deletion, sync] = arrows({
      only: ["replicaset.delete-pods", "kube-proxy"],
      pods: ["old-1"],
    });
    const [, pod] = /· delete (\w+)$/.exec(deletion!)!;
    expect(sync).toContain(`− ${pod}`);
    expect(
      arrows({ only: ["replicaset.delete-pods", "kube-proxy"], pods: ["old-1"] }),
    ).toHaveLength(2);
  });
  it("has the participants that take part, in an order that does not change", () => {
    expect(draw({ only: ["failed", "kube-proxy"], pods: ["old-1"], to: 3 }).slice(0, 3)).toEqual([
      "  participant oldPod as old pod",
      "  participant proxy as kube-proxy",
      "  participant users as users",
    ]);
  });
  it("has the same messages in both languages", () => {
    const select = { pods: ["old-1"], only: ["kubelet", "endpointslice", "app"] };
    const shape = (lang: "en" | "ko") =>
      draw(select, lang).map((line) => /^ +(\w+(-\S)?|Note over \w+)/.exec(line)?.[0]);
    expect(shape("ko")).toEqual(shape("en"));
    expect(draw(select, "ko")).not.toEqual(draw(select, "en"));
  });
  it.each([
    ["more than can be read", {}, /would have \d+ messages, and 1 to 18 can be read:\n +0 s step/],
    ["nothing", { only: ["statefulset"] }, /would have 0 messages/],
    ["a pod that is not there", { pods: ["old-9"] }, /there is no pod "old-9"/],
  ])("tells an author who asks for %s", (_, select, message) => {
    expect(() => draw(select)).toThrow(message);
  });
});
