import type { IntOrString } from "../api/types.ts";

/** Is it a percentage: `25%`? */
export function isPercent(value: IntOrString): boolean {
  return typeof value === "string" && value.endsWith("%");
}

/** The number, or that share of `total` rounded up (apimachinery intstr GetScaledValueFromIntOrPercent with roundUp). */
export function scaledValue(value: IntOrString, total: number): number {
  if (!isPercent(value)) return Number(value);
  return Math.ceil((Number.parseInt(String(value), 10) * total) / 100);
}
