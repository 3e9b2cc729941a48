import { expect, it } from "vitest";
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

const REFUSED: readonly {
  readonly title: string;
  readonly request: Short;
  readonly status: number;
  /** A part of the answer's body. */
  readonly body: object;
}[] = [
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

it.each(REFUSED)("refuses $title", ({ request, status, body }) => {
  const server = prepared();
  const before = server.api.resourceVersion;
  const answer = server.send(request);
  expect(answer).toMatchObject({ status, body });
  expect(server.api.resourceVersion).toBe(before);
});
