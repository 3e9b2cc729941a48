import { named } from "./find.ts";
import type { Container, Pod } from "./types.ts";

/** The container of that name, of either kind. */
export function containerOf(pod: Pod, name: string): Container | undefined {
  return named(pod.spec.containers, name) ?? named(pod.spec.initContainers, name);
}

/** Is it a native sidecar: an init container that is restarted (core/v1 IsRestartableInitContainer)? */
export function isSidecar(container: Container): boolean {
  return container.restartPolicy === "Always";
}
