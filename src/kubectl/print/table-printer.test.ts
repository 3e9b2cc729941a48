import { describe, expect, it } from "vitest";
import type { KubernetesObject } from "../../simulator/index.ts";
import { printGroups, TablePrinter } from "./table-printer.ts";

function object(kind: string, name: string, fields: object = {}): KubernetesObject {
  const metadata = { name, creationTimestamp: "2026-01-01T00:00:00Z", namespace: "default" };
  return { apiVersion: "v1", kind, metadata, ...fields } as unknown as KubernetesObject;
}

function node(name: string, ready: string, fields: object = {}) {
  const conditions = [{ type: "Ready", status: ready }];
  const addresses = [{ type: "InternalIP", address: "192.0.2.10" }];
  const nodeInfo = { kubeletVersion: "v1.32.13", osImage: "", kernelVersion: "6.1.0" };
  return object("Node", name, { spec: fields, status: { conditions, addresses, nodeInfo } });
}

describe("nodes", () => {
  it("are ready, or not, and may be cordoned", () => {
    const objects = [node("node-1", "True"), node("node-2", "Unknown", { unschedulable: true })];
    expect(printGroups([{ kind: "Node", group: "", objects }], 264_000, { wide: true })).toEqual([
      "NAME     STATUS                        ROLES    AGE     VERSION    INTERNAL-IP   EXTERNAL-IP   OS-IMAGE    KERNEL-VERSION   CONTAINER-RUNTIME",
      "node-1   Ready                         <none>   4m24s   v1.32.13   192.0.2.10    <none>        <unknown>   6.1.0            <unknown>",
      "node-2   NotReady,SchedulingDisabled   <none>   4m24s   v1.32.13   192.0.2.10    <none>        <unknown>   6.1.0            <unknown>",
    ]);
  });
});

describe("services", () => {
  const ports = [
    { port: 80, protocol: "TCP", nodePort: 30080 },
    { port: 443, protocol: "TCP" },
  ];

  it.each([
    ["ClusterIP", {}, "<none>"],
    ["LoadBalancer", {}, "<pending>"],
    ["LoadBalancer", { externalIPs: ["192.0.2.7"] }, "192.0.2.7"],
    ["ExternalName", { externalName: "example.org" }, "example.org"],
  ])("of type %s with %j have the external address %s", (type, fields, address) => {
    const service = object("Service", "web", {
      spec: { type, ports, clusterIPs: ["10.96.0.10"], ...fields },
    });
    const [, row] = printGroups([{ kind: "Service", group: "", objects: [service] }], 5_000);
    expect(row?.split(/ {3,}/)).toEqual([
      "web",
      type,
      "10.96.0.10",
      address,
      "80:30080/TCP,443/TCP",
      "5s",
    ]);
  });
});

describe("a horizontal pod autoscaler", () => {
  const resource = (name: string, averageUtilization: number) => ({
    type: "Resource",
    resource: { name, target: { type: "Utilization", averageUtilization } },
  });
  const targetsOf = (metrics: object[], currentMetrics: object[] = []) => {
    const autoscaler = object("HorizontalPodAutoscaler", "web", {
      spec: { scaleTargetRef: { kind: "Deployment", name: "web" }, maxReplicas: 5, metrics },
      status: { currentReplicas: 2, currentMetrics },
    });
    const group = { kind: "HorizontalPodAutoscaler", group: "autoscaling", objects: [autoscaler] };
    return printGroups([group], 0)[1]!.split(/ {3,}/)[2];
  };

  it("shows what it measured beside what it wants", () => {
    const current = { type: "Resource", resource: { current: { averageUtilization: 63 } } };
    expect(targetsOf([resource("cpu", 80)], [current])).toBe("cpu: 63%/80%");
    expect(targetsOf([resource("cpu", 80)])).toBe("cpu: <unknown>/80%");
    expect(targetsOf([resource("cpu", 80), resource("memory", 70), resource("x", 1)])).toBe(
      "cpu: <unknown>/80%, memory: <unknown>/70% + 1 more...",
    );
  });
});

describe("several kinds", () => {
  const groups = [
    { kind: "ConfigMap", group: "", objects: [] },
    {
      kind: "Ingress",
      group: "networking.k8s.io",
      objects: [object("Ingress", "web", { spec: {} })],
    },
    { kind: "Namespace", group: "", objects: [object("Namespace", "default")] },
  ];

  it("have their own tables and their kind before their names, and nothing is said of what is empty", () => {
    expect(printGroups(groups, 0)).toEqual([
      "NAME                            CLASS    HOSTS   ADDRESS   PORTS   AGE",
      "ingress.networking.k8s.io/web   <none>   *                 80      0s",
      "",
      "NAME                STATUS   AGE",
      "namespace/default            0s",
    ]);
  });

  it("stand together without headers", () => {
    expect(printGroups(groups, 0, { noHeaders: true })).toHaveLength(2);
  });
});

describe("a watch", () => {
  it("prints headers once and widens columns for good", () => {
    const printer = new TablePrinter({ kind: "Secret", group: "" }, { withEventType: true });
    const print = (name: string) => printer.print([object("Secret", name)], 0, "ADDED");
    expect([...print("a"), ...print("longer-name"), ...print("b")]).toEqual([
      "EVENT      NAME   TYPE   DATA   AGE",
      "ADDED      a             0      0s",
      "ADDED      longer-name          0      0s",
      "ADDED      b                    0      0s",
    ]);
  });

  it("shows the first line of a text of several", () => {
    const event = object("Event", "web.1", {
      involvedObject: { kind: "Pod", name: "web" },
      type: "Warning",
      reason: "Unhealthy",
      message: "Readiness probe failed: 503\nbody\n",
    });
    const [, row] = new TablePrinter({ kind: "Event", group: "" }).print([event], 0);
    expect(row).toMatch(/pod\/web {3}Readiness probe failed: 503\.\.\.$/);
  });
});
