import { expect, it } from "vitest";
import { corruptAt, fromBase64, toBase64 } from "./base64.ts";

it.each([
  ["", ""],
  ["a", "YQ=="],
  ["ab", "YWI="],
  ["abc", "YWJj"],
  ["무중단 배포", "66y07KSR64uoIOuwsO2PrA=="],
])("%j is %j, and back", (text, encoded) => {
  expect(toBase64(text)).toBe(encoded);
  expect(fromBase64(encoded)).toBe(text);
  expect(corruptAt(encoded)).toBe(-1);
});

it.each([
  ["a line break anywhere", "YW\nJj\r\n", -1],
  ["a character that is no digit", "pass word", 4],
  ["a last group that is too short", "YWJjYQ", 4],
  ["one sign of padding for two", "YQ=", 3],
  ["a digit for the second sign of padding", "YQ=b", 2],
  ["padding where digits are wanted", "Y===", 1],
  ["something behind the padding", "YQ==YQ==", 4],
])("%s", (_, text, at) => {
  expect(corruptAt(text)).toBe(at);
});
