import type { ApiServer } from "./api/server.ts";
import { timestamp } from "./api/time.ts";

/** A machine of the simulated cluster. */
export interface Machine {
  /** `node-1` */
  readonly name: string;
  readonly ip: string;
  /** First three parts of its pods' addresses: `10.244.1`. */
  readonly podSubnet: string;
}

/** What each machine has to give; the number of pods is the kubelet's default maximum (kubelet config maxPods). */
const ALLOCATABLE = { cpu: "8", memory: "32Gi", "ephemeral-storage": "100Gi", pods: "110" };

/** The machines of a cluster of that size. */
export function machines(count: number): Machine[] {
  return Array.from({ length: count }, (_, i) => ({
    name: `node-${i + 1}`,
    ip: `192.168.${Math.floor(i / 250)}.${(i % 250) + 1}`,
    podSubnet: `10.${244 + Math.floor(i / 256)}.${i % 256}`,
  }));
}

/** Registers a machine as a Ready node, as its kubelet does when it starts. */
export function registerNode(api: ApiServer, machine: Machine, nowMs: number): void {
  const now = timestamp(nowMs);
  api.create("nodes", {
    apiVersion: "v1",
    kind: "Node",
    metadata: {
      name: machine.name,
      labels: { "kubernetes.io/hostname": machine.name, "kubernetes.io/os": "linux" },
    },
    spec: { podCIDR: `${machine.podSubnet}.0/24` },
    status: {
      capacity: ALLOCATABLE,
      allocatable: ALLOCATABLE,
      addresses: [
        { type: "InternalIP", address: machine.ip },
        { type: "Hostname", address: machine.name },
      ],
      conditions: [
        {
          type: "Ready",
          status: "True",
          reason: "KubeletReady",
          message: "kubelet is posting ready status",
          lastHeartbeatTime: now,
          lastTransitionTime: now,
        },
      ],
    },
  });
}
