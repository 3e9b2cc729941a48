import type { Pod } from "../api/types.ts";
import { areKubelets } from "./conditions.ts";

/**
 * Whether a change of a pod is one of its status alone, and of nothing in it that others tell the kubelet. There is nothing to do about such a
 * change, most of which are the kubelet's own reports that come back to it (pkg/kubelet/config/config.go podsDifferSemantically).
 */
export function isReportAlone(now: Pod, old: Pod): boolean {
  return (
    now.spec === old.spec &&
    now.metadata.labels === old.metadata.labels &&
    now.metadata.annotations === old.metadata.annotations &&
    now.metadata.deletionTimestamp === old.metadata.deletionTimestamp &&
    now.metadata.deletionGracePeriodSeconds === old.metadata.deletionGracePeriodSeconds &&
    isKubeletsAlone(now) &&
    isKubeletsAlone(old)
  );
}

function isKubeletsAlone({ spec, status }: Pod): boolean {
  if ((spec.readinessGates?.length ?? 0) > 0) return false;
  return areKubelets(status.conditions ?? []);
}

/**
 * A pod with what has changed in it. It keeps the version in which the kubelet first heard of it: what it writes later, its events above all,
 * names that one for as long as the pod lives (pkg/kubelet/config/config.go checkAndUpdatePod).
 */
export function updatedPod(known: Pod, now: Pod): Pod {
  const { resourceVersion } = known.metadata;
  const metadata = Object.freeze({ ...now.metadata, resourceVersion });
  return Object.freeze({ ...now, metadata });
}
