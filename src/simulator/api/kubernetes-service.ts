/*
 * The Service `kubernetes`, by which pods reach the API server, and its endpoints. The API server keeps them itself
 * (pkg/controlplane/controller/kubernetesservice/controller.go; reconcilers/lease.go ReconcileEndpoints, reconcilers/endpointsadapter.go).
 * They stand before the scenario begins, so that no watcher is told of them until they change.
 * Simplified: pods cannot ask the API server: at the Service kubernetes their connections are refused. No ConfigMap kube-root-ca.crt is published.
 */
import type { Actor, Kernel } from "../kernel/kernel.ts";
import { deepEqual, type ApiServer } from "./server.ts";
import { SERVICE_NAME_LABEL } from "./slice-metadata.ts";
import type { Endpoints, EndpointSlice, NewObject, Service } from "./types.ts";
import type { WatchEvent } from "./watches.ts";

const NAME = "kubernetes";
const NAMESPACE = "default";
const KEY = `${NAMESPACE}/${NAME}`;

/** The first address of the range of Services (pkg/controlplane/apiserver/options ServiceIPRange). */
const SERVICE_IP = "10.96.0.1";
/** Where the API server listens: a machine that runs no pods, as in clusters whose control plane is managed. */
const ADDRESS = "192.168.255.1";
const PORT = { name: "https", port: 6443, protocol: "TCP" };

/** DefaultEndpointReconcilerInterval (pkg/controlplane/instance.go). */
const INTERVAL_MS = 10_000;

const service: NewObject<Service> = {
  apiVersion: "v1",
  kind: "Service",
  metadata: { name: NAME, labels: { component: "apiserver", provider: "kubernetes" } },
  spec: {
    type: "ClusterIP",
    clusterIP: SERVICE_IP,
    ipFamilyPolicy: "SingleStack",
    sessionAffinity: "None",
    ports: [{ name: PORT.name, port: 443, protocol: PORT.protocol, targetPort: PORT.port }],
  },
};

const endpoints: NewObject<Endpoints> = {
  apiVersion: "v1",
  kind: "Endpoints",
  metadata: { name: NAME, labels: { "endpointslice.kubernetes.io/skip-mirror": "true" } },
  subsets: [{ addresses: [{ ip: ADDRESS }], ports: [PORT] }],
};

const slice: NewObject<EndpointSlice> = {
  apiVersion: "discovery.k8s.io/v1",
  kind: "EndpointSlice",
  metadata: { name: NAME, labels: { [SERVICE_NAME_LABEL]: NAME } },
  addressType: "IPv4",
  endpoints: [{ addresses: [ADDRESS], conditions: { ready: true } }],
  ports: [PORT],
};

const KEPT: ReadonlySet<string> = new Set(["services", "endpoints", "endpointslices"]);

/** Keeps the Service and its endpoints: what is deleted or bent comes back when the API server looks the next time, every ten seconds. */
export class KubernetesService implements Actor {
  readonly name = "kubernetes-service";
  /** Whether something has changed that the next look has to see. */
  state = { isDue: false };
  readonly on = { look: () => this.look() };
  private readonly kernel: Kernel;
  private readonly api: ApiServer;

  /** The API server must have its namespace `default`. */
  constructor(kernel: Kernel, api: ApiServer) {
    this.kernel = kernel;
    this.api = api;
    kernel.register(this);
    this.reconcile();
    api.observe((event) => this.onChange(event));
  }

  private onChange({ resource, key }: WatchEvent): void {
    if (this.state.isDue || key !== KEY || !KEPT.has(resource)) return;
    this.state.isDue = true;
    const { now } = this.kernel;
    const nextMs = (Math.floor(now / INTERVAL_MS) + 1) * INTERVAL_MS;
    this.kernel.schedule(nextMs - now, this.name, "look");
  }

  private look(): void {
    this.reconcile();
    this.state.isDue = false;
  }

  /** UpdateKubernetesService: a Service that is there is left as it is, endpoints are set right. */
  private reconcile(): void {
    const { api } = this;
    if (api.find("services", NAMESPACE, NAME) === undefined) api.create("services", service);

    const told = api.find("endpoints", NAMESPACE, NAME);
    if (told === undefined) api.create("endpoints", endpoints);
    else if (!deepEqual(told.subsets, endpoints.subsets)) {
      api.update("endpoints", { ...told, subsets: endpoints.subsets });
    }

    const cut = api.find("endpointslices", NAMESPACE, NAME);
    if (cut === undefined) api.create("endpointslices", slice);
    else if (!deepEqual(cut.endpoints, slice.endpoints) || !deepEqual(cut.ports, slice.ports)) {
      api.update("endpointslices", { ...cut, endpoints: slice.endpoints, ports: slice.ports });
    }
  }
}
