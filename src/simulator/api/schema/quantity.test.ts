import { describe, expect, it } from "vitest";
import {
  canonicalQuantity,
  compareQuantities,
  goQuantity,
  parseQuantity,
  quantityMilli,
  quantityValue,
} from "./quantity.ts";

describe("a quantity is written in its canonical form", () => {
  it.each([
    ["0.5", "500m"],
    ["1000m", "1"],
    ["1024Mi", "1Gi"],
    ["1536Mi", "1536Mi"],
    ["128M", "128M"],
    ["1000000", "1M"],
    ["0.5Gi", "512Mi"],
    ["1e3", "1e3"],
    ["-1", "-1"],
    ["0", "0"],
    ["1n", "1n"],
    ["100", "100"],
    ["Mi", "0"],
  ])("%s is %s", (given, canonical) => {
    expect(canonicalQuantity(given)).toBe(canonical);
  });
});

describe("what is no quantity is refused", () => {
  it.each(["1 core", "128MB", "", "mi", "1.2.3", "abc"])("%j", (text) => {
    expect(parseQuantity(text)).toHaveProperty("error");
  });
});

describe("as Go prints it", () => {
  it.each([
    ["-1", "value:-1, scale:0", "-1", "DecimalSI"],
    ["1500m", "value:1500, scale:-3", "1500m", "DecimalSI"],
    ["2Gi", "value:2147483648, scale:0", "2Gi", "BinarySI"],
    ["512Mi", "value:536870912, scale:0", "", "BinarySI"],
    ["0", "value:0, scale:0", "0", "DecimalSI"],
  ])("%s", (given, amount, text, format) => {
    expect(goQuantity(given)).toBe(
      `resource.Quantity{i:resource.int64Amount{${amount}}, d:resource.infDecAmount{Dec:(*inf.Dec)(nil)}, s:"${text}", Format:"${format}"}`,
    );
  });
});

it("amounts are exact, whatever their suffix", () => {
  expect(quantityMilli("250m")).toBe(250);
  expect(quantityMilli("1.5")).toBe(1500);
  expect(quantityValue("1Ki")).toBe(1024);
  expect(compareQuantities("500m", "0.5")).toBe(0);
  expect(compareQuantities("256Mi", "128Mi")).toBe(1);
  expect(compareQuantities("1", "1001m")).toBe(-1);
});
