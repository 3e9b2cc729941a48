import { describe, expect, it } from "vitest";
import { lastPlace, rememberPlace } from "./reading-place.ts";

function memory() {
  const kept = new Map<string, string>();
  return {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
  };
}

const blocked = () => {
  throw new DOMException("denied", "SecurityError");
};

describe("the place where one was last", () => {
  it("is the one remembered last", () => {
    const storage = memory();
    rememberPlace("probes", () => storage);
    rememberPlace("labs/surge", () => storage);
    expect(lastPlace(["probes", "labs/surge"], () => storage)).toBe("labs/surge");
  });

  it("is none at first, and none when that place is gone", () => {
    const storage = memory();
    expect(lastPlace(["probes"], () => storage)).toBeUndefined();
    rememberPlace("https://example.com/", () => storage);
    expect(lastPlace(["probes"], () => storage)).toBeUndefined();
  });

  it("is none where storage is blocked, and nothing breaks", () => {
    expect(() => rememberPlace("probes", blocked)).not.toThrow();
    expect(lastPlace(["probes"], blocked)).toBeUndefined();
  });
});
