import { describe, expect, it } from "vitest";
import type { Gateway, HTTPRoute, HTTPRouteRule, Ingress, Service } from "../../api/types.ts";
import { emptyRouteCatalog, type RouteCatalog } from "../route-catalog.ts";
import { httpRouteBackends } from "./http-route.ts";
import { ingressBackends } from "./ingress.ts";
import type { Request } from "./request.ts";

const NGINX = { canaries: true, takesClass: (name: string | undefined) => name !== "alb" };

function request(fields: Partial<Request> = {}): Request {
  return { method: "GET", path: "/", headers: {}, cookies: {}, ...fields };
}

function service(name: string): Service {
  return {
    apiVersion: "v1",
    kind: "Service",
    metadata: { name, namespace: "default" },
    spec: { ports: [{ name: "http", port: 80 }] },
  } as unknown as Service;
}

function ingress(
  name: string,
  to: string,
  options: { annotations?: Record<string, string>; host?: string; path?: string; at?: string } = {},
): Ingress {
  const { annotations = {}, host, path = "/", at = "2026-01-01T00:00:00Z" } = options;
  const prefixed = Object.entries(annotations).map(([key, value]) => [
    `nginx.ingress.kubernetes.io/${key}`,
    value,
  ]);
  const backend = { service: { name: to, port: { number: 80 } } };
  return {
    apiVersion: "networking.k8s.io/v1",
    kind: "Ingress",
    metadata: {
      name,
      namespace: "default",
      creationTimestamp: at,
      annotations: Object.fromEntries(prefixed) as Record<string, string>,
    },
    spec: {
      rules: [{ ...(host && { host }), http: { paths: [{ path, pathType: "Prefix", backend }] } }],
    },
  } as unknown as Ingress;
}

function known(...ingresses: Ingress[]): RouteCatalog {
  const catalog = emptyRouteCatalog();
  for (const name of ["stable", "canary", "other"]) {
    catalog.services.set(`default/${name}`, service(name));
  }
  for (const object of ingresses) catalog.ingresses.set(`default/${object.metadata.name}`, object);
  return catalog;
}

const WEB = { kind: "Ingress", namespace: "default", name: "web" } as const;

/** Share of the requests by Service's name. */
function shares(catalog: RouteCatalog, head: Partial<Request> = {}) {
  const backends = ingressBackends(catalog, WEB, request(head), NGINX);
  return backends?.choices.map(({ key, weight }) => `${key ?? "nothing"} ${weight}`);
}

describe("ingress-nginx canaries", () => {
  const canary = (annotations: Record<string, string>) =>
    known(
      ingress("web", "stable"),
      ingress("web-canary", "canary", { annotations: { canary: "true", ...annotations } }),
    );

  it.each([
    ["weight", { "canary-weight": "5" }, {}, 0.05],
    [
      "weight of a larger total",
      { "canary-weight": "5", "canary-weight-total": "1000" },
      {},
      0.005,
    ],
    ["nothing said", {}, {}, 0],
    [
      "header always, against the weight",
      { "canary-by-header": "X-Canary", "canary-weight": "0" },
      { headers: { "x-canary": "always" } },
      1,
    ],
    [
      "header never, against cookie and weight",
      { "canary-by-header": "X-Canary", "canary-by-cookie": "c", "canary-weight": "100" },
      { headers: { "x-canary": "never" }, cookies: { c: "always" } },
      0,
    ],
    [
      "another header's value: the cookie decides",
      { "canary-by-header": "X-Canary", "canary-by-cookie": "c", "canary-weight": "0" },
      { headers: { "x-canary": "maybe" }, cookies: { c: "always" } },
      1,
    ],
    [
      "the value that is named",
      { "canary-by-header": "region", "canary-by-header-value": "kr" },
      { headers: { region: "kr" } },
      1,
    ],
    [
      "a pattern",
      { "canary-by-header": "region", "canary-by-header-pattern": "^k" },
      { headers: { region: "kr" } },
      1,
    ],
    [
      "a pattern that is none",
      { "canary-by-header": "region", "canary-by-header-pattern": "(" },
      { headers: { region: "kr" } },
      0,
    ],
    [
      "cookie never",
      { "canary-by-cookie": "c", "canary-weight": "100" },
      { cookies: { c: "never" } },
      0,
    ],
  ])("%s", (_, annotations, head, share) => {
    expect(shares(canary(annotations), head)).toEqual([
      `default/stable:80 ${1 - share}`,
      `default/canary:80 ${share}`,
    ]);
  });

  it("counts the older of two on one rule, and none on another rule", () => {
    const annotations = { canary: "true", "canary-weight": "10" };
    const two = known(
      ingress("web", "stable"),
      ingress("b", "other", { annotations, at: "2026-01-01T00:00:02Z" }),
      ingress("z", "canary", { annotations, at: "2026-01-01T00:00:01Z" }),
    );
    expect(shares(two)).toEqual(["default/stable:80 0.9", "default/canary:80 0.1"]);
    const elsewhere = known(
      ingress("web", "stable"),
      ingress("b", "other", { annotations, host: "other.example" }),
    );
    expect(shares(elsewhere)).toEqual(["default/stable:80 1"]);
  });
});

