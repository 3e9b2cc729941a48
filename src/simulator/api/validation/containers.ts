/* Containers of a pod: pkg/apis/core/validation/validation.go of Kubernetes 1.32. */
import type { FieldError } from "../status-error.ts";
import type { Container, ContainerPort } from "../types.ts";
import { validateEnv, validateEnvFrom } from "./environment.ts";
import {
  duplicate,
  forbidden,
  invalid,
  invalidEach,
  notSupported,
  required,
} from "./field-errors.ts";
import { validateLifecycle, validateProbes } from "./handlers.ts";
import { dns1123Label, portName, portNumber } from "./names.ts";
import { validateResourceRequirements } from "./resource-requirements.ts";
import { validateSecurityContext } from "./security-context.ts";
import { validateVolumeDevices, validateVolumeMounts, type UsableVolumes } from "./volumes.ts";

/** What the containers' rules need to know of their pod, and of the cluster. */
export interface PodContext {
  readonly volumes: UsableVolumes;
  /** Undefined: a `sleep` hook is not held against it. */
  readonly gracePeriodSeconds: number | undefined;
  readonly restartPolicy: string | undefined;
  /** Does the API server run with --allow-privileged? */
  readonly allowPrivileged: boolean;
  /** The gate RelaxedEnvironmentVariableValidation is off; it is on by default since 1.32. */
  readonly strictVariableNames?: boolean;
}

export const PROTOCOLS = ["SCTP", "TCP", "UDP"];

/** validateContainers: the regular containers. */
export function validateContainers(
  containers: readonly Container[],
  context: PodContext,
  path: string,
): FieldError[] {
  if (containers.length === 0) return [required(path)];
  const errors: FieldError[] = [];
  const names = new Set<string>();
  containers.forEach((container, i) => {
    const at = `${path}[${i}]`;
    errors.push(...validateContainer(container, context, at));
    if (names.has(container.name)) errors.push(duplicate(`${at}.name`, container.name));
    names.add(container.name);
    if (container.lifecycle) {
      errors.push(
        ...validateLifecycle(container.lifecycle, context.gracePeriodSeconds, `${at}.lifecycle`),
      );
    }
    errors.push(...validateProbes(container, context.gracePeriodSeconds, at));
    if (container.restartPolicy !== undefined && container.restartPolicy !== null) {
      errors.push(forbidden(`${at}.restartPolicy`, "may not be set for non-init containers"));
    }
  });
  errors.push(...hostPortConflicts(containers, path));
  return errors;
}

/** validateInitContainers: they run one by one, but for sidecars (restartPolicy Always), which are like regular ones. */
export function validateInitContainers(
  containers: readonly Container[],
  regular: readonly Container[],
  context: PodContext,
  path: string,
): FieldError[] {
  const errors: FieldError[] = [];
  const names = new Set(regular.map(({ name }) => name));
  containers.forEach((container, i) => {
    const at = `${path}[${i}]`;
    errors.push(...validateContainer(container, context, at));
    const { restartPolicy, name } = container;
    if (restartPolicy !== undefined && restartPolicy !== null && restartPolicy !== "Always") {
      errors.push(notSupported(`${at}.restartPolicy`, restartPolicy, ["Always"]));
    }
    if (names.has(name)) errors.push(duplicate(`${at}.name`, name));
    else if (name) names.add(name);
    errors.push(...hostPortConflicts([container], path));
    if (restartPolicy === "Always") {
      if (container.lifecycle) {
        errors.push(
          ...validateLifecycle(container.lifecycle, context.gracePeriodSeconds, `${at}.lifecycle`),
        );
      }
      errors.push(...validateProbes(container, context.gracePeriodSeconds, at));
    } else {
      for (const field of [
        "lifecycle",
        "livenessProbe",
        "readinessProbe",
        "startupProbe",
      ] as const) {
        if (!container[field]) continue;
        const detail = "may not be set for init containers without restartPolicy=Always";
        errors.push(forbidden(`${at}.${field}`, detail));
      }
    }
    if ((container.resizePolicy ?? []).length > 0) {
      const value = { go: "[]core.ContainerResizePolicy{…}" };
      errors.push(invalid(`${at}.resizePolicy`, value, "must not be set for init containers"));
    }
  });
  return errors;
}

