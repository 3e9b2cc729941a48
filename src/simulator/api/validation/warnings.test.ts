import { describe, expect, it } from "vitest";
import { containerWith, podWith, verdict } from "./testing.ts";

type Row = readonly [title: string, fields: object, expected: readonly string[]];

const term = (labelSelector?: object) => ({
  topologyKey: "zone",
  ...(labelSelector && { labelSelector }),
});

const SPECS: readonly Row[] = [
  [
    "pods to stay away from, though none is meant",
    {
      affinity: {
        podAntiAffinity: {
          requiredDuringSchedulingIgnoredDuringExecution: [term({}), term()],
          preferredDuringSchedulingIgnoredDuringExecution: [{ weight: 1, podAffinityTerm: term() }],
        },
      },
    },
    [
      "spec.affinity.podAntiAffinity.requiredDuringSchedulingIgnoredDuringExecution[1].labelSelector: a null labelSelector results in matching no pod",
      "spec.affinity.podAntiAffinity.preferredDuringSchedulingIgnoredDuringExecution[0].podAffinityTerm.labelSelector: a null labelSelector results in matching no pod",
    ],
  ],
  [
    "a preference of a label of old",
    {
      affinity: {
        nodeAffinity: {
          preferredDuringSchedulingIgnoredDuringExecution: [
            {
              weight: 1,
              preference: {
                matchExpressions: [{ key: "beta.kubernetes.io/os", operator: "Exists" }],
              },
            },
          ],
        },
      },
    },
    [
      'spec.affinity.nodeAffinity.preferredDuringSchedulingIgnoredDuringExecution[0].preference.matchExpressions[0].key: beta.kubernetes.io/os is deprecated since v1.14; use "kubernetes.io/os" instead',
    ],
  ],
  [
    "volumes of old",
    {
      volumes: [
        { name: "a", gitRepo: { repository: "https://example.com" } },
        { name: "b", rbd: { monitors: ["a"], image: "b" } },
      ],
    },
    [
      "spec.volumes[0].gitRepo: deprecated in v1.11",
      "spec.volumes[1].rbd: deprecated in v1.28, non-functional in v1.31+",
    ],
  ],
  [
    "files that hide one another",
    {
      volumes: [
        {
          name: "settings",
          configMap: {
            name: "web",
            items: ["a", "b/", "b/c"].map((path, i) => ({ key: `key-${i}`, path })),
          },
        },
      ],
    },
    ['volume "settings" (ConfigMap "web"): overlapping paths: "b/c" with "b"'],
  ],
  [
    "half a byte for the sandbox",
    { overhead: { memory: "100m" } },
    ['spec.overhead[memory]: fractional byte value "100m" is invalid, must be an integer'],
  ],
];

describe("a pod", () => {
  it.each(SPECS)("%s", (_, fields, expected) => {
    const warnings = expected.map((text) => `Warning: ${text}`);
    expect(verdict(podWith(fields))).toEqual(warnings);
  });
});

const APPARMOR = "container.apparmor.security.beta.kubernetes.io/web";
const APPARMOR_OLD = `metadata.annotations[${APPARMOR}]: deprecated since v1.30; use the "appArmorProfile" field instead`;

describe("an annotation that a field has taken the place of", () => {
  const annotations = { [APPARMOR]: "runtime/default" };

  it("in a pod", () => {
    const metadata = { name: "web", annotations };
    const pod = { ...podWith({}), metadata };
    expect(verdict(pod)).toEqual([`Warning: ${APPARMOR_OLD}`]);
    const securityContext = { appArmorProfile: { type: "RuntimeDefault" } };
    expect(verdict({ ...podWith({ securityContext }), metadata })).toEqual([]);
  });

  it("in a template", () => {
    const labels = { app: "web" };
    const { spec } = podWith({});
    const old = { "scheduler.alpha.kubernetes.io/critical-pod": "", ...annotations };
    const deployment = {
      apiVersion: "apps/v1",
      kind: "Deployment",
      metadata: { name: "web" },
      spec: {
        selector: { matchLabels: labels },
        template: { metadata: { labels, annotations: old }, spec },
      },
    };
    expect(verdict(deployment)).toEqual([
      'Warning: spec.template.metadata.annotations[scheduler.alpha.kubernetes.io/critical-pod]: non-functional in v1.16+; use the "priorityClassName" field instead',
      `Warning: spec.template.${APPARMOR_OLD}`,
    ]);
  });
});

describe("ports", () => {
  const told = (...ports: object[]) => verdict(containerWith({ ports }));

  it("have a host's address only together with a port of it", () => {
    expect(told({ containerPort: 80, hostIP: "192.0.2.1" })).toEqual([
      "Warning: spec.containers[0].ports[0]: hostIP set without hostPort: {Name: HostPort:0 ContainerPort:80 Protocol:TCP HostIP:192.0.2.1}",
    ]);
  });

  it("of one number are not at one address and at all", () => {
    const port = { containerPort: 80, hostPort: 80 };
    expect(told(port, { ...port, hostIP: "192.0.2.1" })).toEqual([
      "Warning: spec.containers[0].ports[1]: dangerously ambiguous port definition with spec.containers[0].ports[0]",
    ]);
  });
});
