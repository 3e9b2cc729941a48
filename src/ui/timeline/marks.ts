import type { RequestOutcome, RequestRecord } from "../../simulator/record.ts";
import { failedAtMs } from "../../words/findings.ts";

/** Failed requests drawn as one mark. */
export interface MarkCluster {
  /** The pixel that the mark stands at. */
  readonly x: number;
  readonly outcome: RequestOutcome;
  readonly requests: readonly RequestRecord[];
}

interface Group {
  x: number;
  readonly fromX: number;
  toX: number;
  outcome: RequestOutcome;
  requests: RequestRecord[];
}

/**
 * Puts failures, in order of time, into marks that do not overlap. A mark stands in the middle of what it stands for; one that would lie
 * on the mark before joins it, or stands right of it where the outcome is another. `widthOf` gives the pixels that a mark needs.
 */
export function clusterFailures(
  failures: readonly RequestRecord[],
  xOf: (ms: number) => number,
  widthOf: (requests: readonly RequestRecord[]) => number,
): MarkCluster[] {
  const groups: Group[] = [];
  for (const request of failures) {
    const x = xOf(failedAtMs(request));
    groups.push({ x, fromX: x, toX: x, outcome: request.outcome, requests: [request] });
    while (groups.length > 1 && joinsPrevious(groups, widthOf)) {
      const { toX, requests } = groups.pop()!;
      const last = groups.at(-1)!;
      last.toX = toX;
      last.x = Math.max((last.fromX + toX) / 2, leastX(groups, groups.length - 1, widthOf));
      last.requests.push(...requests);
      last.outcome = mostFrequent(last.requests);
    }
    const last = groups.at(-1)!;
    last.x = Math.max(last.x, leastX(groups, groups.length - 1, widthOf));
  }
  return groups;
}

/** Where the mark may stand at the left without touching the one before. */
function leastX(
  groups: readonly Group[],
  i: number,
  widthOf: (requests: readonly RequestRecord[]) => number,
): number {
  const previous = groups[i - 1];
  if (previous === undefined) return -Infinity;
  return previous.x + (widthOf(previous.requests) + widthOf(groups[i]!.requests)) / 2;
}

/** Whether the last mark has to be one with the one before: it would touch it, or be pushed far from its own time. */
function joinsPrevious(
  groups: readonly Group[],
  widthOf: (requests: readonly RequestRecord[]) => number,
): boolean {
  const last = groups.at(-1)!;
  const previous = groups.at(-2)!;
  const missing = leastX(groups, groups.length - 1, widthOf) - last.x;
  return last.outcome === previous.outcome ? missing > 0 : missing > widthOf(last.requests);
}

function mostFrequent(requests: readonly RequestRecord[]): RequestOutcome {
  const counts = new Map<RequestOutcome, number>();
  for (const { outcome } of requests) counts.set(outcome, (counts.get(outcome) ?? 0) + 1);
  return [...counts].reduce((a, b) => (b[1] > a[1] ? b : a))[0];
}

/** A mark's outline around (x, y): a shape for each outcome, so that none is told by colour. */
export function markPath(outcome: RequestOutcome, x: number, y: number, r: number): string {
  switch (outcome) {
    case "502":
    case "200":
      return `M${x - r} ${y - r}l${2 * r} ${2 * r}m0 ${-2 * r}l${-2 * r} ${2 * r}`;
    case "504":
      return `${circle(x, y, r)}M${x} ${y - r * 0.65}v${r * 0.65}h${r * 0.6}`;
    case "503":
      return `M${x} ${y - r}l${r} ${2 * r}h${-2 * r}z`;
    case "500":
      return `M${x - r} ${y - r}h${2 * r}v${2 * r}h${-2 * r}z`;
    case "404":
      return `M${x - r} ${y}h${2 * r}M${x - r} ${y - r}h${2 * r}M${x - r} ${y + r}h${2 * r}`;
    case "host-unreachable":
      return `M${x - r} ${y - r}l${2 * r} ${2 * r}M${x - r} ${y + r}h${2 * r}`;
    case "truncated":
      return `M${x + r * 0.4} ${y - r}h${-1.4 * r}v${2 * r}h${1.4 * r}`;
    case "connection-refused":
      return `M${x - r} ${y}h${2 * r}M${x} ${y - r}v${2 * r}`;
    case "connection-reset":
      return `M${x + r * 0.5} ${y - r}l${-r} ${r}h${r}l${-r} ${r}`;
    case "timeout":
      return `M${x} ${y - r}l${r} ${r}l${-r} ${r}l${-r} ${-r}z`;
  }
}

function circle(x: number, y: number, r: number): string {
  return `M${x - r} ${y}a${r} ${r} 0 1 0 ${2 * r} 0a${r} ${r} 0 1 0 ${-2 * r} 0z`;
}
