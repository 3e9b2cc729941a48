/*
 * Each check of a cluster at rest against a controller that is broken in one way: what it writes to the API server is changed or lost on
 * the way. The same cluster with the controller as it is breaks no promise.
 */
import { expect, it } from "vitest";
import type { ApiServer } from "../api/server.ts";
import type { Endpoints, NewObject, Resource, ResourceTypes } from "../api/types.ts";
import { daemonSetController } from "../controllers/daemon-set/index.ts";
import { deploymentController } from "../controllers/deployment/index.ts";
import { disruptionController } from "../controllers/disruption/index.ts";
import { endpointSliceController } from "../controllers/endpoint-slice/index.ts";
import { endpointsController } from "../controllers/endpoints/index.ts";
import { garbageCollector } from "../controllers/garbage-collector/index.ts";
import type { ControllerFactory } from "../controllers/kube-controller-manager.ts";
import { podAutoscalerController } from "../controllers/pod-autoscaler/index.ts";
import { replicaSetController } from "../controllers/replica-set/index.ts";
import { statefulSetController } from "../controllers/stateful-set/index.ts";
import { ToyCluster } from "../controllers/testing/cluster.ts";
import { checkAtRest } from "./at-rest.ts";
import type { Remains } from "./remains.ts";

const CONTROLLERS = {
  deployment: deploymentController,
  replicaSet: replicaSetController,
  statefulSet: statefulSetController,
  daemonSet: daemonSetController,
  endpointSlice: endpointSliceController({ endpointSlice: { kind: "exact", ms: 10 } }),
  endpoints: endpointsController,
  disruption: disruptionController,
  podAutoscaler: podAutoscalerController([]),
  garbageCollector,
} satisfies Readonly<Record<string, ControllerFactory>>;

type Broken = Partial<
  Record<keyof typeof CONTROLLERS, (api: ApiServer) => Partial<Record<keyof ApiServer, unknown>>>
>;

/** What a cluster with such controllers breaks when it has come to rest. */
function brokenAtRest(
  broken: Broken,
  last = (_: ApiServer) => {},
  waiting: Remains["waiting"] = [],
): string[] {
  const factories = Object.entries(CONTROLLERS).map(([name, make]): ControllerFactory => {
    const fault = broken[name as keyof typeof CONTROLLERS];
    if (fault === undefined) return make;
    return (context) => {
      const faulty = Object.assign(Object.create(context.api) as ApiServer, fault(context.api));
      return make({ ...context, api: faulty });
    };
  });
  const cluster = new ToyCluster(factories);
  create(cluster);
  cluster.run(60_000);
  change(cluster);
  cluster.run(60_000);
  last(cluster.api);
  cluster.run(60_000);
  const messages: string[] = [];
  const remains = { running: [], chosen: [], waiting };
  checkAtRest(cluster.api, remains, (invariant, message) => {
    messages.push(`${invariant}: ${message}`);
  });
  return messages;
}

const pods = (app: string) => ({
  selector: { matchLabels: { app } },
  template: {
    metadata: { labels: { app } },
    spec: { containers: [{ name: "main", image: "main:1" }] },
  },
});

function create(cluster: ToyCluster): void {
  const { api } = cluster;
  cluster.deploy({ replicas: 2 });
  const meta = (name: string) => ({ name, namespace: "default" });
  const make = (resource: Resource, object: object) =>
    api.create(resource, object as NewObject<ResourceTypes[typeof resource]>);
  make("services", {
    apiVersion: "v1",
    kind: "Service",
    metadata: meta("web"),
    spec: { selector: { app: "web" }, ports: [{ port: 80 }] },
  });
  make("statefulsets", {
    apiVersion: "apps/v1",
    kind: "StatefulSet",
    metadata: meta("db"),
    spec: { replicas: 2, serviceName: "db", ...pods("db") },
    status: {},
  });
  make("daemonsets", {
    apiVersion: "apps/v1",
    kind: "DaemonSet",
    metadata: meta("agent"),
    spec: pods("agent"),
    status: {},
  });
  make("poddisruptionbudgets", {
    apiVersion: "policy/v1",
    kind: "PodDisruptionBudget",
    metadata: meta("web"),
    spec: { minAvailable: 1, selector: { matchLabels: { app: "web" } } },
  });
  make("horizontalpodautoscalers", {
    apiVersion: "autoscaling/v2",
    kind: "HorizontalPodAutoscaler",
    metadata: meta("web"),
    spec: {
      scaleTargetRef: { apiVersion: "apps/v1", kind: "Deployment", name: "web" },
      minReplicas: 3,
      maxReplicas: 4,
    },
  });
}

