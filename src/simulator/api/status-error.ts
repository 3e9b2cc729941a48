/** One cause of a refusal, as `field.Error` has it. */
export interface FieldError {
  /** Path as upstream prints it: `spec.template.spec.containers[0].image`. */
  readonly field: string;
  /** Upstream's error type. */
  readonly type:
    | "FieldValueRequired"
    | "FieldValueInvalid"
    | "FieldValueNotSupported"
    | "FieldValueForbidden"
    | "FieldValueDuplicate"
    | "FieldValueNotFound"
    | "FieldValueTooLong"
    | "FieldValueTooMany"
    | "InternalError"
    | "FieldValueTypeInvalid";
  /** The error without its field: `Invalid value: -1: must be greater than or equal to 0`. */
  readonly detail: string;
}

/** One cause in the details of a metav1.Status. */
export interface StatusCause {
  readonly reason: string;
  readonly message: string;
  readonly field?: string;
}

/** Reasons of metav1.Status. */
export type StatusReason =
  | "BadRequest"
  | "NotFound"
  | "AlreadyExists"
  | "Conflict"
  | "Invalid"
  | "Forbidden"
  | "TooManyRequests"
  | "RequestEntityTooLarge"
  | "MethodNotAllowed"
  | "UnsupportedMediaType"
  | "Expired"
  | "Timeout"
  /** An error of the server without a reason. */
  | ""
  | "InternalError";

const CODES: Record<StatusReason, number> = {
  BadRequest: 400,
  NotFound: 404,
  AlreadyExists: 409,
  Conflict: 409,
  Invalid: 422,
  Forbidden: 403,
  TooManyRequests: 429,
  RequestEntityTooLarge: 413,
  MethodNotAllowed: 405,
  UnsupportedMediaType: 415,
  Expired: 410,
  Timeout: 504,
  "": 500,
  InternalError: 500,
};

/** An answer rather than a fault of the program: nobody reads where it was made, and to find that out takes long. */
export class Refusal extends Error {
  constructor(message: string) {
    const { stackTraceLimit } = Error;
    Error.stackTraceLimit = 0;
    super(message);
    Error.stackTraceLimit = stackTraceLimit;
  }
}

/** A request that the API server refused: metav1.Status as an exception, worded as upstream's `k8s.io/apimachinery/pkg/api/errors`. */
export class StatusError extends Refusal {
  readonly reason: StatusReason;
  readonly code: number;
  /** What the refusal is about: `deployments.apps "web"`. */
  readonly details: {
    readonly group?: string;
    readonly kind?: string;
    readonly name?: string;
    readonly causes?: readonly FieldError[];
    /** Causes that are no field errors, as metav1.StatusCause. */
    readonly statusCauses?: readonly StatusCause[];
    readonly uid?: string;
    readonly retryAfterSeconds?: number;
  };

  constructor(reason: StatusReason, message: string, details: StatusError["details"] = {}) {
    super(message);
    this.name = "StatusError";
    this.reason = reason;
    this.code = CODES[reason];
    this.details = details;
  }
}

/** Is it a StatusError for one of the reasons? */
export function isStatus(error: unknown, ...reasons: StatusReason[]): error is StatusError {
  return error instanceof StatusError && (reasons.length === 0 || reasons.includes(error.reason));
}
