import { describe, expect, it } from "vitest";
import { resourceByKind } from "../resources/index.ts";
import type { KubernetesObject } from "../types.ts";
import { verdict } from "./testing.ts";

const apiVersion = "gateway.networking.k8s.io/v1";

type Row = readonly [title: string, fields: object, expected: readonly string[]];

const UNCHECKED =
  '<nil>: Invalid value: "null": some validation rules were not checked because the object was invalid; correct the existing errors to complete validation';

const ROUTES: readonly Row[] = [
  ["a route of defaults alone", {}, []],
  [
    "words that are none of those there are; the rules wait",
    {
      rules: [
        {
          matches: [
            { path: { type: "Prefix", value: "no" }, method: "get" },
            { headers: [{ type: "Regex", name: "a", value: "b" }] },
          ],
          filters: [{ type: "Redirect" }],
        },
      ],
    },
    [
      'spec.rules[0].filters[0].type: Unsupported value: "Redirect": supported values: "RequestHeaderModifier", "ResponseHeaderModifier", "RequestMirror", "RequestRedirect", "URLRewrite", "ExtensionRef"',
      'spec.rules[0].matches[0].method: Unsupported value: "get": supported values: "GET", "HEAD", "POST", "PUT", "DELETE", "CONNECT", "OPTIONS", "TRACE", "PATCH"',
      'spec.rules[0].matches[0].path.type: Unsupported value: "Prefix": supported values: "Exact", "PathPrefix", "RegularExpression"',
      'spec.rules[0].matches[1].headers[0].type: Unsupported value: "Regex": supported values: "Exact", "RegularExpression"',
      UNCHECKED,
    ],
  ],
  [
    "texts out of bounds, one of which keeps the rules from being looked at",
    { hostnames: ["", "Shop.example.com"], parentRefs: [{ name: "a".repeat(254) }] },
    [
      'spec.hostnames[0]: Invalid value: "": spec.hostnames[0] in body should be at least 1 chars long',
      "spec.hostnames[1]: Invalid value: \"Shop.example.com\": spec.hostnames[1] in body should match '^(\\*\\.)?[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$'",
      "spec.parentRefs[0].name: Too long: may not be more than 253 bytes",
      UNCHECKED,
    ],
  ],
  [
    "a number that is given, and is none",
    { rules: [{ backendRefs: [{ name: "web", port: 0, weight: -1 }] }] },
    [
      "spec.rules[0].backendRefs[0].port: Invalid value: 0: spec.rules[0].backendRefs[0].port in body should be greater than or equal to 1",
      "spec.rules[0].backendRefs[0].weight: Invalid value: -1: spec.rules[0].backendRefs[0].weight in body should be greater than or equal to 0",
    ],
  ],
  [
    "paths that no request can have",
    { rules: [{ matches: [{ path: { type: "Exact", value: "a//b/.." } }] }] },
    [
      "value must be an absolute path and start with '/' when type one of ['Exact', 'PathPrefix']",
      "must not contain '//' when type one of ['Exact', 'PathPrefix']",
      "must not end with '/..' when type one of ['Exact', 'PathPrefix']",
    ].map((text) => `spec.rules[0].matches[0].path: Invalid value: "object": ${text}`),
  ],
  [
    "an expression is not looked into",
    { rules: [{ matches: [{ path: { type: "RegularExpression", value: "a//b/.." } }] }] },
    [],
  ],
  [
    "a redirect with a status of its own, and nothing but the status",
    {
      rules: [{ filters: [{ type: "RequestRedirect", requestRedirect: { statusCode: 307 } }] }],
    },
    [
      'spec.rules[0].filters[0].requestRedirect.statusCode: Unsupported value: 307: supported values: "301", "302"',
      UNCHECKED,
    ],
  ],
  [
    "filters that are another's, twice, or do not go together",
    {
      rules: [
        {
          backendRefs: [{ name: "web", port: 80 }],
          filters: [
            { type: "RequestRedirect", requestRedirect: {} },
            { type: "URLRewrite", requestMirror: { backendRef: { name: "web" } } },
            { type: "URLRewrite", urlRewrite: { path: { type: "ReplaceFullPath" } } },
          ],
        },
      ],
    },
    [
      'spec.rules[0]: Invalid value: "object": RequestRedirect filter must not be used together with backendRefs',
      'spec.rules[0].filters: Invalid value: "array": May specify either httpRouteFilterRequestRedirect or httpRouteFilterRequestRewrite, but not both',
      'spec.rules[0].filters: Invalid value: "array": URLRewrite filter cannot be repeated',
      'spec.rules[0].filters[1]: Invalid value: "object": filter.requestMirror must be nil if the filter.type is not RequestMirror',
      'spec.rules[0].filters[1]: Invalid value: "object": filter.urlRewrite must be specified for URLRewrite filter.type',
      'spec.rules[0].filters[1].requestMirror.backendRef: Invalid value: "object": Must have port for Service reference',
      "spec.rules[0].filters[2].urlRewrite.path: Invalid value: \"object\": replaceFullPath must be specified when type is set to 'ReplaceFullPath'",
    ],
  ],
  [
    "a prefix that is replaced where there is none",
    {
      rules: [
        {
          matches: [{ path: { type: "Exact", value: "/" } }],
          filters: [
            {
              type: "URLRewrite",
              urlRewrite: { path: { type: "ReplacePrefixMatch", replacePrefixMatch: "/" } },
            },
          ],
        },
      ],
    },
    [
      'spec.rules[0]: Invalid value: "object": When using URLRewrite filter with path.replacePrefixMatch, exactly one PathPrefix match must be specified',
    ],
  ],
  [
    "a back end that is waited for longer than the whole",
    { rules: [{ timeouts: { request: "1s", backendRequest: "1m" } }] },
    [
      'spec.rules[0].timeouts: Invalid value: "object": backendRequest timeout cannot be longer than request timeout',
    ],
  ],
  [
    "one parent, in part and as a whole; and one twice",
    {
      parentRefs: [{ name: "a" }, { name: "a", sectionName: "http" }, { name: "b" }, { name: "b" }],
    },
    [
      'spec.parentRefs: Invalid value: "array": sectionName must be specified when parentRefs includes 2 or more references to the same parent',
      'spec.parentRefs: Invalid value: "array": sectionName must be unique when parentRefs includes 2 or more references to the same parent',
    ],
  ],
  [
    "a header twice, and too many rules",
    {
      rules: [
        { matches: [{ headers: [1, 2].map(() => ({ name: "a", value: "b" })) }] },
        ...Array.from({ length: 16 }, () => ({})),
      ],
    },
    [
      "spec.rules: Too many: 17: must have at most 16 items",
      'spec.rules[0].matches[0].headers[1]: Duplicate value: map[string]interface {}{"name":"a"}',
      UNCHECKED,
    ],
  ],
];

