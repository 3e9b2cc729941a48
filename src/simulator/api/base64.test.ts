import { expect, it } from "vitest";
import { fromBase64, toBase64 } from "./base64.ts";

it.each([
  ["", ""],
  ["a", "YQ=="],
  ["ab", "YWI="],
  ["abc", "YWJj"],
  ["무중단 배포", "66y07KSR64uoIOuwsO2PrA=="],
])("%j is %j, and back", (text, encoded) => {
  expect(toBase64(text)).toBe(encoded);
  expect(fromBase64(encoded)).toBe(text);
});
