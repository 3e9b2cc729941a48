/* Nodes (describe.go describeNode). Simplified: no leases, no images and no addresses beyond those of the status. */
import type { Node, Pod } from "../../simulator/index.ts";
import { age } from "../print/cells.ts";
import { listOf, type Describe } from "./describer.ts";
import { annotationLines, labelLines, longTime, type Lines } from "./lines.ts";
import { amountOf, percent, totalOf, type ResourceName } from "./quantities.ts";

interface Info {
  readonly capacity?: Readonly<Record<string, string | number>>;
  readonly allocatable?: Readonly<Record<string, string | number>>;
  readonly nodeInfo?: Readonly<Record<string, string>>;
  readonly addresses?: readonly { readonly type: string; readonly address: string }[];
  readonly conditions?: readonly {
    readonly type: string;
    readonly status: string;
    readonly lastHeartbeatTime?: string;
    readonly lastTransitionTime?: string;
    readonly reason?: string;
    readonly message?: string;
  }[];
}

interface Ranges {
  readonly podCIDR?: string;
  readonly podCIDRs?: readonly string[];
  readonly providerID?: string;
}

export const describeNode: Describe<Node> = (out, node, surroundings) => {
  const { metadata, spec } = node;
  const status = node.status as unknown as Info;
  out.add(0, `Name:\t${metadata.name}`);
  out.add(0, `Roles:\t${rolesOf(node)}`);
  labelLines(out, "Labels", metadata.labels);
  annotationLines(out, "Annotations", metadata.annotations);
  out.add(0, `CreationTimestamp:\t${longTime(metadata.creationTimestamp)}`);
  const taints = (spec.taints ?? []).map(
    ({ key, value, effect }) => `${key}${value ? `=${value}` : ""}:${effect}`,
  );
  if (taints.length === 0) out.add(0, "Taints:\t<none>");
  taints.forEach((taint, i) => out.add(0, `${i === 0 ? "Taints:" : ""}\t${taint}`));
  out.add(0, `Unschedulable:\t${spec.unschedulable === true}`);
  if ((status.conditions ?? []).length > 0) {
    out.add(0, "Conditions:");
    out.add(1, "Type\tStatus\tLastHeartbeatTime\tLastTransitionTime\tReason\tMessage");
    out.add(1, "----\t------\t-----------------\t------------------\t------\t-------");
    for (const one of status.conditions!) {
      const times = [one.lastHeartbeatTime, one.lastTransitionTime].map(longTime).join(" \t");
      out.add(
        1,
        `${one.type} \t${one.status} \t${times} \t${one.reason ?? ""} \t${one.message ?? ""}`,
      );
    }
  }
  out.add(0, "Addresses:");
  for (const { type, address } of status.addresses ?? []) out.add(1, `${type}:\t${address}`);
  amountLines(out, "Capacity", status.capacity);
  amountLines(out, "Allocatable", status.allocatable);
  systemLines(out, status.nodeInfo ?? {});
  const { podCIDR, podCIDRs, providerID } = spec as Ranges;
  if (podCIDR) out.add(0, `PodCIDR:\t${podCIDR}`);
  if (podCIDRs !== undefined && podCIDRs.length > 0) out.add(0, `PodCIDRs:\t${podCIDRs.join(",")}`);
  if (providerID) out.add(0, `ProviderID:\t${providerID}`);
  const pods = listOf(surroundings, "pods", "", {
    fieldSelector: `spec.nodeName=${metadata.name},status.phase!=Failed,status.phase!=Succeeded`,
  });
  podLines(out, pods, status.allocatable ?? {}, surroundings.nowMs);
};

function rolesOf({ metadata }: Node): string {
  const prefix = "node-role.kubernetes.io/";
  const roles = Object.keys(metadata.labels ?? {}).filter((key) => key.startsWith(prefix));
  return (
    roles
      .map((key) => key.slice(prefix.length))
      .sort()
      .join(",") || "<none>"
  );
}

function amountLines(out: Lines, title: string, amounts: Info["capacity"] = {}): void {
  out.add(0, `${title}:`);
  for (const name of Object.keys(amounts).sort()) out.add(1, `${name}:\t${amounts[name]}`);
}

const SYSTEM: readonly (readonly [string, string])[] = [
  ["Machine ID", "machineID"],
  ["System UUID", "systemUUID"],
  ["Boot ID", "bootID"],
  ["Kernel Version", "kernelVersion"],
  ["OS Image", "osImage"],
  ["Operating System", "operatingSystem"],
  ["Architecture", "architecture"],
  ["Container Runtime Version", "containerRuntimeVersion"],
  ["Kubelet Version", "kubeletVersion"],
  ["Kube-Proxy Version", "kubeProxyVersion"],
];

function systemLines(out: Lines, info: Readonly<Record<string, string>>): void {
  out.add(0, "System Info:");
  for (const [title, field] of SYSTEM) out.add(1, `${title}:\t${info[field] ?? ""}`);
}

function podLines(
  out: Lines,
  pods: readonly Pod[],
  allocatable: Readonly<Record<string, string | number>>,
  nowMs: number,
): void {
  out.add(0, `Non-terminated Pods:\t(${pods.length} in total)`);
  out.add(1, "Namespace\tName\t\tCPU Requests\tCPU Limits\tMemory Requests\tMemory Limits\tAge");
  out.add(1, "---------\t----\t\t------------\t----------\t---------------\t-------------\t---");
  const share = (list: readonly Pod[], kind: "requests" | "limits", name: ResourceName) => {
    const total = totalOf(list, kind, name);
    return `${amountOf(name, total)} (${percent(total, allocatable[name])}%)`;
  };
  for (const pod of pods) {
    const cells = (["cpu", "memory"] as const).flatMap((name) =>
      (["requests", "limits"] as const).map((kind) => share([pod], kind, name)),
    );
    const { namespace = "", name } = pod.metadata;
    out.add(1, `${namespace}\t${name}\t\t${cells.join("\t")}\t${age(pod, nowMs)}`);
  }
  out.add(0, "Allocated resources:");
  out.add(1, "(Total limits may be over 100 percent, i.e., overcommitted.)");
  out.add(1, "Resource\tRequests\tLimits");
  out.add(1, "--------\t--------\t------");
  for (const name of ["cpu", "memory", "ephemeral-storage"] as const) {
    out.add(1, `${name}\t${share(pods, "requests", name)}\t${share(pods, "limits", name)}`);
  }
}
