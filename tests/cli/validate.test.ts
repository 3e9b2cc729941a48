import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, it } from "vitest";
import { folderWith, rolloutLab } from "./command-line.ts";

const facts = fileURLToPath(new URL("../facts/errors/", import.meta.url));

interface Recording {
  readonly name: string;
  readonly file: string;
  readonly pre: string | null;
  readonly default: { readonly code: number; readonly stdout: string; readonly stderr: string };
}

const recordings = readFileSync(`${facts}errors.jsonl`, "utf8")
  .trim()
  .split("\n")
  .map((line) => JSON.parse(line) as Recording);

/** The first recording of each kind: accepted or refused, over nothing or over something that stands. */
const chosen = [true, false].flatMap((accepted) =>
  [true, false].flatMap((bare) =>
    recordings
      .filter((r) => (r.default.code === 0) === accepted && (r.pre === null) === bare)
      .slice(0, 2),
  ),
);

const { folder, remove } = folderWith({
  "broken.yaml": "kind: [Deployment\n",
  "large.yaml": "x".repeat(5 * 1024 * 1024),
  "empty/README.md": "no manifest",
});
afterAll(remove);

describe("validate says what a real kubectl said", () => {
  it("of manifests of every kind", () => expect(chosen.length).toBeGreaterThan(5));

  it.each(chosen)("$name", ({ file, pre, default: { code, stdout, stderr } }) => {
    const from = pre === null ? [] : ["--from", "../base.yaml"];
    expect(rolloutLab(["validate", file, ...from], `${facts}manifests`)).toMatchObject({
      status: code,
      stdout,
      stderr,
    });
  });

  it("of a manifest that does not parse", () => {
    const { status, stdout, stderr } = rolloutLab(["validate", "broken.yaml"], folder);
    expect([status, stdout]).toEqual([1, ""]);
    expect(stderr).toMatch(
      /^error: error parsing broken\.yaml: error converting YAML to JSON: yaml: line \d+: /,
    );
  });
});

describe("validate refuses what it cannot read", () => {
  it.each([
    [["nowhere.yaml"], "there is no file or folder nowhere.yaml"],
    [["large.yaml"], "large.yaml:1:1: large.yaml is 5242880 bytes large; at most 1048576 are read"],
    [["empty"], "the folder empty has no .yaml, .yml or .json file"],
    [["broken.yaml", "--from", "broken.yaml"], "--from broken.yaml is refused itself:"],
    [[], "wanted a manifest"],
  ])("%j", (args, message) => {
    const { status, stdout, stderr } = rolloutLab(["validate", ...args], folder);
    expect(stderr).toContain(message);
    expect([status, stdout]).toEqual([2, ""]);
  });
});
