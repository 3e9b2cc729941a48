/* Every recording of a real `kubectl apply` of a manifest: the same bytes on both streams, the same exit status, the object as stored. */
import { readdirSync, readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { checkRefusals } from "../../src/conformance/traces/refusals.ts";

const FOLDER = new URL("../facts/errors/", import.meta.url);
const read = (name: string) => readFileSync(new URL(name, FOLDER), "utf8");

const manifests = readdirSync(new URL("manifests/", FOLDER)).map(
  (name) => [`manifests/${name}`, read(`manifests/${name}`)] as const,
);
const lines = read("errors.jsonl");
const files = new Map([...manifests, ["base.yaml", read("base.yaml")], ["errors.jsonl", lines]]);

it.each(checkRefusals("errors", files))("$name", ({ messages }) => {
  expect(messages).toEqual([]);
});

it("are all there", () => {
  expect(checkRefusals("errors", files)).toHaveLength(99 * 3);
});

const first = JSON.parse(lines.slice(0, lines.indexOf("\n"))) as Record<string, object>;

it.each<[string, object, string]>([
  ["another status", { default: { ...first.default, code: 0 } }, "exit status 1 for 0"],
  ["other words", { default: { ...first.default, stderr: "no\n" } }, "stderr: wanted"],
  [
    "another object",
    {
      validateFalse: {
        ...first.validateFalse,
        accepted: { kind: "Deployment", metadata: { name: "web" }, spec: {} },
      },
    },
    "spec: wanted {}",
  ],
  [
    "a manifest that is not there",
    { file: "none.yaml" },
    "errors.jsonl:1: there is no manifests/none.yaml",
  ],
  [
    "nothing recorded",
    { default: undefined, validateFalse: undefined, dryRunClient: undefined },
    "says nothing",
  ],
  ["no file named", { file: 7 }, "errors.jsonl:1: wanted"],
  ["an unknown base", { pre: "kubectl apply -f other.yaml" }, "there is no other.yaml"],
])("%s is found out", (_, change, told) => {
  const lie = new Map(files).set("errors.jsonl", JSON.stringify({ ...first, ...change }));
  const results = checkRefusals("errors", lie);
  expect(results.some(({ pass }) => !pass)).toBe(true);
  expect(results.flatMap(({ messages }) => messages).join("\n")).toContain(told);
});

it("a line that is no JSON is found out", () => {
  const lie = new Map(files).set("errors.jsonl", `${JSON.stringify(first)}\n{"name"`);
  expect(checkRefusals("errors", lie)).toEqual([
    expect.objectContaining({ pass: false, messages: ["errors.jsonl:2: is no JSON"] }),
  ]);
});
