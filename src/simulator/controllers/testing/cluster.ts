import { ApiServer } from "../../api/server.ts";
import type { Deployment, DeploymentSpec, ReplicaSet } from "../../api/types.ts";
import { Decisions } from "../../decisions.ts";
import { Kernel } from "../../kernel/kernel.ts";
import { Scheduler } from "../../scheduler/scheduler.ts";
import { KubeControllerManager, type ControllerFactory } from "../kube-controller-manager.ts";
import { ToyKubelet, type ToyTimes } from "./toy-kubelet.ts";

/** A cluster for tests of controllers: API server, controllers, scheduler, nodes, and toy kubelets. */
export class ToyCluster {
  readonly kernel: Kernel;
  readonly api: ApiServer;
  readonly decisions: Decisions;
  readonly kubelet: ToyKubelet;

  constructor(
    factories: readonly ControllerFactory[],
    options: { seed?: number; nodes?: number; times?: Partial<ToyTimes> } = {},
  ) {
    const { seed = 1, nodes = 3, times = {} } = options;
    this.kernel = new Kernel(seed);
    this.api = new ApiServer(this.kernel);
    this.decisions = new Decisions(this.kernel);
    const context = { kernel: this.kernel, api: this.api, decisions: this.decisions };
    new KubeControllerManager(context, factories);
    new Scheduler(context);
    this.kubelet = new ToyKubelet(this.kernel, this.api, times);
    this.api.create("namespaces", {
      apiVersion: "v1",
      kind: "Namespace",
      metadata: { name: "default" },
    });
    for (let i = 1; i <= nodes; i += 1) this.addNode(`node-${i}`);
  }

  addNode(name: string, allocatable: Readonly<Record<string, string>> = {}): void {
    const capacity = { cpu: "400", memory: "1000Gi", pods: "11000", ...allocatable };
    this.api.create("nodes", {
      apiVersion: "v1",
      kind: "Node",
      metadata: { name, labels: { "kubernetes.io/hostname": name } },
      spec: {},
      status: { capacity, allocatable: capacity },
    });
  }

  /** A Deployment `web`, with what the test wants of it. */
  deploy(spec: Partial<DeploymentSpec> = {}, image = "web:1"): Deployment {
    return this.api.create("deployments", {
      apiVersion: "apps/v1",
      kind: "Deployment",
      metadata: { name: "web" },
      spec: {
        replicas: 3,
        selector: { matchLabels: { app: "web" } },
        template: {
          metadata: { labels: { app: "web" } },
          spec: { containers: [{ name: "web", image }] },
        },
        ...spec,
      },
      status: {},
    });
  }

  get deployment(): Deployment {
    return this.api.get("deployments", "default", "web");
  }

  /** Changes the Deployment's spec as a user does. */
  change(change: (spec: DeploymentSpec) => DeploymentSpec): void {
    const { deployment } = this;
    const { resourceVersion: _any, ...metadata } = deployment.metadata;
    this.api.update("deployments", {
      ...deployment,
      metadata: { ...metadata, resourceVersion: "" },
      spec: change(deployment.spec),
    });
  }

  setImage(image: string): void {
    this.change((spec) => ({
      ...spec,
      template: {
        ...spec.template,
        spec: { ...spec.template.spec, containers: [{ name: "web", image }] },
      },
    }));
  }

  /** Runs on for so many milliseconds. */
  run(ms: number): void {
    this.kernel.runUntil(this.kernel.now + ms);
  }

  /** ReplicaSets in order of creation. */
  get replicaSets(): ReplicaSet[] {
    return this.api.list("replicasets");
  }

  /** Messages of the events about an object of that kind, in order. */
  eventsOf(kind: string): string[] {
    return this.api
      .list("events")
      .filter((event) => event.involvedObject.kind === kind)
      .map((event) => `${event.reason} ${event.message}`);
  }

  /** Sizes of all ReplicaSets from now on, at each change: `10,3`. */
  recordSizes(): string[] {
    const sizes: string[] = [];
    this.api.observe(({ resource }) => {
      if (resource !== "replicasets") return;
      const now = this.replicaSets.map((rs) => rs.spec.replicas).join(",");
      if (sizes.at(-1) !== now) sizes.push(now);
    });
    return sizes;
  }
}
