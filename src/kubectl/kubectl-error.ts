/*
 * How kubectl ends with an error: pkg/cmd/util/helpers.go checkErr of 1.32.
 */
import { goQuote, Refusal } from "../simulator/index.ts";

/** A `Status` of the API server, as far as kubectl looks at it. */
export interface Status {
  readonly kind: "Status";
  readonly message?: string;
  readonly reason?: string;
  readonly code?: number;
  readonly details?: {
    readonly name?: string;
    readonly group?: string;
    readonly kind?: string;
    readonly retryAfterSeconds?: number;
    readonly causes?: readonly {
      readonly reason?: string;
      readonly message?: string;
      readonly field?: string;
    }[];
  };
}

/** A command that ends with a message and a status, 1 unless it says otherwise. */
export class KubectlError extends Error {
  readonly code: number;
  /** Printed as it is, without `error: ` in front. */
  readonly isWhole: boolean;

  constructor(message: string, code = 1, isWhole = false) {
    super(message);
    this.isWhole = isWhole;
    this.name = "KubectlError";
    this.code = code;
  }
}

/** A request that the API server refused. */
export class ApiError extends Refusal {
  readonly status: Status;

  constructor(status: Status) {
    super(status.message ?? "");
    this.name = "ApiError";
    this.status = status;
  }
}

/** A mistake in how a command was called, with where help is to be found (cmdutil.UsageErrorf). */
export function usageError(command: string, message: string): KubectlError {
  return new KubectlError(`${message}\nSee '${command} -h' for help and examples`);
}

export function isNotFound(error: unknown): boolean {
  return error instanceof ApiError && error.status.reason === "NotFound";
}

/** Several errors that came as one (utilerrors.Aggregate): they stand in one line, each text once. */
export function aggregate(texts: readonly string[]): KubectlError | undefined {
  const [first, ...others] = new Set(texts);
  if (first === undefined) return undefined;
  return new KubectlError(others.length === 0 ? first : `[${[first, ...others].join(", ")}]`);
}

/** What a request gives; its refusal becomes an error of kubectl's own that says what it was for (fmt.Errorf with %v). */
export function withPrefix<T>(what: string, request: () => T): T {
  try {
    return request();
  } catch (error) {
    if (error instanceof ApiError) throw new KubectlError(`${what}: ${error.message}`);
    throw error;
  }
}

/** What stands on standard error for an error, without its last newline. */
export function errorText(error: ApiError | KubectlError): string {
  if (error instanceof KubectlError) {
    return error.isWhole || /^(error: |Error from server|[EF]\d{4} )/.test(error.message)
      ? error.message
      : `error: ${error.message}`;
  }
  const { status } = error;
  if (status.reason === "Invalid") return invalidText(status);
  return serverErrorText(status);
}

/** What stands on standard error for the errors of one command, each without its last newline: several are told more shortly (MultipleErrors). */
export function errorTexts(errors: readonly (ApiError | KubectlError)[]): string[] {
  if (errors.length < 2) return errors.map(errorText);
  return errors.map((error) =>
    error instanceof KubectlError ? error.message : serverErrorText(error.status),
  );
}

/** `Error from server (NotFound): …` */
function serverErrorText({ reason, message = "" }: Status): string {
  return reason === undefined || reason === ""
    ? `Error from server: ${message}`
    : `Error from server (${reason}): ${message}`;
}

function invalidText({ details = {}, message = "" }: Status): string {
  const { kind = "", name = "", causes = [] } = details;
  const subject =
    kind === "" && name === ""
      ? "The request is invalid"
      : `The ${kind} ${goQuote(name)} is invalid`;
  if (causes.length === 0) return message === "" ? subject : `${subject}: ${message}`;
  const texts = [...new Set(causes.map((cause) => `${cause.field}: ${cause.message}`))];
  if (texts.length === 1) return `${subject}: ${texts[0]}`;
  return `${subject}: \n${texts.map((text) => `* ${text}`).join("\n")}`;
}
