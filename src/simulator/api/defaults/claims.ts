import type { ClaimSpec } from "../types.ts";
import { fillAbsent } from "./fill.ts";

/** SetDefaults_PersistentVolumeClaimSpec (pkg/apis/core/v1/defaults.go): a claim is for a file system. */
export function setClaimSpecDefaults(spec: ClaimSpec): ClaimSpec {
  return fillAbsent(spec, { volumeMode: "Filesystem" });
}
