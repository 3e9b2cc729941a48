import type { Container, Pod, PodTemplateSpec } from "./types.ts";

/** The annotation of a pod that names the container which commands take when nobody names one. */
export const DEFAULT_CONTAINER = "kubectl.kubernetes.io/default-container";

/** The container that a pod is about: the one that its annotation names, as kubectl takes it, else the first. */
export function mainContainer({ metadata, spec }: Pod | PodTemplateSpec): Container | undefined {
  const named = metadata?.annotations?.[DEFAULT_CONTAINER];
  const found = named === undefined ? undefined : spec.containers.find((c) => c.name === named);
  return found ?? spec.containers[0];
}
