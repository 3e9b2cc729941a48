import { describe, expect, it } from "vitest";
import { deepFreeze, remembered } from "./remembered.ts";

describe("a remembered function", () => {
  const counted = () => {
    const calls: unknown[] = [];
    const make = remembered((a: { readonly n: number }, b: { readonly n: number }) => {
      calls.push([a.n, b.n]);
      return { sum: a.n + b.n };
    });
    return { calls, make };
  };

  it("works out once what it is asked of frozen values, and gives it out frozen", () => {
    const { calls, make } = counted();
    const [a, b] = [Object.freeze({ n: 1 }), Object.freeze({ n: 2 })];
    const made = make(a, b);
    expect(made).toEqual({ sum: 3 });
    expect(make(a, b)).toBe(made);
    expect(Object.isFrozen(made)).toBe(true);
    expect(calls).toHaveLength(1);
  });

  it("works out anew what any other value has a part in", () => {
    const { calls, make } = counted();
    const [a, b, c] = [1, 2, 3].map((n) => Object.freeze({ n }));
    make(a!, b!);
    expect(make(a!, c!)).toEqual({ sum: 4 });
    expect(make(c!, b!)).toEqual({ sum: 5 });
    expect(calls).toHaveLength(3);
  });

  it("remembers nothing of a value that may change", () => {
    const { make } = counted();
    const b = Object.freeze({ n: 2 });
    const a = { n: 1 };
    expect(make(a, b)).toEqual({ sum: 3 });
    a.n = 10;
    expect(make(a, b)).toEqual({ sum: 12 });
  });
});

it("deepFreeze freezes all that is in a value", () => {
  const value = deepFreeze({ list: [{ name: "web" }], text: "a", nothing: null });
  expect(() => Object.assign(value.list[0]!, { name: "other" })).toThrow(TypeError);
  expect(() => value.list.push({ name: "more" })).toThrow(TypeError);
});
