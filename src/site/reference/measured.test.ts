import { describe, expect, it } from "vitest";
import { agreesByKind, groupsOf, measuredTable, placeIn } from "./measured.ts";

const lost = (refused: number, unanswered = 0, reset = 0) => ({ refused, unanswered, reset });

describe("measured against simulated", () => {
  it.each([
    ["in the middle", 100, "within"],
    ["more than the most, but no more than chance explains", 228, "within"],
    ["more than that", 260, "above"],
    ["fewer than the least, but no fewer than chance explains", 29, "within"],
    ["fewer than that", 15, "below"],
  ])("%s", (_, measured, place) => {
    expect(placeIn({ median: 100, min: 49, max: 196 }, lost(measured))).toBe(place);
  });
  it("agrees by kind if refused and unanswered do, each for itself", () => {
    expect(agreesByKind(lost(78, 38), lost(93, 27))).toBe(true);
    expect(agreesByKind(lost(38, 78), lost(93, 27))).toBe(false);
    expect(agreesByKind(lost(2, 0, 2), lost(4))).toBe(true);
  });
  it("puts repeats of a recording together, and every row in one group", () => {
    const { rows } = measuredTable();
    const groups = groupsOf(rows);
    expect(groups.flat()).toEqual(rows);
    expect(groups.map((group) => group[0]!.what.en)).toHaveLength(
      new Set(rows.map(({ what }) => what.en)).size,
    );
  });
});
