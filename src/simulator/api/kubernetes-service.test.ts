import { beforeEach, expect, it } from "vitest";
import { Kernel } from "../kernel/kernel.ts";
import { KubernetesService } from "./kubernetes-service.ts";
import { ApiServer } from "./server.ts";

let kernel: Kernel;
let api: ApiServer;

beforeEach(() => {
  kernel = new Kernel(1);
  api = new ApiServer(kernel);
  api.create("namespaces", { apiVersion: "v1", kind: "Namespace", metadata: { name: "default" } });
  new KubernetesService(kernel, api);
});

const service = () => api.find("services", "default", "kubernetes");

it("stands from the beginning, at the first address of the range", () => {
  expect(service()?.spec).toMatchObject({ clusterIP: "10.96.0.1", ports: [{ port: 443 }] });
  expect(api.get("endpoints", "default", "kubernetes").subsets).toMatchObject([
    { ports: [{ name: "https", port: 6443 }] },
  ]);
});

it("comes back when the API server looks the next time, ten seconds after the last", () => {
  kernel.runUntil(12_000);
  api.delete("services", "default", "kubernetes");
  api.delete("endpointslices", "default", "kubernetes");
  kernel.runUntil(19_999);
  expect(service()).toBeUndefined();
  kernel.runUntil(20_000);
  expect(service()?.metadata.creationTimestamp).toBe("2026-01-01T00:00:20Z");
  expect(api.find("endpointslices", "default", "kubernetes")).toBeDefined();
});

it("sets endpoints right that somebody has bent, and leaves the Service as it was bent", () => {
  const told = api.get("endpoints", "default", "kubernetes");
  api.update("endpoints", { ...told, subsets: [] });
  const { spec, ...rest } = service()!;
  api.update("services", { ...rest, spec: { ...spec, sessionAffinity: "ClientIP" } });
  kernel.runUntil(10_000);
  expect(api.get("endpoints", "default", "kubernetes").subsets).toEqual(told.subsets);
  expect(service()?.spec.sessionAffinity).toBe("ClientIP");
});

it("looks no more often than there is something to see", () => {
  kernel.runUntil(60_000);
  expect(kernel.waiting()).toEqual([]);
  api.delete("endpointslices", "default", "kubernetes");
  expect(kernel.waiting()).toMatchObject([{ actor: "kubernetes-service", at: 70_000 }]);
  // What it writes itself is no reason to look again.
  kernel.runUntil(70_000);
  expect(kernel.waiting()).toEqual([]);
});
