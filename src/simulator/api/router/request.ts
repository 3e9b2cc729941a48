/* Requests and answers as plain values; HTTP itself is no part of this. */

export type Method = "GET" | "POST" | "PUT" | "PATCH" | "DELETE";

export interface ApiRequest {
  readonly method: Method;
  /** `/apis/apps/v1/namespaces/default/deployments/web/scale` */
  readonly path: string;
  readonly query?: Readonly<Record<string, string | undefined>>;
  /** JSON value of the body. */
  readonly body?: unknown;
  /** For PATCH: which kind of patch the body is. */
  readonly contentType?: string;
  /** Media types that the client takes; discovery has two forms. */
  readonly accept?: string;
  /** Names the field manager when the query does not: the part before the first slash. */
  readonly userAgent?: string;
}

export interface ApiResponse {
  /** HTTP status code. */
  readonly status: number;
  /** JSON value; of a watch, the events so far. */
  readonly body: unknown;
  /** Texts of `Warning` headers. */
  readonly warnings: readonly string[];
}

/** What a path says (apiserver endpoints/request/requestinfo.go). */
export interface RequestInfo {
  readonly group: string;
  readonly version: string;
  readonly namespace?: string;
  /** Plural name; absent for the list of a group's resources. */
  readonly resource?: string;
  readonly name?: string;
  readonly subresource?: string;
}

/** Reads a path below `/api` or `/apis`; undefined for others. */
export function parsePath(path: string): RequestInfo | undefined {
  const parts = path.split("/").filter((part) => part !== "");
  const [root, ...rest] = parts;
  let group = "";
  if (root === "apis") group = rest.shift() ?? "";
  else if (root !== "api") return undefined;
  const version = rest.shift() ?? "";
  if (rest.length === 0) return { group, version };
  let namespace: string | undefined;
  if (
    rest[0] === "namespaces" &&
    rest.length > 2 &&
    rest[2] !== "status" &&
    rest[2] !== "finalize"
  ) {
    namespace = rest[1];
    rest.splice(0, 2);
  }
  const [resource, name, subresource] = rest;
  return {
    group,
    version,
    ...(namespace === undefined ? {} : { namespace }),
    ...(resource === undefined ? {} : { resource }),
    ...(name === undefined ? {} : { name }),
    ...(subresource === undefined ? {} : { subresource }),
  };
}
