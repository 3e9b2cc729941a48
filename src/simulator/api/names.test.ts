import { expect, it } from "vitest";
import { Kernel } from "../kernel/kernel.ts";
import { eventName } from "./names.ts";
import { EPOCH_MS } from "./time.ts";

it("an event is named by its object and its time in nanoseconds, in hexadecimal digits", () => {
  const random = new Kernel(1).random("names");
  for (const ms of [0, 1, 999, 1234, 600_000, 86_400_000, 2_000_000_000]) {
    const [base, digits] = eventName("web-1", ms, random).split(".");
    expect(base).toBe("web-1");
    const nanoseconds = BigInt(`0x${digits}`);
    const of = BigInt(EPOCH_MS + ms) * 1_000_000n;
    expect(nanoseconds).toBeGreaterThanOrEqual(of);
    expect(nanoseconds).toBeLessThan(of + 1_000_000n);
  }
});
