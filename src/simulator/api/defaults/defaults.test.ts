import { describe, expect, it } from "vitest";
import type { Deployment, Pod, PodSpec, Service, StatefulSet } from "../types.ts";
import { defaultImagePullPolicy } from "./image-pull-policy.ts";
import { setPodDefaults, setPodSpecDefaults } from "./pod.ts";
import { setServiceDefaults } from "./service.ts";
import { setDeploymentDefaults, setStatefulSetDefaults } from "./workloads.ts";

const METADATA = { name: "web", uid: "", resourceVersion: "", creationTimestamp: null };

describe("the pull policy follows from the image's name", () => {
  it.each([
    ["nginx", "Always"],
    ["nginx:latest", "Always"],
    ["nginx:1.25", "IfNotPresent"],
    ["registry.example:5000/team/web", "Always"],
    ["registry.example:5000/team/web:v1", "IfNotPresent"],
    ["nginx@sha256:0123456789abcdef", "IfNotPresent"],
    ["", "IfNotPresent"],
    [" nginx", "IfNotPresent"],
    ["NGINX", "IfNotPresent"],
  ])("%j: %s", (image, policy) => {
    expect(defaultImagePullPolicy(image)).toBe(policy);
  });
});

describe("what has its defaults is not copied", () => {
  const template = { spec: { containers: [{ name: "web", image: "nginx:1" }] } };
  const deployment = setDeploymentDefaults({
    apiVersion: "apps/v1",
    kind: "Deployment",
    metadata: METADATA,
    spec: { selector: {}, template },
    status: {},
  } as Deployment);

  it("a Deployment", () => {
    expect(setDeploymentDefaults(deployment)).toBe(deployment);
    expect(template.spec).toEqual({ containers: [{ name: "web", image: "nginx:1" }] });
  });

  it("pods of one template share one spec", () => {
    const pod = (spec: PodSpec) =>
      setPodDefaults({
        apiVersion: "v1",
        kind: "Pod",
        metadata: METADATA,
        spec,
        status: {},
      } as Pod);
    const first = pod(deployment.spec.template.spec);
    expect(pod(deployment.spec.template.spec).spec).toBe(first.spec);
    expect(first.spec.enableServiceLinks).toBe(true);
    expect(setPodDefaults(first)).toBe(first);
  });
});

describe("a Service", () => {
  const service = (spec: object, status?: object) =>
    setServiceDefaults({
      apiVersion: "v1",
      kind: "Service",
      metadata: METADATA,
      spec,
      ...(status === undefined ? {} : { status }),
    } as Service);

  it.each([undefined, {}, { clientIP: {} }, { clientIP: { timeoutSeconds: null } }])(
    "keeps a client for three hours where %j is all that is said",
    (sessionAffinityConfig) => {
      const { spec } = service({ sessionAffinity: "ClientIP", sessionAffinityConfig });
      expect(spec.sessionAffinityConfig).toEqual({ clientIP: { timeoutSeconds: 10800 } });
    },
  );

  it("of type LoadBalancer says of each address how packets come in, but not of a name", () => {
    const ingress = [
      { ip: "203.0.113.7" },
      { hostname: "lb.example" },
      { ip: "::1", ipMode: "Proxy" },
    ];
    const { status } = service({ type: "LoadBalancer" }, { loadBalancer: { ingress } });
    expect(status?.loadBalancer?.ingress).toEqual([
      { ip: "203.0.113.7", ipMode: "VIP" },
      { hostname: "lb.example" },
      { ip: "::1", ipMode: "Proxy" },
    ]);
    const other = service({ type: "NodePort" }, { loadBalancer: { ingress } });
    expect(other.status?.loadBalancer?.ingress).toEqual(ingress);
  });
});

describe("claims", () => {
  const set = (spec: object, gates = {}) =>
    setStatefulSetDefaults(
      { apiVersion: "apps/v1", kind: "StatefulSet", metadata: METADATA, spec } as StatefulSet,
      gates,
    );

  it("of a StatefulSet are read back with more than was written", () => {
    const claim = { metadata: { name: "data" }, spec: { accessModes: ["ReadWriteOnce"] } };
    const whole = set({ volumeClaimTemplates: [claim] });
    expect(whole.spec.volumeClaimTemplates).toEqual([
      {
        apiVersion: "v1",
        kind: "PersistentVolumeClaim",
        metadata: { name: "data" },
        spec: { accessModes: ["ReadWriteOnce"], volumeMode: "Filesystem" },
        status: { phase: "Pending" },
      },
    ]);
    expect(setStatefulSetDefaults(whole)).toBe(whole);
  });

  it("of a pod's own volumes are for a file system, unless they say so", () => {
    const volume = (spec: object) => ({
      name: "scratch",
      ephemeral: { volumeClaimTemplate: { spec } },
    });
    const { volumes } = setPodSpecDefaults({
      containers: [],
      volumes: [volume({}), volume({ volumeMode: "Block" })],
    });
    const modes = volumes!.map(({ ephemeral }) => ephemeral?.volumeClaimTemplate?.spec?.volumeMode);
    expect(modes).toEqual(["Filesystem", "Block"]);
  });

  it("maxUnavailable of a StatefulSet has a default behind its gate alone", () => {
    const update = (gates: object) => set({}, gates).spec.updateStrategy?.rollingUpdate;
    expect(update({})).toEqual({ partition: 0 });
    expect(update({ MaxUnavailableStatefulSet: true })).toEqual({
      partition: 0,
      maxUnavailable: 1,
    });
  });
});
