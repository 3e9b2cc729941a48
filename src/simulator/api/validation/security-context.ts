/* Security contexts of pods and containers: pkg/apis/core/validation/validation.go of Kubernetes 1.32. */
import { goPointer, goQuote } from "../schema/go-text.ts";
import type { FieldError } from "../status-error.ts";
import type { Container, PodSpec } from "../types.ts";
import {
  duplicate,
  forbidden,
  invalid,
  invalidEach,
  notSupported,
  required,
  tooLong,
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

/** The longest path but for its end. */
const APPARMOR_PROFILE_MAX = 4095;

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
    ...validateSeccompProfile(context.seccompProfile, `${path}.seccompProfile`),
    ...validateAppArmorProfile(context.appArmorProfile, `${path}.appArmorProfile`),
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

/** validateSeccompProfileField. */
function validateSeccompProfile(profile: Profile | undefined, path: string): FieldError[] {
  if (profile === undefined) return [];
  const { type = "", localhostProfile } = profile;
  const errors = validateProfileType(type, "seccompProfile", path);
  const at = `${path}.localhostProfile`;
  if (type === "Localhost") {
    const detail = "must be set when seccomp type is Localhost";
    if (localhostProfile === undefined) errors.push(required(at, detail));
    else errors.push(...descendingPath(localhostProfile, at));
  } else if (localhostProfile !== undefined) {
    const go = `core.SeccompProfile{Type:${goQuote(type)}, LocalhostProfile:${goPointer("string", localhostProfile)}}`;
    errors.push(invalid(at, { go }, "can only be set when seccomp type is Localhost"));
  }
  return errors;
}

/** ValidateAppArmorProfileField: of a type that is none, the rest does not matter. */
function validateAppArmorProfile(profile: Profile | undefined, path: string): FieldError[] {
  if (profile === undefined) return [];
  const { type = "", localhostProfile } = profile;
  const wrong = validateProfileType(type, "appArmorProfile", path);
  if (wrong.length > 0) return wrong;
  const at = `${path}.localhostProfile`;
  if (type !== "Localhost") {
    if (localhostProfile === undefined) return [];
    return [invalid(at, localhostProfile, "can only be set when AppArmor type is Localhost")];
  }
  const isEmpty = localhostProfile === undefined || localhostProfile === "";
  if (isEmpty) return [required(at, "must be set when AppArmor type is Localhost")];
  const errors: FieldError[] = [];
  if (localhostProfile.trim() !== localhostProfile) {
    errors.push(invalid(at, localhostProfile, "must not be padded with whitespace"));
  }
  if (localhostProfile.length > APPARMOR_PROFILE_MAX) {
    errors.push(tooLong(at, APPARMOR_PROFILE_MAX));
  }
  return errors;
}

function validateProfileType(type: string, field: string, path: string): FieldError[] {
  if (type === "") return [required(`${path}.type`, `type is required when ${field} is set`)];
  return known(type, `${path}.type`, PROFILES);
}

/** Fields of core.SecurityContext with their types, in their order. */
const CONTEXT_FIELDS = {
  Capabilities: "core.Capabilities",
  Privileged: "bool",
  SELinuxOptions: "core.SELinuxOptions",
  WindowsOptions: "core.WindowsSecurityContextOptions",
  RunAsUser: "int64",
  RunAsGroup: "int64",
  RunAsNonRoot: "bool",
  ReadOnlyRootFilesystem: "bool",
  AllowPrivilegeEscalation: "bool",
  ProcMount: "core.ProcMountType",
  SeccompProfile: "core.SeccompProfile",
  AppArmorProfile: "core.AppArmorProfile",
};

function goSecurityContext(context: object): string {
  const values = new Map(
    Object.entries(context).map(([name, value]) => [name.toLowerCase(), value as unknown]),
  );
  const fields = Object.entries(CONTEXT_FIELDS).map(
    ([name, type]) => `${name}:${goPointer(type, values.get(name.toLowerCase()))}`,
  );
  return `core.SecurityContext{${fields.join(", ")}}`;
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
    ...validateSeccompProfile(seccompProfile, `${path}.seccompProfile`),
  );
  if (allowPrivilegeEscalation === false) {
    const context = { go: goSecurityContext(securityContext) };
    const cannot = "cannot set `allowPrivilegeEscalation` to false and";
    if (privileged === true)
      errors.push(invalid(path, context, `${cannot} \`privileged\` to true`));
    if (capabilities?.add?.includes("CAP_SYS_ADMIN")) {
      errors.push(invalid(path, context, `${cannot} \`capabilities.Add\` CAP_SYS_ADMIN`));
    }
  }
  errors.push(...validateAppArmorProfile(appArmorProfile, `${path}.appArmorProfile`));
  return errors;
}
