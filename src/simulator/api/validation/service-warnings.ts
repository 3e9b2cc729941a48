/* What the API server says of Services with fields that do nothing: pkg/api/service/warnings.go. */
import type { Service } from "../types.ts";

const TOPOLOGY_HINTS = "service.kubernetes.io/topology-aware-hints";

/** GetWarningsForService. Simplified: addresses in an unusual form are not warned of. */
export function serviceWarnings({ metadata, spec }: Service): string[] {
  const { type, externalIPs = [], externalName } = spec;
  const warnings: string[] = [];
  if (metadata.annotations?.[TOPOLOGY_HINTS] !== undefined) {
    warnings.push(
      `annotation ${TOPOLOGY_HINTS} is deprecated, please use service.kubernetes.io/topology-mode instead`,
    );
  }
  if (type === "ExternalName" && externalIPs.length > 0) {
    warnings.push('spec.externalIPs is ignored when spec.type is "ExternalName"');
  }
  if (type !== "ExternalName" && externalName) {
    warnings.push('spec.externalName is ignored when spec.type is not "ExternalName"');
  }
  return warnings;
}
