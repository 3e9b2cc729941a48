import { describe, expect, it } from "vitest";
import { containerWith, podWith, verdict } from "./testing.ts";

type Row = readonly [title: string, fields: object, expected: readonly string[]];

const SUBDOMAIN =
  "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')";

const SPECS: readonly Row[] = [
  ["a plain pod", {}, []],
  [
    "its own DNS without servers",
    { dnsPolicy: "None" },
    ["spec.dnsConfig: Required value: must provide `dnsConfig` when `dnsPolicy` is None"],
  ],
  [
    "its own DNS with no server in it",
    { dnsPolicy: "None", dnsConfig: { searches: ["shop.svc"] } },
    [
      "spec.dnsConfig.nameservers: Required value: must provide at least one DNS nameserver when `dnsPolicy` is None",
    ],
  ],
  [
    "four name servers, and an option without a name",
    {
      dnsConfig: { nameservers: ["1.1.1.1", "1.1.1.2", "1.1.1.3", "x"], options: [{ value: "2" }] },
    },
    [
      'spec.dnsConfig.nameservers: Invalid value: []string{"1.1.1.1", "1.1.1.2", "1.1.1.3", "x"}: must not have more than 3 nameservers',
      'spec.dnsConfig.nameservers[3]: Invalid value: "x": must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)',
      "spec.dnsConfig.options[0]: Required value: must not be empty",
    ],
  ],
  [
    "a search path with an underscore; one with a dot at its end is right",
    { dnsConfig: { searches: ["shop.svc.", "a_b"] } },
    [`spec.dnsConfig.searches[1]: Invalid value: "a_b": ${SUBDOMAIN}`],
  ],
  [
    "a seccomp profile in lower case",
    { securityContext: { seccompProfile: { type: "runtimeDefault" } } },
    [
      'spec.securityContext.seccompProfile.type: Unsupported value: "runtimeDefault": supported values: "Localhost", "RuntimeDefault", "Unconfined"',
    ],
  ],
  [
    "a local profile without its name, and one with an absolute path",
    {
      securityContext: {
        seccompProfile: { type: "Localhost", localhostProfile: "/strict.json" },
        appArmorProfile: { type: "Localhost" },
      },
    },
    [
      'spec.securityContext.seccompProfile.localhostProfile: Invalid value: "/strict.json": must be a relative path',
      "spec.securityContext.appArmorProfile.localhostProfile: Required value: must be set when AppArmor type is Localhost",
    ],
  ],
  [
    "groups, sysctls and a policy",
    {
      securityContext: {
        supplementalGroups: [1, -5],
        sysctls: [{ name: "net core", value: "1" }],
        fsGroupChangePolicy: "always",
      },
    },
    [
      "spec.securityContext.supplementalGroups[1]: Invalid value: -5: must be between 0 and 2147483647, inclusive",
      'spec.securityContext.sysctls[0].name: Invalid value: "net core": must have at most 253 characters and match regex ^([a-z0-9]([-_a-z0-9]*[a-z0-9])?[\\./])*[a-z0-9]([-_a-z0-9]*[a-z0-9])?$',
      'spec.securityContext.fsGroupChangePolicy: Unsupported value: "always": supported values: "Always", "OnRootMismatch"',
    ],
  ],
  [
    "processes shared with the node and among containers",
    { hostPID: true, shareProcessNamespace: true },
    [
      "spec.securityContext.shareProcessNamespace: Invalid value: true: ShareProcessNamespace and HostPID cannot both be enabled",
    ],
  ],
  [
    "an operating system that there is not",
    { os: { name: "Linux" } },
    ['spec.os: Unsupported value: "Linux": supported values: "linux", "windows"'],
  ],
  [
    "ephemeral containers from the start",
    { ephemeralContainers: [{ name: "debug", image: "busybox" }] },
    ["spec.ephemeralContainers: Forbidden: cannot be set on create"],
  ],
  [
    "a spread that names a label twice",
    {
      topologySpreadConstraints: [
        {
          maxSkew: 1,
          topologyKey: "zone",
          whenUnsatisfiable: "DoNotSchedule",
          labelSelector: { matchLabels: { app: "web" } },
          matchLabelKeys: ["app", "pod-template-hash"],
        },
      ],
    },
    [
      'spec.topologySpreadConstraints[0].matchLabelKeys[0]: Invalid value: "app": exists in both matchLabelKeys and labelSelector',
    ],
  ],
  [
    "a spread that is there twice: the first is told",
    {
      topologySpreadConstraints: [1, 2].map((maxSkew) => ({
        maxSkew,
        topologyKey: "zone",
        whenUnsatisfiable: "DoNotSchedule",
        labelSelector: {},
      })),
    },
    [
      'spec.topologySpreadConstraints[0].{topologyKey, whenUnsatisfiable}: Duplicate value: "{zone, DoNotSchedule}"',
    ],
  ],
  [
    "affinity by keys of labels, without a selector, and with a key on both sides",
    {
      affinity: {
        podAffinity: {
          requiredDuringSchedulingIgnoredDuringExecution: [
            { topologyKey: "zone", matchLabelKeys: ["version"] },
            {
              topologyKey: "zone",
              labelSelector: {},
              matchLabelKeys: ["version"],
              mismatchLabelKeys: ["version"],
            },
          ],
        },
      },
    },
    [
      "spec.affinity.podAffinity.requiredDuringSchedulingIgnoredDuringExecution[0].matchLabelKeys: Forbidden: must not be specified when labelSelector is not set",
      'spec.affinity.podAffinity.requiredDuringSchedulingIgnoredDuringExecution[1].matchLabelKeys[0]: Invalid value: "version": exists in both matchLabelKeys and mismatchLabelKeys',
    ],
  ],
  [
    "classes, in their order",
    { priorityClassName: "_", runtimeClassName: "_", preemptionPolicy: "Sometimes" },
    [
      `spec.priorityClassName: Invalid value: "_": ${SUBDOMAIN}`,
      `spec.runtimeClassName: Invalid value: "_": ${SUBDOMAIN}`,
      'spec.preemptionPolicy: Unsupported value: "Sometimes": supported values: "PreemptLowerPriority", "Never"',
    ],
  ],
  [
    "a sysctl that is set twice",
    {
      securityContext: {
        sysctls: [
          { name: "net.core.somaxconn", value: "1024" },
          { name: "net.core.somaxconn", value: "2048" },
        ],
      },
    },
    ['spec.securityContext.sysctls[1].name: Duplicate value: "net.core.somaxconn"'],
  ],
  [
    "what this version drops before it looks",
    {
      hostUsers: false,
      hostNetwork: true,
      resources: { limits: { cpu: "-1" } },
      securityContext: { supplementalGroupsPolicy: "strict" },
    },
    [],
  ],
  [
    "a toleration of a taint whatever its value, with a value",
    { tolerations: [{ key: "dedicated", operator: "Exists", value: "web", effect: "NoSchedule" }] },
    [
      'spec.tolerations[0].operator: Invalid value: core.Toleration{Key:"dedicated", Operator:"Exists", Value:"web", Effect:"NoSchedule", TolerationSeconds:(*int64)(nil)}: value must be empty when `operator` is \'Exists\'',
    ],
  ],
  [
    "an overhead below nothing",
    { overhead: { memory: "-1Mi" } },
    ['spec.overhead.limits[memory]: Invalid value: "-1Mi": must be greater than or equal to 0'],
  ],
  [
    "labels of nodes with a new name",
    { nodeSelector: { "beta.kubernetes.io/os": "linux", disk: "ssd" } },
    [
      'Warning: spec.nodeSelector[beta.kubernetes.io/os]: deprecated since v1.14; use "kubernetes.io/os" instead',
    ],
  ],
];

