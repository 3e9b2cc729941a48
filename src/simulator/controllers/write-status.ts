import type { ApiServer } from "../api/server.ts";
import type { ResourceTypes } from "../api/types.ts";

/**
 * Writes the status of a workload that the controller has in its cache. Refused because the object has changed meanwhile, it is tried again on the
 * object as it is; `readAgain` is told of the call between (updateReplicaSetStatus, storeDaemonSetStatus, UpdateStatefulSetStatus). The
 * refusal is foreseen rather than caught: in a large rollout it meets every third write.
 */
export function writeStatus<R extends "replicasets" | "daemonsets" | "statefulsets">(
  api: ApiServer,
  resource: R,
  object: ResourceTypes[R],
  status: ResourceTypes[R]["status"],
  readAgain: () => void,
): void {
  const { namespace = "", name, resourceVersion } = object.metadata;
  const stored = api.find(resource, namespace, name);
  const isChanged = stored !== undefined && stored.metadata.resourceVersion !== resourceVersion;
  if (isChanged) readAgain();
  api.updateStatus(resource, { ...(isChanged ? stored : object), status });
}
