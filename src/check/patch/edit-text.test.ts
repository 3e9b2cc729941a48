import { describe, expect, it } from "vitest";
import { editText } from "./edit-text.ts";
import { unifiedDiff } from "./unified-diff.ts";

const origin = { file: "web.yaml", line: 1, column: 1, document: 0 };

const WEB = `# The shop's front end.
kind: Deployment
spec:
  replicas: 3   # three zones
  # How it rolls out.
  strategy: {type: Recreate}
  template:
    spec:
      containers:
      - name: web
        image: "nginx:1.25" # pinned
        lifecycle:
          preStop:
            exec:
              command: ["sleep", "5"]
      # The log shipper.
      - name: logs
        image: fluent-bit
`;

describe("a value is set and all else stays", () => {
  it.each([
    [
      "a number that is there, with its comment",
      ["spec", "replicas"],
      2,
      ["-  replicas: 3   # three zones", "+  replicas: 2   # three zones"],
    ],
    [
      "a mapping on one line",
      ["spec", "strategy"],
      { type: "RollingUpdate" },
      ["-  strategy: {type: Recreate}", "+  strategy: {type: RollingUpdate}"],
    ],
    [
      "a field that is not there, before what people read after it",
      ["spec", "template", "spec", "terminationGracePeriodSeconds"],
      60,
      ["+      terminationGracePeriodSeconds: 60"],
    ],
    [
      "mappings that are missing on the way",
      ["spec", "template", "spec", "containers", 1, "lifecycle", "preStop"],
      { sleep: { seconds: 5 } },
      [
        "+        lifecycle:",
        "+          preStop:",
        "+            sleep:",
        "+              seconds: 5",
      ],
    ],
    [
      "a block in place of another, above a comment that is not its own",
      ["spec", "template", "spec", "containers", 0, "lifecycle", "preStop"],
      { sleep: { seconds: 5 } },
      [
        "-            exec:",
        '-              command: ["sleep", "5"]',
        "+            sleep:",
        "+              seconds: 5",
      ],
    ],
    [
      "of a hook that stays what it is only its number, in the quotes that it has",
      ["spec", "template", "spec", "containers", 0, "lifecycle", "preStop"],
      { exec: { command: ["sleep", "20"] } },
      ['-              command: ["sleep", "5"]', '+              command: ["sleep", "20"]'],
    ],
    [
      "a field that is taken away",
      ["spec", "template", "spec", "containers", 0, "lifecycle"],
      undefined,
      [
        "-        lifecycle:",
        "-          preStop:",
        "-            exec:",
        '-              command: ["sleep", "5"]',
      ],
    ],
  ])("%s", (_, path, value, lines) => {
    expect(changes(WEB, editText(WEB, origin, path, value))).toEqual(lines);
  });

  it.each([
    ["JSON", '{"spec": {"replicas": 1}}', '{"spec": {"replicas": 1, "minReadySeconds": 5}}'],
    [
      "JSON on lines of its own",
      '{\n  "spec": {\n    "replicas": 1\n  }\n}\n',
      '{\n  "spec": {\n    "replicas": 1,\n    "minReadySeconds": 5\n  }\n}\n',
    ],
    ["a mapping without anything in it", "spec: {}\n", "spec: {minReadySeconds: 5}\n"],
    ["a text without a last line end", "spec:\n  a: 1", "spec:\n  a: 1\n  minReadySeconds: 5"],
    [
      "the second document",
      "a: 1\n---\n# Source: chart/web.yaml\nspec:\n  a: 1\n---\nb: 2\n",
      "a: 1\n---\n# Source: chart/web.yaml\nspec:\n  a: 1\n  minReadySeconds: 5\n---\nb: 2\n",
    ],
    ["a key without a value", "spec:\n", "spec:\n  minReadySeconds: 5\n"],
    [
      "an alias",
      "x: &x { a: 1 }\nspec: *x\n",
      "x: &x { a: 1 }\nspec:\n  a: 1\n  minReadySeconds: 5\n",
    ],
  ])("in %s", (name, before, after) => {
    const document = name === "the second document" ? 1 : 0;
    const text = editText(before, { ...origin, document }, ["spec", "minReadySeconds"], 5);
    expect(text).toBe(after);
  });

  it("in an item of a List", () => {
    const list = "kind: List\nitems:\n- kind: A\n  spec:\n    a: 1\n- kind: B\n  spec:\n    b: 1\n";
    const text = editText(list, { ...origin, item: 0 }, ["spec", "replicas"], 2);
    expect(changes(list, text)).toEqual(["+    replicas: 2"]);
  });
});

/** Lines that are only in one of two texts, in order. */
function changes(before: string, after: string): string[] {
  return unifiedDiff("f", before, after)
    .split("\n")
    .filter((line) => /^[-+](?!--|\+\+)/.test(line));
}

it("documents of comments alone are none", () => {
  const text = "# Thank you for installing.\n---\n# Source: web.yaml\n---\n";
  const wanted = WEB.replace("replicas: 3", "replicas: 2");
  expect(editText(text + WEB, origin, ["spec", "replicas"], 2)).toBe(text + wanted);
});

it("a long script stays on one line", () => {
  const script = `sleep 5 && if [ -f ${"/opt/scripts".repeat(8)} ]; then stop; fi`;
  const path = ["spec", "template", "spec", "containers", 0, "lifecycle", "preStop"];
  const hook = { exec: { command: ["sh", "-c", script] } };
  expect(editText(WEB, origin, path, hook).split("\n")).toContain(`                - ${script}`);
});
