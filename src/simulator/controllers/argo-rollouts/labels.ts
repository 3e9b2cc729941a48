import type { LabelSelector } from "../../api/types.ts";

/** A selector as `kubectl get -l` takes it: `app=web,tier in (a,b)` (apimachinery meta/v1 FormatLabelSelector). */
export function selectorText(selector: LabelSelector | undefined): string {
  const equal = Object.entries(selector?.matchLabels ?? {}).map(([key, value]) => ({
    key,
    text: `${key}=${value}`,
  }));
  const others = (selector?.matchExpressions ?? []).map(({ key, operator, values = [] }) => {
    const set = `(${values.toSorted().join(",")})`;
    switch (operator) {
      case "In":
        return { key, text: `${key} in ${set}` };
      case "NotIn":
        return { key, text: `${key} notin ${set}` };
      case "Exists":
        return { key, text: key };
      case "DoesNotExist":
        return { key, text: `!${key}` };
    }
  });
  const all = [...equal, ...others].toSorted((a, b) => (a.key < b.key ? -1 : 1));
  return all.map(({ text }) => text).join(",");
}
