import { describe, expect, it } from "vitest";
import type { InputRecord, Timeline } from "../simulator/record.ts";
import { tellFailedSteps } from "./tell-steps.ts";

function told(...inputs: readonly InputRecord[]) {
  const { refused, gaveUp } = tellFailedSteps({ inputs } as unknown as Timeline, "en");
  return { refused: refused.map(({ text }) => text), gaveUp: gaveUp.map(({ text }) => text) };
}

const REFUSED: InputRecord = {
  atMs: 40_000,
  endMs: 40_000,
  label: "kubectl set image deployment/web web=shop-web:1.1",
  code: 1,
  output: 'error: unable to find container named "web"',
};

const GAVE_UP: InputRecord = {
  atMs: 60_000,
  endMs: 150_000,
  label: "kubectl drain node-2 --timeout=90s",
  code: 1,
  output: 'node/node-2 cordoned\nerror: unable to drain node "node-2"\n',
};

describe("failed steps", () => {
  it("are told by the last line that they printed, those refused at once apart from those that gave up", () => {
    expect(told(REFUSED, GAVE_UP)).toEqual({
      refused: [`${REFUSED.label} failed: error: unable to find container named "web"`],
      gaveUp: [`${GAVE_UP.label} failed: error: unable to drain node "node-2"`],
    });
  });

  it("are not lines that somebody typed, nor steps that went well", () => {
    const good = { ...REFUSED, code: 0 };
    expect(told(good, { ...REFUSED, typed: true })).toEqual({ refused: [], gaveUp: [] });
  });
});
