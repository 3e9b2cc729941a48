/* get, list and watch (apiserver endpoints/handlers/get.go). */
import { apiVersionOf } from "../resources/index.ts";
import { ofStored, structOf } from "../resources/other-versions.ts";
import type { ResourceDefinition } from "../resource.ts";
import { asStored } from "../schema/decode.ts";
import type { ApiServer, WatchEventType } from "../server.ts";
import { StatusError } from "../status-error.ts";
import type { KubernetesObject, Resource } from "../types.ts";
import type { ApiRequest } from "./request.ts";
import { selection, type Selects } from "./selection.ts";
import { badRequest } from "./status.ts";
import { refuseFuture, type WatchHistory } from "./watch-history.ts";

/** What has been shown of stored objects, by kind: they never change, and a write looks at the same one several times. */
const shownBefore = new WeakMap<KubernetesObject, Map<ResourceDefinition, KubernetesObject>>();

/** The object as the API shows it. */
export function shown(kind: ResourceDefinition, object: KubernetesObject): KubernetesObject {
  const known = shownBefore.get(object)?.get(kind);
  if (known !== undefined) return known;
  const {
    apiVersion: _version,
    kind: _kind,
    ...rest
  } = asStored(structOf(kind), ofStored(kind, object));
  const fresh = { apiVersion: apiVersionOf(kind), kind: kind.kind, ...rest };
  if (Object.isFrozen(object)) {
    const views = shownBefore.get(object) ?? new Map<ResourceDefinition, KubernetesObject>();
    Object.freeze(fresh.metadata);
    shownBefore.set(object, views.set(kind, Object.freeze(fresh)));
  }
  return fresh;
}

/** What a list request returns. `limit` cuts it into pages, `continue` asks for the next. */
export function list(
  api: ApiServer,
  kind: ResourceDefinition,
  namespace: string | undefined,
  query: NonNullable<ApiRequest["query"]>,
): object {
  const version = resourceVersion(query);
  if (version !== undefined) refuseFuture(api, version);
  const found = selected(api, kind, namespace, query);
  const limit = Number(query.limit ?? 0);
  const from = query.continue ? found.findIndex((o) => sortKey(o) > readToken(query.continue!)) : 0;
  const rest = from < 0 ? [] : found.slice(from);
  const page = limit > 0 ? rest.slice(0, limit) : rest;
  const remaining = rest.length - page.length;
  return {
    kind: `${kind.kind}List`,
    apiVersion: apiVersionOf(kind),
    metadata: {
      resourceVersion: String(api.resourceVersion),
      ...(remaining === 0 ? {} : { continue: token(page.at(-1)!), remainingItemCount: remaining }),
    },
    items: page.map((object) => {
      const { apiVersion: _version, kind: _kind, ...item } = shown(kind, object);
      return item;
    }),
  };
}

/** The objects that a request selects, in the order of their keys, as etcd has them. */
export function selected(
  api: ApiServer,
  kind: ResourceDefinition,
  namespace: string | undefined,
  query: NonNullable<ApiRequest["query"]>,
): KubernetesObject[] {
  const resource = kind.plural as Resource;
  const selects = selection(resource, namespace, query);
  return (api.list(resource, namespace) as KubernetesObject[])
    .filter(selects)
    .sort((a, b) => (sortKey(a) < sortKey(b) ? -1 : 1));
}

const sortKey = ({ metadata }: KubernetesObject) => `${metadata.namespace ?? ""}/${metadata.name}`;

const token = (last: KubernetesObject) => `after:${sortKey(last)}`;

function readToken(text: string): string {
  if (text.startsWith("after:")) return text.slice("after:".length);
  throw badRequest("continue key is not valid: illegal continue token");
}

function resourceVersion({
  resourceVersion: text,
}: NonNullable<ApiRequest["query"]>): number | undefined {
  if (!text) return undefined;
  if (/^\d+$/.test(text)) return Number(text);
  const detail = `Invalid value: ${JSON.stringify(text)}: strconv.ParseUint: parsing ${JSON.stringify(text)}: invalid syntax`;
  throw new StatusError("Invalid", `resourceVersion: ${detail}`, {
    causes: [{ field: "resourceVersion", type: "FieldValueInvalid", detail }],
  });
}

/** One event of a watch as it is sent. */
export interface SentEvent {
  readonly type: WatchEventType | "BOOKMARK";
  readonly object: object;
}

/**
 * The events of a watch up to now: from a resourceVersion on, or, without one or from 0, what is there as ADDED. With
 * `allowWatchBookmarks` the last one says how far it went, to go on from there.
 */
export function watch(
  api: ApiServer,
  history: WatchHistory,
  kind: ResourceDefinition,
  namespace: string | undefined,
  query: NonNullable<ApiRequest["query"]>,
  name?: string,
): SentEvent[] {
  const resource = kind.plural as Resource;
  const version = resourceVersion(query);
  const selects = selection(resource, namespace, query, name);
  const events: SentEvent[] =
    version === undefined || version === 0
      ? selected(api, kind, namespace, query)
          .filter(selects)
          .map((object) => ({ type: "ADDED", object: shown(kind, object) }))
      : changes(history, kind, version, selects);
  if (query.allowWatchBookmarks === "true") {
    const metadata = { resourceVersion: String(api.resourceVersion), creationTimestamp: null };
    const object = { kind: kind.kind, apiVersion: apiVersionOf(kind), metadata };
    events.push({ type: "BOOKMARK", object });
  }
  return events;
}

/** A change that makes an object match is an addition for the watcher, one that makes it match no more a deletion. */
function changes(
  history: WatchHistory,
  kind: ResourceDefinition,
  version: number,
  selects: Selects,
): SentEvent[] {
  return history
    .since(kind.plural as Resource, version)
    .flatMap(({ type, object, old }): SentEvent[] => {
      const did = old !== undefined && type !== "ADDED" && selects(old);
      const does = type !== "DELETED" && selects(object);
      if (!did && !does) return [];
      if (does) return [{ type: did ? "MODIFIED" : "ADDED", object: shown(kind, object) }];
      const { resourceVersion: at } = object.metadata;
      const last = { ...old!, metadata: { ...old!.metadata, resourceVersion: at } };
      return [{ type: "DELETED", object: shown(kind, last) }];
    });
}

/** The object of a request, or NotFound. */
export function get(
  api: ApiServer,
  kind: ResourceDefinition,
  namespace: string | undefined,
  name: string,
): KubernetesObject {
  return api.get(kind.plural as Resource, namespace ?? "", name);
}