/** Something for every controller to do: the sets get smaller, the Deployment larger than its autoscaler wants, and all have a new generation. */
function change({ api }: ToyCluster): void {
  const sets = api.get("statefulsets", "default", "db");
  api.update("statefulsets", { ...sets, spec: { ...sets.spec, replicas: 1 } });
  const agents = api.get("daemonsets", "default", "agent");
  api.update("daemonsets", { ...agents, spec: { ...agents.spec, minReadySeconds: 1 } });
  const budget = api.get("poddisruptionbudgets", "default", "web");
  api.update("poddisruptionbudgets", { ...budget, spec: { ...budget.spec, minAvailable: 2 } });
  const web = api.get("deployments", "default", "web");
  api.update("deployments", { ...web, spec: { ...web.spec, replicas: 6 } });
}

/** Statuses of that resource are written with some of their fields as they should not be. */
const statusOf = (wanted: Resource, wrong: (status: Record<string, number>) => object) => {
  return (api: ApiServer) => ({
    updateStatus: (resource: Resource, object: { status: Record<string, number> }) => {
      const changed = { ...object, status: { ...object.status, ...wrong(object.status) } };
      return api.updateStatus(resource, (resource === wanted ? changed : object) as never);
    },
  });
};

/** Writes of that kind are lost. */
const lost = (method: "create" | "update" | "updateStatus" | "delete", wanted: Resource) => {
  return (api: ApiServer) => ({
    [method]: (resource: Resource, object: never, ...rest: never[]) =>
      resource === wanted
        ? object
        : (api[method] as (...args: unknown[]) => unknown)(resource, object, ...rest),
  });
};

it("a cluster whose controllers do their work breaks no promise", () => {
  expect(brokenAtRest({})).toEqual([]);
});

