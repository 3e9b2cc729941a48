/* Templates of which the API server takes no pod. */
import { expect, it } from "vitest";
import type { PodSpec } from "../../api/types.ts";
import { replicaSetController } from "../replica-set/index.ts";
import { ToyCluster } from "../testing/cluster.ts";
import { deploymentController } from "./index.ts";

/** A Deployment of two pods, and then a template with that in its pods. */
function changed(spec: Partial<PodSpec>, prepare: (cluster: ToyCluster) => void = () => {}) {
  const cluster = new ToyCluster([deploymentController, replicaSetController]);
  cluster.deploy({ replicas: 2 });
  cluster.run(15_000);
  prepare(cluster);
  cluster.change(({ template, ...rest }) => ({
    ...rest,
    template: { ...template, spec: { ...template.spec, ...spec } },
  }));
  cluster.run(5000);
  const { name } = cluster.replicaSets[1]!.metadata;
  return { cluster, name };
}

/** The old pods go on, and the Deployment says why there are no new ones. */
function expectFailure({ deployment, replicaSets }: ToyCluster, message: string) {
  const failure = {
    type: "ReplicaFailure",
    status: "True",
    reason: "FailedCreate",
    message: expect.stringMatching(`^${message}$`) as string,
  };
  expect(replicaSets[1]!.status.conditions).toMatchObject([failure]);
  expect(deployment.status).toMatchObject({
    replicas: 2,
    availableReplicas: 2,
    conditions: expect.arrayContaining([expect.objectContaining(failure)]) as unknown,
  });
}

it("a class of priority that is not there: no pod is made until it comes", () => {
  const { cluster, name } = changed({ priorityClassName: "high" });
  const why = `pods "${name}-" is forbidden: no PriorityClass with name high was found`;
  expectFailure(cluster, why);
  expect(cluster.eventsOf("ReplicaSet")).toContain(`FailedCreate Error creating: ${why}`);
  cluster.api.create("priorityclasses", {
    apiVersion: "scheduling.k8s.io/v1",
    kind: "PriorityClass",
    metadata: { name: "high" },
    value: 1000,
  });
  cluster.run(60_000);
  expect(cluster.deployment.status).toMatchObject({ updatedReplicas: 2, availableReplicas: 2 });
  expect(cluster.api.list("pods").map(({ spec }) => spec.priority)).toEqual([1000, 1000]);
});

/** A container of that size, in a namespace where the default limit is 500m and the largest 1. */
function resized(resources: PodSpec["containers"][number]["resources"]) {
  const limits = [{ type: "Container", max: { cpu: "1" }, default: { cpu: "500m" } }];
  return changed({ containers: [{ name: "web", image: "web:2", resources }] }, ({ api }) => {
    api.create("limitranges", {
      apiVersion: "v1",
      kind: "LimitRange",
      metadata: { name: "amounts" },
      spec: { limits },
    });
  });
}

it("a container too large for a LimitRange: its ReplicaSet tells so of each pod", () => {
  const { cluster, name } = resized({ limits: { cpu: "2" } });
  const why = `pods "${name}-[a-z0-9]{5}" is forbidden: maximum cpu usage per Container is 1, but limit is 2`;
  expectFailure(cluster, why);
  const events = cluster.eventsOf("ReplicaSet");
  expect(events).toContainEqual(expect.stringMatching(`^FailedCreate Error creating: ${why}$`));
});

it("a request above the limit that a LimitRange gives: the pod is not valid", () => {
  const { cluster, name } = resized({ requests: { cpu: "700m" } });
  expectFailure(
    cluster,
    `Pod "${name}-[a-z0-9]{5}" is invalid: spec.containers\\[0\\].resources.requests: Invalid value: "700m": must be less than or equal to cpu limit of 500m`,
  );
});
