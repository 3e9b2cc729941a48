import { describe, expect, it } from "vitest";
import { TestServer } from "./router/testing.ts";
import type { Service } from "./types.ts";

const SERVICES = "/api/v1/namespaces/default/services";
const MERGE = { contentType: "application/merge-patch+json" };

function withService(spec: object): { server: TestServer; service: () => Service } {
  const server = new TestServer();
  server.ok("POST", SERVICES, {
    apiVersion: "v1",
    kind: "Service",
    metadata: { name: "web" },
    spec: { ports: [{ port: 80 }], ...spec },
  });
  return { server, service: () => server.api.get("services", "default", "web") };
}

describe("a new Service", () => {
  it("is given an address of the range, above those kept for others", () => {
    const { spec } = withService({}).service();
    const [a, b, c, d] = spec.clusterIP!.split(".").map(Number) as [number, number, number, number];
    expect(a).toBe(10);
    const offset = (b - 96) * 65536 + c * 256 + d;
    expect(offset).toBeGreaterThan(256);
    expect(offset).toBeLessThan(1_048_575);
    expect(spec).toMatchObject({
      clusterIPs: [spec.clusterIP],
      ipFamilies: ["IPv4"],
      ipFamilyPolicy: "SingleStack",
    });
  });

  it.each([
    ["an address that it asks for", { clusterIP: "10.96.0.10" }, ["10.96.0.10"]],
    ["none when it wants none", { clusterIP: "None" }, ["None"]],
    [
      "none when it is a name",
      { type: "ExternalName", externalName: "shop.example.com" },
      undefined,
    ],
  ])("has %s", (_, spec, expected) => {
    expect(withService(spec).service().spec.clusterIPs).toEqual(expected);
  });

  it("has a port on every node when its type needs one", () => {
    const port = (spec: object) => withService(spec).service().spec.ports![0]!.nodePort;
    expect(port({ type: "NodePort" })).toBeGreaterThanOrEqual(30000);
    expect(port({ type: "LoadBalancer" })).toBeLessThanOrEqual(32767);
    expect(port({ type: "LoadBalancer", allocateLoadBalancerNodePorts: false })).toBeUndefined();
    expect(port({})).toBeUndefined();
  });
});

describe("a second Service", () => {
  it.each([
    [
      "the first one's address",
      { clusterIP: "10.96.0.10" },
      'spec.clusterIPs: Invalid value: []string{"10.96.0.10"}: failed to allocate IP 10.96.0.10: provided IP is already allocated',
    ],
    [
      "the first one's node port",
      { type: "NodePort", ports: [{ port: 80, nodePort: 30080 }] },
      "spec.ports[0].nodePort: Invalid value: 30080: provided port is already allocated",
    ],
  ])("cannot have %s", (_, spec, message) => {
    const { server } = withService(spec);
    const metadata = { name: "other" };
    const other = { apiVersion: "v1", kind: "Service", metadata };
    const body = { ...other, spec: { ports: [{ port: 80 }], ...spec } };
    expect(server.send(["POST", SERVICES, body])).toMatchObject({
      status: 422,
      body: { message: `Service "other" is invalid: ${message}` },
    });
  });
});

it("a taken node port is told before all else, even that the name is taken", () => {
  const spec = { type: "NodePort", ports: [{ port: 80, nodePort: 30080 }] };
  const { server } = withService(spec);
  const taken = "spec.ports[0].nodePort: Invalid value: 30080: provided port is already allocated";
  const refused = (name: string, more: object) => {
    const body = {
      apiVersion: "v1",
      kind: "Service",
      metadata: { name },
      spec: { ...spec, ...more },
    };
    return server.send(["POST", SERVICES, body]).body;
  };
  expect(refused("web", {})).toMatchObject({ message: `Service "web" is invalid: ${taken}` });
  expect(refused("other", { sessionAffinity: "Sticky" })).toMatchObject({
    message: `Service "other" is invalid: ${taken}`,
  });
  const headless = { clusterIP: "10.96.0.1", clusterIPs: ["10.96.0.2"] };
  expect(refused("other", headless)).toMatchObject({
    message: expect.stringContaining("first value must match `clusterIP`") as string,
  });
});

