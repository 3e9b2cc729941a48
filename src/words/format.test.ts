import { expect, it } from "vitest";
import { instant, plural, podSuffix } from "./format.ts";

it.each([
  ["web-7c95d8f4bb-x2x7q", "x2x7q"],
  ["web-7c95d8f4bb-24567", "24567"],
  ["web-0", "web-0"],
  ["shop-db-12", "db-12"],
  ["web", "web"],
])("of the name %s, %s is told", (name, suffix) => {
  expect(podSuffix(name)).toBe(suffix);
});

it.each([
  [30_000, "30 s", "30초"],
  [70_400, "70.40 s", "70.40초"],
  [65_217, "65.22 s", "65.22초"],
])("%d ms are %s: both decimals or none", (ms, english, korean) => {
  expect(instant(ms, "en")).toBe(english);
  expect(instant(ms, "ko")).toBe(korean);
});

it("a count in a sentence is grouped like the one beside it", () => {
  expect(plural(1458, "request")).toBe("1,458 requests");
});
