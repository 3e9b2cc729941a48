/* Annotations of pods that mean something: ValidatePodSpecificAnnotations in pkg/apis/core/validation/validation.go. */
import { goQuote } from "../schema/go-text.ts";
import type { FieldError } from "../status-error.ts";
import type { PodSpec } from "../types.ts";
import { invalid } from "./field-errors.ts";
import { descendingPath } from "./files.ts";

const MIRROR = "kubernetes.io/config.mirror";
const DELETION_COST = "controller.kubernetes.io/pod-deletion-cost";
export const SECCOMP_OF_POD = "seccomp.security.alpha.kubernetes.io/pod";
export const SECCOMP_OF_CONTAINER = "container.seccomp.security.alpha.kubernetes.io/";
export const APPARMOR = "container.apparmor.security.beta.kubernetes.io/";

type Annotations = Readonly<Record<string, string>>;

/** Go walks its maps in random order; here the keys are sorted. */
export function validatePodAnnotations(
  annotations: Annotations = {},
  spec: Partial<PodSpec> | undefined,
  path: string,
): FieldError[] {
  const errors: FieldError[] = [];
  if (annotations[MIRROR] !== undefined && !spec?.nodeName) {
    const detail = "must set spec.nodeName if mirror pod annotation is set";
    errors.push(invalid(`${path}[${MIRROR}]`, annotations[MIRROR], detail));
  }
  const cost = annotations[DELETION_COST];
  if (cost !== undefined && !isInt32(cost)) {
    errors.push(invalid(`${path}[${DELETION_COST}]`, cost, "must be a 32bit integer"));
  }
  const keys = Object.keys(annotations).sort();
  for (const key of keys) {
    if (key === SECCOMP_OF_POD || key.startsWith(SECCOMP_OF_CONTAINER)) {
      errors.push(...validateSeccomp(annotations[key]!, `${path}.${key}`));
    }
  }
  for (const key of keys.filter((one) => one.startsWith(APPARMOR))) {
    errors.push(...validateAppArmor(annotations[key]!, key, spec, `${path}[${key}]`));
  }
  return errors;
}

/** GetDeletionCostFromPodAnnotations: neither a plus sign nor a leading zero may stand before the digits. */
function isInt32(text: string): boolean {
  if (!/^(0|[1-9][0-9]*|-[0-9]+)$/.test(text)) return false;
  return Number(text) >= -2147483648 && Number(text) <= 2147483647;
}

/** ValidateSeccompProfile */
function validateSeccomp(profile: string, path: string): FieldError[] {
  if (["runtime/default", "docker/default", "unconfined"].includes(profile)) return [];
  const local = "localhost/";
  if (profile.startsWith(local)) return descendingPath(profile.slice(local.length), path);
  return [invalid(path, profile, "must be a valid seccomp profile")];
}

/** ValidateAppArmorPodAnnotations */
function validateAppArmor(
  profile: string,
  key: string,
  spec: Partial<PodSpec> | undefined,
  path: string,
): FieldError[] {
  const errors: FieldError[] = [];
  const name = key.slice(APPARMOR.length);
  const containers = [...(spec?.initContainers ?? []), ...(spec?.containers ?? [])];
  if (!containers.some((container) => container.name === name)) {
    errors.push(invalid(path, name, "container not found"));
  }
  const isKnown = ["", "runtime/default", "unconfined"].includes(profile);
  if (!isKnown && !profile.startsWith("localhost/")) {
    errors.push(invalid(path, profile, `invalid AppArmor profile name: ${goQuote(profile)}`));
  }
  return errors;
}