const CONTAINERS: readonly Row[] = [
  [
    "may not gain privileges, and is an administrator",
    {
      securityContext: {
        allowPrivilegeEscalation: false,
        capabilities: { add: ["CAP_SYS_ADMIN"] },
      },
    },
    [
      "spec.containers[0].securityContext: Invalid value: core.SecurityContext{Capabilities:(*core.Capabilities)(0xc000000000), Privileged:(*bool)(nil), SELinuxOptions:(*core.SELinuxOptions)(nil), WindowsOptions:(*core.WindowsSecurityContextOptions)(nil), RunAsUser:(*int64)(nil), RunAsGroup:(*int64)(nil), RunAsNonRoot:(*bool)(nil), ReadOnlyRootFilesystem:(*bool)(nil), AllowPrivilegeEscalation:(*bool)(0xc000000000), ProcMount:(*core.ProcMountType)(nil), SeccompProfile:(*core.SeccompProfile)(nil), AppArmorProfile:(*core.AppArmorProfile)(nil)}: cannot set `allowPrivilegeEscalation` to false and `capabilities.Add` CAP_SYS_ADMIN",
    ],
  ],
  [
    "profiles that are somewhere, but not where the type says",
    {
      securityContext: {
        seccompProfile: { type: "RuntimeDefault", localhostProfile: "a.json" },
        appArmorProfile: { type: "Unknown", localhostProfile: "a" },
      },
    },
    [
      'spec.containers[0].securityContext.seccompProfile.localhostProfile: Invalid value: core.SeccompProfile{Type:"RuntimeDefault", LocalhostProfile:(*string)(0xc000000000)}: can only be set when seccomp type is Localhost',
      'spec.containers[0].securityContext.appArmorProfile.type: Unsupported value: "Unknown": supported values: "Localhost", "RuntimeDefault", "Unconfined"',
    ],
  ],
  [
    "a profile on the node without a name",
    { securityContext: { appArmorProfile: { type: "Localhost", localhostProfile: "" } } },
    [
      "spec.containers[0].securityContext.appArmorProfile.localhostProfile: Required value: must be set when AppArmor type is Localhost",
    ],
  ],
  [
    "resources that have no such name",
    { resources: { limits: { "cpu!": "1", "requests.example.com/gpu": "1" } } },
    [
      "spec.containers[0].resources.limits[cpu!]: Invalid value: \"cpu!\": name part must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')",
      "spec.containers[0].resources.limits[cpu!]: Invalid value: cpu!: must be a standard resource for containers",
      "spec.containers[0].resources.limits[requests.example.com/gpu]: Invalid value: requests.example.com/gpu: doesn't follow extended resource name standard",
      "spec.containers[0].resources.requests[cpu!]: Invalid value: \"cpu!\": name part must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')",
      "spec.containers[0].resources.requests[cpu!]: Invalid value: cpu!: must be a standard resource for containers",
      "spec.containers[0].resources.requests[requests.example.com/gpu]: Invalid value: requests.example.com/gpu: doesn't follow extended resource name standard",
    ],
  ],
  [
    "what this version drops, or makes the default of",
    {
      resizePolicy: [{ resourceName: "cpu", restartPolicy: "never" }],
      securityContext: { procMount: "masked" },
    },
    [],
  ],
  [
    "half a processor of another kind",
    { resources: { limits: { "example.com/gpu": "500m" } } },
    [
      'spec.containers[0].resources.limits[example.com/gpu]: Invalid value: resource.Quantity{i:resource.int64Amount{value:500, scale:-3}, d:resource.infDecAmount{Dec:(*inf.Dec)(nil)}, s:"500m", Format:"DecimalSI"}: must be an integer',
      'spec.containers[0].resources.requests[example.com/gpu]: Invalid value: resource.Quantity{i:resource.int64Amount{value:500, scale:-3}, d:resource.infDecAmount{Dec:(*inf.Dec)(nil)}, s:"500m", Format:"DecimalSI"}: must be an integer',
    ],
  ],
  [
    "huge pages alone, and one and a half of them",
    { resources: { limits: { "hugepages-2Mi": "3Mi" }, requests: { "hugepages-2Mi": "3Mi" } } },
    [
      'spec.containers[0].resources.limits[hugepages-2Mi]: Invalid value: "3Mi": 3Mi is not positive integer multiple of hugepages-2Mi',
      'spec.containers[0].resources.requests[hugepages-2Mi]: Invalid value: "3Mi": 3Mi is not positive integer multiple of hugepages-2Mi',
      "spec.containers[0].resources: Forbidden: HugePages require cpu or memory",
    ],
  ],
  [
    "fields of the pod that cannot be converted",
    {
      env: ["metadata.name['a']", "metadata.nam", "spec.host"].map((fieldPath, i) => ({
        name: `FIELD_${i}`,
        valueFrom: { fieldRef: { fieldPath } },
      })),
    },
    [
      "spec.containers[0].env[0].valueFrom.fieldRef.fieldPath: Invalid value: \"metadata.name['a']\": error converting fieldPath: field label does not support subscript: metadata.name['a']",
      'spec.containers[0].env[1].valueFrom.fieldRef.fieldPath: Invalid value: "metadata.nam": error converting fieldPath: field label not supported: metadata.nam',
    ],
  ],
  [
    "a resource in halves",
    {
      env: [
        {
          name: "CPUS",
          valueFrom: { resourceFieldRef: { resource: "limits.cpu", divisor: "500m" } },
        },
      ],
    },
    [
      'spec.containers[0].env[0].valueFrom.resourceFieldRef.divisor: Invalid value: "limits.cpu": only divisor\'s values 1m and 1 are supported with the cpu resource',
    ],
  ],
  [
    "a field that only files may have",
    { env: [{ name: "LABELS", valueFrom: { fieldRef: { fieldPath: "metadata.labels" } } }] },
    [
      'spec.containers[0].env[0].valueFrom.fieldRef.fieldPath: Unsupported value: "metadata.labels": supported values: "metadata.name", "metadata.namespace", "metadata.uid", "spec.nodeName", "spec.serviceAccountName", "status.hostIP", "status.hostIPs", "status.podIP", "status.podIPs"',
    ],
  ],
];

