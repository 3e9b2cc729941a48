import { describe, expect, it } from "vitest";
import { DEPLOYMENTS, deployment, MERGE, pod, PODS, prepared, WEB, type Short } from "./testing.ts";

const DONE: readonly {
  readonly title: string;
  readonly request: Short;
  readonly status: number;
  /** A part of the answer's body. */
  readonly body: object;
  readonly warnings?: readonly string[];
}[] = [
  {
    title: "a new object, with its defaults",
    request: ["POST", DEPLOYMENTS, deployment("db")],
    status: 201,
    body: { metadata: { name: "db", generation: 1 }, spec: { revisionHistoryLimit: 10 } },
  },
  {
    title: "a generated name",
    request: ["POST", PODS, { ...pod(), metadata: { generateName: "job-" } }],
    status: 201,
    body: { metadata: { name: expect.stringMatching(/^job-[a-z0-9]{5}$/), generateName: "job-" } },
  },
  {
    title: "an unknown field, warned of",
    request: ["POST", DEPLOYMENTS, deployment("db", { replica: 2 })],
    status: 201,
    body: { metadata: { name: "db" } },
    warnings: ['unknown field "spec.replica"'],
  },
  {
    title: "a change of the spec raises the generation",
    request: ["PATCH", WEB, { spec: { replicas: 5 } }, MERGE],
    status: 200,
    body: { metadata: { generation: 2 }, spec: { replicas: 5 } },
  },
  {
    title: "a change of labels does not",
    request: ["PATCH", WEB, { metadata: { labels: { tier: "front" } } }, MERGE],
    status: 200,
    body: { metadata: { generation: 1, labels: { app: "web", tier: "front" } } },
  },
  {
    title: "a JSON patch",
    request: [
      "PATCH",
      WEB,
      [{ op: "replace", path: "/spec/replicas", value: 1 }],
      { contentType: "application/json-patch+json" },
    ],
    status: 200,
    body: { spec: { replicas: 1 } },
  },
  {
    title: "a strategic merge patch merges containers by name",
    request: [
      "PATCH",
      WEB,
      { spec: { template: { spec: { containers: [{ name: "log", image: "log:1" }] } } } },
      { contentType: "application/strategic-merge-patch+json" },
    ],
    status: 200,
    body: { spec: { template: { spec: { containers: [{ name: "log" }, { name: "web" }] } } } },
  },
  {
    title: "the scale of a Deployment",
    request: ["PATCH", `${WEB}/scale`, { spec: { replicas: 7 } }, MERGE],
    status: 200,
    body: { kind: "Scale", spec: { replicas: 7 }, status: { selector: "app=web" } },
  },
  {
    title: "a status through its subresource leaves the spec alone",
    request: ["PATCH", `${WEB}/status`, { spec: { replicas: 9 }, status: { replicas: 2 } }, MERGE],
    status: 200,
    body: { spec: { replicas: 3 }, status: { replicas: 2 } },
  },
  {
    title: "pods with a label",
    request: ["GET", PODS, undefined, { query: { labelSelector: "tier in (front),app" } }],
    status: 200,
    body: { kind: "PodList", apiVersion: "v1", items: [{ metadata: { name: "a" } }] },
  },
  {
    title: "pods of a node",
    request: [
      "GET",
      "/api/v1/pods",
      undefined,
      { query: { fieldSelector: "spec.nodeName=node-1" } },
    ],
    status: 200,
    body: { items: [{ metadata: { name: "b" } }] },
  },
  {
    title: "a page of a list",
    request: ["GET", PODS, undefined, { query: { limit: "1" } }],
    status: 200,
    body: { metadata: { remainingItemCount: 1 }, items: [{ metadata: { name: "a" } }] },
  },
  {
    title: "a deletion at once answers with a Status",
    request: ["DELETE", WEB],
    status: 200,
    body: { kind: "Status", status: "Success", details: { name: "web", kind: "deployments" } },
  },
  {
    title: "a deletion in the foreground waits for the dependents",
    request: ["DELETE", WEB, { propagationPolicy: "Foreground" }],
    status: 200,
    body: {
      kind: "Deployment",
      metadata: { finalizers: ["foregroundDeletion"], deletionGracePeriodSeconds: 0 },
    },
  },
  {
    title: "a pod on a node is given its grace",
    request: ["DELETE", `${PODS}/b`],
    status: 200,
    body: {
      kind: "Pod",
      metadata: { deletionTimestamp: "2026-01-01T00:00:30Z", deletionGracePeriodSeconds: 30 },
    },
  },
  {
    title: "a deletion of what a selector chooses",
    request: ["DELETE", PODS, undefined, { query: { labelSelector: "app=a" } }],
    status: 200,
    body: { kind: "PodList", items: [{ metadata: { name: "a" } }] },
  },
  {
    title: "a binding",
    request: ["POST", `${PODS}/a/binding`, { target: { kind: "Node", name: "node-1" } }],
    status: 201,
    body: { kind: "Status", status: "Success", code: 201 },
  },
  {
    title: "an eviction that no budget hinders",
    request: ["POST", `${PODS}/a/eviction`, { metadata: { name: "a" } }],
    status: 201,
    body: { kind: "Status", status: "Success", code: 201 },
  },
];

describe("done", () => {
  it.each(DONE)("$title", ({ request, status, body, warnings = [] }) => {
    expect(prepared().send(request)).toMatchObject({ status, body, warnings });
  });

  it.each(DONE.filter(({ request: [method] }) => method !== "GET"))(
    "$title, as a dry run, changes nothing",
    ({ request: [method, path, body, more = {}], status }) => {
      const server = prepared();
      const before = server.api.resourceVersion;
      const query = { ...more.query, dryRun: "All" };
      expect(server.send([method, path, body, { ...more, query }]).status).toBe(status);
      expect(server.api.resourceVersion).toBe(before);
    },
  );
});

it("an eviction of the present version writes into the pod why it goes, and deletes it", () => {
  const server = prepared();
  const { resourceVersion } = server.api.get("pods", "default", "b").metadata;
  const body = { metadata: { name: "b" }, deleteOptions: { preconditions: { resourceVersion } } };
  server.ok("POST", `${PODS}/b/eviction`, body);
  const { metadata, status } = server.api.get("pods", "default", "b");
  expect(metadata.deletionTimestamp).toBeDefined();
  expect(status.conditions?.at(-1)).toMatchObject({
    type: "DisruptionTarget",
    lastProbeTime: null,
    reason: "EvictionByEvictionAPI",
  });
});
