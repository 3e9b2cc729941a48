/* Pods and pod templates: ValidatePodSpec and ValidatePodTemplateSpec in pkg/apis/core/validation/validation.go. */
import { goPointer, goQuote } from "../schema/go-text.ts";
import type { FieldError } from "../status-error.ts";
import type { PodSpec, PodTemplateSpec, Toleration, TopologySpreadConstraint } from "../types.ts";
import { validateAffinity } from "./affinity.ts";
import {
  oneOf,
  validateContainers,
  validateInitContainers,
  type PodContext,
} from "./containers.ts";
import { validateDNSConfig } from "./dns-config.ts";
import {
  duplicate,
  forbidden,
  invalid,
  invalidEach,
  notSupported,
  required,
} from "./field-errors.ts";
import { validateLabels, validateLabelSelector } from "./labels.ts";
import { validatePodAnnotations } from "./pod-annotations.ts";
import { validateAnnotations } from "./metadata.ts";
import { dns1123Label, dns1123Subdomain, ipAddress, labelValue, qualifiedName } from "./names.ts";
import { validateResourceRequirements } from "./resource-requirements.ts";
import { validatePodSecurityContext } from "./security-context.ts";
import { validateVolumes } from "./volumes.ts";

const INT32_MAX = 2147483647;

export interface PodValidationOptions {
  /** A pod, not the template of one. */
  readonly isPod?: boolean;
  /** Default true: the API server runs with --allow-privileged, as nearly everywhere. */
  readonly allowPrivileged?: boolean;
}

/** ValidatePodTemplateSpec; the template's own labels are reported at `labels`, without `metadata`. */
export function validatePodTemplateSpec(template: PodTemplateSpec, path: string): FieldError[] {
  return [
    ...validateLabels(template.metadata?.labels, `${path}.labels`),
    ...validateAnnotations(template.metadata?.annotations, `${path}.annotations`),
    ...validatePodAnnotations(template.metadata?.annotations, template.spec, `${path}.annotations`),
    ...validatePodSpec(template.spec, `${path}.spec`),
    ...refuseEphemeral(
      template.spec,
      `${path}.spec`,
      "ephemeral containers not allowed in pod template",
    ),
  ];
}

/** Ephemeral containers come through their own subresource alone. */
export function refuseEphemeral(spec: PodSpec, path: string, detail: string): FieldError[] {
  const { ephemeralContainers = [] } = spec;
  return ephemeralContainers.length === 0 ? [] : [forbidden(`${path}.ephemeralContainers`, detail)];
}

/** ValidatePodSpec. Simplified: resource claims and what is for Windows only are not looked into. */
export function validatePodSpec(
  spec: PodSpec,
  path: string,
  options: PodValidationOptions = {},
): FieldError[] {
  const gracePeriodSeconds = spec.terminationGracePeriodSeconds;
  const volumes = validateVolumes(spec.volumes ?? [], `${path}.volumes`);
  const context: PodContext = {
    volumes: volumes.usable,
    gracePeriodSeconds,
    restartPolicy: spec.restartPolicy,
    allowPrivileged: options.allowPrivileged ?? true,
  };
  const containers = spec.containers ?? [];
  return [
    ...(gracePeriodSeconds === undefined
      ? [required(`${path}.terminationGracePeriodSeconds`)]
      : []),
    ...volumes.errors,
    ...validateContainers(containers, context, `${path}.containers`),
    ...validateInitContainers(
      spec.initContainers ?? [],
      containers,
      context,
      `${path}.initContainers`,
    ),
    ...validateHostPorts(spec, path, options),
    ...oneOf(spec.restartPolicy, `${path}.restartPolicy`, ["Always", "OnFailure", "Never"]),
    ...oneOf(spec.dnsPolicy, `${path}.dnsPolicy`, [
      "ClusterFirstWithHostNet",
      "ClusterFirst",
      "Default",
      "None",
    ]),
    ...validateLabels(spec.nodeSelector, `${path}.nodeSelector`),
    ...validatePodSecurityContext(spec, `${path}.securityContext`),
    ...validateAffinity(spec.affinity, `${path}.affinity`),
    ...validateDNSConfig(spec, `${path}.dnsConfig`),
    ...(spec.readinessGates ?? []).flatMap(({ conditionType }, i) => {
      const at = `${path}.readinessGates[${i}].conditionType`;
      return invalidEach(at, conditionType, qualifiedName(conditionType));
    }),
    ...validateSchedulingGates(spec, path),
    ...validateTopologySpread(
      spec.topologySpreadConstraints ?? [],
      `${path}.topologySpreadConstraints`,
    ),
    ...validateNames(spec, path),
    ...validateTolerations(spec.tolerations ?? [], `${path}.tolerations`),
    ...(spec.hostAliases ?? []).flatMap(({ ip, hostnames = [] }, i) => [
      ...invalidEach(`${path}.hostAliases[${i}].ip`, ip, ipAddress(ip)),
      ...hostnames.flatMap((name, j) =>
        invalidEach(`${path}.hostAliases[${i}].hostnames[${j}]`, name, dns1123Subdomain(name)),
      ),
    ]),
    ...validateClasses(spec, path),
    ...validateResourceRequirements({ limits: spec.overhead ?? {} }, `${path}.overhead`),
    ...validateOS(spec, path),
  ];
}

