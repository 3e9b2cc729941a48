import { describe, expect, it } from "vitest";
import type { Deployment, Pod } from "../types.ts";
import { gracePeriodForDelete } from "./pod.ts";
import { resourceByKind, resources } from "./index.ts";

interface Deletion {
  readonly grace?: number;
  readonly requested?: number;
  readonly nodeName?: string;
  readonly phase?: "Running" | "Succeeded" | "Failed";
}

function seconds({
  grace = 30,
  requested,
  nodeName = "node-1",
  phase = "Running",
}: Deletion): number {
  const spec = { containers: [], nodeName, terminationGracePeriodSeconds: grace };
  return gracePeriodForDelete({ spec, status: { phase } } as unknown as Pod, requested);
}

describe("seconds that a delete gives a pod", () => {
  it.each<[string, Deletion, number]>([
    ["those of its spec", {}, 30],
    ["those of the request, if it says", { requested: 5 }, 5],
    ["none when forced", { requested: 0 }, 0],
    ["none before it is scheduled", { nodeName: "" }, 0],
    ["none when it has succeeded", { phase: "Succeeded" }, 0],
    ["none when it has failed", { phase: "Failed", requested: 10 }, 0],
    ["one for a negative value", { grace: -5 }, 1],
  ])("%s", (_, deletion, expected) => {
    expect(seconds(deletion)).toBe(expected);
  });
});

describe("generation", () => {
  const kind = resources.get("deployments")!;
  const old = kind.prepareForCreate!({
    metadata: { name: "web" },
    spec: { replicas: 1, template: { spec: {} } },
  } as unknown as Deployment) as Deployment;

  it("starts with 1", () => {
    expect(old.metadata.generation).toBe(1);
  });

  it("counts changes of the spec, and not of labels", () => {
    const labelled = { ...old, metadata: { ...old.metadata, labels: { a: "b" } } };
    expect(kind.prepareForUpdate!(labelled, old).metadata.generation).toBe(1);
    const scaled = { ...old, spec: { ...old.spec, replicas: 2 } };
    expect(kind.prepareForUpdate!(scaled, old).metadata.generation).toBe(2);
  });

  it("of a Deployment counts changes of its annotations too, of other kinds not", () => {
    const annotated = { ...old, metadata: { ...old.metadata, annotations: { a: "b" } } };
    expect(kind.prepareForUpdate!(annotated, old).metadata.generation).toBe(2);
    const other = resources.get("replicasets")!;
    expect(other.prepareForUpdate!(annotated, old).metadata.generation).toBe(1);
  });

  it("an update keeps the status", () => {
    const changed = { ...old, status: { replicas: 9 } } as Deployment;
    expect(kind.prepareForUpdate!(changed, old)).toMatchObject({ status: {} });
  });
});

it("kinds are found in their version only", () => {
  expect(resourceByKind("apps/v1", "Deployment")?.plural).toBe("deployments");
  expect(resourceByKind("v1", "Deployment")).toBeUndefined();
  expect(resourceByKind("extensions/v1beta1", "Deployment")).toBeUndefined();
});

it("a pod gets what the admission plugins give it, once for each template", () => {
  const pods = resources.get("pods")!;
  const spec = {
    containers: [
      { name: "web", image: "nginx", resources: { limits: { cpu: "1", memory: "1Gi" } } },
    ],
  };
  const create = () => pods.prepareForCreate!({ metadata: {}, spec } as unknown as Pod) as Pod;
  const pod = create();
  expect(pod.status).toEqual({ phase: "Pending", qosClass: "Guaranteed" });
  expect(pod.spec.tolerations?.map(({ key }) => key)).toEqual([
    "node.kubernetes.io/not-ready",
    "node.kubernetes.io/unreachable",
  ]);
  expect(create().spec).toBe(pod.spec);
});
