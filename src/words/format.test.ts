import { expect, it } from "vitest";
import { podSuffix } from "./format.ts";

it.each([
  ["web-7c95d8f4bb-x2x7q", "x2x7q"],
  ["web-7c95d8f4bb-24567", "24567"],
  ["web-0", "web-0"],
  ["shop-db-12", "db-12"],
  ["web", "web"],
])("of the name %s, %s is told", (name, suffix) => {
  expect(podSuffix(name)).toBe(suffix);
});
