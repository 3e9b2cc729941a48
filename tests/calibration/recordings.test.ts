/*
 * Requests counted on a real node during real updates (tests/facts/traffic), against the same in the simulator. With the instants that were
 * measured for each pod the numbers have to agree by kind within three sigma, and the requests have to be lost at the same moments. Whole runs,
 * whose delays are drawn, have to hold the measured number in their spread.
 */
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import {
  agreesByKind,
  placeIn,
  type MeasuredRow,
  type MeasuredTable,
} from "../../src/site/reference/measured.ts";
import { simulate } from "../../src/scenario/index.ts";
import { measuredTable } from "./measured-table.ts";
import { scenarioFor } from "./recorded-scenarios.ts";
import { RECORDINGS, type Recording } from "./recorded-traffic.ts";

const table = measuredTable();
const rowOf = ({ run }: Recording): MeasuredRow => table.rows.find((row) => row.run === run)!;
const named = (recordings: readonly Recording[]) => recordings.map((r) => [r.run, r] as const);

/** Clocks of client, kubelet and kube-proxy's log, and the time that new rules take to come into force. */
const SLACK_MS = 150;

/** Whether the rules lead to a closed port, or nowhere, at about that time. */
function mayLose({ pods = [] }: Recording, atMs: number): boolean {
  const isNear = (ms: number) => ms >= atMs - SLACK_MS && ms <= atMs + SLACK_MS;
  const routed = pods.filter(
    ({ inMs = -Infinity, outMs = Infinity }) => inMs <= atMs && atMs < outMs,
  );
  if (routed.length === 0) return true;
  return pods.some(({ inMs = -Infinity, outMs = Infinity, closedMs = Infinity }) => {
    const isGap = inMs <= atMs && closedMs <= atMs + SLACK_MS && atMs <= outMs + SLACK_MS;
    return isGap || isNear(outMs);
  });
}

const withInstants = RECORDINGS.filter(({ pods }) => pods !== undefined);

describe("with the measured instants of each pod", () => {
  it.each(named(withInstants))("%s loses as many by kind", (_, recording) => {
    const { measured, byInstants } = rowOf(recording);
    expect({ measured, byInstants, agrees: agreesByKind(measured, byInstants!) }).toMatchObject({
      agrees: true,
    });
  });

  it.each(named(withInstants.filter(({ lostAtMs }) => lostAtMs.length > 0)))(
    "%s loses them at the same moments",
    (_, recording) => {
      const elsewhere = recording.lostAtMs.filter((atMs) => !mayLose(recording, atMs));
      expect(elsewhere).toEqual([]);
    },
  );
});

describe("whole runs", () => {
  it.each(named(RECORDINGS))("%s: the measured number lies in their spread", (_, recording) => {
    const { measured, wholeRuns } = rowOf(recording);
    expect({ measured, wholeRuns, place: placeIn(wholeRuns, measured) }).toMatchObject({
      place: "within",
    });
  });

  it.each(named(RECORDINGS.filter(({ run }) => /^P1[01]/.test(run))))(
    "%s: the new version takes the recorded share",
    (_, recording) => {
      const { requests } = simulate(scenarioFor(recording), { seed: 1 }).timeline;
      const share = requests.filter((r) => r.version === "nginx:2").length / requests.length;
      const recorded = (recording.versions.v2 ?? 0) / recording.total;
      // Three times the deviation of as many independent choices.
      const chance = 3 * Math.sqrt((recorded * (1 - recorded)) / recording.total);
      expect(Math.abs(share - recorded)).toBeLessThanOrEqual(chance);
    },
  );
});

describe("the published table", () => {
  it("is what the simulator gives now: npm run measured writes it", () => {
    const file = new URL("../../content/measured.json", import.meta.url);
    const published = JSON.parse(readFileSync(file, "utf8")) as MeasuredTable;
    expect(published).toEqual(table);
  });
});
