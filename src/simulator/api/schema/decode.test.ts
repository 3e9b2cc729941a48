import { describe, expect, it } from "vitest";
import { asStored, decode } from "./decode.ts";

function deployment(spec: unknown): unknown {
  return { apiVersion: "apps/v1", kind: "Deployment", metadata: { name: "web" }, spec };
}

describe("strict decoding", () => {
  it("reports every unknown field, in the order of sorted keys", () => {
    const { unknownFields } = decode(
      "Deployment",
      deployment({
        strategie: {},
        replica: 3,
        template: { spec: { containers: [{ name: "a" }, { nam: "b" }] } },
      }),
    );
    expect(unknownFields.map(({ message }) => message)).toEqual([
      'unknown field "spec.replica"',
      'unknown field "spec.strategie"',
      'unknown field "spec.template.spec.containers[1].nam"',
    ]);
  });

  it.each([
    [{ replicas: "3" }, "string into Go struct field DeploymentSpec.spec.replicas of type int32"],
    [
      { replicas: 2.5 },
      "number 2.5 into Go struct field DeploymentSpec.spec.replicas of type int32",
    ],
    [{ paused: 1 }, "number into Go struct field DeploymentSpec.spec.paused of type bool"],
    [[], "array into Go struct field Deployment.spec of type v1.DeploymentSpec"],
    [
      { template: { spec: { containers: ["web"] } } },
      "string into Go struct field PodSpec.spec.template.spec.containers of type v1.Container",
    ],
    [
      { template: { spec: { containers: [{ imagePullPolicy: true }] } } },
      "bool into Go struct field Container.spec.template.spec.containers.imagePullPolicy of type v1.PullPolicy",
    ],
    [
      { template: { spec: { containers: [{ readinessProbe: { httpGet: "/" } }] } } },
      "string into Go struct field Probe.spec.template.spec.containers.readinessProbe.httpGet of type v1.HTTPGetAction",
    ],
    [{ strategy: { rollingUpdate: { maxSurge: 1.5 } } }, "number 1.5 into Go value of type int32"],
  ])("%j", (spec, text) => {
    const { typeError, object } = decode("Deployment", deployment(spec));
    expect(typeError?.message).toBe(`json: cannot unmarshal ${text}`);
    expect(object).toBeUndefined();
  });

  it("tells what a type refuses that decodes itself, whatever was wrong before it", () => {
    const container = { image: 5, resources: { limits: { cpu: "1 core" } }, workingDir: 6 };
    const { typeError } = decode(
      "Deployment",
      deployment({ replicas: "3", template: { spec: { containers: [container] } } }),
    );
    expect(typeError).toEqual({
      path: "spec.template.spec.containers[0].resources.limits.cpu",
      message:
        "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'",
    });
  });

  it("keeps what Go would write again: no null, no zero of omitempty fields, structs by value", () => {
    const { object } = decode(
      "Deployment",
      deployment({
        replicas: 0,
        minReadySeconds: 0,
        paused: null,
        template: { spec: { containers: [{ name: "web", image: "", command: [] }] } },
      }),
    );
    const stored = asStored("Deployment", object!);
    expect(stored).toMatchObject({ status: {}, spec: { replicas: 0, strategy: {} } });
    const { spec } = stored as unknown as { spec: Record<string, unknown> };
    expect(Object.keys(spec).sort()).toEqual(["replicas", "strategy", "template"]);
    expect(spec.template).toEqual({
      metadata: { creationTimestamp: null },
      spec: { containers: [{ name: "web", resources: {} }] },
    });
  });

  it("takes keys as they are, even __proto__", () => {
    const labels = JSON.parse('{"__proto__": "x", "a": "b"}') as object;
    const { object } = decode("ConfigMap", { metadata: { name: "c" }, data: labels });
    const { data } = object as unknown as { data: object };
    expect(Object.keys(data).sort()).toEqual(["__proto__", "a"]);
  });
});
