/* Options of requests: metav1 ListOptions, CreateOptions, PatchOptions and DeleteOptions, from the query and from bodies. */
import type { DeleteOptions } from "../server.ts";
import { StatusError, type FieldError } from "../status-error.ts";
import { isPlain } from "../patch/plain.ts";
import { forbidden, invalid, notSupported, required } from "../validation/field-errors.ts";
import type { ApiRequest } from "./request.ts";
import { badRequest } from "./status.ts";

export type FieldValidation = "Strict" | "Warn" | "Ignore";

export interface WriteOptions {
  readonly dryRun: boolean;
  readonly fieldValidation: FieldValidation;
  readonly fieldManager: string;
  readonly force: boolean;
}

/** What a manager is called whose client does not say. */
const UNKNOWN_MANAGER = "unknown";

export const APPLY_PATCH = "application/apply-patch+yaml";

/** Reads the options of a create, update or patch; wrong ones are Invalid, as `validateWriteOptions` of meta/v1/validation has it. */
export function writeOptions(
  kind: "CreateOptions" | "UpdateOptions" | "PatchOptions",
  { query = {}, contentType, userAgent = "" }: ApiRequest,
): WriteOptions {
  const errors: FieldError[] = [];
  const { dryRun, fieldManager, fieldValidation, force } = query;
  if (kind === "PatchOptions") {
    const isApply = contentType === APPLY_PATCH;
    if (!isApply && force !== undefined) {
      errors.push(forbidden("force", "may not be specified for non-apply patch"));
    }
    if (isApply && !fieldManager) {
      errors.push(required("fieldManager", "is required for apply patch"));
    }
  }
  errors.push(...dryRunErrors(dryRun));
  const validations = ["", "Ignore", "Strict", "Warn"];
  if (!validations.includes(fieldValidation ?? "")) {
    errors.push(notSupported("fieldValidation", fieldValidation!, validations));
  }
  refuse(kind, errors);
  return {
    dryRun: Boolean(dryRun),
    fieldValidation: (fieldValidation || "Warn") as FieldValidation,
    fieldManager: fieldManager || userAgent.split("/")[0] || UNKNOWN_MANAGER,
    force: force === "true" || force === "1",
  };
}

const POLICIES = ["Background", "Foreground", "Orphan"];

/** Reads DeleteOptions from the body, or, without one, from the query. */
export function deleteOptions({ query = {}, body }: ApiRequest): DeleteOptions {
  const given = isPlain(body) ? body : fromQuery(query);
  const { gracePeriodSeconds, propagationPolicy, orphanDependents, dryRun, preconditions } = given;
  const errors: FieldError[] = [];
  if (propagationPolicy !== undefined && orphanDependents !== undefined) {
    const value = String(propagationPolicy);
    const detail = "orphanDependents and deletionPropagation cannot be both set";
    errors.push(invalid("propagationPolicy", value, detail));
  }
  if (propagationPolicy !== undefined && !POLICIES.includes(propagationPolicy as string)) {
    errors.push(
      notSupported("propagationPolicy", String(propagationPolicy), [
        "Foreground",
        "Background",
        "Orphan",
        "nil",
      ]),
    );
  }
  const dryRuns = Array.isArray(dryRun) ? (dryRun as unknown[]) : [dryRun ?? query.dryRun];
  for (const value of dryRuns) errors.push(...dryRunErrors(value as string | undefined));
  refuse("DeleteOptions", errors);
  const policy = orphanDependents === true ? "Orphan" : propagationPolicy;
  return {
    ...(typeof gracePeriodSeconds === "number" ? { gracePeriodSeconds } : {}),
    ...(policy === undefined
      ? {}
      : { propagationPolicy: policy as NonNullable<DeleteOptions["propagationPolicy"]> }),
    ...(isPlain(preconditions) ? { preconditions } : {}),
    dryRun: dryRuns.some(Boolean),
  };
}

function fromQuery(query: NonNullable<ApiRequest["query"]>): Readonly<Record<string, unknown>> {
  const { gracePeriodSeconds, propagationPolicy, orphanDependents } = query;
  if (gracePeriodSeconds !== undefined && !/^-?\d+$/.test(gracePeriodSeconds)) {
    throw badRequest(
      `strconv.ParseInt: parsing ${JSON.stringify(gracePeriodSeconds)}: invalid syntax`,
    );
  }
  return {
    ...(gracePeriodSeconds === undefined ? {} : { gracePeriodSeconds: Number(gracePeriodSeconds) }),
    ...(propagationPolicy === undefined ? {} : { propagationPolicy }),
    ...(orphanDependents === undefined ? {} : { orphanDependents: orphanDependents === "true" }),
  };
}

function dryRunErrors(value: string | undefined): FieldError[] {
  return value === undefined || value === "" || value === "All"
    ? []
    : [notSupported("dryRun", { go: `[]string{${JSON.stringify(value)}}` }, ["All"])];
}

function refuse(kind: string, errors: readonly FieldError[]): void {
  if (errors.length === 0) return;
  const texts = errors.map((error) => `${error.field}: ${error.detail}`);
  const list = texts.length === 1 ? texts[0] : `[${texts.join(", ")}]`;
  const group = "meta.k8s.io";
  const message = `${kind}.${group} "" is invalid: ${list}`;
  throw new StatusError("Invalid", message, { group, kind, causes: errors });
}
