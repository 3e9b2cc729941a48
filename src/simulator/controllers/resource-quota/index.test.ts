import { expect, it } from "vitest";
import { ToyCluster } from "../testing/cluster.ts";
import { resourceQuotaController } from "./index.ts";

const POD = {
  apiVersion: "v1",
  kind: "Pod",
  spec: { containers: [{ name: "web", image: "web:1", resources: { requests: { cpu: "250m" } } }] },
  status: {},
};

function cluster(hard: Record<string, string>): ToyCluster {
  const toy = new ToyCluster([resourceQuotaController]);
  toy.api.create("pods", { ...POD, metadata: { name: "first", namespace: "default" } });
  toy.api.create("resourcequotas", {
    apiVersion: "v1",
    kind: "ResourceQuota",
    metadata: { name: "team", namespace: "default" },
    spec: { hard },
  });
  toy.run(200);
  return toy;
}

const status = ({ api }: ToyCluster) => api.get("resourcequotas", "default", "team").status;

it("a new quota counts what was there before it", () => {
  expect(status(cluster({ pods: "3", "requests.cpu": "1000m", configmaps: "9" }))).toEqual({
    hard: { pods: "3", "requests.cpu": "1", configmaps: "9" },
    used: { pods: "1", "requests.cpu": "250m", configmaps: "0" },
  });
});

it("gives back what a pod took when it goes, or has ended", () => {
  const toy = cluster({ pods: "3" });
  const { api } = toy;
  api.create("pods", { ...POD, metadata: { name: "second", namespace: "default" } });
  expect(status(toy)?.used).toEqual({ pods: "2" });
  const pod = api.get("pods", "default", "second");
  api.updateStatus("pods", { ...pod, status: { phase: "Succeeded" } });
  toy.run(200);
  expect(status(toy)?.used).toEqual({ pods: "1" });
  api.delete("pods", "default", "first", { gracePeriodSeconds: 0 });
  toy.run(200);
  expect(status(toy)?.used).toEqual({ pods: "0" });
});

it("follows what its quota says", () => {
  const toy = cluster({ pods: "3" });
  const quota = toy.api.get("resourcequotas", "default", "team");
  toy.api.update("resourcequotas", { ...quota, spec: { hard: { "count/pods": "1" } } });
  toy.run(200);
  expect(status(toy)).toEqual({ hard: { "count/pods": "1" }, used: { "count/pods": "1" } });
});
