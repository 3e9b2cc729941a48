import { describe, expect, it } from "vitest";
import type { Endpoint, EndpointSlice, Pod } from "../../api/types.ts";
import type { Delay } from "../../scenario.ts";
import { replicaSetController } from "../replica-set/index.ts";
import { deploymentController } from "../deployment/index.ts";
import { ToyCluster } from "../testing/cluster.ts";
import { endpointSliceController } from "./index.ts";

const MEASURED: Delay = { kind: "measured", spread: { min: 5, median: 52, max: 201 } };

function clusterWith(endpointSlice: Delay, replicas = 3): ToyCluster {
  const cluster = new ToyCluster([
    deploymentController,
    replicaSetController,
    endpointSliceController({ endpointSlice }),
  ]);
  cluster.api.create("services", {
    apiVersion: "v1",
    kind: "Service",
    metadata: { name: "web", labels: { team: "shop" } },
    spec: { selector: { app: "web" }, ports: [{ name: "http", port: 80, targetPort: 8080 }] },
  });
  cluster.deploy({ replicas });
  return cluster;
}

function conditions(cluster: ToyCluster): string[] {
  const endpoints = cluster.api.list("endpointslices").flatMap((slice) => slice.endpoints);
  return endpoints.map(({ conditions: { ready, serving, terminating } }: Endpoint) =>
    [ready && "ready", serving && "serving", terminating && "terminating"]
      .filter(Boolean)
      .join("+"),
  );
}

describe("EndpointSlices of a Service", () => {
  it("begin empty and keep their name as pods come and go", () => {
    const cluster = clusterWith(MEASURED);
    cluster.run(1000);
    const [empty] = cluster.api.list("endpointslices");
    expect(empty).toMatchObject({ endpoints: [], ports: [] });
    expect(empty!.metadata.labels).toMatchObject({
      "kubernetes.io/service-name": "web",
      "endpointslice.kubernetes.io/managed-by": "endpointslice-controller.k8s.io",
      team: "shop",
    });
    cluster.run(9000);
    const [full] = cluster.api.list("endpointslices");
    expect(full!.metadata.name).toBe(empty!.metadata.name);
    expect(full!.ports).toEqual([{ name: "http", protocol: "TCP", port: 8080 }]);
    expect(conditions(cluster)).toEqual(["ready+serving", "ready+serving", "ready+serving"]);
  });

  it("show a pod that is being deleted as serving and terminating until it is gone", () => {
    const cluster = clusterWith(MEASURED);
    cluster.run(10_000);
    cluster.change((spec) => ({ ...spec, replicas: 2 }));
    cluster.run(1000);
    expect(conditions(cluster).toSorted()).toEqual([
      "ready+serving",
      "ready+serving",
      "serving+terminating",
    ]);
    cluster.run(5000);
    expect(conditions(cluster)).toEqual(["ready+serving", "ready+serving"]);
    const codes = cluster.decisions.entries
      .map((d) => d.code)
      .filter((c) => c.startsWith("endpoint"));
    expect(codes.slice(-2)).toEqual(["endpointslice.not-ready", "endpointslice.removed"]);
  });

  it("change exactly so many milliseconds after the pod, where the scenario says so", () => {
    for (const ms of [0, 3, 50, 700]) {
      const cluster = clusterWith({ kind: "exact", ms });
      const changed: number[] = [];
      const written: number[] = [];
      cluster.run(10_000);
      cluster.api.observe((event) => {
        const at = cluster.kernel.now;
        if (
          event.resource === "pods" &&
          isEndpointChange(event.type, event.object as Pod, event.old as Pod)
        ) {
          changed.push(at);
        }
        if (event.resource === "endpointslices") written.push(at);
      });
      cluster.setImage("web:2");
      cluster.run(40_000);
      expect(changed.length).toBeGreaterThanOrEqual(9);
      expect([...new Set(written)]).toEqual([...new Set(changed.map((at) => at + ms))]);
    }
  });

  it("hold at most a hundred endpoints each", () => {
    const cluster = clusterWith({ kind: "exact", ms: 50 }, 250);
    cluster.run(60_000);
    const sizes = cluster.api.list("endpointslices").map((s: EndpointSlice) => s.endpoints.length);
    expect(sizes.toSorted((a, b) => b - a)).toEqual([100, 100, 50]);
  });

  it("are made anew when someone deletes one", () => {
    const cluster = clusterWith(MEASURED);
    cluster.run(10_000);
    const [slice] = cluster.api.list("endpointslices");
    cluster.api.delete("endpointslices", "default", slice!.metadata.name);
    cluster.run(1000);
    expect(conditions(cluster)).toHaveLength(3);
    // No pod and no Service changed: there is no time to tell, and Go leaves an empty map out.
    expect(cluster.api.list("endpointslices")[0]!.metadata).not.toHaveProperty("annotations");
  });

  it("follow the Service's selector in one write", () => {
    const cluster = clusterWith(MEASURED);
    cluster.run(10_000);
    const service = cluster.api.get("services", "default", "web");
    cluster.api.update("services", {
      ...service,
      spec: { ...service.spec, selector: { app: "other" } },
    });
    cluster.run(1000);
    expect(conditions(cluster)).toEqual([]);
  });
});

/** Has something changed that an endpoint tells of? */
function isEndpointChange(type: string, pod: Pod, old: Pod | undefined): boolean {
  if (pod.status.podIP === undefined) return false;
  return type === "DELETED" || endpointFacts(pod) !== endpointFacts(old);
}

function endpointFacts(pod: Pod | undefined): string {
  const ready = pod?.status.conditions?.find((c) => c.type === "Ready")?.status;
  return `${pod?.status.podIP} ${pod?.metadata.deletionTimestamp} ${ready}`;
}
