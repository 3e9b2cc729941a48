import type { LabelSelector } from "./types.ts";

export type Labels = Readonly<Record<string, string>> | undefined;

/**
 * Does a label selector match? An empty selector matches everything, an absent one nothing
 * (apimachinery meta/v1 LabelSelectorAsSelector).
 */
export function selectorMatches(selector: LabelSelector | undefined, labels: Labels): boolean {
  if (selector === undefined) return false;
  if (!labelsContain(labels, selector.matchLabels)) return false;
  if (selector.matchExpressions === undefined) return true;
  return selector.matchExpressions.every(({ key, operator, values = [] }) => {
    const value = labels?.[key];
    switch (operator) {
      case "In":
        return value !== undefined && values.includes(value);
      case "NotIn":
        return value === undefined || !values.includes(value);
      case "Exists":
        return value !== undefined;
      case "DoesNotExist":
        return value === undefined;
      default:
        return false;
    }
  });
}

/** Do the labels hold every pair of the wanted ones? */
export function labelsContain(labels: Labels, wanted: Labels): boolean {
  if (wanted === undefined || wanted === labels) return true;
  for (const key in wanted) if (labels?.[key] !== wanted[key]) return false;
  return true;
}
