/* Numbers or percentages: pkg/apis/apps/validation/validation.go. */
import { goIntOrString } from "../schema/go-text.ts";
import type { FieldError } from "../status-error.ts";
import type { IntOrString } from "../types.ts";
import { invalid, invalidEach, nonNegative } from "./field-errors.ts";
import { percent } from "./names.ts";

/** ValidatePositiveIntOrPercent. */
export function validateIntOrPercent(value: IntOrString, path: string): FieldError[] {
  if (typeof value === "number") return nonNegative(path, value);
  return invalidEach(path, { go: goIntOrString(value) }, percent(value));
}

/** Is it a percentage of more than 100 (IsNotMoreThan100Percent)? */
export function validateAtMost100Percent(value: IntOrString, path: string): FieldError[] {
  if (typeof value === "number" || percent(value).length > 0) return [];
  if (Number(value.slice(0, -1)) <= 100) return [];
  return [invalid(path, { go: goIntOrString(value) }, "must not be greater than 100%")];
}

/** The number, or that of the percentage; a word counts as 0 (getIntOrPercentValue). */
export function intOrPercentValue(value: IntOrString): number {
  if (typeof value === "number") return value;
  const text = percent(value).length === 0 ? value.slice(0, -1) : value;
  return /^[-+]?[0-9]+$/.test(text) ? Number(text) : 0;
}
