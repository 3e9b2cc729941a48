/* Affinity of pods: validateAffinity in pkg/apis/core/validation/validation.go. */
import type { FieldError } from "../status-error.ts";
import type { Affinity, NodeSelectorTerm, PodAffinity, PodAffinityTerm } from "../types.ts";
import { forbidden, invalid, invalidEach, required } from "./field-errors.ts";
import { validateLabelSelector } from "./labels.ts";
import { dns1123Label, dns1123Subdomain, labelValue, qualifiedName } from "./names.ts";

const REQUIRED = "requiredDuringSchedulingIgnoredDuringExecution";
const PREFERRED = "preferredDuringSchedulingIgnoredDuringExecution";

export function validateAffinity(affinity: Affinity | undefined, path: string): FieldError[] {
  const { nodeAffinity, podAffinity, podAntiAffinity } = affinity ?? {};
  const errors: FieldError[] = [];
  const needed = nodeAffinity?.[REQUIRED];
  if (needed) {
    const at = `${path}.nodeAffinity.${REQUIRED}.nodeSelectorTerms`;
    const terms = needed.nodeSelectorTerms ?? [];
    if (terms.length === 0) {
      errors.push(required(at, "must have at least one node selector term"));
    }
    terms.forEach((term, i) => errors.push(...validateNodeTerm(term, true, `${at}[${i}]`)));
  }
  (nodeAffinity?.[PREFERRED] ?? []).forEach(({ weight, preference }, i) => {
    const at = `${path}.nodeAffinity.${PREFERRED}[${i}]`;
    errors.push(...validateWeight(weight, at));
    errors.push(...validateNodeTerm(preference ?? {}, false, `${at}.preference`));
  });
  errors.push(...validatePodAffinity(podAffinity, `${path}.podAffinity`));
  errors.push(...validatePodAffinity(podAntiAffinity, `${path}.podAntiAffinity`));
  return errors;
}

function validateWeight(weight: number, path: string): FieldError[] {
  if (weight > 0 && weight <= 100) return [];
  return [invalid(`${path}.weight`, weight, "must be in the range 1-100")];
}

function validateNodeTerm(term: NodeSelectorTerm, strict: boolean, path: string): FieldError[] {
  const expressions = (term.matchExpressions ?? []).flatMap(({ key, operator, values = [] }, i) => {
    const at = `${path}.matchExpressions[${i}]`;
    const errors = validateOperator(operator, values, at);
    errors.push(...invalidEach(`${at}.key`, key, qualifiedName(key)));
    if (strict) {
      values.forEach((value, j) =>
        errors.push(...invalidEach(`${at}.values[${j}]`, value, labelValue(value))),
      );
    }
    return errors;
  });
  const fields = (term.matchFields ?? []).flatMap(({ key, operator, values = [] }, i) => {
    const at = `${path}.matchFields[${i}]`;
    const errors: FieldError[] = [];
    if (operator !== "In" && operator !== "NotIn") {
      errors.push(invalid(`${at}.operator`, operator, "not a valid selector operator"));
    } else if (values.length !== 1) {
      const detail =
        "must be only one value when `operator` is 'In' or 'NotIn' for node field selector";
      errors.push(required(`${at}.values`, detail));
    }
    if (key !== "metadata.name") {
      errors.push(invalid(`${at}.key`, key, "not a valid field selector key"));
    } else {
      values.forEach((value, j) =>
        errors.push(...invalidEach(`${at}.values[${j}]`, value, dns1123Subdomain(value))),
      );
    }
    return errors;
  });
  return [...expressions, ...fields];
}

function validateOperator(operator: string, values: readonly string[], path: string): FieldError[] {
  const at = `${path}.values`;
  switch (operator) {
    case "In":
    case "NotIn":
      return values.length > 0
        ? []
        : [required(at, "must be specified when `operator` is 'In' or 'NotIn'")];
    case "Exists":
    case "DoesNotExist":
      return values.length === 0
        ? []
        : [forbidden(at, "may not be specified when `operator` is 'Exists' or 'DoesNotExist'")];
    case "Gt":
    case "Lt":
      return values.length === 1
        ? []
        : [required(at, "must be specified single value when `operator` is 'Lt' or 'Gt'")];
    default:
      return [invalid(`${path}.operator`, operator, "not a valid selector operator")];
  }
}

function validatePodAffinity(affinity: PodAffinity | undefined, path: string): FieldError[] {
  return [
    ...(affinity?.[REQUIRED] ?? []).flatMap((term, i) =>
      validatePodTerm(term, `${path}.${REQUIRED}[${i}]`),
    ),
    ...(affinity?.[PREFERRED] ?? []).flatMap(({ weight, podAffinityTerm }, i) => {
      const at = `${path}.${PREFERRED}[${i}]`;
      return [
        ...validateWeight(weight, at),
        ...validatePodTerm(podAffinityTerm, `${at}.podAffinityTerm`),
      ];
    }),
  ];
}

function validatePodTerm(term: PodAffinityTerm, path: string): FieldError[] {
  const { labelSelector, namespaceSelector, namespaces = [], topologyKey = "" } = term;
  const errors = validateLabelSelector(labelSelector, `${path}.labelSelector`);
  errors.push(...validateLabelSelector(namespaceSelector, `${path}.namespaceSelector`));
  for (const name of namespaces) {
    errors.push(...invalidEach(`${path}.namespace`, name, dns1123Label(name)));
  }
  errors.push(...validateLabelKeys(term, path));
  if (topologyKey === "") errors.push(required(`${path}.topologyKey`, "can not be empty"));
  errors.push(...invalidEach(`${path}.topologyKey`, topologyKey, qualifiedName(topologyKey)));
  return errors;
}

/**
 * validateMatchLabelKeysAndMismatchLabelKeys. That a key stands in the selector as well is found only in a pod, whose selector has been
 * given the keys by then: not in a template.
 */
function validateLabelKeys(term: PodAffinityTerm, path: string): FieldError[] {
  const { matchLabelKeys = [], mismatchLabelKeys = [], labelSelector } = term;
  const errors = Object.entries({ matchLabelKeys, mismatchLabelKeys }).flatMap(([field, keys]) => {
    const at = `${path}.${field}`;
    if (keys.length > 0 && labelSelector === undefined) {
      return [forbidden(at, "must not be specified when labelSelector is not set")];
    }
    return keys.flatMap((key, i) => invalidEach(`${at}[${i}]`, key, qualifiedName(key)));
  });
  matchLabelKeys.forEach((key, i) => {
    if (!mismatchLabelKeys.includes(key)) return;
    const detail = "exists in both matchLabelKeys and mismatchLabelKeys";
    errors.push(invalid(`${path}.matchLabelKeys[${i}]`, key, detail));
  });
  return errors;
}
