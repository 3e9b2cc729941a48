import { expect, test } from "vitest";
import { mermaidOf } from "./mermaid.ts";
import type { Message } from "./messages.ts";

const step: Message = {
  atMs: 41_000,
  code: "step",
  kind: "call",
  from: "client",
  to: "api",
  text: "kubectl get pods; echo #1\nend",
};

test("a diagram names who is there, in order, and tells each message with its time", () => {
  const note: Message = {
    ...step,
    atMs: 42_500,
    kind: "note",
    from: "kubelet",
    to: "kubelet",
    text: "ready",
  };
  const lost: Message = {
    ...step,
    atMs: 43_000,
    kind: "lost",
    from: "users",
    to: "oldPod",
    text: "502",
  };
  const told = { title: "T", description: "D", lang: "en" } as const;
  expect(mermaidOf([step, note, lost], 41_000, told).split("\n")).toEqual([
    "sequenceDiagram",
    "  accTitle: T",
    "  accDescr: D",
    "  participant client as kubectl",
    "  participant api as kube-apiserver",
    "  participant kubelet as kubelet",
    "  participant oldPod as old pod",
    "  participant users as users",
    "  client->>api: 0 ms · kubectl get pods#59; echo #35;1 end",
    "  Note over kubelet: 1.50 s · ready",
    "  users-xoldPod: 2 s · 502",
  ]);
});
