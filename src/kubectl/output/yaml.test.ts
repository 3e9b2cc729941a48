import { parse } from "yaml";
import { describe, expect, it } from "vitest";
import { toYaml } from "./yaml.ts";

describe("scalars are quoted where go-yaml quotes them", () => {
  it.each([
    ["web", "web"],
    ["nginx:1.25", "nginx:1.25"],
    ["3", '"3"'],
    ["1.5", '"1.5"'],
    ["true", '"true"'],
    ["no", '"no"'],
    ["", '""'],
    ["null", '"null"'],
    ["0x1f", '"0x1f"'],
    ["1:30", '"1:30"'],
    ["2026-01-01T00:00:00Z", '"2026-01-01T00:00:00Z"'],
    ["a: b", "'a: b'"],
    ["# no comment", "'# no comment'"],
    ["- item", "'- item'"],
    ["*", "'*'"],
    [" padded ", "' padded '"],
    ["it's", "it's"],
    ["'it'", "'''it'''"],
    ["tab\there", '"tab\\there"'],
    [42, "42"],
    [false, "false"],
    [null, "null"],
  ])("%j", (value, text) => {
    expect(toYaml({ a: value })).toBe(`a: ${text}\n`);
  });
});

it("lines up mappings and lists as kubectl does", () => {
  const object = {
    spec: { containers: [{ name: "web", args: ["-c", "sleep 5"], ports: [] }], nested: [[1], {}] },
    kind: "Pod",
    text: "one\ntwo\n",
    unfinished: "one\ntwo",
  };
  expect(toYaml(object)).toBe(`kind: Pod
spec:
  containers:
  - args:
    - -c
    - sleep 5
    name: web
    ports: []
  nested:
  - - 1
  - {}
text: |
  one
  two
unfinished: |-
  one
  two
`);
  expect(parse(toYaml(object))).toEqual(object);
});

it("long texts go on in the next line, behind a space", () => {
  const words = (n: number) => Array.from({ length: n }, (_, i) => `word-${i}`).join(" ");
  expect(toYaml({ a: { message: `why: ${words(12)}` } })).toBe(
    "a:\n  message: 'why: word-0 word-1 word-2 word-3 word-4 word-5 word-6 word-7 word-8 word-9\n    word-10 word-11'\n",
  );
  expect(toYaml({ list: [words(13)] })).toBe(
    "list:\n- word-0 word-1 word-2 word-3 word-4 word-5 word-6 word-7 word-8 word-9 word-10 word-11\n  word-12\n",
  );
});
