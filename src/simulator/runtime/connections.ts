import type { StreamState } from "../kernel/random.ts";
import { servesPort, type Connection, type RunningProcess } from "./running-process.ts";

/** What is known of a pod's processes: plain data. */
export interface PodProcesses {
  readonly podName: string;
  readonly address: string;
  readonly node: string;
  readonly hostNetwork: boolean;
  networkGone: boolean;
  /** Whether a port of this pod has ever been open. */
  hasListened: boolean;
  processIds: number[];
  /** When the last process ended. */
  endedMs: number;
  /** Random numbers of the answers to its probes: a stream of its own, so that the kernel has none to keep for pods that are gone. */
  readonly health: StreamState;
}

/** Where a connection is to go: a pod, or an address. */
export interface ConnectionTarget {
  /** The address itself, where it is one. */
  readonly podUid: string;
  readonly port: number;
  readonly isAddress?: true;
}

type Processes = ReadonlyMap<number, RunningProcess>;

/** What a new connection to a pod's port meets, when it comes from the pod's own node. */
export function connectFromNode(
  pod: PodProcesses | undefined,
  processes: Processes,
  port: number,
): Connection {
  if (pod === undefined) return "refused-not-yet";
  if (pod.networkGone) return "no-answer";
  const own = ownProcess(pod, processes, port);
  if (own?.listener === "open") return own;
  const neighbour = pod.hostNetwork ? listenerOnHost(pod.node, processes, port) : undefined;
  if (neighbour !== undefined) return neighbour;
  if (own !== undefined) return own.listener === "starting" ? "refused-not-yet" : "refused";
  return pod.hasListened || pod.processIds.length > 0 ? "refused" : "refused-not-yet";
}

/** What a process meets that passes its requests on to another container of its pod; undefined: it answers them itself. */
export function connectBehind(
  { spec }: RunningProcess,
  pods: ReadonlyMap<string, PodProcesses>,
  processes: Processes,
): RunningProcess | "refused" | undefined {
  const { passesOn } = spec.image;
  if (passesOn === undefined || passesOn === spec.container) return undefined;
  for (const id of pods.get(spec.podUid)?.processIds ?? []) {
    const process = processes.get(id)!;
    if (process.spec.container === passesOn && process.listener === "open") return process;
  }
  return "refused";
}

function ownProcess({ processIds }: PodProcesses, processes: Processes, port: number) {
  for (const id of processIds) {
    const process = processes.get(id)!;
    if (servesPort(process, port)) return process;
  }
  return undefined;
}

/**
 * Who listens on that port of a node's own address. Simplified: in a node's network several programs may listen on one port, where all but the
 * first would end with an error.
 */
function listenerOnHost(node: string, processes: Processes, port: number) {
  for (const process of processes.values()) {
    const { spec, listener } = process;
    const isOnHost = spec.hostNetwork && spec.node === node;
    if (isOnHost && listener === "open" && servesPort(process, port)) return process;
  }
  return undefined;
}
