/* delete and deletecollection (apiserver endpoints/handlers/delete.go). */
import type { Resource } from "../types.ts";
import { deleteOptions } from "./options.ts";
import { selected, shown } from "./read.ts";
import type { ApiRequest, ApiResponse } from "./request.ts";
import { success } from "./status.ts";
import { apiVersionOf } from "../resources/index.ts";
import type { Place } from "./write.ts";

/** Kinds whose deletion returns the object (strategies with DeleteReturnsDeletedObject). */
const RETURNED = new Set(["pods", "services", "namespaces"]);

/** DELETE of one object: what goes at once is a Status, what stays for a while is shown. */
export function remove({ api, kind, namespace, name }: Place, request: ApiRequest): ApiResponse {
  const resource = kind.plural as Resource;
  const options = deleteOptions(request);
  const deleted = api.delete(resource, namespace ?? "", name, options);
  const isGone = api.find(resource, namespace ?? "", name) === undefined;
  const stays = !isGone && options.dryRun !== true;
  if (!stays && !RETURNED.has(kind.plural)) return success(200, kind, deleted);
  return { status: 200, body: shown(kind, deleted), warnings: [] };
}

/** DELETE of a collection, or of what selectors choose of it. */
export function removeCollection(
  { api, kind, namespace }: Omit<Place, "name">,
  request: ApiRequest,
): ApiResponse {
  const options = deleteOptions(request);
  const found = selected(api, kind, namespace, request.query ?? {});
  for (const { metadata } of found) {
    api.delete(kind.plural as Resource, metadata.namespace ?? "", metadata.name, options);
  }
  const items = found.map((object) => {
    const { apiVersion: _version, kind: _kind, ...item } = shown(kind, object);
    return item;
  });
  const metadata = { resourceVersion: String(api.resourceVersion) };
  const body = { kind: `${kind.kind}List`, apiVersion: apiVersionOf(kind), metadata, items };
  return { status: 200, body, warnings: [] };
}