function validateHostPorts(
  { hostNetwork, containers }: PodSpec,
  path: string,
  { isPod = false }: PodValidationOptions,
): FieldError[] {
  if (hostNetwork !== true) return [];
  return (containers ?? []).flatMap((container, i) =>
    (container.ports ?? []).flatMap(({ hostPort = 0, containerPort }, j) => {
      if (hostPort === containerPort || (hostPort === 0 && !isPod)) return [];
      const at = `${path}.containers[${i}].ports[${j}].hostPort`;
      return [invalid(at, hostPort, "must match `containerPort` when `hostNetwork` is true")];
    }),
  );
}

function validateSchedulingGates({ schedulingGates = [] }: PodSpec, path: string): FieldError[] {
  const seen = new Set<string>();
  return schedulingGates.flatMap(({ name }, i) => {
    const at = `${path}.schedulingGates[${i}]`;
    const errors = invalidEach(at, name, qualifiedName(name));
    if (seen.has(name)) errors.push(duplicate(at, name));
    seen.add(name);
    return errors;
  });
}

function validateNames(spec: PodSpec, path: string): FieldError[] {
  const { serviceAccountName, nodeName, activeDeadlineSeconds, hostname, subdomain } = spec;
  const errors: FieldError[] = [];
  if (serviceAccountName) {
    const wrong = dns1123Subdomain(serviceAccountName);
    errors.push(...invalidEach(`${path}.serviceAccountName`, serviceAccountName, wrong));
  }
  if (nodeName)
    errors.push(...invalidEach(`${path}.nodeName`, nodeName, dns1123Subdomain(nodeName)));
  if (
    activeDeadlineSeconds !== undefined &&
    (activeDeadlineSeconds < 1 || activeDeadlineSeconds > INT32_MAX)
  ) {
    const detail = `must be between 1 and ${INT32_MAX}, inclusive`;
    errors.push(invalid(`${path}.activeDeadlineSeconds`, activeDeadlineSeconds, detail));
  }
  if (hostname) errors.push(...invalidEach(`${path}.hostname`, hostname, dns1123Label(hostname)));
  if (subdomain)
    errors.push(...invalidEach(`${path}.subdomain`, subdomain, dns1123Label(subdomain)));
  return errors;
}

function validateClasses(
  { priorityClassName, runtimeClassName, preemptionPolicy }: PodSpec,
  path: string,
): FieldError[] {
  const errors: FieldError[] = [];
  if (priorityClassName) {
    const wrong = dns1123Subdomain(priorityClassName);
    errors.push(...invalidEach(`${path}.priorityClassName`, priorityClassName, wrong));
  }
  if (runtimeClassName !== undefined) {
    const wrong = dns1123Subdomain(runtimeClassName);
    errors.push(...invalidEach(`${path}.runtimeClassName`, runtimeClassName, wrong));
  }
  if (preemptionPolicy !== undefined) {
    errors.push(
      ...oneOf(preemptionPolicy, `${path}.preemptionPolicy`, ["PreemptLowerPriority", "Never"]),
    );
  }
  return errors;
}

function validateOS({ os }: PodSpec, path: string): FieldError[] {
  if (os === undefined) return [];
  const systems = ["linux", "windows"];
  if (!os.name) return [required(`${path}.os.name`, "cannot be empty")];
  return systems.includes(os.name) ? [] : [notSupported(`${path}.os`, os.name, systems)];
}

/** ValidateTolerations. */
function validateTolerations(tolerations: readonly Toleration[], path: string): FieldError[] {
  return tolerations.flatMap(({ key = "", operator = "", value = "", effect = "", ...rest }, i) => {
    const at = `${path}[${i}]`;
    const errors = key === "" ? [] : invalidEach(`${at}.key`, key, qualifiedName(key));
    if (key === "" && operator !== "Exists") {
      const detail =
        'operator must be Exists when `key` is empty, which means "match all values and all keys"';
      errors.push(invalid(`${at}.operator`, operator, detail));
    }
    if (rest.tolerationSeconds !== undefined && effect !== "NoExecute") {
      const detail = "effect must be 'NoExecute' when `tolerationSeconds` is set";
      errors.push(invalid(`${at}.effect`, effect, detail));
    }
    if (operator === "Equal" || operator === "") {
      const wrong = labelValue(value);
      if (wrong.length > 0) errors.push(invalid(`${at}.operator`, value, wrong.join(";")));
    } else if (operator === "Exists") {
      const detail = "value must be empty when `operator` is 'Exists'";
      const seconds = goPointer("int64", rest.tolerationSeconds);
      const go = `core.Toleration{Key:${goQuote(key)}, Operator:"Exists", Value:${goQuote(value)}, Effect:${goQuote(effect)}, TolerationSeconds:${seconds}}`;
      if (value !== "") errors.push(invalid(`${at}.operator`, { go }, detail));
    } else {
      errors.push(notSupported(`${at}.operator`, operator, ["Equal", "Exists"]));
    }
    const effects = ["NoSchedule", "PreferNoSchedule", "NoExecute"];
    if (effect !== "" && !effects.includes(effect)) {
      errors.push(notSupported(`${at}.effect`, effect, effects));
    }
    return errors;
  });
}

