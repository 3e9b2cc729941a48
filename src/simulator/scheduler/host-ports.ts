import { isSidecar } from "../api/containers.ts";
import type { PodSpec } from "../api/types.ts";

/** What the pods on a node have taken of its ports: addresses by `TCP 80`. */
export type HostPorts = Map<string, string[]>;

interface HostPort {
  /** `TCP 80` */
  readonly key: string;
  readonly address: string;
}

/** All addresses of the node (framework/types.go DefaultBindAllHostIP). */
const ANY = "0.0.0.0";
const NONE: readonly HostPort[] = Object.freeze([]);

/** By the containers, which the specs of all pods of a template share; `initContainers` are those that it was worked out with. */
const known = new WeakMap<
  PodSpec["containers"],
  { readonly ports: readonly HostPort[]; readonly initContainers: PodSpec["initContainers"] }
>();

/** The node's ports that a pod takes: those of its containers and native sidecars (pkg/scheduler/util/utils.go GetHostPorts). */
function hostPortsOf(spec: PodSpec): readonly HostPort[] {
  const { containers, initContainers } = spec;
  const seen = known.get(containers);
  if (seen !== undefined && seen.initContainers === initContainers) return seen.ports;
  const ports = findHostPorts(spec);
  known.set(containers, { ports, initContainers });
  return ports;
}

function findHostPorts({ containers, initContainers = [] }: PodSpec): readonly HostPort[] {
  const sidecars = initContainers.filter(isSidecar);
  const found = [...sidecars, ...containers].flatMap(({ ports = [] }) =>
    ports.flatMap(({ hostPort = 0, hostIP, protocol = "TCP" }) =>
      hostPort > 0 ? [{ key: `${protocol} ${hostPort}`, address: hostIP || ANY }] : [],
    ),
  );
  return found.length === 0 ? NONE : found;
}

/** Does a pod take any port of its node? */
export function takesPorts(spec: PodSpec): boolean {
  return hostPortsOf(spec).length > 0;
}

/** Has a node all ports free that a pod takes (framework/types.go HostPortInfo CheckConflict)? */
export function fitsPorts(spec: PodSpec, taken: HostPorts): boolean {
  return hostPortsOf(spec).every(({ key, address }) => {
    const addresses = taken.get(key) ?? [];
    return address === ANY
      ? addresses.length === 0
      : !addresses.includes(ANY) && !addresses.includes(address);
  });
}

/** Notes the ports that a pod takes, or with `sign` -1 gives back. */
export function countPorts(taken: HostPorts, spec: PodSpec, sign: 1 | -1): void {
  for (const { key, address } of hostPortsOf(spec)) {
    const addresses = taken.get(key) ?? [];
    if (sign === 1) taken.set(key, [...addresses, address]);
    else {
      const left = addresses.toSpliced(addresses.indexOf(address), 1);
      if (left.length === 0) taken.delete(key);
      else taken.set(key, left);
    }
  }
}
