import { describe, expect, it } from "vitest";
import type { Deployment, Pod, PodSpec } from "../types.ts";
import { defaultImagePullPolicy } from "./image-pull-policy.ts";
import { setPodDefaults } from "./pod.ts";
import { setDeploymentDefaults } from "./workloads.ts";

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