it.each<[string, Broken, string]>([
  [
    "a ReplicaSet that keeps pods it should not",
    { replicaSet: lost("delete", "pods") },
    "has 6 pods and wants 4",
  ],
  [
    "a ReplicaSet whose pods are not made",
    { replicaSet: lost("create", "pods") },
    "status: ReplicaSet web-",
  ],
  [
    "a ReplicaSet that counts wrong",
    {
      replicaSet: statusOf("replicasets", ({ readyReplicas = 0 }) => ({
        readyReplicas: readyReplicas + 1,
      })),
    },
    "readyReplicas: 5, not 4",
  ],
  [
    "a Deployment that counts wrong",
    {
      deployment: statusOf("deployments", ({ availableReplicas = 0 }) => ({
        availableReplicas: availableReplicas - 1,
      })),
    },
    "status: Deployment web availableReplicas: 3, not 4",
  ],
  [
    "a Deployment that makes no ReplicaSet",
    { deployment: lost("create", "replicasets") },
    "status: Deployment web wants 4 pods and asks for none",
  ],
  [
    "a StatefulSet that keeps pods it should not",
    { statefulSet: lost("delete", "pods") },
    "status: StatefulSet db pods: 2, not 1",
  ],
  [
    "a StatefulSet whose pods have other names",
    {
      statefulSet: (api) => ({
        create: (resource: Resource, object: { metadata: { name?: string } }) => {
          const name = object.metadata.name?.replace(/^db-0$/, "db-7");
          return api.create(resource, {
            ...object,
            metadata: { ...object.metadata, name },
          } as never);
        },
      }),
    },
    "out-of-order: StatefulSet db has",
  ],
  [
    "a StatefulSet that counts wrong",
    { statefulSet: statusOf("statefulsets", ({ replicas = 0 }) => ({ replicas: replicas + 1 })) },
    "status: StatefulSet db replicas: 2, not 1",
  ],
  [
    "a StatefulSet that says too much of its pods",
    { statefulSet: statusOf("statefulsets", () => ({ readyReplicas: 0 })) },
    "status: StatefulSet db readyReplicas: 0, not 1",
  ],
  [
    "a StatefulSet that has not seen its last change",
    { statefulSet: statusOf("statefulsets", () => ({ observedGeneration: 1 })) },
    "status: StatefulSet db observedGeneration: 1, not 2",
  ],
  [
    "a DaemonSet that counts wrong",
    {
      daemonSet: statusOf("daemonsets", ({ numberReady = 0 }) => ({
        numberReady: numberReady - 1,
      })),
    },
    "status: DaemonSet agent numberReady: 2, not 3",
  ],
  [
    "a DaemonSet that has not seen its last change",
    { daemonSet: statusOf("daemonsets", () => ({ observedGeneration: 1 })) },
    "status: DaemonSet agent observedGeneration: 1, not 2",
  ],
  [
    "a budget that allows more than it may",
    {
      disruption: statusOf("poddisruptionbudgets", ({ disruptionsAllowed = 0 }) => ({
        disruptionsAllowed: disruptionsAllowed + 1,
      })),
    },
    "status: PodDisruptionBudget web disruptionsAllowed: 3, not 2",
  ],
  [
    "a budget that does not hear of pods",
    { disruption: statusOf("poddisruptionbudgets", () => ({ currentHealthy: 0 })) },
    "status: PodDisruptionBudget web currentHealthy: 0, not 4",
  ],
  [
    "a budget that has not seen its last change",
    { disruption: statusOf("poddisruptionbudgets", () => ({ observedGeneration: 1 })) },
    "status: PodDisruptionBudget web observedGeneration: 1, not 2",
  ],
  [
    "an autoscaler that leaves a size out of bounds",
    { podAutoscaler: lost("update", "deployments") },
    "status: web leaves its Deployment at 6, and wants 3 to 4",
  ],
  [
    "Endpoints that are not written",
    { endpoints: lost("create", "endpoints") },
    "endpoints: Endpoints web addresses: none, not web-",
  ],
  [
    "Endpoints that call all pods not ready",
    {
      endpoints: (api) => ({
        create: (resource: Resource, { subsets = [], ...rest }: Endpoints, options: object) => {
          const turned = subsets.map(({ addresses, ...ports }) => {
            return { ...ports, notReadyAddresses: addresses };
          });
          return api.create(resource, { ...rest, subsets: turned } as never, options);
        },
      }),
    },
    "endpoints: Endpoints web notReadyAddresses: web-",
  ],
  [
    "endpoints that are not written",
    { endpointSlice: lost("update", "endpointslices") },
    "endpoints: endpoints of web-",
  ],
])("%s is found out", (_, broken, told) => {
  expect(brokenAtRest(broken).join("\n")).toContain(told);
});

it.each([
  ["deployments", "web"],
  ["statefulsets", "db"],
  ["daemonsets", "agent"],
] as const)("%s that are deleted and stay are found out", (resource, name) => {
  const remove = (api: ApiServer) => {
    api.delete(resource, "default", name, { propagationPolicy: "Foreground" });
  };
  expect(brokenAtRest({}, remove).join("\n")).not.toContain("is being deleted");
  const told = brokenAtRest({ garbageCollector: lost("update", resource) }, remove).join("\n");
  expect(told).toMatch(new RegExp(`left-behind: \\w+ ${name} is being deleted`));
});

it.each([
  ["is not at rest", "default/db", []],
  ["leaves the others at rest", "default/other", ["status: StatefulSet db replicas: 2, not 1"]],
])("a StatefulSet that backs off %s", (_, data, told) => {
  const statefulSet = statusOf("statefulsets", ({ replicas = 0 }) => ({ replicas: replicas + 1 }));
  const waiting = [{ actor: "statefulset-controller", type: "enqueue", data }];
  expect(brokenAtRest({ statefulSet }, undefined, waiting)).toEqual(told);
});
