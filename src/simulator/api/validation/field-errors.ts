/* The errors of apimachinery pkg/util/validation/field/errors.go, worded as ErrorBody does. */
import { goQuote } from "../schema/go-text.ts";
import type { FieldError } from "../status-error.ts";

/** A value in an error: strings are quoted, numbers and booleans printed; a GoText is printed as it is. */
export type BadValue = string | number | boolean | GoText;

/** A value that is printed already, as Go prints it: `intstr.IntOrString{…}`. */
export interface GoText {
  readonly go: string;
}

function print(value: BadValue): string {
  if (typeof value === "object") return value.go;
  return typeof value === "string" ? goQuote(value) : String(value);
}

function withDetail(body: string, detail: string): string {
  return detail === "" ? body : `${body}: ${detail}`;
}

export function required(field: string, detail = ""): FieldError {
  return { field, type: "FieldValueRequired", detail: withDetail("Required value", detail) };
}

export function invalid(field: string, value: BadValue, detail = ""): FieldError {
  const body = `Invalid value: ${print(value)}`;
  return { field, type: "FieldValueInvalid", detail: withDetail(body, detail) };
}

export function forbidden(field: string, detail: string): FieldError {
  return { field, type: "FieldValueForbidden", detail: withDetail("Forbidden", detail) };
}

export function notSupported(
  field: string,
  value: BadValue,
  supported: readonly string[],
): FieldError {
  const list = supported.map(goQuote).join(", ");
  const detail = `Unsupported value: ${print(value)}: supported values: ${list}`;
  return { field, type: "FieldValueNotSupported", detail };
}

export function duplicate(field: string, value: BadValue): FieldError {
  return { field, type: "FieldValueDuplicate", detail: `Duplicate value: ${print(value)}` };
}

export function notFound(field: string, value: BadValue): FieldError {
  return { field, type: "FieldValueNotFound", detail: `Not found: ${print(value)}` };
}

export function tooLong(field: string, maxBytes: number): FieldError {
  const detail = `Too long: may not be more than ${maxBytes} bytes`;
  return { field, type: "FieldValueTooLong", detail };
}

export function tooMany(field: string, actual: number, max: number): FieldError {
  const detail = `Too many: ${actual}: must have at most ${max} items`;
  return { field, type: "FieldValueTooMany", detail };
}

/** One Invalid error for each of the messages. */
export function invalidEach(
  field: string,
  value: BadValue,
  messages: readonly string[],
): FieldError[] {
  return messages.map((message) => invalid(field, value, message));
}

/** An error if the number is negative (ValidateNonnegativeField). */
export function nonNegative(field: string, value: number | undefined): FieldError[] {
  return (value ?? 0) >= 0 ? [] : [invalid(field, value!, "must be greater than or equal to 0")];
}
