import { StatusError } from "../status-error.ts";
import type { Pod } from "../types.ts";

/**
 * The Forbidden StatusError of an admission plugin. A pod that is to be given a name has none yet, and is called by how that begins
 * (apiserver admission/errors.go extractResourceName).
 */
export function refusePod({ metadata }: Pod, why: string): StatusError {
  const name = metadata.name || metadata.generateName || "Unknown";
  const message = `pods "${name}" is forbidden: ${why}`;
  return new StatusError("Forbidden", message, { kind: "pods", name });
}
