import { test } from "@playwright/test";

/**
 * Leaves the test out once the time of `npm test` is nearly used up: on a slow machine the tests that visit each page of the site would take
 * more than there is. How many were left out is said at the end.
 */
export function leaveOutWhenLate(): void {
  test.skip(Date.now() > Number(process.env["VISIT_PAGES_UNTIL"] ?? Infinity), "no time left");
}
