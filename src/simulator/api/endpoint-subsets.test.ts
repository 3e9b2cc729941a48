import { describe, expect, it } from "vitest";
import { repackSubsets } from "./endpoint-subsets.ts";

const tcp = (port: number, name = "") => ({ name, port, protocol: "TCP" });
const at = (ip: string, uid = ip) => ({ ip, targetRef: { kind: "Pod", name: ip, uid } });

/** Upstream's cases: pkg/api/v1/endpoints/util_test.go TestPackSubsets, in our words. */
describe("subsets of Endpoints in their one form", () => {
  it("hold each address once, in order", () => {
    const subsets = ["10.0.0.2", "10.0.0.1", "10.0.0.2", "10.0.0.10"].map((ip) => ({
      addresses: [at(ip)],
      ports: [tcp(80)],
    }));
    expect(repackSubsets(subsets)).toEqual([
      { addresses: [at("10.0.0.1"), at("10.0.0.10"), at("10.0.0.2")], ports: [tcp(80)] },
    ]);
  });

  it("put ports with the same addresses together", () => {
    const [subset, ...others] = repackSubsets([
      { addresses: [at("10.0.0.1")], ports: [tcp(80, "http")] },
      { addresses: [at("10.0.0.2")], ports: [tcp(80, "http")] },
      { addresses: [at("10.0.0.1"), at("10.0.0.2")], ports: [tcp(9090, "metrics")] },
    ]);
    expect(others).toEqual([]);
    expect(subset!.addresses).toEqual([at("10.0.0.1"), at("10.0.0.2")]);
    expect(subset!.ports).toHaveLength(2);
  });

  it("keep ports apart whose addresses differ", () => {
    const packed = repackSubsets([
      { addresses: [at("10.0.0.1"), at("10.0.0.2")], ports: [tcp(80)] },
      { addresses: [at("10.0.0.1")], ports: [tcp(81)] },
    ]);
    expect(packed).toHaveLength(2);
    // However they were written, they come in one order.
    expect(repackSubsets(packed.toReversed())).toEqual(packed);
  });

  it("take an address as not ready that is so once", () => {
    const packed = repackSubsets([
      { addresses: [at("10.0.0.1")], ports: [tcp(80)] },
      { notReadyAddresses: [at("10.0.0.1")], ports: [tcp(80)] },
      { addresses: [at("10.0.0.1")], ports: [tcp(80)] },
    ]);
    expect(packed).toEqual([{ notReadyAddresses: [at("10.0.0.1")], ports: [tcp(80)] }]);
  });

  it("keep two pods with one address", () => {
    const packed = repackSubsets([
      { addresses: [at("10.0.0.1", "b")], ports: [tcp(80)] },
      { addresses: [at("10.0.0.1", "a")], ports: [tcp(80)] },
    ]);
    expect(packed[0]!.addresses!.map(({ targetRef }) => targetRef!.uid)).toEqual(["a", "b"]);
  });

  it("keep addresses without ports", () => {
    expect(repackSubsets([{ addresses: [at("10.0.0.1")] }])).toEqual([
      { addresses: [at("10.0.0.1")] },
    ]);
  });
});
