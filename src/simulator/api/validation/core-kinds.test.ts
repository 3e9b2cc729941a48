import { describe, expect, it } from "vitest";
import { verdict } from "./testing.ts";

type Row = readonly [title: string, fields: object, expected: readonly string[]];

const SERVICES: readonly Row[] = [
  ["a Service", {}, []],
  [
    "a range that is an address",
    { type: "LoadBalancer", loadBalancerSourceRanges: ["10.0.0.0/8 ", "1.2.3.4"] },
    [
      'spec.LoadBalancerSourceRanges[1]: Invalid value: "1.2.3.4": must be a valid CIDR value, (e.g. 10.9.8.0/24 or 2001:db8::/64)',
    ],
  ],
  [
    "external addresses of the node itself",
    { externalIPs: ["127.0.0.1", "0.0.0.0", "169.254.1.1", "192.0.2.1"] },
    [
      'spec.externalIPs[0]: Invalid value: "127.0.0.1": may not be in the loopback range (127.0.0.0/8, ::1/128)',
      'spec.externalIPs[1]: Invalid value: "0.0.0.0": may not be unspecified (0.0.0.0)',
      'spec.externalIPs[2]: Invalid value: "169.254.1.1": may not be in the link-local range (169.254.0.0/16, fe80::/10)',
    ],
  ],
  [
    "an external name that does nothing",
    { externalName: "shop.example.com" },
    ['Warning: spec.externalName is ignored when spec.type is not "ExternalName"'],
  ],
];

const SECRETS: readonly Row[] = [
  ["of any kind", { stringData: { token: "a" } }, []],
  ["of a kind of its own", { type: "example.com/token" }, []],
  [
    "a certificate without its key",
    { type: "kubernetes.io/tls", stringData: { "tls.crt": "a" } },
    ["data[tls.key]: Required value"],
  ],
  [
    "a registry's password under another name",
    { type: "kubernetes.io/dockerconfigjson", stringData: { "config.json": "{}" } },
    ["data[.dockerconfigjson]: Required value"],
  ],
  ["a password alone", { type: "kubernetes.io/basic-auth", stringData: { password: "a" } }, []],
  [
    "neither name nor password",
    { type: "kubernetes.io/basic-auth", stringData: { user: "a" } },
    ["data[username]: Required value", "data[password]: Required value"],
  ],
  [
    "a token of nobody",
    { type: "kubernetes.io/service-account-token" },
    ["metadata.annotations[kubernetes.io/service-account.name]: Required value"],
  ],
];

describe("a Service", () => {
  it.each(SERVICES)("%s", (_, spec, expected) => {
    const service = {
      apiVersion: "v1",
      kind: "Service",
      metadata: { name: "web" },
      spec: { ports: [{ port: 80 }], ...spec },
    };
    expect(verdict(service)).toEqual(expected);
  });
});

describe("a Secret", () => {
  it.each(SECRETS)("%s", (_, fields, expected) => {
    const secret = { apiVersion: "v1", kind: "Secret", metadata: { name: "keys" }, ...fields };
    expect(verdict(secret)).toEqual(expected);
  });
});
