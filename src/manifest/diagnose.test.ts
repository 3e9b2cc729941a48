import { describe, expect, it } from "vitest";
import { BareCluster } from "../kubectl/bare-cluster.ts";
import { diagnose } from "./diagnose.ts";
import { parseManifest } from "./documents.ts";

const WEB = `apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
spec:
  replicas: 3
  selector:
    matchLabels:
      app: web
  template:
    metadata:
      labels:
        app: web
    spec:
      containers:
      - name: web
        image: nginx:1.25
`;

/** Each diagnostic as `line:column code what is underlined`. */
function found(text: string, base?: string): string[] {
  const cluster = new BareCluster();
  if (base !== undefined) cluster.apply([{ name: "base", text: base }]);
  return diagnose(text, { base: cluster.objects }).map(
    ({ range, code }) =>
      `${range.line}:${range.column} ${code} ${text.slice(range.from, range.to)}`,
  );
}

describe("a diagnostic stands at the narrowest place", () => {
  it.each([
    ["nothing wrong", WEB, []],
    [
      "an unknown field: its key",
      WEB.replace("replicas:", "replica:"),
      ["6:3 unknown-field replica"],
    ],
    ["a wrong type: its value", WEB.replace("3", '"3"'), ['6:13 wrong-type "3"']],
    [
      "wrong types of a custom kind: every one",
      WEB.replace("apps/v1", "argoproj.io/v1alpha1")
        .replace("Deployment", "Rollout")
        .replace("replicas: 3", 'replicas: "3"\n  paused: 1'),
      ['6:13 wrong-type "3"', "7:11 wrong-type 1"],
    ],
    [
      "a missing field: its parent",
      WEB.replace("        image: nginx:1.25\n", ""),
      ["16:9 required name"],
    ],
    [
      "a key of a map",
      WEB.replace("        app: web\n", '        app: web\n        "a b": c\n'),
      ['14:9 invalid "a b"'],
    ],
    [
      "the second document",
      `${WEB}---\napiVersion: v1\nkind: Servce\n`,
      ["20:7 kind-unknown Servce"],
    ],
    [
      "JSON",
      '{"apiVersion": "apps/v1", "kind": "Deployment", "spec": {"x": 1}}',
      [
        '1:2 required "apiVersion"',
        '1:49 required "spec"',
        '1:49 invalid "spec"',
        '1:49 required "spec"',
        '1:58 unknown-field "x"',
      ],
    ],
    [
      "a key that stands twice",
      WEB.replace("  replicas: 3\n", "  replicas: 3\n  replicas: 4\n"),
      ["7:3 duplicate-key replicas"],
    ],
    [
      "a kind that is not simulated",
      "apiVersion: batch/v1\nkind: Job\nmetadata: {name: a}\n",
      ["2:7 not-simulated Job"],
    ],
    [
      "more replicas than the simulator runs",
      WEB.replace("3", "1000000"),
      ["6:13 over-limit 1000000"],
    ],
  ])("%s", (_, text, expected) => {
    expect(found(text)).toEqual(expected);
  });

  it("an update is held against what stands", () => {
    expect(found(WEB.replaceAll("app: web", "app: shop"), WEB)).toEqual(["7:3 immutable selector"]);
  });

  it("a warning says what is accepted all the same", () => {
    const text = WEB.replace("    spec:\n", "    spec:\n      terminationGracePeriodSeconds: -5\n");
    const [diagnostic] = diagnose(text);
    expect(diagnostic).toMatchObject({ severity: "warning", range: { line: 15, column: 38 } });
  });

  it("the common mistakes say why, in both languages", () => {
    const [diagnostic] = diagnose(WEB.replace("replicas:", "replica:"));
    expect(diagnostic?.why?.en).toMatch(/no such field/);
    expect(diagnostic?.why?.ko).toMatch(/필드/);
  });
});

describe("documents", () => {
  it.each([
    ["none in an empty text", "", 0],
    ["an empty one between separators", "---\n---\na: b\n", 2],
    ["a comment behind a separator", "a: b\n--- # next\nc: d\n", 2],
    ["lines that end in CR LF", "a: b\r\n---\r\nc: d\r\n", 2],
    ["JSON values one after the other", '{"a": 1}\n{"b": 2}', 2],
  ])("%s", (_, text, count) => {
    const { documents, diagnostics } = parseManifest(text);
    expect(documents).toHaveLength(count);
    expect(diagnostics).toEqual([]);
  });

  it("text behind a separator is refused", () => {
    const { diagnostics } = parseManifest("a: b\n--- c: d\n");
    expect(diagnostics[0]).toMatchObject({
      message: "invalid Yaml document separator: c: d",
      range: { line: 2, column: 1 },
    });
  });
});

describe("what would hurt is refused, and soon", () => {
  it.each([
    ["5 MB", "a: b\n".repeat(1_000_000), "too-large"],
    ["deep nesting", "[".repeat(500_000), "too-complex"],
    ["a million values", `a: [${"1,".repeat(400_000)}]`, "too-complex"],
    ["very many documents", "---\na: b\n".repeat(20_000), "too-many-documents"],
  ])("%s", (_, text, code) => {
    expect(diagnose(text).map((diagnostic) => diagnostic.code)).toContain(code);
  });
});