describe("the spec of a pod", () => {
  it.each(SPECS)("%s", (_, fields, expected) => {
    expect(verdict(podWith(fields))).toEqual(expected);
  });
});

describe("the annotations of a pod", () => {
  it.each([
    ["controller.kubernetes.io/pod-deletion-cost", "-10", []],
    [
      "controller.kubernetes.io/pod-deletion-cost",
      "+10",
      [
        'metadata.annotations[controller.kubernetes.io/pod-deletion-cost]: Invalid value: "+10": must be a 32bit integer',
      ],
    ],
    [
      "kubernetes.io/config.mirror",
      "a1b2",
      [
        'metadata.annotations[kubernetes.io/config.mirror]: Invalid value: "a1b2": must set spec.nodeName if mirror pod annotation is set',
      ],
    ],
    [
      "container.apparmor.security.beta.kubernetes.io/db",
      "strict",
      [
        'metadata.annotations[container.apparmor.security.beta.kubernetes.io/db]: Invalid value: "db": container not found',
        'metadata.annotations[container.apparmor.security.beta.kubernetes.io/db]: Invalid value: "strict": invalid AppArmor profile name: "strict"',
      ],
    ],
  ])("%s: %s", (key, value, expected) => {
    const metadata = { name: "web", annotations: { [key]: value } };
    expect(verdict({ ...podWith({}), metadata })).toEqual(expected);
  });
});

describe("a container", () => {
  it.each(CONTAINERS)("%s", (_, fields, expected) => {
    expect(verdict(containerWith(fields))).toEqual(expected);
  });
});
