/* Security contexts of pods and containers: pkg/apis/core/validation/validation.go of Kubernetes 1.32. */
import type { FieldError } from "../status-error.ts";
import type { Container, PodSpec } from "../types.ts";
import {
  duplicate,
  forbidden,
  invalid,
  invalidEach,
  notSupported,
  required,
} from "./field-errors.ts";
import { userOrGroup } from "./names.ts";
import { descendingPath } from "./files.ts";

interface Profile {
  readonly type?: string;
  readonly localhostProfile?: string;
}

interface PodSecurityContext {
  readonly fsGroup?: number;
  readonly runAsUser?: number;
  readonly runAsGroup?: number;
  readonly supplementalGroups?: readonly number[];
  readonly sysctls?: readonly { readonly name?: string; readonly value?: string }[];
  readonly fsGroupChangePolicy?: string;
  readonly supplementalGroupsPolicy?: string;
  readonly seccompProfile?: Profile;
  readonly appArmorProfile?: Profile;
}

const PROFILES = ["Localhost", "RuntimeDefault", "Unconfined"];

const SYSCTL = "([a-z0-9]([-_a-z0-9]*[a-z0-9])?[\\./])*[a-z0-9]([-_a-z0-9]*[a-z0-9])?";
const SYSCTL_LENGTH_MAX = 253;
const MATCH_SYSCTL = new RegExp(`^${SYSCTL}$`);

/** ValidatePodSecurityContext. Simplified: options for Windows are not looked into. */
export function validatePodSecurityContext(spec: PodSpec, path: string): FieldError[] {
  const context = (spec.securityContext ?? {}) as PodSecurityContext;
  const { fsGroup, runAsUser, runAsGroup, supplementalGroups = [], sysctls = [] } = context;
  const errors = Object.entries({ fsGroup, runAsUser, runAsGroup }).flatMap(([name, value]) =>
    value === undefined ? [] : invalidEach(`${path}.${name}`, value, userOrGroup(value)),
  );
  supplementalGroups.forEach((group, i) =>
    errors.push(...invalidEach(`${path}.supplementalGroups[${i}]`, group, userOrGroup(group))),
  );
  if (spec.shareProcessNamespace === true && spec.hostPID === true) {
    const detail = "ShareProcessNamespace and HostPID cannot both be enabled";
    errors.push(invalid(`${path}.shareProcessNamespace`, true, detail));
  }
  errors.push(...validateSysctls(sysctls, `${path}.sysctls`));
  errors.push(
    ...known(context.fsGroupChangePolicy, `${path}.fsGroupChangePolicy`, [
      "Always",
      "OnRootMismatch",
    ]),
    ...validateProfile(context.seccompProfile, "seccomp", `${path}.seccompProfile`),
    ...validateProfile(context.appArmorProfile, "AppArmor", `${path}.appArmorProfile`),
    ...known(context.supplementalGroupsPolicy, `${path}.supplementalGroupsPolicy`, [
      "Merge",
      "Strict",
    ]),
  );
  return errors;
}

function known(
  value: string | undefined,
  path: string,
  supported: readonly string[],
): FieldError[] {
  return value === undefined || supported.includes(value)
    ? []
    : [notSupported(path, value, supported)];
}

/** validateSysctls. */
function validateSysctls(
  sysctls: NonNullable<PodSecurityContext["sysctls"]>,
  path: string,
): FieldError[] {
  return sysctls.flatMap(({ name = "" }, i) => {
    const at = `${path}[${i}].name`;
    if (name === "") return [required(at)];
    if (name.length <= SYSCTL_LENGTH_MAX && MATCH_SYSCTL.test(name)) {
      const isSecond = sysctls.findIndex((other) => other.name === name) < i;
      return isSecond ? [duplicate(at, name)] : [];
    }
    const detail = `must have at most ${SYSCTL_LENGTH_MAX} characters and match regex ^${SYSCTL}$`;
    return [invalid(at, name, detail)];
  });
}

/** validateSeccompProfileField and ValidateAppArmorProfileField. */
function validateProfile(
  profile: Profile | undefined,
  what: "seccomp" | "AppArmor",
  path: string,
): FieldError[] {
  if (profile === undefined || profile === null) return [];
  const { type = "", localhostProfile } = profile;
  const field = what === "seccomp" ? "seccompProfile" : "appArmorProfile";
  const errors: FieldError[] = [];
  if (type === "") {
    errors.push(required(`${path}.type`, `type is required when ${field} is set`));
  } else if (!PROFILES.includes(type)) {
    errors.push(notSupported(`${path}.type`, type, PROFILES));
  }
  const at = `${path}.localhostProfile`;
  if (type === "Localhost") {
    if (localhostProfile === undefined) {
      errors.push(required(at, `must be set when ${what} type is Localhost`));
    } else if (what === "seccomp") {
      errors.push(...descendingPath(localhostProfile, at));
    }
  } else if (localhostProfile !== undefined) {
    const value = what === "seccomp" ? { go: "core.SeccompProfile{…}" } : localhostProfile;
    errors.push(invalid(at, value, `can only be set when ${what} type is Localhost`));
  }
  return errors;
}

/** ValidateSecurityContext. Simplified: options for Windows are not looked into. */
export function validateSecurityContext(
  { securityContext }: Container,
  allowPrivileged: boolean,
  path: string,
): FieldError[] {
  if (securityContext === undefined || securityContext === null) return [];
  const { privileged, runAsUser, runAsGroup, allowPrivilegeEscalation, procMount, capabilities } =
    securityContext;
  const { seccompProfile, appArmorProfile } = securityContext as PodSecurityContext;
  const errors: FieldError[] = [];
  if (privileged === true && !allowPrivileged) {
    errors.push(forbidden(`${path}.privileged`, "disallowed by cluster policy"));
  }
  if (runAsUser !== undefined) {
    errors.push(...invalidEach(`${path}.runAsUser`, runAsUser, userOrGroup(runAsUser)));
  }
  if (runAsGroup !== undefined) {
    errors.push(...invalidEach(`${path}.runAsGroup`, runAsGroup, userOrGroup(runAsGroup)));
  }
  errors.push(
    ...known(procMount, `${path}.procMount`, ["Default", "Unmasked"]),
    ...validateProfile(seccompProfile, "seccomp", `${path}.seccompProfile`),
  );
  if (allowPrivilegeEscalation === false) {
    const context = { go: "core.SecurityContext{…}" };
    const cannot = "cannot set `allowPrivilegeEscalation` to false and";
    if (privileged === true)
      errors.push(invalid(path, context, `${cannot} \`privileged\` to true`));
    if (capabilities?.add?.includes("CAP_SYS_ADMIN")) {
      errors.push(invalid(path, context, `${cannot} \`capabilities.Add\` CAP_SYS_ADMIN`));
    }
  }
  errors.push(...validateProfile(appArmorProfile, "AppArmor", `${path}.appArmorProfile`));
  return errors;
}
