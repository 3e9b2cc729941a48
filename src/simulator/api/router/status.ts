/* metav1.Status: how an error is answered, and a success that returns no object. */
import type { ResourceDefinition } from "../resource.ts";
import { StatusError } from "../status-error.ts";
import type { KubernetesObject } from "../types.ts";
import type { ApiResponse } from "./request.ts";

/** The answer to a request that was refused (StatusError.ErrStatus). */
export function failure(error: StatusError): ApiResponse {
  const {
    group,
    kind,
    name,
    uid,
    causes = [],
    statusCauses = [],
    retryAfterSeconds,
  } = error.details;
  const all = [
    ...causes.map(({ type, detail, field }) => ({ reason: type, message: detail, field })),
    ...statusCauses,
  ];
  const details = {
    ...(name ? { name } : {}),
    ...(group ? { group } : {}),
    ...(kind ? { kind } : {}),
    ...(uid === undefined ? {} : { uid }),
    ...(all.length === 0 ? {} : { causes: all }),
    ...(retryAfterSeconds === undefined ? {} : { retryAfterSeconds }),
  };
  const body = {
    kind: "Status",
    apiVersion: "v1",
    metadata: {},
    status: "Failure",
    message: error.message,
    ...(error.reason === "" ? {} : { reason: error.reason }),
    ...(Object.keys(details).length === 0 ? {} : { details }),
    code: error.code,
  };
  return { status: error.code, body, warnings: [] };
}

/** A success without an object, about one that was there. */
export function success(
  code: number,
  { group, plural }: ResourceDefinition,
  { metadata }: KubernetesObject,
): ApiResponse {
  const details = {
    name: metadata.name,
    ...(group === "" ? {} : { group }),
    kind: plural,
    uid: metadata.uid,
  };
  const body = { kind: "Status", apiVersion: "v1", metadata: {}, status: "Success", details };
  return { status: code, body, warnings: [] };
}

/** A path that leads nowhere (errors.NewGenericServerResponse with 404). */
export function noSuchPath(): StatusError {
  return new StatusError("NotFound", "the server could not find the requested resource");
}

/** A method that a path does not take (errors.NewGenericServerResponse with 405). */
export function methodNotAllowed(): StatusError {
  const message = "the server does not allow this method on the requested resource";
  return new StatusError("MethodNotAllowed", message);
}

export function badRequest(message: string): StatusError {
  return new StatusError("BadRequest", message);
}
