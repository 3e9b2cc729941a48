import { describe, expect, it } from "vitest";
import { ApiRouter } from "../../api/router/router.ts";
import type { Endpoints, EndpointSubset, Pod, Service } from "../../api/types.ts";
import { deploymentController } from "../deployment/index.ts";
import { replicaSetController } from "../replica-set/index.ts";
import { ToyCluster } from "../testing/cluster.ts";
import { nextEndpoints } from "./endpoints.ts";
import { endpointsController } from "./index.ts";
import { truncated } from "./subsets.ts";

function clusterWith(service: Partial<Service["spec"]> = {}) {
  const cluster = new ToyCluster([deploymentController, replicaSetController, endpointsController]);
  const router = new ApiRouter(cluster.api);
  cluster.run(2000);
  cluster.api.create("services", {
    apiVersion: "v1",
    kind: "Service",
    metadata: { name: "web", labels: { team: "shop" } },
    spec: { selector: { app: "web" }, ports: [{ port: 80, targetPort: 8080 }], ...service },
  });
  cluster.deploy({ replicas: 3 });
  const request = (method: "GET" | "DELETE" | "PATCH", body?: unknown) =>
    router.handle({
      method,
      path: "/api/v1/namespaces/default/endpoints/web",
      body,
      contentType: "application/merge-patch+json",
    }).body as Endpoints;
  return { cluster, request, addresses: () => counts(request("GET")) };
}

/** A readiness probe fails. */
function fail(cluster: ToyCluster): void {
  const [pod] = cluster.api.list("pods");
  const conditions = pod!.status.conditions!.map((one) =>
    one.type === "Ready" ? { ...one, status: "False" as const } : one,
  );
  cluster.api.updateStatus("pods", { ...pod!, status: { ...pod!.status, conditions } });
  cluster.run(100);
}

function counts({ subsets = [] }: Endpoints): string[] {
  return subsets.map(({ addresses = [], notReadyAddresses = [], ports = [] }) => {
    const told = ports.map(({ name = "", port }) => `${name}${port}`).join("+");
    return `${addresses.length} ready, ${notReadyAddresses.length} not, ${told}`;
  });
}

