import { describe, expect, test } from "vitest";
import { complete } from "./completion.ts";

const known = {
  files: ["web.yaml", "service.yaml"],
  objects: [
    "deployment/web",
    "service/web",
    "pod/web-5d8-abcde",
    "pod/web-5d8-fghij",
    "node/node-1",
  ],
};

describe("what Tab completes", () => {
  test.each([
    ["a command", "kub", "ectl "],
    ["a verb", "kubectl ro", "llout "],
    ["what a verb does", "kubectl rollout un", "do "],
    ["a kind's name", "kubectl get pods web-5d8-a", "bcde "],
    ["as far as names agree", "kubectl get po we", "b-5d8-"],
    ["a short name of a kind before a slash", "kubectl rollout undo deploy/", "web "],
    ["an object with its kind", "kubectl rollout undo deployment/w", "eb "],
    ["a file", "kubectl apply -f w", "eb.yaml "],
    ["a file of another command", "cat se", "rvice.yaml "],
    ["after a pipe, a command", "kubectl get pods | gr", "ep "],
    ["a pod's name without its kind", "kubectl logs web-5d8-f", "ghij "],
    ["a node to drain", "kubectl drain n", "ode-1 "],
    ["nothing where nothing fits", "kubectl get pods xyz", ""],
  ])("%s", (_, before, wanted) => {
    expect(complete(before, known)?.added).toBe(wanted);
  });

  test("offers what there is to choose from", () => {
    expect(complete("kubectl rollout re", known)).toEqual({
      added: "s",
      choices: ["restart", "resume"],
    });
  });

  test.each(["", "  "])("nothing where nothing was typed: %j", (before) => {
    expect(complete(before, known)).toBeUndefined();
  });
});
