import { describe, expect, it } from "vitest";
import type { Endpoints, EndpointSlice, EndpointSubset } from "../../api/types.ts";
import { garbageCollector } from "../garbage-collector/index.ts";
import { ToyCluster } from "../testing/cluster.ts";
import { endpointSliceMirroringController } from "./index.ts";

const PORT = { port: 5432, protocol: "TCP" };
const at = (...ips: string[]) => ips.map((ip) => ({ ip }));

/** A Service `db`, and Endpoints that somebody has written for it. */
function mirrored(
  subsets: readonly EndpointSubset[],
  {
    selector,
    metadata = {},
  }: { selector?: Record<string, string>; metadata?: Partial<Endpoints["metadata"]> } = {},
) {
  const cluster = new ToyCluster([endpointSliceMirroringController, garbageCollector]);
  cluster.run(1000);
  cluster.api.create("services", {
    apiVersion: "v1",
    kind: "Service",
    metadata: { name: "db" },
    spec: { ports: [{ port: 5432 }], ...(selector === undefined ? {} : { selector }) },
  });
  cluster.api.create("endpoints", {
    apiVersion: "v1",
    kind: "Endpoints",
    metadata: { name: "db", ...metadata },
    subsets,
  });
  cluster.run(500);
  const change = (next: Partial<Endpoints>) => {
    const endpoints = cluster.api.get("endpoints", "default", "db");
    cluster.api.update("endpoints", { ...endpoints, ...next });
    cluster.run(500);
  };
  const slices = () => cluster.api.list("endpointslices");
  return { cluster, change, slices, told: () => slices().map(addressesOf) };
}

/** `5432: 10.0.0.1, (10.0.0.2)`: those that are not ready in parentheses. */
function addressesOf({ endpoints, ports }: EndpointSlice): string {
  const texts = endpoints.map(({ addresses, conditions }) =>
    conditions.ready === true ? addresses.join() : `(${addresses.join()})`,
  );
  return `${ports.map(({ port }) => port).join("+")}: ${texts.join(", ")}`;
}

describe("Endpoints that somebody keeps by hand", () => {
  it("have a slice with their addresses, labels and annotations", () => {
    const { slices, cluster } = mirrored(
      [{ addresses: at("10.0.0.1"), notReadyAddresses: at("10.0.0.2"), ports: [PORT] }],
      {
        metadata: {
          labels: { team: "shop" },
          annotations: { note: "a", "kubectl.kubernetes.io/last-applied-configuration": "{}" },
        },
      },
    );
    const { uid } = cluster.api.get("endpoints", "default", "db").metadata;
    expect(slices()).toMatchObject([
      {
        metadata: {
          generateName: "db-",
          labels: {
            team: "shop",
            "kubernetes.io/service-name": "db",
            "endpointslice.kubernetes.io/managed-by": "endpointslicemirroring-controller.k8s.io",
          },
          annotations: { note: "a" },
          ownerReferences: [{ kind: "Endpoints", name: "db", uid, controller: true }],
        },
        addressType: "IPv4",
        endpoints: [
          { addresses: ["10.0.0.1"], conditions: { ready: true } },
          { addresses: ["10.0.0.2"], conditions: { ready: false } },
        ],
        ports: [{ name: "", port: 5432, protocol: "TCP" }],
      },
    ]);
    expect(Object.keys(slices()[0]!.metadata.annotations!)).toEqual(["note"]);
  });

  it("have one slice for each set of ports, and keep a slice whose ports are new", () => {
    const other = { port: 9187, protocol: "TCP" };
    const { change, slices, told } = mirrored([{ addresses: at("10.0.0.1"), ports: [PORT] }]);
    const [{ metadata }] = slices() as [EndpointSlice];
    change({ subsets: [{ addresses: at("10.0.0.1", "10.0.0.3"), ports: [other] }] });
    expect(told()).toEqual(["9187: 10.0.0.1, 10.0.0.3"]);
    expect(slices()[0]!.metadata.name).toBe(metadata.name);
    change({
      subsets: [
        { addresses: at("10.0.0.1"), ports: [PORT] },
        { addresses: at("10.0.0.3"), ports: [other] },
      ],
    });
    expect(told().sort()).toEqual(["5432: 10.0.0.1", "9187: 10.0.0.3"]);
    change({ subsets: [] });
    expect(told()).toEqual([]);
  });

  it("have their slice again when somebody changes or deletes it", () => {
    const { cluster, slices, told } = mirrored([{ addresses: at("10.0.0.1"), ports: [PORT] }]);
    cluster.api.update("endpointslices", { ...slices()[0]!, endpoints: [] });
    cluster.run(500);
    expect(told()).toEqual(["5432: 10.0.0.1"]);
    cluster.api.delete("endpointslices", "default", slices()[0]!.metadata.name);
    cluster.run(500);
    expect(told()).toEqual(["5432: 10.0.0.1"]);
  });

  it("lose it with the Service, with a selector and with themselves", () => {
    const subsets = [{ addresses: at("10.0.0.1"), ports: [PORT] }];
    const { cluster, told } = mirrored(subsets);
    const service = cluster.api.get("services", "default", "db");
    const selector = { app: "db" };
    cluster.api.update("services", { ...service, spec: { ...service.spec, selector } });
    cluster.run(500);
    expect(told()).toEqual([]);
    const { cluster: second, told: toldSecond } = mirrored(subsets);
    second.api.delete("services", "default", "db");
    second.run(500);
    expect(toldSecond()).toEqual([]);
    const { cluster: third, told: toldThird } = mirrored(subsets);
    third.api.delete("endpoints", "default", "db");
    third.run(500);
    expect(toldThird()).toEqual([]);
  });

  it.each<[string, Parameters<typeof mirrored>[1]]>([
    ["of a Service with a selector", { selector: { app: "db" } }],
    [
      "that ask for none",
      { metadata: { labels: { "endpointslice.kubernetes.io/skip-mirror": "true" } } },
    ],
    [
      "that elect a leader",
      { metadata: { annotations: { "control-plane.alpha.kubernetes.io/leader": "{}" } } },
    ],
  ])("%s have none", (_, options) => {
    expect(mirrored([{ addresses: at("10.0.0.1"), ports: [PORT] }], options).told()).toEqual([]);
  });
});
