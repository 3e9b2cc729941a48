import { describe, expect, it } from "vitest";
import { Kernel } from "../../kernel/kernel.ts";
import { ApiServer } from "../server.ts";
import type { Container, Pod, PodSpec, ResourceList, ResourceQuota } from "../types.ts";

/** A server with a quota that its controller has looked at. */
function server(
  hard: ResourceList,
  { used = {}, ...spec }: { used?: ResourceList } & NonNullable<ResourceQuota["spec"]> = {},
): ApiServer {
  const api = new ApiServer(new Kernel(1));
  for (const name of ["default", "other"]) {
    api.create("namespaces", { apiVersion: "v1", kind: "Namespace", metadata: { name } });
  }
  const quota = api.create("resourcequotas", {
    apiVersion: "v1",
    kind: "ResourceQuota",
    metadata: { name: "team" },
    spec: { hard, ...spec },
  });
  const none = Object.fromEntries(Object.keys(hard).map((name) => [name, "0"]));
  api.updateStatus("resourcequotas", { ...quota, status: { hard, used: { ...none, ...used } } });
  return api;
}

const container = (resources: Container["resources"] = {}): Container =>
  ({ name: "web", image: "web:1", resources }) as Container;

function create(api: ApiServer, spec: Partial<PodSpec> = {}, more: object = {}): Pod {
  return api.create(
    "pods",
    {
      apiVersion: "v1",
      kind: "Pod",
      metadata: { generateName: "web-", namespace: "default" },
      spec: { containers: [container()], ...spec },
      status: {},
    },
    more,
  );
}

const usedOf = (api: ApiServer) =>
  api.get("resourcequotas", "default", "team").status?.used as ResourceList;

describe("a quota", () => {
  it("counts what comes, and refuses what is too much in the words of the API server", () => {
    const api = server({ pods: "2", "requests.cpu": "1", "limits.memory": "1Gi" });
    const asks = { requests: { cpu: "400m", memory: "64Mi" }, limits: { memory: "128Mi" } };
    create(api, { containers: [container(asks)] });
    create(api, { containers: [container(asks)] });
    expect(usedOf(api)).toEqual({ pods: "2", "requests.cpu": "800m", "limits.memory": "256Mi" });
    expect(() => create(api, { containers: [container(asks)] })).toThrow(
      /^pods "web-\w{5}" is forbidden: exceeded quota: team, requested: pods=1,requests.cpu=400m, used: pods=2,requests.cpu=800m, limited: pods=2,requests.cpu=1$/,
    );
    expect(api.list("pods")).toHaveLength(2);
    expect(usedOf(api)).toMatchObject({ pods: "2" });
  });

  it("on cpu or memory wants every container to state its amount", () => {
    const api = server({ "requests.cpu": "1", "limits.memory": "1Gi", "requests.storage": "1Gi" });
    const mute = { ...container(), name: "proxy" };
    const spec = { containers: [container({ requests: { cpu: "1" } }), mute] };
    expect(() => create(api, spec)).toThrow(
      "failed quota: team: must specify limits.memory for: proxy,web; requests.cpu for: proxy",
    );
  });

  it("of another namespace is none, nor is one that has not been looked at", () => {
    const api = server({ pods: "0" });
    const web = { apiVersion: "v1", kind: "Pod", spec: { containers: [container()] }, status: {} };
    api.create("pods", { ...web, metadata: { name: "web", namespace: "other" } });
    api.create("resourcequotas", {
      apiVersion: "v1",
      kind: "ResourceQuota",
      metadata: { name: "fresh", namespace: "other" },
      spec: { hard: { pods: "0" } },
    });
    api.create("pods", { ...web, metadata: { name: "web-2", namespace: "other" } });
    expect(api.list("pods")).toHaveLength(2);
  });

  it("is looked at and not used by a dry run", () => {
    const api = server({ pods: "1" });
    create(api, {}, { dryRun: true });
    expect(usedOf(api)).toEqual({ pods: "0" });
    create(api);
    expect(() => create(api, {}, { dryRun: true })).toThrow("exceeded quota: team");
  });

  it.each<[string, NonNullable<ResourceQuota["spec"]>, Partial<PodSpec>, boolean]>([
    ["Terminating", { scopes: ["Terminating"] }, { activeDeadlineSeconds: 5 }, true],
    ["Terminating", { scopes: ["Terminating"] }, {}, false],
    ["BestEffort", { scopes: ["BestEffort"] }, {}, true],
    ["NotBestEffort", { scopes: ["NotBestEffort"] }, {}, false],
    [
      "a class of priority",
      {
        scopeSelector: {
          matchExpressions: [{ scopeName: "PriorityClass", operator: "DoesNotExist" }],
        },
      },
      {},
      true,
    ],
  ])("with scope %s counts those pods alone", (_, spec, pod, counts) => {
    const api = server({ pods: "5" }, spec);
    create(api, pod);
    expect(usedOf(api)).toEqual({ pods: counts ? "1" : "0" });
  });

  it("counts objects of any kind, node ports and load balancers", () => {
    const api = server({
      "count/deployments.apps": "1",
      configmaps: "0",
      services: "2",
      "services.nodeports": "2",
      "services.loadbalancers": "1",
    });
    const service = (name: string, type: string) =>
      api.create("services", {
        apiVersion: "v1",
        kind: "Service",
        metadata: { name },
        spec: { type, ports: [{ port: 80 }, { name: "b", port: 81 }] },
      } as never);
    service("a", "LoadBalancer");
    expect(usedOf(api)).toMatchObject({
      services: "1",
      "services.nodeports": "2",
      "services.loadbalancers": "1",
    });
    expect(() => service("b", "NodePort")).toThrow(
      'services "b" is forbidden: exceeded quota: team, requested: services.nodeports=2, used: services.nodeports=2, limited: services.nodeports=2',
    );
    expect(() =>
      api.create("configmaps", { apiVersion: "v1", kind: "ConfigMap", metadata: { name: "c" } }),
    ).toThrow("requested: configmaps=1, used: configmaps=0, limited: configmaps=0");
  });
});
