import type { LabelSelector } from "./types.ts";

export type Labels = Readonly<Record<string, string>> | undefined;

/** What a value can be asked. */
export type Operator = "In" | "NotIn" | "Exists" | "DoesNotExist" | "Gt" | "Lt";

/** What is asked of a value. */
interface Requirement {
  /** `In`, `Gt` and so on; nothing meets one that does not exist. */
  readonly operator: string;
  readonly values?: readonly string[];
}

/**
 * Does a label selector match? An empty selector matches everything, an absent one nothing
 * (apimachinery meta/v1 LabelSelectorAsSelector).
 */
export function selectorMatches(selector: LabelSelector | undefined, labels: Labels): boolean {
  if (selector === undefined) return false;
  if (!labelsContain(labels, selector.matchLabels)) return false;
  if (selector.matchExpressions === undefined) return true;
  return selector.matchExpressions.every((expression) =>
    meets(expression, labels?.[expression.key]),
  );
}

/** Does a value, or that there is none, meet a requirement (apimachinery labels/selector.go Requirement.Matches)? */
export function meets({ operator, values = [] }: Requirement, value: string | undefined): boolean {
  switch (operator) {
    case "In":
      return value !== undefined && values.includes(value);
    case "NotIn":
      return value === undefined || !values.includes(value);
    case "Exists":
      return value !== undefined;
    case "DoesNotExist":
      return value === undefined;
    case "Gt":
      return isInteger(value) && isInteger(values[0]) && Number(value) > Number(values[0]);
    case "Lt":
      return isInteger(value) && isInteger(values[0]) && Number(value) < Number(values[0]);
    default:
      return false;
  }
}

/** Do the labels hold every pair of the wanted ones? */
export function labelsContain(labels: Labels, wanted: Labels): boolean {
  if (wanted === undefined || wanted === labels) return true;
  for (const key in wanted) if (labels?.[key] !== wanted[key]) return false;
  return true;
}

function isInteger(text: string | undefined): boolean {
  return text !== undefined && /^[+-]?\d+$/.test(text);
}
