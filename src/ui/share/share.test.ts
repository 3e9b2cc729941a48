import { describe, expect, test } from "vitest";
import { fragmentOfMoment, momentOf } from "./moment.ts";
import { packText, unpackText } from "./packed-text.ts";
import { fragmentOf, FRAGMENT_MAX, openFragment, type SharedTry } from "./shared-try.ts";

const shared: SharedTry = {
  lab: "rollout-does-not-finish",
  seed: 3,
  deploys: true,
  attempt: {
    files: { "web.yaml": "# 파드 네 개\nreplicas: 4\n" },
    inputs: [
      { atMs: 41_200, action: { kind: "shell", line: "kubectl get pods -w", files: {} } },
      { atMs: 45_000, action: { kind: "interrupt" } },
    ],
  },
};

const packed = async (value: unknown) => `#try=${await packText(JSON.stringify(value))}`;
const whole = { version: 1, ...shared };
const withInput = (input: unknown) => ({ ...whole, attempt: { files: {}, inputs: [input] } });

describe("a link to a try", () => {
  test("brings back what it was made from", async () => {
    expect(await openFragment(`#${await fragmentOf(shared)}`)).toEqual({ kind: "try", shared });
  });

  test("is not made where it would be too long", async () => {
    // Digits of a chaotic series do not compress.
    let x = 1;
    const noise = Array.from({ length: 12_000 }, () => (x = (x * 48_271) % 2_147_483_647)).join(
      " ",
    );
    const attempt = { files: { "web.yaml": noise }, inputs: [] };
    expect(await fragmentOf({ ...shared, attempt })).toBeUndefined();
  });

  test.each([
    ["no fragment", "", "none"],
    ["another fragment", "#the-task", "none"],
    ["no base64", "#try=%%%", "broken"],
    ["not compressed", "#try=aGVsbG8", "broken"],
    ["longer than any", `#try=${"A".repeat(FRAGMENT_MAX)}`, "too-long"],
  ])("%s", async (_, fragment, kind) => {
    expect(await openFragment(fragment)).toEqual({ kind });
  });

  test("that was cut off is broken", async () => {
    const fragment = (await fragmentOf(shared))!;
    expect(await openFragment(`#${fragment.slice(0, -20)}`)).toEqual({ kind: "broken" });
  });

  test.each([
    ["of a later version", { ...whole, version: 2 }],
    ["with markup for a lab", { ...whole, lab: "<img src=x>" }],
    ["with a seed that is none", { ...whole, seed: 1e99 }],
    ["with a list for files", { ...whole, attempt: { files: [], inputs: [] } }],
    ["with a text that is a number", { ...whole, attempt: { files: { a: 1 }, inputs: [] } }],
    ["with a time before the run", withInput({ atMs: -1, action: { kind: "interrupt" } })],
    [
      "with objects past the API server",
      withInput({ atMs: 0, action: { kind: "apply", objects: [] } }),
    ],
    [
      "with a line without end",
      withInput({ atMs: 0, action: { kind: "shell", line: "x".repeat(5000), files: {} } }),
    ],
    [
      "with too many lines",
      { ...whole, attempt: { files: {}, inputs: Array(501).fill(shared.attempt.inputs[1]) } },
    ],
    ["with nothing", null],
  ])("%s is broken", async (_, value) => {
    expect(await openFragment(await packed(value))).toEqual({ kind: "broken" });
  });

  test("that grows without measure is given up", async () => {
    const bomb = await packText("0".repeat(3_000_000));
    expect(bomb.length).toBeLessThan(FRAGMENT_MAX);
    await expect(unpackText(bomb, 1000)).rejects.toThrow("more than 1000 bytes");
    expect(await openFragment(`#try=${bomb}`)).toEqual({ kind: "broken" });
  });
});

test.each([
  ["#t=41.2s", 41_200],
  ["#t=0s", 0],
  ["#t=41.2", undefined],
  ["#t=-3s", undefined],
  ["#t=1e9s", undefined],
  ["#checks", undefined],
])("the moment of %s", (fragment, ms) => {
  expect(momentOf(fragment)).toBe(ms);
  if (ms !== undefined) expect(`#${fragmentOfMoment(ms)}`).toBe(fragment);
});
