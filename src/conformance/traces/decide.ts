import { ApiServer, objectKey, type WatchRequest } from "../../simulator/api/server.ts";
import type { KubernetesObject, Resource } from "../../simulator/api/types.ts";
import { controllers } from "../../simulator/controllers/index.ts";
import {
  KubeControllerManager,
  type ControllerFactory,
} from "../../simulator/controllers/kube-controller-manager.ts";
import { Decisions } from "../../simulator/decisions.ts";
import { Kernel } from "../../simulator/kernel/kernel.ts";
import type { ChangeOf } from "./decision-facts.ts";
import { versionIn, type History, type View } from "./history.ts";

/** Longest time in which each controller has done its first sync and the calls of it. */
const FIRST_SYNC_MS = 600;

/** Which controllers run: the simulator's own, with no delay of their own where a scenario would set one. */
const EXACT = { kind: "exact", ms: 0 } as const;
const NETWORK = {
  endpointSlice: EXACT,
  kubeProxy: EXACT,
  proxyConnectTimeoutMs: 0,
  proxyReadTimeoutMs: 0,
};

/**
 * What our controllers decide who have heard of the cluster what a view shows: they are started with these caches and make one sync of
 * each object. The API server holds the same objects and tells no one of changes, so that nothing follows from what they do themselves.
 */
export function decide(history: History, view: View, nowMs: number): ChangeOf[] {
  // Each for itself: what one has just written must not stand in the way of another's write.
  return controllers(NETWORK).flatMap((factory) => decideAlone(factory, history, view, nowMs));
}

function decideAlone(
  factory: ControllerFactory,
  history: History,
  view: View,
  nowMs: number,
): ChangeOf[] {
  const kernel = new Kernel(1);
  kernel.runUntil(Math.max(0, nowMs));
  const api = new SilentServer(kernel);
  const decisions = new Decisions(kernel);
  new KubeControllerManager({ kernel, api, decisions }, [factory]);
  for (const [resource, objects] of recordedObjects(history, view)) {
    const collection = api.state.objects.get(resource);
    if (collection === undefined) continue;
    for (const object of objects) {
      api.state.resourceVersion = Math.max(
        api.state.resourceVersion,
        Number(object.metadata.resourceVersion),
      );
      const key = objectKey(object);
      collection.set(key, Object.freeze(object));
      for (const client of api.watchersOf(resource)) {
        kernel.schedule(0, client, "watch", { type: "ADDED", resource, key, object });
      }
    }
  }
  const made: ChangeOf[] = [];
  api.observe((event) => made.push(event));
  kernel.runUntil(kernel.now + FIRST_SYNC_MS);
  return made;
}

/** Holds objects, and tells nobody of changes. */
class SilentServer extends ApiServer {
  private readonly requests: WatchRequest[] = [];

  override watch(request: WatchRequest): void {
    this.requests.push(request);
  }

  watchersOf(resource: Resource): string[] {
    return this.requests.filter((r) => r.resource === resource).map(({ client }) => client);
  }
}

function* recordedObjects(history: History, view: View): Generator<[Resource, KubernetesObject[]]> {
  yield ["namespaces", namespaces(history)];
  yield ["nodes", nodes(history)];
  for (const resource of history.resources) {
    if (resource === "events" || resource === "nodes" || resource === "namespaces") continue;
    yield [resource as Resource, [...history.at(resource, versionIn(view, resource)).values()]];
  }
}

function namespaces({ recording }: History): KubernetesObject[] {
  const names = new Set(recording.changes.map(({ object }) => object.metadata.namespace ?? ""));
  names.delete("");
  return [...names].map((name) => clusterObject("Namespace", name));
}

/** Nodes were not recorded; those that pods were bound to existed, and were healthy. */
function nodes({ recording }: History): KubernetesObject[] {
  const names = new Set<string>();
  for (const { object, resource } of recording.changes) {
    const { spec } = object as { spec?: { nodeName?: string } };
    if (resource === "pods" && spec?.nodeName) names.add(spec.nodeName);
  }
  const allocatable = { cpu: "64", memory: "256Gi", pods: "110" };
  return [...names].toSorted().map((name) => ({
    ...clusterObject("Node", name),
    spec: {},
    status: {
      capacity: allocatable,
      allocatable,
      conditions: [{ type: "Ready", status: "True", reason: "KubeletReady" }],
    },
  }));
}

function clusterObject(kind: string, name: string): KubernetesObject {
  const labels: Record<string, string> = kind === "Node" ? { "kubernetes.io/hostname": name } : {};
  const metadata = {
    name,
    labels,
    uid: `${kind}-${name}`,
    resourceVersion: "1",
    creationTimestamp: null,
  };
  return { apiVersion: "v1", kind, metadata };
}
