import { expect, it } from "vitest";
import type { Endpoint, EndpointSlice } from "../api/types.ts";
import { RandomStream, seedStream } from "../kernel/random.ts";
import { eachAddressOnce } from "./distinct-addresses.ts";

let versions = 0;

function slice(uid: string, endpoints: readonly Endpoint[]): EndpointSlice {
  versions += 1;
  return {
    apiVersion: "discovery.k8s.io/v1",
    kind: "EndpointSlice",
    metadata: {
      name: uid,
      namespace: "default",
      uid,
      resourceVersion: String(versions),
      creationTimestamp: null,
    },
    addressType: "IPv4",
    endpoints,
    ports: [],
  };
}

const endpoint = (address: string, ready = true): Endpoint => ({
  addresses: [address],
  conditions: { ready, serving: ready, terminating: false },
});

it("whatever becomes of a slice, each address stands once, with the last endpoint that has it", () => {
  const random = new RandomStream(seedStream(1, "slices"));
  let endpoints: Endpoint[] = [];
  let doubled = 0;
  for (let i = 0; i < 3000; i += 1) {
    endpoints = [...endpoints];
    const place = random.integer(0, Math.max(0, endpoints.length - 1));
    const fresh = endpoint(`10.0.0.${random.integer(1, 40)}`, random.chance(0.5));
    const change = random.integer(0, 5);
    if (change <= 1 && endpoints.length < 30) endpoints.push(fresh);
    else if (change === 2) endpoints.splice(place, 1);
    else if (change === 3 && endpoints.length > 0) endpoints[place] = fresh;
    else if (change === 4 && endpoints.length > 0) {
      endpoints[place] = endpoint(endpoints[place]!.addresses[0]!, random.chance(0.5));
    } else if (random.chance(0.1)) endpoints = endpoints.toReversed();
    const wanted = new Map(endpoints.map((e) => [e.addresses[0], e]));
    if (wanted.size < endpoints.length) doubled += 1;
    expect([...eachAddressOnce(slice("a", endpoints))]).toEqual([...wanted.values()]);
  }
  expect(doubled).toBeGreaterThan(300);
});
