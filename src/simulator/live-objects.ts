import type { ApiServer } from "./api/server.ts";
import type { KubernetesObject, Resource } from "./api/types.ts";

/** Kinds whose objects a run shows as they stand at its end: what people write, not what controllers make of it. */
const SHOWN: readonly Resource[] = [
  "deployments",
  "statefulsets",
  "daemonsets",
  "services",
  "ingresses",
  "gateways",
  "httproutes",
  "poddisruptionbudgets",
  "horizontalpodautoscalers",
];

/** The cluster's own, which nobody has written. */
const OWN_SERVICE = "service/kubernetes";

/** The objects by `deployment/web`; those of other namespaces than default by `deployment/team/web`. */
export function liveObjects(api: ApiServer): Record<string, object> {
  const objects = SHOWN.flatMap((resource): KubernetesObject[] => api.list(resource));
  const named = objects.map((object) => {
    const { namespace, name } = object.metadata;
    const place = namespace === undefined || namespace === "default" ? "" : `${namespace}/`;
    return [`${object.kind.toLowerCase()}/${place}${name}`, object] as const;
  });
  return Object.fromEntries(named.filter(([name]) => name !== OWN_SERVICE));
}
