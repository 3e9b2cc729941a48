import { gzipSync } from "node:zlib";
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, it } from "vitest";
import { rolloutLab } from "./command-line.ts";

const FACTS = fileURLToPath(new URL("../facts", import.meta.url));
const recording = "control-plane/02c-roll-1-default";

let folder = "";
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), "conformance-"));
  cpSync(path.join(FACTS, "traces", recording), path.join(folder, "traces", "some", "where"), {
    recursive: true,
  });
  const write = (name: string, content: string | Buffer) => {
    mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
    writeFileSync(path.join(folder, name), content);
  };
  write("traces/no-json/full.jsonl", '{"t":1}\n{"t"');
  write("traces/empty/full.jsonl", "");
  write("traces/other/full.jsonl", '{"t":1,"type":"ADDED","res":"pods","object":{}}\n');
  write("traces/no-events/kubectl.jsonl", "");
  write("traces/cut/full.jsonl.gz", gzipSync("{}").subarray(0, 12));
  write("traces/refused/errors.jsonl", '{"name":"a","file":"a.yaml","pre":null}\n');
  write("vectors/broken.json", "{");
  write("vectors/unknown.json", '{"topic":"tea","cases":[{"name":"hot"}]}');
  write("vectors/odd.json", '{"topic":"backoff","cases":[{"name":"odd"},{}]}');
});
afterAll(() => rmSync(folder, { recursive: true }));

it("plays a recording in every way, and tells what it cannot read, with where and why", () => {
  const { status, stdout } = rolloutLab(["conformance", "--traces", path.join(folder, "traces")]);
  expect(status).toBe(1);
  for (const way of ["decisions", "whole run", "kubectl", "streams"]) {
    expect(stdout).toContain(`ok      traces/some/where/${way}: `);
  }
  for (const [name, why] of [
    ["no-json", "full.jsonl:2: is no JSON"],
    ["empty", "full.jsonl: has no watch events"],
    ["other", "full.jsonl, event 1: wanted"],
    ["no-events", "has no full.jsonl"],
    ["cut/full.jsonl", "unexpected end of file"],
    ["refused/a", "errors.jsonl:1: there is no manifests/a.yaml"],
  ]) {
    expect(stdout).toContain(`FAILED  traces/${name}`);
    expect(stdout).toContain(why);
  }
  expect(stdout.trimEnd().split("\n").at(-1)).toBe("4 passed, 6 failed");
});

it("tells of cases that it cannot read or does not know", () => {
  const { status, stdout } = rolloutLab(["conformance", "--vectors", path.join(folder, "vectors")]);
  expect(status).toBe(1);
  expect(stdout).toContain("FAILED  vectors/broken.json\n");
  expect(stdout).toContain(`${path.join(folder, "vectors", "broken.json")}: is no JSON`);
  expect(stdout).toContain('no rule for topic "tea" (1 cases)');
  expect(stdout).toContain("FAILED  vectors/backoff/odd");
  expect(stdout).toContain("FAILED  vectors/backoff/case 2");
});

it("wants a folder with facts", () => {
  expect(rolloutLab(["conformance", "--traces", path.join(folder, "none")])).toMatchObject({
    status: 2,
    stderr: expect.stringContaining("there is no such folder") as string,
  });
});
