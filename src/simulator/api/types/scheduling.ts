/* scheduling.k8s.io/v1. */
import type { KubernetesObject } from "./meta.ts";

export interface PriorityClass extends KubernetesObject {
  /** The higher, the more important are its pods. */
  readonly value: number;
  readonly globalDefault?: boolean;
  readonly description?: string;
  readonly preemptionPolicy?: string;
}