describe("an Ingress", () => {
  it("takes the longest path, its host, and its default back end for the rest", () => {
    const base = ingress("web", "stable", { host: "shop.example", path: "/" });
    const catalog = known({
      ...base,
      spec: {
        defaultBackend: { service: { name: "other", port: { name: "http" } } },
        rules: [
          ...base.spec.rules!,
          ...ingress("x", "canary", { host: "shop.example", path: "/cart" }).spec.rules!,
        ],
      },
    });
    expect(shares(catalog, { path: "/cart/1" })).toEqual(["default/canary:80 1"]);
    expect(shares(catalog, { path: "/cartoon" })).toEqual(["default/stable:80 1"]);
    expect(shares(catalog, { host: "else.example" })).toEqual(["default/other:80 1"]);
  });

  it("takes nothing that no rule takes, and is another controller's by its class", () => {
    expect(shares(known(ingress("web", "stable", { path: "/a" })), { path: "/b" })).toBeUndefined();
    const base = ingress("web", "stable");
    expect(shares(known({ ...base, spec: { ...base.spec, ingressClassName: "alb" } }))).toBe(
      undefined,
    );
    expect(shares(known())).toBeUndefined();
  });

  it("leads nowhere when its Service or port is not there", () => {
    expect(shares(known(ingress("web", "gone")))).toEqual(["nothing 1"]);
  });
});

describe("an HTTPRoute", () => {
  const gateway = {
    apiVersion: "gateway.networking.k8s.io/v1",
    kind: "Gateway",
    metadata: { name: "gw", namespace: "default" },
    spec: { gatewayClassName: "envoy", listeners: [{ name: "http", port: 80, protocol: "HTTP" }] },
  } as unknown as Gateway;

  function routed(rules: HTTPRouteRule[], head: Partial<Request> = {}, parent = "gw") {
    const catalog = known();
    catalog.gateways.set("default/gw", gateway);
    catalog.httproutes.set("default/web", {
      apiVersion: "gateway.networking.k8s.io/v1",
      kind: "HTTPRoute",
      metadata: { name: "web", namespace: "default" },
      spec: {
        parentRefs: [{ name: parent }],
        hostnames: ["shop.example", "*.shop.example"],
        rules,
      },
    } as unknown as HTTPRoute);
    const target = { kind: "HTTPRoute", namespace: "default", name: "web" } as const;
    return httpRouteBackends(catalog, target, request(head));
  }

  const to = (name: string, weight?: number) => ({
    name,
    port: 80,
    ...(weight === undefined ? {} : { weight }),
  });

  it("shares by weights, 1 when left out; an invalid back end keeps its share", () => {
    expect(
      routed([
        { backendRefs: [to("stable", 3), to("canary"), to("gone"), { name: "other", port: 9 }] },
      ]),
    ).toEqual({
      totalWeight: 6,
      choices: [
        { key: "default/stable:80", weight: 3 },
        { key: "default/canary:80", weight: 1 },
        { key: undefined, weight: 1 },
        { key: undefined, weight: 1 },
      ],
    });
  });

  it("takes the most special match", () => {
    const header = { name: "X-Canary", value: "yes" };
    const rules: HTTPRouteRule[] = [
      { matches: [{ path: { type: "PathPrefix", value: "/" } }], backendRefs: [to("stable")] },
      { matches: [{ headers: [header] }], backendRefs: [to("canary")] },
      { matches: [{ path: { type: "Exact", value: "/api" } }], backendRefs: [to("other")] },
      { matches: [{ method: "POST" }], backendRefs: [to("gone")] },
    ];
    const chosen = (head: Partial<Request>) => routed(rules, head)?.choices[0]?.key;
    expect(chosen({})).toBe("default/stable:80");
    expect(chosen({ headers: { "x-canary": "yes" } })).toBe("default/canary:80");
    expect(chosen({ headers: { "x-canary": "no" } })).toBe("default/stable:80");
    expect(chosen({ path: "/api", headers: { "x-canary": "yes" } })).toBe("default/other:80");
    expect(chosen({ method: "POST", headers: { "x-canary": "yes" } })).toBeUndefined();
  });

  it("has its timeout, and none for 0s", () => {
    const rule = (timeout: string) => [
      { timeouts: { request: timeout }, backendRefs: [to("stable")] },
    ];
    expect(routed(rule("1m30s"))?.requestTimeoutMs).toBe(90_000);
    expect(routed(rule("0s"))?.requestTimeoutMs).toBe(Infinity);
  });

  it("takes nothing for another host, or without its Gateway", () => {
    const rules = [{ backendRefs: [to("stable")] }];
    expect(routed(rules, { host: "m.shop.example" })).toBeDefined();
    expect(routed(rules, { host: "else.example" })).toBeUndefined();
    expect(routed(rules, {}, "gone")).toBeUndefined();
  });
});
