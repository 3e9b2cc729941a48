import type { Container, Pod } from "../../simulator/index.ts";

const SUFFIXES: Readonly<Record<string, number>> = {
  m: 1e-3,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  T: 1e12,
  Ki: 1024,
  Mi: 1_048_576,
  Gi: 1_073_741_824,
  Ti: 1_099_511_627_776,
};

/** A quantity as a number of cores or bytes. Simplified: exponents and the rarest suffixes count as 0. */
export function quantity(value: string | number | undefined): number {
  const match = /^(-?\d*\.?\d+)([a-zA-Z]*)$/.exec(String(value ?? 0));
  if (match === null) return 0;
  return Number(match[1]) * (match[2] === "" ? 1 : (SUFFIXES[match[2]!] ?? 0));
}

export type ResourceName = "cpu" | "memory" | "ephemeral-storage";

/** What pods ask for or may use, together. */
export function totalOf(
  pods: readonly Pod[],
  kind: "requests" | "limits",
  name: ResourceName,
): number {
  return pods.reduce((sum, pod) => sum + ofPod(pod, kind, name), 0);
}

/**
 * What a pod takes at most: its containers and sidecars together, or an init container with the sidecars that were started before it
 * (pkg/util/resource PodRequestsAndLimits).
 */
function ofPod({ spec }: Pod, kind: "requests" | "limits", name: ResourceName): number {
  const amount = ({ resources }: Container) => quantity(resources?.[kind]?.[name]);
  let sidecars = 0;
  let most = 0;
  for (const container of spec.initContainers ?? []) {
    const own = amount(container);
    most = Math.max(most, sidecars + own);
    if (container.restartPolicy === "Always") sidecars += own;
  }
  const together = spec.containers.reduce((sum, container) => sum + amount(container), sidecars);
  return Math.max(together, most);
}

/** `250m`, `128Mi`: in the unit that people write. */
export function amountOf(name: ResourceName, total: number): string {
  if (total === 0) return "0";
  if (name === "cpu") return total % 1 === 0 ? String(total) : `${Math.round(total * 1000)}m`;
  for (const suffix of ["Gi", "Mi", "Ki"]) {
    const size = SUFFIXES[suffix]!;
    if (total % size === 0) return `${total / size}${suffix}`;
  }
  return String(total);
}

/** Of what a node has, in whole percent. */
export function percent(total: number, of: string | number | undefined): number {
  const all = quantity(of);
  return all === 0 ? 0 : Math.floor((total / all) * 100);
}
