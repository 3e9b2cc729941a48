import { afterAll, describe, expect, it } from "vitest";
import { SMALL_LAB } from "../../src/labs/testing/small-lab.ts";
import { publishedSchemas } from "../../src/labs/authoring.ts";
import { readFileSync } from "node:fs";
import { folderWith, rolloutLab } from "./command-line.ts";

const prefixed = (prefix: string, files: Readonly<Record<string, string>>) =>
  Object.fromEntries(Object.entries(files).map(([name, text]) => [`${prefix}/${name}`, text]));

const { folder, remove } = folderWith({
  ...prefixed("good/small", SMALL_LAB),
  ...prefixed("bad/small", {
    ...SMALL_LAB,
    "lab.yaml": SMALL_LAB["lab.yaml"]!.replace(", ko: 작은 실습 }", " }"),
  }),
  ...prefixed("misnamed/other", SMALL_LAB),
});
afterAll(remove);

describe("the command line", () => {
  it.each([
    [["--help"], "usage: rollout-lab COMMAND"],
    [["simulate", "--help"], "usage: rollout-lab simulate SCENARIO.yaml"],
    [["check", "--help"], "usage: rollout-lab check FILE.yaml…"],
    [["validate", "--help"], "usage: rollout-lab validate FILE.yaml…"],
    [["lab", "list", "--help"], "usage: rollout-lab lab list"],
    [["lab", "test", "--help"], "usage: rollout-lab lab test"],
    [["lab", "--help"], "usage: rollout-lab lab test"],
  ])("%j explains itself", (args, text) => {
    const { status, stdout, stderr } = rolloutLab(args);
    expect([status, stderr]).toEqual([0, ""]);
    expect(stdout).toContain(text);
  });

  it.each([
    [[], "usage: rollout-lab COMMAND"],
    [["fly"], 'there is no command "fly"'],
    [["lab"], 'there is no command "lab"'],
    [["simulate"], "wanted one scenario, got 0"],
    [["simulate", "a.yaml", "b.yaml"], "wanted one scenario, got 2"],
    [
      ["simulate", "a.yaml", "--seed", "many"],
      '--seed: wanted a whole number from 0 to 9007199254740991, got "many"',
    ],
    [["simulate", "a.yaml", "--speed", "2"], "Unknown option '--speed'"],
    [["lab", "test", "no-such-lab"], "there is no lab no-such-lab; there are "],
  ])("%j is unusable input", (args, message) => {
    const { status, stdout, stderr } = rolloutLab(args);
    expect(stderr).toContain(message);
    expect([status, stdout]).toEqual([2, ""]);
  });
});

describe("lab list", () => {
  it("names the labs in both languages", () => {
    const { status, stdout } = rolloutLab(["lab", "list"]);
    expect(status).toBe(0);
    expect(stdout).toContain(
      "requests-fail-on-deploy\t15 min\t3 checks\tRequests fail on every deploy\t배포할 때마다",
    );
  });
});

describe("lab test", () => {
  it("fails with status 1 when a lab does not do as it says", () => {
    const { status, stdout } = rolloutLab(["lab", "test", "--labs", "good", "small"], folder);
    // No traffic: every manifest passes.
    expect(stdout).toContain("FAIL  the start does not pass: it passes");
    expect(stdout).toContain("ok    the solution passes");
    expect(stdout).toMatch(/2 passed, 3 failed\n$/);
    expect(status).toBe(1);
  });

  it.each([
    ["bad", "bad/small/lab.yaml:5:10: spec.title.ko: is missing; wanted a text (in Korean)"],
    [
      "misnamed",
      "misnamed/other/lab.yaml: metadata.name: wanted the folder's name other, got small",
    ],
    ["nowhere", "nowhere: there is no such folder"],
  ])("tells the author's mistake in %s", (labs, message) => {
    const { status, stderr } = rolloutLab(["lab", "test", "--labs", labs], folder);
    expect(stderr).toContain(message);
    expect(status).toBe(2);
  });
});

describe("the published schemas", () => {
  it.each(Object.entries(publishedSchemas()))(
    "%s is the one that documents are read with",
    (name, schema) => {
      const file = new URL(`../../public/schema/${name}`, import.meta.url);
      expect(JSON.parse(readFileSync(file, "utf8"))).toEqual(schema);
    },
  );
});
