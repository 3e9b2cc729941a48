import { ApiRouter, type ApiServer } from "../simulator/index.ts";

const routers = new WeakMap<ApiServer, ApiRouter>();

/** The way of clients to an API server. It remembers changes for watches from when it is first asked for: ask early. */
export function requestsOf(api: ApiServer): ApiRouter {
  const known = routers.get(api);
  if (known !== undefined) return known;
  const router = new ApiRouter(api);
  routers.set(api, router);
  return router;
}
