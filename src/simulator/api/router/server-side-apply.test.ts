import { describe, expect, it } from "vitest";
import type { ManagedFieldsEntry } from "../types.ts";
import type { ApiResponse } from "./request.ts";
import { DEPLOYMENTS, deployment, TestServer } from "./testing.ts";

const WEB = `${DEPLOYMENTS}/web`;

/** A Deployment `web`, applied by `ci`. */
function applied(): TestServer {
  const server = new TestServer();
  apply(server, "ci", deployment());
  return server;
}

function apply(
  server: TestServer,
  fieldManager: string,
  body: unknown,
  force?: "true",
): ApiResponse {
  const query = { fieldManager, ...(force === undefined ? {} : { force }) };
  const contentType = "application/apply-patch+yaml";
  return server.send(["PATCH", WEB, body, { query, contentType }]);
}

/** A configuration with nothing but the fields given. */
const only = (spec: object) => ({
  apiVersion: "apps/v1",
  kind: "Deployment",
  metadata: { name: "web" },
  spec,
});

const managers = (server: TestServer) =>
  (
    server.ok("GET", WEB) as { metadata?: { managedFields?: ManagedFieldsEntry[] } }
  ).metadata!.managedFields!.map(({ manager, operation, subresource }) =>
    `${manager} ${operation} ${subresource ?? ""}`.trim(),
  );

const replicas = (server: TestServer) =>
  server.api.get("deployments", "default", "web").spec.replicas;

describe("server-side apply", () => {
  it("creates what is not there, and owns what it says, not the defaults", () => {
    const server = applied();
    const { managedFields = [] } = server.api.get("deployments", "default", "web").metadata;
    expect(managers(server)).toEqual(["ci Apply"]);
    expect(Object.keys(managedFields[0]!.fieldsV1["f:spec"] as object).sort()).toEqual([
      "f:replicas",
      "f:selector",
      "f:template",
    ]);
  });

  it("changes nothing when it is sent again", () => {
    const server = applied();
    const before = server.api.resourceVersion;
    expect(apply(server, "ci", deployment()).status).toBe(200);
    expect(server.api.resourceVersion).toBe(before);
  });

  it("is refused what another manager applied, with its name and field", () => {
    const server = applied();
    expect(apply(server, "ops", only({ replicas: 5 }))).toMatchObject({
      status: 409,
      body: {
        reason: "Conflict",
        message: 'Apply failed with 1 conflict: conflict with "ci": .spec.replicas',
        details: {
          causes: [
            {
              reason: "FieldManagerConflict",
              message: 'conflict with "ci"',
              field: ".spec.replicas",
            },
          ],
        },
      },
    });
    expect(replicas(server)).toBe(3);
  });

  it("lists several conflicts by manager", () => {
    const server = applied();
    const template = { spec: { containers: [{ name: "web", image: "web:2" }] } };
    expect(apply(server, "ops", only({ replicas: 5, template }))).toMatchObject({
      body: {
        message:
          'Apply failed with 2 conflicts: conflicts with "ci":\n- .spec.replicas\n- .spec.template.spec.containers[name="web"].image',
      },
    });
  });

  it("takes the field over by force", () => {
    const server = applied();
    expect(apply(server, "ops", only({ replicas: 5 }), "true").status).toBe(200);
    expect(replicas(server)).toBe(5);
    expect(managers(server)).toEqual(["ci Apply", "ops Apply"]);
    const back = apply(server, "ci", deployment());
    expect(back.body).toMatchObject({ message: expect.stringContaining('conflict with "ops"') });
  });

  it("shares a field on whose value both agree", () => {
    const server = applied();
    expect(apply(server, "ops", only({ replicas: 3 })).status).toBe(200);
    const { replicas: _given, ...rest } = (deployment() as { spec: { replicas: number } }).spec;
    expect(apply(server, "ci", { ...deployment(), spec: rest }).status).toBe(200);
    // It stays, since the other still applies it.
    expect(replicas(server)).toBe(3);
  });

  it("drops what its manager applies no more, and the default comes back", () => {
    const server = applied();
    const { replicas: _given, ...rest } = (deployment() as { spec: { replicas: number } }).spec;
    expect(apply(server, "ci", { ...deployment(), spec: rest }).status).toBe(200);
    expect(replicas(server)).toBe(1);
  });

  it("finds a scale by hand in its way", () => {
    const server = applied();
    const query = { fieldManager: "kubectl" };
    const contentType = "application/merge-patch+json";
    server.ok("PATCH", `${WEB}/scale`, { spec: { replicas: 5 } }, { query, contentType });
    expect(managers(server)).toEqual(["ci Apply", "kubectl Update scale"]);
    expect(apply(server, "ci", deployment()).body).toMatchObject({
      message:
        'Apply failed with 1 conflict: conflict with "kubectl" with subresource "scale" using apps/v1: .spec.replicas',
    });
  });

  it("names an unknown field", () => {
    const server = new TestServer();
    expect(apply(server, "ci", only({ replica: 3 }))).toMatchObject({
      status: 500,
      body: {
        message:
          "failed to create typed patch object (default/web; apps/v1, Kind=Deployment): .spec.replica: field not declared in schema",
      },
    });
  });
});

describe("field managers of other writes", () => {
  it("are named by the client or after its program", () => {
    const server = new TestServer();
    const userAgent = "kubectl/v1.32.4 (linux/amd64) kubernetes/59526cd";
    server.ok("POST", DEPLOYMENTS, deployment(), { userAgent });
    const query = { fieldManager: "kubectl-client-side-apply" };
    const contentType = "application/strategic-merge-patch+json";
    server.ok("PATCH", WEB, { spec: { minReadySeconds: 5 } }, { query, contentType });
    expect(managers(server).sort()).toEqual(["kubectl Update", "kubectl-client-side-apply Update"]);
  });

  it("keep the status apart", () => {
    const server = applied();
    const contentType = "application/merge-patch+json";
    const userAgent = "kube-controller-manager/v1.32.13";
    server.ok("PATCH", `${WEB}/status`, { status: { replicas: 3 } }, { userAgent, contentType });
    expect(managers(server)).toEqual(["ci Apply", "kube-controller-manager Update status"]);
  });
});
