import type { Namespace } from "../../types.ts";
import { shown } from "../read.ts";
import type { ApiRequest, ApiResponse } from "../request.ts";
import { decodedUpdate, type Place } from "../write.ts";

/** PUT of `namespaces/NAME/finalize`: replaces spec.finalizers alone (registry/core/namespace/storage FinalizeREST). */
export function finalize(place: Place, request: ApiRequest): ApiResponse {
  const { next, options, warnings } = decodedUpdate(place, request);
  const namespace = next as Namespace;
  const { dryRun } = options;
  const body = place.api.finalize(namespace, { dryRun });
  return { status: 200, body: shown(place.kind, body), warnings };
}
