import { describe, expect, it } from "vitest";
import { ProgressStore, SAVED_MAX } from "./progress.ts";
import type { StorageProblem, TextStorage } from "./progress.ts";

const files = (text: string) => ({ "web.yaml": text });
const attempt = (text: string) => ({ files: files(text), inputs: [] });

const key = "rollout-lab/progress";

/** A browser's storage of so many characters. */
function storage(content?: string, size = 5_000_000) {
  const values = new Map(content === undefined ? [] : [[key, content]]);
  const store: TextStorage & { text(): string | undefined } = {
    getItem: (name) => values.get(name) ?? null,
    setItem: (name, value) => {
      if (value.length > size) throw new DOMException("full", "QuotaExceededError");
      values.set(name, value);
    },
    text: () => values.get(key),
  };
  return store;
}

function open(from: TextStorage | (() => TextStorage)) {
  const problems: StorageProblem[] = [];
  const opener = typeof from === "function" ? from : () => from;
  return { store: new ProgressStore(opener, (problem) => problems.push(problem)), problems };
}

describe("progress", () => {
  it("comes back after the page is gone", () => {
    const browser = storage();
    open(browser).store.keep("drain", { attempt: attempt("a: 1"), at: 5, passed: ["x"] });
    expect(open(browser).store.lab("drain")).toEqual({
      attempt: attempt("a: 1"),
      at: 5,
      passed: ["x"],
    });
  });

  it("keeps what is not news", () => {
    const { store } = open(storage());
    store.keep("drain", {
      attempt: attempt("a: 1"),
      at: 5,
      passed: ["x"],
      solved: { at: 5, attempt: attempt("a: 1") },
    });
    store.keep("drain", { draft: files("a: 2") });
    expect(store.lab("drain")).toEqual({
      attempt: attempt("a: 1"),
      at: 5,
      passed: ["x"],
      solved: { at: 5, attempt: attempt("a: 1") },
      draft: files("a: 2"),
    });
  });

  it("makes a record of the labs that were solved, whichever tab solved them", () => {
    const browser = storage();
    const one = open(browser).store;
    one.keep("drain", { at: 1, passed: ["x"], solved: { at: 1, attempt: attempt("a: 1") } });
    open(browser).store.keep("probes", { at: 2, passed: [] });
    open(browser).store.keep("surge", {
      at: 3,
      passed: [],
      solved: { at: 3, attempt: attempt("b: 1") },
    });
    expect(one.record()).toEqual({
      schema: "rollout-lab/record/v1",
      labs: [
        { id: "drain", at: 1, attempt: attempt("a: 1") },
        { id: "surge", at: 3, attempt: attempt("b: 1") },
      ],
    });
  });

  it("leaves alone what another tab saved of another lab", () => {
    const browser = storage();
    const one = open(browser).store;
    const two = open(browser).store;
    one.keep("drain", { attempt: attempt("one"), at: 1, passed: [] });
    two.keep("probes", { attempt: attempt("two"), at: 2, passed: [] });
    one.keep("drain", { passed: ["x"] });
    const later = open(browser).store;
    expect(later.lab("drain")?.passed).toEqual(["x"]);
    expect(later.lab("probes")?.attempt).toEqual(attempt("two"));
  });

  it.each([
    ["no JSON", "{oops"],
    ["another shape", '{"version":2,"labs":{"drain":{"at":"noon"}}}'],
    ["a list", "[]"],
    ["null", "null"],
    ["a newer version", '{"version":3,"labs":{}}'],
  ])("works in memory beside %s, says so once, and leaves it as it is", (_, content) => {
    const browser = storage(content);
    const { store, problems } = open(browser);
    store.keep("drain", { attempt: attempt("a: 1"), at: 5, passed: ["x"] });
    store.keep("drain", { draft: files("a: 2") });
    expect(store.lab("drain")?.draft).toEqual(files("a: 2"));
    expect(problems).toEqual(["unreadable"]);
    expect(browser.text()).toBe(content);
  });

  it("saves again once the unreadable record is given up", () => {
    const browser = storage("{oops");
    const { store } = open(browser);
    store.keep("drain", { attempt: attempt("a: 1"), at: 5, passed: [] });
    store.startAnew();
    expect(store.problem).toBeUndefined();
    expect(open(browser).store.lab("drain")?.attempt).toEqual(attempt("a: 1"));
  });

  it("works in memory where reading the storage throws", () => {
    const { store, problems } = open(() => {
      throw new DOMException("denied", "SecurityError");
    });
    store.keep("drain", { attempt: attempt("a: 1"), at: 5, passed: [] });
    expect(store.lab("drain")?.attempt).toEqual(attempt("a: 1"));
    expect(problems).toEqual(["blocked"]);
  });

  it("keeps the last saved record when the storage is full, and saves again when it can", () => {
    let size = 1000;
    const browser = storage();
    const limited: TextStorage = {
      getItem: (name) => browser.getItem(name),
      setItem: (name, value) => {
        if (value.length > size) throw new DOMException("full", "QuotaExceededError");
        browser.setItem(name, value);
      },
    };
    const { store, problems } = open(limited);
    store.keep("drain", { attempt: attempt("small"), at: 1, passed: [] });
    store.keep("drain", { attempt: attempt("x".repeat(2000)), at: 2, passed: [] });
    expect(problems).toEqual(["full"]);
    expect(open(browser).store.lab("drain")?.attempt).toEqual(attempt("small"));
    size = 10_000;
    store.keep("drain", { at: 3 });
    expect(open(browser).store.lab("drain")?.attempt?.files["web.yaml"]).toHaveLength(2000);
  });

  it("does not save a text of megabytes over the last try", () => {
    const browser = storage();
    const { store } = open(browser);
    store.keep("drain", { attempt: attempt("a: 1"), at: 1, passed: ["x"] });
    store.keep("drain", { draft: files("y".repeat(SAVED_MAX + 1)) });
    expect(store.lab("drain")?.draft?.["web.yaml"]).toHaveLength(SAVED_MAX + 1);
    expect(open(browser).store.lab("drain")).toEqual({
      attempt: attempt("a: 1"),
      at: 1,
      passed: ["x"],
    });
  });

  it.each(["__proto__", "constructor", "toString"])("knows nothing of a lab called %s", (id) => {
    expect(open(storage()).store.lab(id)).toBeUndefined();
  });
});
