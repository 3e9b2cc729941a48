import type { ResourceDefinition, Subresource } from "../resource.ts";
import { servedKinds } from "../resources/index.ts";
import type { ApiServer } from "../server.ts";
import { StatusError } from "../status-error.ts";
import { discovery } from "./discovery.ts";
import { get, list, shown, watch } from "./read.ts";
import { remove, removeCollection } from "./remove.ts";
import { parsePath, type ApiRequest, type ApiResponse, type RequestInfo } from "./request.ts";
import { failure, methodNotAllowed, noSuchPath } from "./status.ts";
import { bind } from "./subresources/binding.ts";
import { evictRequest } from "./subresources/eviction.ts";
import { finalize } from "./subresources/finalize.ts";
import { scale } from "./subresources/scale.ts";
import { WatchHistory } from "./watch-history.ts";
import type { Resource } from "../types.ts";
import { create, patch, update, type Place } from "./write.ts";

/**
 * The API as clients see it: requests and answers of HTTP as plain values. It reads and writes the same store as the components do,
 * which go to the ApiServer directly.
 *
 * ```ts
 * const router = new ApiRouter(cluster.api);
 * router.handle({
 *   method: "PATCH",
 *   path: "/apis/apps/v1/namespaces/default/deployments/web",
 *   query: { fieldManager: "kubectl-edit", dryRun: "All" },
 *   contentType: "application/merge-patch+json",
 *   body: { spec: { replicas: 3 } },
 * }); // → { status: 200, body: the Deployment, warnings: [] }, or a Status with its code; it never throws a StatusError
 * ```
 *
 * A watch (`query: { watch: "true" }`) answers with the events so far; to go on, ask again from the resourceVersion of the last one, which
 * `allowWatchBookmarks` always gives. Changes are remembered from the construction on: make the router before the changes to watch, once
 * for each cluster.
 */
export class ApiRouter {
  private readonly api: ApiServer;
  private readonly history: WatchHistory;

  constructor(api: ApiServer) {
    this.api = api;
    this.history = new WatchHistory(api);
  }

  /** Answers a request. A refusal is an answer too: a metav1.Status with its HTTP code. */
  handle(request: ApiRequest): ApiResponse {
    try {
      const found = discovery(request);
      if (found !== undefined) return found;
      const info = parsePath(request.path);
      if (info?.resource === undefined) throw noSuchPath();
      const kind = served(info);
      this.api.refresh(kind.plural as Resource);
      return info.name === undefined
        ? this.onCollection(kind, info, request)
        : this.onObject(kind, info.name, info, request);
    } catch (error) {
      if (error instanceof StatusError) return failure(error);
      throw error;
    }
  }

  private onCollection(
    kind: ResourceDefinition,
    { namespace }: RequestInfo,
    request: ApiRequest,
  ): ApiResponse {
    const place = { api: this.api, kind, namespace };
    const { method, query = {} } = request;
    if (method === "GET") {
      return isTrue(query.watch)
        ? answer(watch(this.api, this.history, kind, namespace, query))
        : answer(list(this.api, kind, namespace, query));
    }
    // What is namespaced is written in a namespace; below all namespaces it can only be read.
    if (kind.namespaced && namespace === undefined) throw methodNotAllowed();
    if (method === "POST") return create(place, request);
    if (method === "DELETE" && kind.terminate === undefined)
      return removeCollection(place, request);
    throw methodNotAllowed();
  }

  private onObject(
    kind: ResourceDefinition,
    name: string,
    { namespace, subresource }: RequestInfo,
    request: ApiRequest,
  ): ApiResponse {
    if (kind.namespaced && namespace === undefined) throw noSuchPath();
    const place: Place = { api: this.api, kind, namespace, name };
    if (subresource !== undefined) return onSubresource(place, subresource, request);
    const { method, query = {} } = request;
    switch (method) {
      case "GET":
        return isTrue(query.watch)
          ? answer(watch(this.api, this.history, kind, namespace, query, name))
          : answer(shown(kind, get(this.api, kind, namespace, name)));
      case "PUT":
        return update(place, request);
      case "PATCH":
        return patch(place, request);
      case "DELETE":
        return remove(place, request);
      case "POST":
        throw methodNotAllowed();
    }
  }
}

function onSubresource(place: Place, subresource: string, request: ApiRequest): ApiResponse {
  const { api, kind, namespace, name } = place;
  if (!kind.subresources?.includes(subresource as Subresource)) throw noSuchPath();
  const { method } = request;
  switch (subresource as Subresource) {
    case "status": {
      const status = { ...place, subresource: "status" } as const;
      if (method === "GET") return answer(shown(kind, get(api, kind, namespace, name)));
      if (method === "PUT") return update(status, request);
      if (method === "PATCH") return patch(status, request);
      break;
    }
    case "scale":
      if (method === "GET" || method === "PUT" || method === "PATCH") return scale(place, request);
      break;
    case "binding":
      if (method === "POST") return bind(place, request);
      break;
    case "eviction":
      if (method === "POST") return evictRequest(place, request);
      break;
    case "finalize":
      if (method === "PUT") return finalize(place, request);
      break;
  }
  throw methodNotAllowed();
}

/** The kind that a path is about. */
function served({ group, version, resource, namespace }: RequestInfo): ResourceDefinition {
  const kind = servedKinds().find(
    (one) => one.plural === resource && one.group === group && one.version === version,
  );
  if (kind === undefined || (namespace !== undefined && !kind.namespaced)) throw noSuchPath();
  return kind;
}

function answer(body: object): ApiResponse {
  return { status: 200, body, warnings: [] };
}

const isTrue = (text: string | undefined) => text === "true" || text === "1";