describe("a change of a Service", () => {
  it("that says nothing of an address any more leaves it without one", () => {
    const { server, service } = withService({ clusterIP: "None" });
    server.ok("PATCH", `${SERVICES}/web`, { spec: { clusterIP: null } }, MERGE);
    expect(service().spec).toMatchObject({ clusterIP: "None", clusterIPs: ["None"] });
  });

  it("leaves it the address and the port that the client does not send back", () => {
    const { server, service } = withService({ type: "NodePort" });
    const before = service().spec;
    server.ok("PUT", `${SERVICES}/web`, {
      apiVersion: "v1",
      kind: "Service",
      metadata: { name: "web" },
      spec: { type: "NodePort", selector: { app: "web" }, ports: [{ port: 80 }] },
    });
    expect(service().spec).toEqual({ ...before, selector: { app: "web" } });
  });

  it.each([
    ["NodePort", { type: "NodePort", externalTrafficPolicy: "Local" }],
    ["LoadBalancer", { type: "LoadBalancer", loadBalancerClass: "example.com/lb" }],
  ])("from %s to ClusterIP drops what only that type has", (_, spec) => {
    const { server, service } = withService(spec);
    expect(service().spec.ports![0]!.nodePort).toBeGreaterThan(0);
    server.ok("PATCH", `${SERVICES}/web`, { spec: { type: "ClusterIP" } }, MERGE);
    const { type, ports, ...rest } = service().spec;
    expect(type).toBe("ClusterIP");
    expect(ports).toEqual([{ port: 80, protocol: "TCP", targetPort: 80 }]);
    expect(Object.keys(rest).sort()).toEqual(
      Object.keys(withService({}).service().spec)
        .filter((key) => !["type", "ports"].includes(key))
        .sort(),
    );
  });

  it("to ClusterIP with another node port is refused", () => {
    const { server, service } = withService({ type: "NodePort" });
    const nodePort = service().spec.ports![0]!.nodePort === 30001 ? 30002 : 30001;
    const patch = { spec: { type: "ClusterIP", ports: [{ port: 80, nodePort }] } };
    expect(server.send(["PATCH", `${SERVICES}/web`, patch, MERGE])).toMatchObject({ status: 422 });
  });

  it("to a name takes the address back", () => {
    const { server, service } = withService({});
    const spec = { type: "ExternalName", externalName: "shop.example.com" };
    server.ok("PATCH", `${SERVICES}/web`, { spec }, MERGE);
    expect(service().spec.clusterIP).toBeUndefined();
  });

  it("cannot change the address", () => {
    const { server } = withService({});
    const patch = { spec: { clusterIP: "10.96.0.10", clusterIPs: ["10.96.0.10"] } };
    expect(server.send(["PATCH", `${SERVICES}/web`, patch, MERGE])).toMatchObject({
      status: 422,
      body: {
        message:
          'Service "web" is invalid: spec.clusterIPs[0]: Invalid value: []string{"10.96.0.10"}: may not change once set',
      },
    });
  });

  it("is told first of addresses that are none, then of a taken node port, then of all else", () => {
    const { server } = withService({ type: "NodePort", ports: [{ port: 80, nodePort: 30080 }] });
    server.ok("POST", SERVICES, {
      apiVersion: "v1",
      kind: "Service",
      metadata: { name: "other" },
      spec: { ports: [{ port: 80 }] },
    });
    const wrong = [
      { sessionAffinity: "Sticky" },
      { type: "NodePort", ports: [{ port: 80, nodePort: 30080 }] },
      { ipFamilyPolicy: "RequireDualStack" },
      { clusterIP: "10.96.0.1", clusterIPs: ["10.96.0.2"] },
    ];
    const told = wrong.map((_, i) => {
      const patch = { spec: Object.assign({}, ...wrong.slice(0, i + 1)) as object };
      const { body } = server.send(["PATCH", `${SERVICES}/other`, patch, MERGE]);
      return (body as { message: string }).message.replace('Service "other" is invalid: ', "");
    });
    expect(told).toEqual([
      expect.stringContaining("spec.sessionAffinity"),
      "spec.ports[0].nodePort: Invalid value: 30080: provided port is already allocated",
      'spec.ipFamilyPolicy: Invalid value: "RequireDualStack": this cluster is not configured for dual-stack services',
      expect.stringContaining("first value must match `clusterIP`"),
    ]);
  });

  it("from a name to an address needs one of the range", () => {
    const { server } = withService({ type: "ExternalName", externalName: "shop.example.com" });
    const spec = { type: "ClusterIP", externalName: null, clusterIP: "10.0.0.1" };
    expect(server.send(["PATCH", `${SERVICES}/web`, { spec }, MERGE]).body).toMatchObject({
      message: expect.stringContaining("is not in the valid range") as string,
    });
  });
});