describe("Endpoints of a Service", () => {
  it("have its name, its labels and its age, and no subsets while it has no pods", () => {
    const { cluster, request } = clusterWith();
    cluster.run(500);
    const { metadata, subsets } = request("GET");
    expect(metadata).toMatchObject({
      name: "web",
      labels: { team: "shop" },
      creationTimestamp: cluster.api.get("services", "default", "web").metadata.creationTimestamp,
      annotations: {
        "endpoints.kubernetes.io/last-change-trigger-time": metadata.creationTimestamp,
      },
    });
    expect(subsets).toBeUndefined();
  });

  it("follow readiness and deletion", () => {
    const { cluster, request, addresses } = clusterWith();
    cluster.run(10_000);
    expect(addresses()).toEqual(["3 ready, 0 not, 8080"]);
    const ready = cluster.api
      .list("pods")
      .map((pod) => pod.status.conditions!.find((c) => c.type === "Ready")!.lastTransitionTime);
    expect(ready).toContain(
      request("GET").metadata.annotations!["endpoints.kubernetes.io/last-change-trigger-time"],
    );
    fail(cluster);
    expect(addresses()).toEqual(["2 ready, 1 not, 8080"]);
    cluster.change((spec) => ({ ...spec, replicas: 2 }));
    cluster.run(500);
    expect(addresses()).toEqual(["2 ready, 0 not, 8080"]);
    expect(request("GET").metadata.annotations).toBeUndefined();
  });

  it("have the same version however often they are asked for", () => {
    const { cluster, request } = clusterWith();
    cluster.run(10_000);
    const { resourceVersion } = request("GET").metadata;
    cluster.run(10_000);
    expect(request("GET").metadata.resourceVersion).toBe(resourceVersion);
  });

  it("keep what someone writes until a pod changes", () => {
    const { cluster, request, addresses } = clusterWith();
    cluster.run(10_000);
    request("PATCH", { subsets: null });
    cluster.run(1000);
    expect(addresses()).toEqual([]);
    cluster.change((spec) => ({ ...spec, replicas: 4 }));
    cluster.run(10_000);
    expect(addresses()).toEqual(["4 ready, 0 not, 8080"]);
  });

  it("are made anew when someone deletes them, and go with their Service", () => {
    const { cluster, request, addresses } = clusterWith();
    cluster.run(10_000);
    const { uid } = request("GET").metadata;
    request("DELETE");
    cluster.run(1000);
    expect(addresses()).toEqual(["3 ready, 0 not, 8080"]);
    expect(request("GET").metadata.uid).not.toBe(uid);
    cluster.api.delete("services", "default", "web");
    cluster.run(1000);
    expect(request("GET")).toMatchObject({ kind: "Status", reason: "NotFound" });
  });

  it("show pods that are not ready as ready, and those that end too, where the Service wants it", () => {
    const { cluster, request, addresses } = clusterWith({
      publishNotReadyAddresses: true,
      clusterIP: "None",
      ports: [],
    });
    cluster.run(10_000);
    fail(cluster);
    expect(addresses()).toEqual(["3 ready, 0 not, "]);
    expect(request("GET").metadata.labels).toEqual({
      team: "shop",
      "service.kubernetes.io/headless": "",
    });
    cluster.change((spec) => ({ ...spec, replicas: 1 }));
    cluster.run(500);
    expect(addresses()).toEqual(["3 ready, 0 not, "]);
  });

  it("are none of a Service without a selector", () => {
    const { cluster, request } = clusterWith({ selector: undefined as never });
    cluster.run(10_000);
    expect(request("GET")).toMatchObject({ kind: "Status", reason: "NotFound" });
  });
});

describe("a thousand addresses", () => {
  const some = (count: number) => Array.from({ length: count }, (_, i) => ({ ip: `10.0.0.${i}` }));
  const cut = (subsets: EndpointSubset[]) =>
    truncated(subsets)?.map(({ addresses = [], notReadyAddresses = [] }) => [
      addresses.length,
      notReadyAddresses.length,
    ]);

  it.each([
    ["fit", [[600, 400]], undefined],
    ["leave room for some that are not ready", [[600, 500]], [[600, 400]]],
    // 300 of 900 not ready ones fit: ceil(300 × 300 / 900) of the first subset, the rest of the second.
    [
      "are shared by the subsets' sizes",
      [
        [500, 300],
        [200, 600],
      ],
      [
        [500, 100],
        [200, 200],
      ],
    ],
    [
      "are ready ones alone where there are more",
      [
        [900, 50],
        [300, 0],
      ],
      [
        [750, 0],
        [250, 0],
      ],
    ],
  ])("%s", (_, sizes, kept) => {
    const subsets = sizes.map(([ready, not]) => ({
      addresses: some(ready!),
      notReadyAddresses: some(not!),
    }));
    expect(cut(subsets)).toEqual(kept);
  });

  it("are said to be cut", () => {
    const service = {
      apiVersion: "v1",
      kind: "Service",
      metadata: { name: "web", namespace: "default" },
      spec: { selector: { app: "web" }, clusterIP: "10.96.0.7", ports: [{ port: 80 }] },
    } as unknown as Service;
    const pods = some(1200).map(({ ip }, i) => ({
      metadata: { name: `web-${i}`, uid: `${i}`, namespace: "default" },
      spec: { containers: [] },
      status: { podIP: ip, phase: "Running" },
    })) as unknown as Pod[];
    const { metadata, subsets } = nextEndpoints(service, pods, undefined, undefined) as Endpoints;
    expect(metadata.annotations).toEqual({ "endpoints.kubernetes.io/over-capacity": "truncated" });
    expect(subsets![0]!.notReadyAddresses).toHaveLength(1000);
  });
});
