import { describe, expect, it } from "vitest";
import { TestServer } from "./testing.ts";

const server = new TestServer();
const get = (path: string, accept?: string) =>
  server.send(["GET", path, undefined, accept === undefined ? {} : { accept }]);

interface Named {
  readonly name: string;
  readonly verbs: readonly string[];
  readonly shortNames?: readonly string[];
}

describe("discovery", () => {
  it("names the version", () => {
    expect(get("/version").body).toMatchObject({ major: "1", minor: "32" });
  });

  it("lists the groups, the built-in ones first", () => {
    const { groups } = get("/apis").body as { groups: readonly Named[] };
    expect(groups.map(({ name }) => name).slice(0, 3)).toEqual([
      "apps",
      "autoscaling",
      "networking.k8s.io",
    ]);
    expect(groups.map(({ name }) => name)).toContain("gateway.networking.k8s.io");
    expect(get("/api").body).toMatchObject({ kind: "APIVersions", versions: ["v1"] });
  });

  it("lists the resources of a version with their subresources", () => {
    const { resources } = get("/apis/apps/v1").body as { resources: readonly Named[] };
    expect(resources.map(({ name }) => name)).toEqual([
      "controllerrevisions",
      "daemonsets",
      "daemonsets/status",
      "deployments",
      "deployments/scale",
      "deployments/status",
      "replicasets",
      "replicasets/scale",
      "replicasets/status",
      "statefulsets",
      "statefulsets/scale",
      "statefulsets/status",
    ]);
    expect(resources.find(({ name }) => name === "deployments")).toMatchObject({
      shortNames: ["deploy"],
      categories: ["all"],
      verbs: ["create", "delete", "deletecollection", "get", "list", "patch", "update", "watch"],
    });
  });

  it("deletes no namespaces in bulk", () => {
    const { resources } = get("/api/v1").body as { resources: readonly Named[] };
    const namespaces = resources.find(({ name }) => name === "namespaces")!;
    expect(namespaces.verbs).not.toContain("deletecollection");
    expect(server.send(["DELETE", "/api/v1/namespaces"]).status).toBe(405);
  });

  it("tells all at once to those who ask so", () => {
    const accept = "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList";
    const { items } = get("/apis", accept).body as {
      items: readonly { readonly versions: readonly { readonly resources: readonly object[] }[] }[];
    };
    expect(items[0]!.versions[0]!.resources[2]).toMatchObject({
      resource: "deployments",
      responseKind: { group: "apps", version: "v1", kind: "Deployment" },
      scope: "Namespaced",
      subresources: [
        { subresource: "scale", responseKind: { group: "autoscaling", kind: "Scale" } },
        { subresource: "status", responseKind: { group: "apps", kind: "Deployment" } },
      ],
    });
  });

  it.each(["/apis/shop.example.com", "/apis/apps/v1beta1", "/api/v2", "/metrics"])(
    "knows nothing of %s",
    (path) => {
      expect(get(path)).toMatchObject({ status: 404, body: { reason: "NotFound" } });
    },
  );
});