const LISTENERS: readonly Row[] = [
  ["plain HTTP", { name: "http", port: 80, protocol: "HTTP" }, []],
  [
    "nothing that a listener needs",
    {},
    [
      "spec.listeners[0].name: Required value",
      "spec.listeners[0].port: Required value",
      "spec.listeners[0].protocol: Required value",
      UNCHECKED,
    ],
  ],
  [
    "a certificate for what is not encrypted",
    { name: "http", port: 80, protocol: "HTTP", tls: { certificateRefs: [{ name: "web" }] } },
    [
      "spec.listeners: Invalid value: \"array\": tls must not be specified for protocols ['HTTP', 'TCP', 'UDP']",
    ],
  ],
  [
    "an end of the encryption without a certificate",
    { name: "https", port: 443, protocol: "HTTPS", tls: {} },
    [
      'spec.listeners[0].tls: Invalid value: "object": no such key: certificateRefs evaluating rule: certificateRefs or options must be specified when mode is Terminate',
    ],
  ],
  [
    "a name for what has no names",
    { name: "raw", port: 80, protocol: "TCP", hostname: "shop.example.com" },
    [
      "spec.listeners: Invalid value: \"array\": hostname must not be specified for protocols ['TCP', 'UDP']",
    ],
  ],
];

describe("an HTTPRoute", () => {
  it.each(ROUTES)("%s", (_, spec, expected) => {
    const route = { apiVersion, kind: "HTTPRoute", metadata: { name: "web" }, spec };
    expect(verdict(route)).toEqual(expected);
  });

  it("has the defaults of everything within", () => {
    const definition = resourceByKind(apiVersion, "HTTPRoute")!;
    const filters = [{ type: "RequestRedirect", requestRedirect: {} }];
    const rules = [{ backendRefs: [{ name: "web", port: 80 }] }, { filters }];
    const { spec } = definition.setDefaults({
      apiVersion,
      kind: "HTTPRoute",
      metadata: { name: "web" },
      spec: { rules },
    } as unknown as KubernetesObject) as unknown as { spec: object };
    const matches = [{ path: { type: "PathPrefix", value: "/" } }];
    expect(spec).toEqual({
      rules: [
        {
          matches,
          backendRefs: [{ group: "", kind: "Service", name: "web", port: 80, weight: 1 }],
        },
        { matches, filters: [{ type: "RequestRedirect", requestRedirect: { statusCode: 302 } }] },
      ],
    });
  });
});

describe("a listener of a Gateway", () => {
  it.each(LISTENERS)("%s", (_, listener, expected) => {
    const spec = { gatewayClassName: "lab", listeners: [listener] };
    const gateway = { apiVersion, kind: "Gateway", metadata: { name: "gate" }, spec };
    expect(verdict(gateway)).toEqual(expected);
  });
});

it("keeps the controller of a GatewayClass", () => {
  const definition = resourceByKind(apiVersion, "GatewayClass")!;
  const withController = (controllerName: string) =>
    ({
      apiVersion,
      kind: "GatewayClass",
      metadata: { name: "lab", resourceVersion: "1" },
      spec: { controllerName },
    }) as unknown as KubernetesObject;
  const before = withController("example.com/lab");
  expect(definition.validateUpdate(before, before)).toEqual([]);
  const [error] = definition.validateUpdate(withController("example.com/other"), before);
  expect(error).toMatchObject({
    field: "spec.controllerName",
    detail: 'Invalid value: "string": Value is immutable',
  });
});
