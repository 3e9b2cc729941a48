import { parseTimestamp, type LabelSelector } from "../../simulator/index.ts";
import { humanDuration } from "./human-duration.ts";

export const NONE = "<none>";
export const UNSET = "<unset>";
export const UNKNOWN = "<unknown>";

/** How long ago a time was: `3m10s` (printers.go translateTimestampSince). */
export function since(timestamp: string | null | undefined, nowMs: number): string {
  if (timestamp === undefined || timestamp === null || timestamp === "") return UNKNOWN;
  return humanDuration(nowMs - parseTimestamp(timestamp));
}

/** Age of an object. */
export function age(
  { metadata }: { readonly metadata: { readonly creationTimestamp?: string | null } },
  nowMs: number,
): string {
  return since(metadata.creationTimestamp, nowMs);
}

/** `app=web,tier=front` in order of the keys (apimachinery pkg/labels FormatLabels). */
export function labelsText(labels: Readonly<Record<string, string>> | undefined): string {
  const pairs = Object.entries(labels ?? {}).sort(byKey);
  return pairs.length === 0 ? NONE : pairs.map(([key, value]) => `${key}=${value}`).join(",");
}

/** A selector in the form that `-l` takes; empty when it selects everything (meta/v1 LabelSelectorAsSelector, Selector.String). */
export function selectorText({ matchLabels, matchExpressions }: LabelSelector = {}): string {
  const requirements: [string, string][] = [
    ...Object.entries(matchLabels ?? {}).map(([key, value]): [string, string] => [
      key,
      `${key}=${value}`,
    ]),
    ...(matchExpressions ?? []).map(({ key, operator, values = [] }): [string, string] => {
      const list = [...values].sort().join(",");
      if (operator === "In") return [key, `${key} in (${list})`];
      if (operator === "NotIn") return [key, `${key} notin (${list})`];
      return [key, operator === "Exists" ? key : `!${key}`];
    }),
  ];
  return requirements
    .sort(byKey)
    .map(([, text]) => text)
    .join(",");
}

/** As `selectorText`, with a word for the empty one (meta/v1 FormatLabelSelector). */
export function formatLabelSelector(selector: LabelSelector | undefined): string {
  return selectorText(selector) || NONE;
}

/** Names and images of the containers (printers.go layoutContainerCells). */
export function containerCells(
  containers: readonly { readonly name: string; readonly image?: string }[],
): [string, string] {
  return [
    containers.map(({ name }) => name).join(","),
    containers.map(({ image = "" }) => image).join(","),
  ];
}

/** The first of a list, and how many more there are (printers.go listWithMoreString). */
export function listWithMore(list: readonly string[], most: number, empty: string): string {
  if (list.length === 0) return empty;
  const shown = list.slice(0, most).join(",");
  return list.length > most ? `${shown} + ${list.length - most} more...` : shown;
}

function byKey([a]: readonly [string, string], [b]: readonly [string, string]): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
