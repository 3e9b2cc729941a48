import { describe, expect, it } from "vitest";
import { runVectorFile } from "../../src/conformance/vectors/vector-file.ts";

/** What is said of one case of a topic. */
function told(topic: string, given: object): string {
  const [result] = runVectorFile({ topic, cases: [{ name: "case", ...given }] })!;
  return result!.pass ? "passed" : result!.messages.join();
}

describe("what a case asks for and nothing here has a rule for is told", () => {
  it.each([
    ["defaulting", { input: { kind: "Lease", object: {} }, expected: {} }, "kind Lease"],
    [
      "defaulting",
      { input: { kind: "Pod", featureGates: { ContainerCheckpoint: false } }, expected: {} },
      "feature gate ContainerCheckpoint=false",
    ],
    [
      "validation",
      { function: "ValidateLease", input: {}, expected: {} },
      "function ValidateLease",
    ],
  ])("%s", (topic, given, what) => {
    expect(told(topic, given)).toBe(`no rule for ${what}`);
  });
});

describe("paths of fields", () => {
  const labels = (path: string, value: string) =>
    told("defaulting", {
      input: { kind: "Namespace", object: { metadata: { name: "shop" } } },
      expected: { fields: { [path]: value } },
    });

  it.each([
    "metadata.labels.kubernetes.io/metadata.name",
    "metadata.labels[kubernetes.io/metadata.name]",
    "metadata.labels['kubernetes.io/metadata.name']",
  ])("%s leads to a label", (path) => {
    expect(labels(path, "shop")).toBe("passed");
    expect(labels(path, "web")).toBe(`${path}: wanted "web", got "shop"`);
  });
});