/** validateTopologySpreadConstraints; of two that mean the same, the first is told (ValidateSpreadConstraintNotRepeat). */
function validateTopologySpread(
  constraints: readonly TopologySpreadConstraint[],
  path: string,
): FieldError[] {
  return constraints.flatMap((constraint, i) => {
    const { maxSkew = 0, topologyKey = "", whenUnsatisfiable = "", minDomains } = constraint;
    const at = `${path}[${i}]`;
    const errors: FieldError[] = [];
    if (maxSkew <= 0) errors.push(invalid(`${at}.maxSkew`, maxSkew, "must be greater than zero"));
    if (topologyKey === "") errors.push(required(`${at}.topologyKey`, "can not be empty"));
    const actions = ["DoNotSchedule", "ScheduleAnyway"];
    if (!actions.includes(whenUnsatisfiable)) {
      errors.push(notSupported(`${at}.whenUnsatisfiable`, whenUnsatisfiable, actions));
    }
    const isRepeated = constraints
      .slice(i + 1)
      .some(
        (other) =>
          other.topologyKey === topologyKey && other.whenUnsatisfiable === whenUnsatisfiable,
      );
    if (isRepeated) {
      const pair = `{${topologyKey}, ${whenUnsatisfiable}}`;
      errors.push(duplicate(`${at}.{topologyKey, whenUnsatisfiable}`, pair));
    }
    if (minDomains !== undefined) {
      if (minDomains <= 0) {
        errors.push(invalid(`${at}.minDomains`, minDomains, "must be greater than zero"));
      }
      if (whenUnsatisfiable !== "DoNotSchedule") {
        const detail = `can only use minDomains if whenUnsatisfiable=DoNotSchedule, not ${whenUnsatisfiable}`;
        errors.push(invalid(`${at}.minDomains`, minDomains, detail));
      }
    }
    for (const field of ["nodeAffinityPolicy", "nodeTaintsPolicy"] as const) {
      const value = constraint[field];
      if (value !== undefined && value !== "Honor" && value !== "Ignore") {
        errors.push(notSupported(`${at}.${field}`, value, ["Honor", "Ignore"]));
      }
    }
    errors.push(...validateMatchLabelKeys(constraint, `${at}.matchLabelKeys`));
    return [...errors, ...validateLabelSelector(constraint.labelSelector, `${at}.labelSelector`)];
  });
}

/** validateMatchLabelKeysInTopologySpread. */
function validateMatchLabelKeys(
  { matchLabelKeys = [], labelSelector }: TopologySpreadConstraint,
  path: string,
): FieldError[] {
  if (matchLabelKeys.length === 0) return [];
  const taken = new Set([
    ...Object.keys(labelSelector?.matchLabels ?? {}),
    ...(labelSelector?.matchExpressions ?? []).map(({ key }) => key),
  ]);
  const errors =
    labelSelector === undefined
      ? [forbidden(path, "must not be specified when labelSelector is not set")]
      : [];
  matchLabelKeys.forEach((key, i) => {
    errors.push(...invalidEach(`${path}[${i}]`, key, qualifiedName(key)));
    if (!taken.has(key)) return;
    errors.push(invalid(`${path}[${i}]`, key, "exists in both matchLabelKeys and labelSelector"));
  });
  return errors;
}

/** What a pod must have beyond its spec (validateContainersOnlyForPod). */
export function validateImagesOfPod(spec: PodSpec, path: string): FieldError[] {
  return (["containers", "initContainers"] as const).flatMap((list) =>
    (spec[list] ?? []).flatMap(({ image = "" }, i) =>
      image === image.trim()
        ? []
        : [
            invalid(
              `${path}.${list}[${i}].image`,
              image,
              "must not have leading or trailing whitespace",
            ),
          ],
    ),
  );
}

/** A pod cannot be given to a node while gates hold it back. */
export function validateNodeNameOfPod({ nodeName, schedulingGates }: PodSpec): FieldError[] {
  if (!nodeName || (schedulingGates ?? []).length === 0) return [];
  return [forbidden("spec.nodeName", "cannot be set until all schedulingGates have been cleared")];
}
