/* LimitRanges: ValidateLimitRange in pkg/apis/core/validation/validation.go of Kubernetes 1.32. */
import {
  canonicalQuantity,
  compareQuantities,
  goQuantity,
  quantityMilli,
} from "../schema/quantity.ts";
import type { FieldError } from "../status-error.ts";
import type { IntOrString, LimitRange, LimitRangeItem, ResourceList } from "../types.ts";
import { duplicate, forbidden, invalid, invalidEach, required } from "./field-errors.ts";
import { validateObjectMeta, validateObjectMetaUpdate } from "./metadata.ts";
import { dns1123Subdomain, qualifiedName } from "./names.ts";
import {
  isOvercommitAllowed,
  validateContainerResource,
  validateResource,
} from "./resource-requirements.ts";

export function validateLimitRange({ metadata, spec = {} }: LimitRange): FieldError[] {
  return [
    ...validateObjectMeta(metadata, true, dns1123Subdomain),
    ...validateItems(spec.limits ?? []),
  ];
}

export function validateLimitRangeUpdate(range: LimitRange, old: LimitRange): FieldError[] {
  const errors = validateObjectMetaUpdate(range.metadata, old.metadata);
  return [...errors, ...validateItems(range.spec?.limits ?? [])];
}

function validateItems(items: readonly LimitRangeItem[]): FieldError[] {
  return items.flatMap((item, i) => {
    const path = `spec.limits[${i}]`;
    const isSecond = items.slice(0, i).some(({ type }) => type === item.type);
    return [
      ...validateType(item.type, `${path}.type`),
      ...(isSecond ? [duplicate(`${path}.type`, item.type)] : []),
      ...validateNames(item, path),
      ...namesOf(item).flatMap((name) => validateAmounts(item, name, path)),
    ];
  });
}

const TYPES = ["Pod", "Container", "PersistentVolumeClaim"];

/** validateLimitRangeTypeName */
function validateType(type: string, path: string): FieldError[] {
  const errors = invalidEach(path, type, qualifiedName(type));
  if (errors.length > 0 || type.includes("/") || TYPES.includes(type)) return errors;
  return [invalid(path, type, "must be a standard limit type or fully qualified")];
}

type Field = Exclude<keyof LimitRangeItem, "type">;

/** Which resources are spoken of; Go walks its maps in random order, here the names are sorted. */
function validateNames(item: LimitRangeItem, path: string): FieldError[] {
  const { type, min = {}, max = {} } = item;
  const isForPods = type === "Pod" || type === "Container";
  const validate = isForPods ? validateContainerResource : validateResource;
  const errorsOf = (field: Field) =>
    sortedNames(item[field]).flatMap((name) => validate(name, `${path}.${field}[${name}]`));
  const refused = (field: Field) =>
    sortedNames(item[field]).length === 0
      ? []
      : [forbidden(`${path}.${field}`, "may not be specified when `type` is 'Pod'")];
  const defaults = type === "Pod" ? refused : errorsOf;
  const isUnbounded =
    type === "PersistentVolumeClaim" && min.storage === undefined && max.storage === undefined;
  const why = "either minimum or maximum storage value is required, but neither was provided";
  return [
    ...errorsOf("max"),
    ...errorsOf("min"),
    ...defaults("default"),
    ...defaults("defaultRequest"),
    ...(isUnbounded ? [required(`${path}.limits`, why)] : []),
    ...errorsOf("maxLimitRequestRatio"),
  ];
}

function sortedNames(list: ResourceList = {}): string[] {
  return Object.keys(list).sort();
}

/** The resources whose amounts are compared: a pod has no defaults. */
function namesOf(item: LimitRangeItem): string[] {
  const { min, max, maxLimitRequestRatio } = item;
  const defaults = item.type === "Pod" ? [] : [item.default, item.defaultRequest];
  const lists = [max, min, ...defaults, maxLimitRequestRatio];
  return [...new Set(lists.flatMap(sortedNames))].sort();
}

type Quantity = IntOrString;

/** Whether the amounts of one resource go together. */
function validateAmounts(item: LimitRangeItem, name: string, path: string): FieldError[] {
  const { min, max } = item;
  const [limit, request] =
    item.type === "Pod" ? [] : [item.default?.[name], item.defaultRequest?.[name]];
  const [least, most] = [min?.[name], max?.[name]];
  const told = (
    field: Field,
    at: Quantity | undefined,
    [what, low]: readonly [string, Quantity | undefined],
    [than, high]: readonly [string, Quantity | undefined],
  ): FieldError[] => {
    if (low === undefined || high === undefined || compareQuantities(low, high) <= 0) return [];
    const texts = [canonicalQuantity(low), canonicalQuantity(high)];
    const detail = `${what} value ${texts[0]} is greater than ${than} value ${texts[1]}`;
    return [invalid(`${path}.${field}[${name}]`, { go: goQuantity(at!) }, detail)];
  };
  return [
    ...told("min", least, ["min", least], ["max", most]),
    ...told("defaultRequest", request, ["min", least], ["default request", request]),
    ...told("defaultRequest", request, ["default request", request], ["max", most]),
    ...told("defaultRequest", request, ["default request", request], ["default limit", limit]),
    ...told("default", least, ["min", least], ["default", limit]),
    ...told("default", most, ["default", limit], ["max", most]),
    ...validateRatio(item, name, path),
    ...validateSame(limit, request, name, path),
  ];
}

/** A ratio of 4 is no bound where a limit of 2Gi cannot be more than twice a request of 1Gi. */
function validateRatio(item: LimitRangeItem, name: string, path: string): FieldError[] {
  const ratio = item.maxLimitRequestRatio?.[name];
  if (ratio === undefined) return [];
  const field = `${path}.maxLimitRequestRatio[${name}]`;
  const value = { go: goQuantity(ratio) };
  const text = canonicalQuantity(ratio);
  const errors: FieldError[] = [];
  if (compareQuantities(ratio, 1) < 0) {
    errors.push(invalid(field, value, `ratio ${text} is less than 1`));
  }
  const [least, most] = [item.min?.[name], item.max?.[name]];
  if (least === undefined || most === undefined) return errors;
  const largest = quantityMilli(most) / quantityMilli(least);
  if (quantityMilli(ratio) / 1000 > largest) {
    const detail = `ratio ${text} is greater than max/min = ${largest.toFixed(6)}`;
    errors.push(invalid(field, value, detail));
  }
  return errors;
}

/** What cannot be promised twice is limited to what is requested. */
function validateSame(
  limit: Quantity | undefined,
  request: Quantity | undefined,
  name: string,
  path: string,
): FieldError[] {
  if (limit === undefined || request === undefined || isOvercommitAllowed(name)) return [];
  if (compareQuantities(limit, request) === 0) return [];
  const [more, less] = [canonicalQuantity(limit), canonicalQuantity(request)];
  const detail = `default value ${more} must equal to defaultRequest value ${less} in ${name}`;
  return [invalid(`${path}.defaultRequest[${name}]`, { go: goQuantity(request) }, detail)];
}
