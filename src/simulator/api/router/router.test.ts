import { describe, expect, it } from "vitest";
import {
  DEPLOYMENTS,
  deployment,
  failed,
  MERGE,
  pod,
  PODS,
  prepared,
  WEB,
  type Short,
} from "./testing.ts";

interface Case {
  readonly title: string;
  readonly request: Short;
  readonly status: number;
  /** A part of the answer's body. */
  readonly body: object;
  readonly warnings?: readonly string[];
}

const REFUSED: readonly Case[] = [
  {
    title: "an unknown resource",
    request: ["GET", "/apis/apps/v1/namespaces/default/deploys"],
    status: 404,
    body: failed("the server could not find the requested resource", "NotFound"),
  },
  {
    title: "a resource in another group",
    request: ["GET", "/api/v1/namespaces/default/deployments"],
    status: 404,
    body: failed("the server could not find the requested resource"),
  },
  {
    title: "a version that is served no more",
    request: ["GET", "/apis/apps/v1beta1/namespaces/default/deployments"],
    status: 404,
    body: failed("the server could not find the requested resource"),
  },
  {
    title: "a node in a namespace",
    request: ["GET", "/api/v1/namespaces/default/nodes"],
    status: 404,
    body: failed("the server could not find the requested resource"),
  },
  {
    title: "an object that is not there",
    request: ["GET", `${DEPLOYMENTS}/wbe`],
    status: 404,
    body: {
      ...failed('deployments.apps "wbe" not found', "NotFound"),
      details: { name: "wbe", group: "apps", kind: "deployments" },
      code: 404,
    },
  },
  {
    title: "the same name twice",
    request: ["POST", DEPLOYMENTS, deployment()],
    status: 409,
    body: failed('deployments.apps "web" already exists', "AlreadyExists"),
  },
  {
    title: "a namespace that is not there",
    request: ["POST", "/api/v1/namespaces/shop/pods", pod("c")],
    status: 404,
    body: failed('namespaces "shop" not found', "NotFound"),
  },
  {
    title: "another namespace in the body than in the path",
    request: ["POST", PODS, { ...pod("c"), metadata: { name: "c", namespace: "shop" } }],
    status: 400,
    body: failed(
      "the namespace of the provided object does not match the namespace sent on the request",
      "BadRequest",
    ),
  },
  {
    title: "an invalid object",
    request: ["POST", DEPLOYMENTS, deployment("db", { replicas: -1 })],
    status: 422,
    body: {
      ...failed(
        'Deployment.apps "db" is invalid: spec.replicas: Invalid value: -1: must be greater than or equal to 0',
        "Invalid",
      ),
      details: {
        name: "db",
        group: "apps",
        kind: "Deployment",
        causes: [
          {
            reason: "FieldValueInvalid",
            message: "Invalid value: -1: must be greater than or equal to 0",
            field: "spec.replicas",
          },
        ],
      },
      code: 422,
    },
  },
  {
    title: "a custom resource with no name and no spec",
    request: [
      "POST",
      "/apis/argoproj.io/v1alpha1/namespaces/default/rollouts",
      { apiVersion: "argoproj.io/v1alpha1", kind: "Rollout", metadata: { name: "" } },
    ],
    status: 422,
    body: failed(
      'Rollout.argoproj.io "" is invalid: [metadata.name: Required value: name or generateName is required, spec: Required value]',
      "Invalid",
    ),
  },
  {
    title: "an unknown field, when the client is strict",
    request: [
      "POST",
      DEPLOYMENTS,
      deployment("db", { replica: 2 }),
      { query: { fieldValidation: "Strict" } },
    ],
    status: 400,
    body: failed(
      'Deployment in version "v1" cannot be handled as a Deployment: strict decoding error: unknown field "spec.replica"',
      "BadRequest",
    ),
  },
  {
    title: "an old version in an update",
    request: ["PUT", WEB, { ...deployment(), metadata: { name: "web", resourceVersion: "1" } }],
    status: 409,
    body: failed(
      'Operation cannot be fulfilled on deployments.apps "web": the object has been modified; please apply your changes to the latest version and try again',
      "Conflict",
    ),
  },
  {
    title: "an update under another name",
    request: ["PUT", WEB, deployment("shop")],
    status: 400,
    body: failed("the name of the object (shop) does not match the name on the URL (web)"),
  },
  {
    title: "a field that never changes",
    request: [
      "PATCH",
      WEB,
      {
        spec: {
          selector: { matchLabels: { app: "x" } },
          template: { metadata: { labels: { app: "x" } } },
        },
      },
      MERGE,
    ],
    status: 422,
    body: failed(
      'Deployment.apps "web" is invalid: spec.selector: Invalid value: v1.LabelSelector{MatchLabels:map[string]string{"app":"x"}, MatchExpressions:[]v1.LabelSelectorRequirement(nil)}: field is immutable',
    ),
  },
  {
    title: "a patch of no known type",
    request: ["PATCH", WEB, {}, { contentType: "application/json" }],
    status: 415,
    body: failed(
      "the body of the request was in an unknown format - accepted media types include: application/json-patch+json, application/merge-patch+json, application/strategic-merge-patch+json, application/apply-patch+yaml",
      "UnsupportedMediaType",
    ),
  },
  {
    title: "an apply without a manager",
    request: ["PATCH", WEB, deployment(), { contentType: "application/apply-patch+yaml" }],
    status: 422,
    body: failed(
      'PatchOptions.meta.k8s.io "" is invalid: fieldManager: Required value: is required for apply patch',
      "Invalid",
    ),
  },
  {
    title: "a method that a subresource does not have",
    request: ["DELETE", `${WEB}/scale`],
    status: 405,
    body: failed(
      "the server does not allow this method on the requested resource",
      "MethodNotAllowed",
    ),
  },
  {
    title: "a subresource that a kind does not have",
    request: ["GET", `${PODS}/a/scale`],
    status: 404,
    body: failed("the server could not find the requested resource"),
  },
  {
    title: "an unknown field selector",
    request: ["GET", PODS, undefined, { query: { fieldSelector: "spec.image=web" } }],
    status: 400,
    body: failed("field label not supported: spec.image", "BadRequest"),
  },
  {
    title: "an eviction of another version",
    request: [
      "POST",
      `${PODS}/b/eviction`,
      { metadata: { name: "b" }, deleteOptions: { preconditions: { resourceVersion: "1" } } },
    ],
    status: 409,
    body: failed(
      expect.stringMatching(
        /^Operation cannot be fulfilled on Pod "b": the ResourceVersion in the precondition \(1\) does not match the ResourceVersion in record \(\d+\)\. The object might have been modified$/,
      ) as unknown as string,
      "Conflict",
    ),
  },
  {
    title: "a wrong precondition of a delete",
    request: ["DELETE", WEB, { preconditions: { uid: "1234" } }],
    status: 409,
    body: { reason: "Conflict", details: { name: "web", group: "apps", kind: "deployments" } },
  },
  {
    title: "a namespace that must stay",
    request: ["DELETE", "/api/v1/namespaces/default"],
    status: 403,
    body: failed('namespaces "default" is forbidden: this namespace may not be deleted'),
  },
];

const DONE: readonly Case[] = [
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

describe("refused", () => {
  it.each(REFUSED)("$title", ({ request, status, body }) => {
    const server = prepared();
    const before = server.api.resourceVersion;
    const answer = server.send(request);
    expect(answer).toMatchObject({ status, body });
    expect(server.api.resourceVersion).toBe(before);
  });
});

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