/** validateContainerCommon. */
function validateContainer(container: Container, context: PodContext, path: string): FieldError[] {
  const errors: FieldError[] = [];
  const name = container.name ?? "";
  if (name === "") errors.push(required(`${path}.name`));
  else errors.push(...invalidEach(`${path}.name`, name, dns1123Label(name)));
  if (!container.image) errors.push(required(`${path}.image`));
  errors.push(
    ...oneOf(container.terminationMessagePolicy, `${path}.terminationMessagePolicy`, [
      "File",
      "FallbackToLogsOnError",
    ]),
  );
  errors.push(...validateContainerPorts(container.ports ?? [], `${path}.ports`));
  const { strictVariableNames: strict = false } = context;
  errors.push(...validateEnv(container.env ?? [], `${path}.env`, strict));
  errors.push(...validateEnvFrom(container.envFrom ?? [], `${path}.envFrom`, strict));
  errors.push(...validateVolumeMounts(container, context.volumes, `${path}.volumeMounts`));
  errors.push(...validateVolumeDevices(container, context.volumes, `${path}.volumeDevices`));
  errors.push(
    ...oneOf(container.imagePullPolicy, `${path}.imagePullPolicy`, [
      "Always",
      "IfNotPresent",
      "Never",
    ]),
  );
  errors.push(...validateResourceRequirements(container.resources, `${path}.resources`));
  errors.push(
    ...validateResizePolicy(
      container.resizePolicy ?? [],
      context.restartPolicy,
      `${path}.resizePolicy`,
    ),
  );
  errors.push(
    ...validateSecurityContext(container, context.allowPrivileged, `${path}.securityContext`),
  );
  return errors;
}

/** One of a closed set of words: required when it is empty, not supported when it is another. */
export function oneOf(
  value: string | undefined,
  path: string,
  supported: readonly string[],
): FieldError[] {
  if (!value) return [required(path)];
  return supported.includes(value) ? [] : [notSupported(path, value, supported)];
}

/** validateContainerPorts. */
function validateContainerPorts(ports: readonly ContainerPort[], path: string): FieldError[] {
  const errors: FieldError[] = [];
  const names = new Set<string>();
  ports.forEach(({ name, containerPort, hostPort, protocol }, i) => {
    const at = `${path}[${i}]`;
    if (name) {
      const wrong = portName(name);
      errors.push(...invalidEach(`${at}.name`, name, wrong));
      if (wrong.length === 0 && names.has(name)) errors.push(duplicate(`${at}.name`, name));
      if (wrong.length === 0) names.add(name);
    }
    if (!containerPort) errors.push(required(`${at}.containerPort`));
    else {
      errors.push(...invalidEach(`${at}.containerPort`, containerPort, portNumber(containerPort)));
    }
    if (hostPort) errors.push(...invalidEach(`${at}.hostPort`, hostPort, portNumber(hostPort)));
    errors.push(...oneOf(protocol, `${at}.protocol`, PROTOCOLS));
  });
  return errors;
}

/** checkHostPortConflicts. */
function hostPortConflicts(containers: readonly Container[], path: string): FieldError[] {
  const taken = new Set<string>();
  return containers.flatMap((container, i) =>
    (container.ports ?? []).flatMap(({ hostPort, protocol, hostIP }, j) => {
      if (!hostPort) return [];
      const port = `${protocol}/${hostIP ?? ""}/${hostPort}`;
      if (taken.has(port)) return [duplicate(`${path}[${i}].ports[${j}].hostPort`, port)];
      taken.add(port);
      return [];
    }),
  );
}

/** validateResizePolicy; all but duplicates stand at the list. */
export function validateResizePolicy(
  policies: NonNullable<Container["resizePolicy"]>,
  podRestartPolicy: string | undefined,
  path: string,
): FieldError[] {
  const errors: FieldError[] = [];
  const seen = new Set<string>();
  policies.forEach(({ resourceName, restartPolicy }, i) => {
    if (seen.has(resourceName)) errors.push(duplicate(`${path}[${i}]`, { go: resourceName }));
    seen.add(resourceName);
    errors.push(...oneOf(resourceName, path, ["cpu", "memory"]));
    errors.push(...oneOf(restartPolicy, path, ["NotRequired", "RestartContainer"]));
    if (podRestartPolicy === "Never" && restartPolicy !== "NotRequired") {
      const detail = "must be 'NotRequired' when `restartPolicy` is 'Never'";
      errors.push(invalid(path, restartPolicy, detail));
    }
  });
  return errors;
}
