/* An API server with its router, and requests in short, for tests. */
import { Kernel } from "../../kernel/kernel.ts";
import { ApiServer } from "../server.ts";
import type { ApiRequest, ApiResponse, Method } from "./request.ts";
import { ApiRouter } from "./router.ts";

/** `["PATCH", "/apis/apps/v1/…", body, { query, contentType }]` */
export type Short = readonly [
  method: Method,
  path: string,
  body?: unknown,
  more?: Partial<ApiRequest>,
];

export const DEPLOYMENTS = "/apis/apps/v1/namespaces/default/deployments";
export const PODS = "/api/v1/namespaces/default/pods";
export const WEB = `${DEPLOYMENTS}/web`;

/** What a merge patch is sent with. */
export const MERGE = { contentType: "application/merge-patch+json" };

/** A router before a cluster that has the namespace `default` and nothing else. */
export class TestServer {
  readonly kernel = new Kernel(1);
  readonly api = new ApiServer(this.kernel);
  readonly router = new ApiRouter(this.api);

  constructor() {
    this.api.create("namespaces", {
      apiVersion: "v1",
      kind: "Namespace",
      metadata: { name: "default" },
    });
  }

  send([method, path, body, more = {}]: Short): ApiResponse {
    return this.router.handle({ method, path, body, ...more });
  }

  /** The answer's object; anything but a success is a mistake of the test. */
  ok(...request: Short): Readonly<Record<string, never>> {
    const { status, body } = this.send(request);
    if (status >= 300) throw new Error(`${request[0]} ${request[1]}: ${JSON.stringify(body)}`);
    return body as Readonly<Record<string, never>>;
  }
}

export function deployment(name = "web", spec: object = {}): object {
  return {
    apiVersion: "apps/v1",
    kind: "Deployment",
    metadata: { name, labels: { app: name } },
    spec: {
      replicas: 3,
      selector: { matchLabels: { app: name } },
      template: {
        metadata: { labels: { app: name } },
        spec: { containers: [{ name: "web", image: "web:1" }] },
      },
      ...spec,
    },
  };
}

export function pod(name = "web", labels: object = { app: "web" }, spec: object = {}): object {
  return {
    apiVersion: "v1",
    kind: "Pod",
    metadata: { name, labels },
    spec: { containers: [{ name: "web", image: "web:1" }], ...spec },
  };
}

/** A server with the Deployment `web` and two pods, `b` bound to node-1. */
export function prepared(): TestServer {
  const server = new TestServer();
  server.ok("POST", DEPLOYMENTS, deployment());
  server.ok("POST", PODS, pod("a", { app: "a", tier: "front" }));
  server.ok("POST", PODS, pod("b", { app: "b" }, { nodeName: "node-1" }));
  return server;
}

/** The part of a refusal's Status that says why. */
export function failed(message: string, reason?: string): object {
  return { kind: "Status", status: "Failure", message, ...(reason && { reason }) };
}
