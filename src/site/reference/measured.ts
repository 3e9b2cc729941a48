import { readFileSync } from "node:fs";
import path from "node:path";
import type { Language } from "../../../site.config.ts";

/** Lost requests by kind. */
export interface Lost {
  /** Connection refused, or 502. */
  readonly refused: number;
  /** No answer to the SYN, "no route to host", or 504. */
  readonly unanswered: number;
  readonly reset: number;
}

/** Requests lost in whole runs: median, least and most. */
export interface Spread {
  readonly median: number;
  readonly min: number;
  readonly max: number;
}

/** One recording of a real node beside the same in the simulator. */
export interface MeasuredRow {
  readonly run: string;
  readonly what: Readonly<Record<Language, string>>;
  readonly road: string;
  readonly rps: number;
  readonly requests: number;
  readonly measured: Lost;
  /** Played with the instants that were measured for each of its pods, where the node's logs were kept. */
  readonly byInstants?: Lost;
  /** Whole runs whose delays are drawn from what was measured on all pods. */
  readonly wholeRuns: Spread;
}

/** The table of measured against simulated: `npm run measured` writes it. */
export interface MeasuredTable {
  readonly schema: "rollout-lab/measured/v1";
  /** Whole runs a row. */
  readonly seeds: number;
  readonly rows: readonly MeasuredRow[];
}

/** The published table. Builds run in the checkout's root. */
export function measuredTable(): MeasuredTable {
  return JSON.parse(readFileSync(path.resolve("content/measured.json"), "utf8")) as MeasuredTable;
}

/** Rows that show the same, one after the other: repeats of a recording. */
export function groupsOf(rows: readonly MeasuredRow[]): readonly (readonly MeasuredRow[])[] {
  const groups: MeasuredRow[][] = [];
  for (const row of rows) {
    const last = groups.at(-1);
    if (last?.[0]?.what.en === row.what.en) last.push(row);
    else groups.push([row]);
  }
  return groups;
}

/** All that were lost. */
export function totalOf({ refused, unanswered, reset }: Lost): number {
  return refused + unanswered + reset;
}

/** How far chance alone moves a count: three times its root (Poisson). */
const chance = (count: number) => 3 * Math.sqrt(count);

/**
 * Whether as many were lost by kind as with the measured instants, up to chance. A connection that the listener's queue still had when it closed
 * is reset: one more that was not taken.
 */
export function agreesByKind(measured: Lost, byInstants: Lost): boolean {
  const notTaken = (lost: Lost) => lost.refused + lost.reset;
  return (
    Math.abs(notTaken(measured) - notTaken(byInstants)) <= chance(byInstants.refused) &&
    Math.abs(measured.unanswered - byInstants.unanswered) <= chance(byInstants.unanswered)
  );
}

/** Where the measured number lies beside the whole runs: between the least and the most, both up to chance, or to which side of them. */
export function placeIn({ min, max }: Spread, measured: Lost): "within" | "above" | "below" {
  const lost = totalOf(measured);
  if (lost > max + chance(max)) return "above";
  return lost < min - chance(min) ? "below" : "within";
}
