import { expect, test } from "vitest";
import { placeAfter } from "./place.ts";

test.each([
  ["nothing", "", { row: 0, column: 0 }],
  ["within the first row", "abc", { row: 0, column: 3 }],
  ["a full row leads to the next", "abcdef", { row: 1, column: 0 }],
  ["rows and a rest", "abcdefgh", { row: 1, column: 2 }],
  ["Hangul takes two columns", "파드", { row: 0, column: 4 }],
  ["a wide character is not cut in two", "abcde파", { row: 1, column: 2 }],
  ["a mark that combines takes none", "é", { row: 0, column: 1 }],
])("the cursor after %s", (_, text, place) => {
  expect(placeAfter(text, 6)).toEqual(place);
});
