import { labelsContain } from "../../../api/selectors.ts";
import type { Pod, Service } from "../../../api/types.ts";
import type { RequestLog } from "./requests.ts";
import { statusOf, type Sample } from "./series.ts";

/** What the cluster tells of the requests' pods and Services. */
export interface SampleSources {
  readonly requests: RequestLog;
  readonly pods: readonly Pod[];
  readonly services: readonly Service[];
}

/**
 * Each request with its pod and its Services. A request belongs to the Services that select its pod now, and one whose pod is not known,
 * because it never got to one or the pod is gone, to the Service that it was sent to.
 * Simplified: the requests of a pod that is gone are found by no label of it, nor by a Service that selected it without being the one sent to.
 */
export function samplesOf({ requests, pods, services }: SampleSources): Sample[] {
  const byName = new Map(pods.map((pod) => [pod.metadata.name, pod]));
  const ofPod = new Map<string, Service[]>();
  const servicesOf = (pod: Pod): Service[] => {
    const { name, namespace, labels } = pod.metadata;
    let found = ofPod.get(name);
    if (found === undefined) {
      found = services.filter(
        ({ metadata, spec }) =>
          metadata.namespace === namespace &&
          spec.selector !== undefined &&
          labelsContain(labels, spec.selector),
      );
      ofPod.set(name, found);
    }
    return found;
  };
  return requests.finished().map((record) => {
    const pod = record.pod === undefined ? undefined : byName.get(record.pod);
    const target = pod === undefined ? requests.serviceOf(record.source) : undefined;
    const addressed = services.filter(
      ({ metadata }) => metadata.name === target?.name && metadata.namespace === target?.namespace,
    );
    return {
      record,
      status: statusOf(record.outcome),
      pod,
      services: pod === undefined ? addressed : servicesOf(pod),
    };
  });
}
