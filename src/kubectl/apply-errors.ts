/* How kubectl prints errors: pkg/cmd/util/helpers.go checkErr. */
import type { FieldError, StatusReason } from "../simulator/index.ts";
import { goQuote } from "../simulator/index.ts";

/** An error of kubectl itself, or one that the API server answered with. */
export type ApplyError =
  | { readonly message: string }
  | {
      readonly message: string;
      /** Empty: an error without a reason. */
      readonly reason: StatusReason | "";
      /** Of an Invalid one: what is invalid, and why. */
      readonly invalid?: {
        readonly kind: string;
        readonly name: string;
        readonly causes: readonly FieldError[];
      };
    };

/** Several errors that came as one (utilerrors.Aggregate): in a list of errors they stand in one line. */
export function aggregate(errors: readonly ApplyError[]): ApplyError | undefined {
  if (errors.length < 2) return errors[0];
  const texts = [...new Set(errors.map(({ message }) => message))];
  return { message: texts.length === 1 ? texts[0]! : `[${texts.join(", ")}]` };
}

/** What kubectl writes to standard error for the errors of one command; empty when there are none. */
export function printErrors(errors: readonly ApplyError[]): string {
  if (errors.length === 0) return "";
  if (errors.length > 1) return errors.map((error) => `${messageOf(error)}\n`).join("");
  const error = errors[0]!;
  if ("invalid" in error && error.invalid !== undefined) return invalidText(error.invalid);
  const text = messageOf(error);
  return `${"reason" in error || text.startsWith("error: ") ? text : `error: ${text}`}\n`.replace(
    /\n\n$/,
    "\n",
  );
}

function messageOf(error: ApplyError): string {
  if (!("reason" in error)) return error.message;
  return error.reason === ""
    ? `Error from server: ${error.message}`
    : `Error from server (${error.reason}): ${error.message}`;
}

function invalidText(details: {
  readonly kind: string;
  readonly name: string;
  readonly causes: readonly FieldError[];
}): string {
  const { kind, name, causes } = details;
  const subject =
    kind === "" && name === ""
      ? "The request is invalid"
      : `The ${kind} ${goQuote(name)} is invalid`;
  const texts = [...new Set(causes.map((cause) => `${cause.field}: ${cause.detail}`))];
  if (texts.length === 1) return `${subject}: ${texts[0]}\n`;
  return `${subject}: \n${texts.map((text) => `* ${text}\n`).join("")}`;
}
