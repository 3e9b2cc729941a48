import type { Probe } from "../api/types.ts";
import type { KubeletNode } from "./node.ts";
import type { PodState, ProbeWorker } from "./state.ts";

/*
 * A healthy container is probed again and again with the same result. Such probes are not carried out one by one: the worker's timer is set
 * to the first that may end otherwise, and those in between are made up for when somebody looks.
 */

/** How far ahead a worker looks: as far as it looks back on successes, within these. */
const LEAST = 32;
const MOST = 512;

/** Of the probes after so many successes in a row, how many are sure to succeed too, as long as the container's port stays open? */
export function sureProbes(
  node: KubeletNode,
  pod: PodState,
  probe: Probe,
  port: number | undefined,
  successes: number,
): number {
  const most = Math.min(MOST, Math.max(LEAST, successes));
  if (probe.exec !== undefined) return 0;
  if (probe.httpGet?.host || probe.tcpSocket?.host) return 0;
  if (probe.httpGet === undefined || port === undefined) return most;
  // Probes of one pod draw their latencies from one stream, in turn.
  if (countHttpProbes(pod) > 1) return 0;
  return node.processes.sureAnswers(pod.uid, port, (probe.timeoutSeconds ?? 1) * 1000, most);
}

/** Makes up for the probes that a worker has skipped so far. */
export function settleSkipped(node: KubeletNode, pod: PodState, worker: ProbeWorker): void {
  const { skipped } = worker;
  if (skipped === undefined || node.now < skipped.fromMs) return;
  const past = Math.floor((node.now - skipped.fromMs) / skipped.periodMs) + 1;
  const count = Math.min(past, skipped.count);
  worker.lastResult = "Success";
  worker.resultRun += count;
  skipped.fromMs += count * skipped.periodMs;
  skipped.count -= count;
  if (skipped.port !== undefined) node.processes.skipAnswers(pod.uid, skipped.port, count);
}

function countHttpProbes({ pod }: PodState): number {
  let count = 0;
  for (const c of [...pod.spec.containers, ...(pod.spec.initContainers ?? [])]) {
    for (const probe of [c.readinessProbe, c.livenessProbe, c.startupProbe]) {
      if (probe?.httpGet !== undefined) count += 1;
    }
  }
  return count;
}
