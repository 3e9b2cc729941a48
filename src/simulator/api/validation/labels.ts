/* Labels and label selectors: apimachinery pkg/apis/meta/v1/validation/validation.go. */
import type { FieldError } from "../status-error.ts";
import type { LabelSelector, LabelSelectorRequirement } from "../types.ts";
import { forbidden, invalid, invalidEach, required } from "./field-errors.ts";
import { labelValue, qualifiedName } from "./names.ts";

type StringMap = Readonly<Record<string, string>>;

/** ValidateLabels. */
export function validateLabels(labels: StringMap | undefined, path: string): FieldError[] {
  return Object.keys(labels ?? {})
    .sort()
    .flatMap((key) => [
      ...invalidEach(path, key, qualifiedName(key)),
      ...invalidEach(path, labels![key]!, labelValue(labels![key]!)),
    ]);
}

/** ValidateLabelSelector. */
export function validateLabelSelector(
  selector: LabelSelector | undefined,
  path: string,
): FieldError[] {
  if (selector === undefined || selector === null) return [];
  return [
    ...validateLabels(selector.matchLabels, `${path}.matchLabels`),
    ...(selector.matchExpressions ?? []).flatMap((requirement, i) =>
      validateRequirement(requirement, `${path}.matchExpressions[${i}]`),
    ),
  ];
}

function validateRequirement(requirement: LabelSelectorRequirement, path: string): FieldError[] {
  const { key, operator, values = [] } = requirement;
  const errors: FieldError[] = [];
  if (operator === "In" || operator === "NotIn") {
    if (values.length === 0) {
      errors.push(
        required(`${path}.values`, "must be specified when `operator` is 'In' or 'NotIn'"),
      );
    }
  } else if (operator === "Exists" || operator === "DoesNotExist") {
    if (values.length > 0) {
      errors.push(
        forbidden(
          `${path}.values`,
          "may not be specified when `operator` is 'Exists' or 'DoesNotExist'",
        ),
      );
    }
  } else {
    errors.push(invalid(`${path}.operator`, operator ?? "", "not a valid selector operator"));
  }
  errors.push(...invalidEach(`${path}.key`, key ?? "", qualifiedName(key ?? "")));
  values.forEach((value, i) =>
    errors.push(...invalidEach(`${path}.values[${i}]`, value, labelValue(value))),
  );
  return errors;
}

/** Can the selector be used (LabelSelectorAsSelector without an error)? */
export function isUsableSelector(selector: LabelSelector | undefined): boolean {
  return validateLabelSelector(selector, "").length === 0;
}
