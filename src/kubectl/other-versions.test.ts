/* Kinds in a version that is not the one they are stored in, through the commands. */
import { expect, it } from "vitest";
import { ApiRouter } from "../simulator/index.ts";
import { ApiServer } from "../simulator/api/server.ts";
import { Kernel } from "../simulator/kernel/kernel.ts";
import { BareCluster } from "./bare-cluster.ts";
import { kubectl } from "./kubectl.ts";
import { runAtOnce } from "./program.ts";
import { splitWords } from "./split-words.ts";

const HPA = (percent: number) => `apiVersion: autoscaling/v1
kind: HorizontalPodAutoscaler
metadata:
  name: web
spec:
  scaleTargetRef: { apiVersion: apps/v1, kind: Deployment, name: web }
  minReplicas: 2
  maxReplicas: 5
  targetCPUUtilizationPercentage: ${percent}
`;

const ROUTE = `apiVersion: gateway.networking.k8s.io/v1beta1
kind: HTTPRoute
metadata:
  name: web
spec:
  parentRefs: [{ name: eg }]
  rules: [{ backendRefs: [{ name: web, port: 80 }] }]
`;

function terminal(files: Record<string, string>) {
  const api = new ApiServer(new Kernel(1));
  api.create("namespaces", { apiVersion: "v1", kind: "Namespace", metadata: { name: "default" } });
  const router = new ApiRouter(api);
  return (command: string) => {
    const world = {
      api: router,
      now: () => 0,
      read: (path: string) => files[path],
      hasEditor: false,
    };
    return runAtOnce(kubectl(splitWords(command), world)).output;
  };
}

it("an autoscaler of v1 is applied, shown, changed and described", () => {
  const files = { "hpa.yaml": HPA(50) };
  const type = terminal(files);
  expect(type("apply -f hpa.yaml")).toBe("horizontalpodautoscaler.autoscaling/web created\n");
  expect(type("apply -f hpa.yaml")).toBe("horizontalpodautoscaler.autoscaling/web unchanged\n");
  files["hpa.yaml"] = HPA(60);
  expect(type("diff -f hpa.yaml")).toContain("+  targetCPUUtilizationPercentage: 60");
  expect(type("apply -f hpa.yaml")).toBe("horizontalpodautoscaler.autoscaling/web configured\n");
  expect(type("get hpa")).toContain("cpu: <unknown>/60%");
  expect(type("get hpa.v1.autoscaling")).toBe(type("get hpa"));
  expect(type("describe hpa.v1.autoscaling web")).toBe(type("describe hpa web"));
  expect(type("get hpa.v1.autoscaling web -o yaml")).toContain(
    "\n  targetCPUUtilizationPercentage: 60\n",
  );
  expect(type("get hpa web -o yaml")).toContain("averageUtilization: 60");
  expect(type("get -f hpa.yaml -o jsonpath={.apiVersion}")).toBe("autoscaling/v1");
  expect(type("api-versions")).toContain("autoscaling/v1\nautoscaling/v2\n");
  expect(type("delete -f hpa.yaml")).toBe('horizontalpodautoscaler.autoscaling "web" deleted\n');
});

it("an HTTPRoute of v1beta1 is applied and shown", () => {
  const type = terminal({ "route.yaml": ROUTE });
  expect(type("apply -f route.yaml")).toBe("httproute.gateway.networking.k8s.io/web created\n");
  expect(type("get httproute -o jsonpath={.items[*].apiVersion}")).toBe(
    "gateway.networking.k8s.io/v1",
  );
  expect(type("get httproutes.v1beta1.gateway.networking.k8s.io -o name")).toContain("/web");
});

it("manifests of both are judged as the server does", () => {
  const judge = (text: string, cluster = new BareCluster()) =>
    cluster.apply([{ name: "a.yaml", text }]);
  const cluster = new BareCluster();
  expect(judge(HPA(50), cluster)).toMatchObject({ code: 0, stderr: "" });
  expect(judge(HPA(50), cluster).stdout).toContain("unchanged");
  expect(judge(HPA(60), cluster).stdout).toContain("configured");
  expect(judge(HPA(0)).stderr).toContain("averageUtilization: Invalid value: 0");
  expect(judge(HPA(50).replace("maxReplicas", "maxReplica")).stderr).toContain(
    'HorizontalPodAutoscaler in version "v1" cannot be handled as a HorizontalPodAutoscaler: strict decoding error: unknown field "spec.maxReplica"',
  );
  expect(judge(ROUTE)).toMatchObject({ code: 0, stderr: "" });
});
