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
    "an address of another network, before all else",
    { clusterIP: "192.168.0.1", type: "Headless" },
    [
      'spec.clusterIPs: Invalid value: []string{"192.168.0.1"}: failed to allocate IP 192.168.0.1: the provided IP (192.168.0.1) is not in the valid range. The range of valid IPs is 10.96.0.0/12',
    ],
  ],
  [
    "no address, misspelt, before all else",
    { clusterIP: "none", type: "Headless" },
    [
      'spec.clusterIPs[0]: Invalid value: "none": must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)',
    ],
  ],
  [
    "addresses without the first one alone",
    { clusterIPs: ["10.96.0.10"] },
    [
      'spec.clusterIPs: Invalid value: []string{"10.96.0.10"}: must be empty when `clusterIP` is not specified',
    ],
  ],
  [
    "two families of addresses",
    { ipFamilyPolicy: "RequireDualStack", ipFamilies: ["IPv4", "IPv6"] },
    [
      'spec.ipFamilyPolicy: Invalid value: "RequireDualStack": this cluster is not configured for dual-stack services',
      'spec.ipFamilies[1]: Invalid value: "IPv6": not configured on this cluster',
    ],
  ],
  [
    "one node port for two ports",
    {
      type: "NodePort",
      ports: [
        { name: "http", port: 80, nodePort: 30080 },
        { name: "admin", port: 81, nodePort: 30080 },
      ],
    },
    ["spec.ports[1].nodePort: Invalid value: 30080: provided port is already allocated"],
  ],
  [
    "one node port for two protocols of a port",
    {
      type: "NodePort",
      ports: [
        { name: "dns", port: 53, nodePort: 30053, protocol: "UDP" },
        { name: "dns-tcp", port: 53, nodePort: 30053 },
      ],
    },
    [],
  ],
  [
    "a load balancer of a class with a space",
    { type: "LoadBalancer", loadBalancerClass: "internal lb" },
    [
      "spec.loadBalancerClass: Invalid value: \"internal lb\": name part must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')",
    ],
  ],
  [
    "the kubelet's port for all the world",
    { type: "LoadBalancer", ports: [{ port: 10250 }] },
    [
      "spec.ports[0]: Invalid value: 10250: may not expose port 10250 externally since it is used by kubelet",
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
  ...(
    [
      ["text", "text", "tls: failed to find any PEM data in certificate input"],
      ["CERTIFICATE", "", "tls: failed to find any PEM data in key input"],
      [
        "EC PRIVATE KEY",
        "CERTIFICATE",
        "tls: failed to find certificate PEM data in certificate input, but did find a private key; PEM inputs may have been switched",
      ],
      [
        "CERTIFICATE",
        "CERTIFICATE",
        "tls: found a certificate rather than a key in the PEM for the private key",
      ],
      ["CERTIFICATE", "RSA PRIVATE KEY", undefined],
    ] as const
  ).map(([certificate, key, problem]): Row => {
    const pem = (block: string) =>
      block === "" || block === "text"
        ? block
        : `-----BEGIN ${block}-----\nYWJj\nYQ==\n-----END ${block}-----\n`;
    return [
      `a certificate that is a ${certificate}, and a key that is a ${key || "nothing"}`,
      {
        type: "kubernetes.io/tls",
        stringData: { "tls.crt": pem(certificate), "tls.key": pem(key) },
      },
      problem === undefined ? [] : [`Warning: ${problem}`],
    ];
  }),
  ...(
    [
      ["{}", undefined],
      ["", "unexpected end of JSON input"],
      ['{"auths": {}', "unexpected end of JSON input"],
      ["auths: {}", "invalid character 'a' looking for beginning of value"],
      ["{} x", "invalid character 'x' after top-level value"],
      ["[]", "json: cannot unmarshal array into Go value of type map[string]interface {}"],
    ] as const
  ).map(([config, problem]): Row => [
    `a registry's password in ${config || "nothing"}`,
    { type: "kubernetes.io/dockerconfigjson", stringData: { ".dockerconfigjson": config } },
    problem === undefined
      ? []
      : [`data[.dockerconfigjson]: Invalid value: "<secret contents redacted>": ${problem}`],
  ]),
  [
    "a key to log in with that is empty",
    { type: "kubernetes.io/ssh-auth", stringData: { "ssh-privatekey": "" } },
    ["data[ssh-privatekey]: Required value"],
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

const CONFIG_MAPS: readonly Row[] = [
  [
    "a key as text and as bytes",
    { data: { logo: "a" }, binaryData: { logo: "YQ==" } },
    ['data[logo]: Invalid value: "logo": duplicate of key present in binaryData'],
  ],
  [
    "more than etcd takes",
    { data: { log: "x".repeat(1024 * 1024 + 1) } },
    ["[]: Too long: may not be more than 1048576 bytes"],
  ],
  // A third of base64 is for the way.
  ["as many bytes as there may be", { binaryData: { log: "AAAA".repeat(349525) } }, []],
  [
    "two controllers, one of which is named badly",
    {
      metadata: {
        name: "settings",
        ownerReferences: [
          { apiVersion: "v1", kind: "Pod", name: "a", uid: "1", controller: true },
          { apiVersion: "a/", kind: "Web", name: "b", uid: "2", controller: true },
        ],
      },
    },
    [
      'metadata.ownerReferences.apiVersion: Invalid value: "a/": version must not be empty',
      'metadata.ownerReferences: Invalid value: []v1.OwnerReference{v1.OwnerReference{APIVersion:"v1", Kind:"Pod", Name:"a", UID:"1", Controller:(*bool)(0xc000000000), BlockOwnerDeletion:(*bool)(nil)}, v1.OwnerReference{APIVersion:"a/", Kind:"Web", Name:"b", UID:"2", Controller:(*bool)(0xc000000000), BlockOwnerDeletion:(*bool)(nil)}}: Only one reference can have Controller set to true. Found "true" in references for Pod/a and Web/b',
    ],
  ],
  [
    "a finalizer without a domain",
    { metadata: { name: "settings", finalizers: ["cleanup", "example.com/cleanup"] } },
    [
      'metadata.finalizers[0]: Invalid value: "cleanup": name is neither a standard finalizer name nor is it fully qualified',
    ],
  ],
];

const SLICES: readonly Row[] = [
  [
    "with all that it needs",
    { endpoints: [{ addresses: ["10.0.0.1"] }], ports: [{ port: 80 }] },
    [],
  ],
  [
    "of no type",
    { addressType: "IP" },
    ['addressType: Unsupported value: "IP": supported values: "FQDN", "IPv4", "IPv6"'],
  ],
  [
    "endpoints without an address, of another family, and of the node itself",
    { endpoints: [{ addresses: [] }, { addresses: ["::1"] }, { addresses: ["127.0.0.1"] }] },
    [
      "endpoints[0].addresses: Required value: must contain at least 1 address",
      'endpoints[1].addresses[0]: Invalid value: "::1": must be a valid IPv4 address',
      'endpoints[1].addresses[0]: Invalid value: "::1": may not be in the loopback range (127.0.0.0/8, ::1/128)',
      'endpoints[2].addresses[0]: Invalid value: "127.0.0.1": may not be in the loopback range (127.0.0.0/8, ::1/128)',
    ],
  ],
  [
    "a name without a domain",
    { addressType: "FQDN", endpoints: [{ addresses: ["shop", "shop.example.com."] }] },
    [
      'endpoints[0].addresses[0]: Invalid value: "shop": should be a domain with at least two segments separated by dots',
    ],
  ],
  [
    "ports of one name, and of no protocol that there is",
    { ports: [{ port: 80 }, { port: 0, protocol: "HTTP" }] },
    [
      'ports[1].name: Duplicate value: ""',
      "ports[1].port: Invalid value: 0: must be between 1 and 65535, inclusive",
      'ports[1].protocol: Unsupported value: "HTTP": supported values: "SCTP", "TCP", "UDP"',
    ],
  ],
];

describe("an EndpointSlice", () => {
  it.each(SLICES)("%s", (_, fields, expected) => {
    const slice = {
      apiVersion: "discovery.k8s.io/v1",
      kind: "EndpointSlice",
      metadata: { name: "web" },
      addressType: "IPv4",
      endpoints: [],
      ports: [],
      ...fields,
    };
    expect(verdict(slice)).toEqual(expected);
  });
});

describe("a Node", () => {
  it("has each taint once", () => {
    const taint = { key: "dedicated", value: "web", effect: "NoSchedule" };
    const node = {
      apiVersion: "v1",
      kind: "Node",
      metadata: { name: "node-1" },
      spec: { taints: [taint, { ...taint, effect: "NoExecute" }, { ...taint, value: "a b" }] },
    };
    expect(verdict(node)).toEqual([
      "metadata.taints[2].value: Invalid value: \"a b\": a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyValue',  or 'my_value',  or '12345', regex used for validation is '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')",
      'metadata.taints[2]: Duplicate value: core.Taint{Key:"dedicated", Value:"a b", Effect:"NoSchedule", TimeAdded:<nil>}: taints must be unique by key and effect pair',
    ]);
  });
});

describe("a ConfigMap", () => {
  it.each(CONFIG_MAPS)("%s", (_, fields, expected) => {
    const metadata = { name: "settings" };
    const settings = { apiVersion: "v1", kind: "ConfigMap", metadata, ...fields };
    expect(verdict(settings)).toEqual(expected);
  });
});

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
