/* Claims of volumes: ValidatePersistentVolumeClaimSpec in pkg/apis/core/validation/validation.go. Simplified: no sources of data. */
import { canonicalQuantity, quantityNano } from "../schema/quantity.ts";
import type { FieldError } from "../status-error.ts";
import type { ClaimSpec } from "../types.ts";
import { forbidden, invalid, invalidEach, notSupported, required } from "./field-errors.ts";
import { validateLabelSelector } from "./labels.ts";
import { dns1123Subdomain } from "./names.ts";

const ALONE = "ReadWriteOncePod";
const ACCESS_MODES = ["ReadOnlyMany", "ReadWriteMany", "ReadWriteOnce", ALONE];
const VOLUME_MODES = ["Block", "Filesystem"];

export function validateClaimSpec(spec: ClaimSpec, path: string): FieldError[] {
  const { accessModes = [], selector, resources, storageClassName, volumeMode } = spec;
  const at = `${path}.accessModes`;
  const errors: FieldError[] = [];
  if (accessModes.length === 0) errors.push(required(at, "at least 1 access mode is required"));
  errors.push(...validateLabelSelector(selector, `${path}.selector`));
  for (const mode of accessModes) {
    if (!ACCESS_MODES.includes(mode)) errors.push(notSupported(at, mode, ACCESS_MODES));
  }
  if (accessModes.includes(ALONE) && accessModes.some((mode) => mode !== ALONE)) {
    errors.push(forbidden(at, `may not use ${ALONE} with other access modes`));
  }
  const storage = resources?.requests?.storage;
  const size = `${path}.resources[storage]`;
  if (storage === undefined) errors.push(required(size));
  else if (quantityNano(storage) <= 0n) {
    errors.push(invalid(size, canonicalQuantity(storage), "must be greater than zero"));
  }
  if (storageClassName) {
    const wrong = dns1123Subdomain(storageClassName);
    errors.push(...invalidEach(`${path}.storageClassName`, storageClassName, wrong));
  }
  if (volumeMode !== undefined && !VOLUME_MODES.includes(volumeMode)) {
    errors.push(notSupported(`${path}.volumeMode`, volumeMode, VOLUME_MODES));
  }
  return errors;
}
