import { describe, expect, it } from "vitest";
import { FILE_MAX, readProgress, writeProgress } from "./progress-file.ts";
import { ProgressStore, type LabProgress, type TextStorage } from "./progress.ts";

const attempt = (text: string) => ({ files: { "web.yaml": text }, inputs: [] });
const tried: LabProgress = { at: 5, passed: ["x"], attempt: attempt("a: 1") };
const solved: LabProgress = { ...tried, solved: { at: 7, attempt: attempt("a: 2") } };
const file = (labs: unknown, schema = "rollout-lab/progress/v1") =>
  JSON.stringify({ schema, labs });

describe("a file of progress", () => {
  it("comes back as it was written", () => {
    const labs = { drain: solved, surge: { at: 1, passed: [], draft: { "web.yaml": "b" } } };
    expect(readProgress(writeProgress(labs))).toEqual({ labs, unreadable: [] });
  });

  it("is taken as well when it is the record that was handed in", () => {
    const record = [{ id: "drain", at: 7, attempt: attempt("a: 2") }];
    expect(readProgress(file(record, "rollout-lab/record/v1"))).toEqual({
      labs: { drain: { at: 0, passed: [], solved: { at: 7, attempt: attempt("a: 2") } } },
      unreadable: [],
    });
  });

  it.each([
    ["another kind of file", "\u0089PNG", "no-json"],
    ["one that was cut off", writeProgress({ drain: solved }).slice(0, 40), "no-json"],
    ["JSON of something else", '{"name":"x"}', "foreign"],
    ["a list", "[]", "foreign"],
    ["null", "null", "foreign"],
    [
      "too many labs",
      file(Object.fromEntries([...Array(201).keys()].map((i) => [`l${i}`, tried]))),
      "foreign",
    ],
    ["a newer edition's", file({}, "rollout-lab/progress/v2"), "newer"],
    ["a huge one", " ".repeat(FILE_MAX + 1), "too-large"],
  ])("that is %s is refused as a whole", (_, text, kind) => {
    expect(readProgress(text)).toEqual({ kind });
  });

  it.each([
    ["no object", 5],
    ["no time", { passed: [] }],
    ["a time without a day", { at: 1e300, passed: [] }],
    ["checks that are no texts", { at: 1, passed: [1] }],
    ["a file that is no text", { at: 1, passed: [], attempt: { files: { a: 1 }, inputs: [] } }],
    [
      "an input that no terminal has",
      {
        at: 1,
        passed: [],
        attempt: { files: {}, inputs: [{ atMs: 1, action: { kind: "apply" } }] },
      },
    ],
    [
      "more inputs than anybody types",
      {
        at: 1,
        passed: [],
        attempt: {
          files: {},
          inputs: Array.from({ length: 501 }, () => ({ atMs: 1, action: { kind: "interrupt" } })),
        },
      },
    ],
  ])("with %s in one lab: that lab is passed over by name, the others are read", (_, bad) => {
    const text = file({ bad, drain: tried });
    expect(readProgress(text)).toEqual({ labs: { drain: tried }, unreadable: ["bad"] });
  });

  it("cannot reach an object's own ways", () => {
    const text = `{"schema":"rollout-lab/progress/v1","labs":{"__proto__":${JSON.stringify(tried)}}}`;
    expect(readProgress(text)).toEqual({ labs: {}, unreadable: ["__proto__"] });
  });
});

describe("progress from elsewhere", () => {
  function browser() {
    const values = new Map<string, string>();
    const storage: TextStorage = {
      getItem: (name) => values.get(name) ?? null,
      setItem: (name, value) => void values.set(name, value),
    };
    return () =>
      new ProgressStore(
        () => storage,
        () => undefined,
      );
  }

  it("adds what is missing, and leaves what is there as it is", () => {
    const open = browser();
    const own = { at: 9, passed: ["y"], attempt: attempt("mine"), draft: { "web.yaml": "d" } };
    open().keep("drain", own);
    expect(open().merge({ drain: solved, surge: tried })).toEqual(["drain", "surge"]);
    expect(open().lab("drain")).toEqual({ ...own, solved: solved.solved });
    expect(open().lab("surge")).toEqual(tried);
  });

  it("keeps the first solution, and says that nothing was new", () => {
    const open = browser();
    open().keep("drain", solved);
    const later = { ...solved, solved: { at: 99, attempt: attempt("later") } };
    expect(open().merge({ drain: later })).toEqual([]);
    expect(open().lab("drain")).toEqual(solved);
  });

  it("may speak of a lab that this site does not have: it is kept", () => {
    const open = browser();
    open().merge({ "from-a-newer-site": tried });
    expect(open().all()).toEqual({ "from-a-newer-site": tried });
  });
});
