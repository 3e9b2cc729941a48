/* Probes and lifecycle hooks: pkg/apis/core/validation/validation.go of Kubernetes 1.32. */
import type { FieldError } from "../status-error.ts";
import type { Handler, HTTPGetAction, IntOrString, Lifecycle, Probe } from "../types.ts";
import {
  forbidden,
  invalid,
  invalidEach,
  nonNegative,
  notSupported,
  required,
} from "./field-errors.ts";
import { httpHeaderName, portName, portNumber } from "./names.ts";

/** ValidatePortNumOrName; an absent port counts as 0. */
export function validatePort(port: IntOrString | undefined, path: string): FieldError[] {
  const value = port ?? 0;
  const errors = typeof value === "number" ? portNumber(value) : portName(value);
  return invalidEach(path, value, errors);
}

/** validateHandler: exactly one way to do it. The grace period bounds a `sleep`; undefined: it is not looked at. */
export function validateHandler(
  handler: Handler,
  gracePeriodSeconds: number | undefined,
  path: string,
): FieldError[] {
  const errors: FieldError[] = [];
  let found = false;
  for (const name of ["exec", "httpGet", "tcpSocket", "grpc", "sleep"] as const) {
    if (handler[name] === undefined || handler[name] === null) continue;
    const at = `${path}.${name}`;
    if (found) errors.push(forbidden(at, "may not specify more than 1 handler type"));
    else errors.push(...validateAction(name, handler, gracePeriodSeconds, at));
    found = true;
  }
  if (!found) errors.push(required(path, "must specify a handler type"));
  return errors;
}

function validateAction(
  name: "exec" | "httpGet" | "tcpSocket" | "grpc" | "sleep",
  handler: Handler,
  gracePeriodSeconds: number | undefined,
  path: string,
): FieldError[] {
  switch (name) {
    case "exec":
      return (handler.exec!.command ?? []).length === 0 ? [required(`${path}.command`)] : [];
    case "httpGet":
      return validateHTTPGet(handler.httpGet!, path);
    case "sleep":
      return validateSleep(handler.sleep!.seconds ?? 0, gracePeriodSeconds, path);
    default:
      return validatePort(handler[name]!.port, `${path}.port`);
  }
}

function validateHTTPGet(action: HTTPGetAction, path: string): FieldError[] {
  const errors: FieldError[] = [];
  if (!action.path) errors.push(required(`${path}.path`));
  errors.push(...validatePort(action.port, `${path}.port`));
  if (action.scheme !== "HTTP" && action.scheme !== "HTTPS") {
    errors.push(notSupported(`${path}.scheme`, action.scheme ?? "", ["HTTP", "HTTPS"]));
  }
  for (const { name } of action.httpHeaders ?? []) {
    errors.push(...invalidEach(`${path}.httpHeaders`, name ?? "", httpHeaderName(name ?? "")));
  }
  return errors;
}

/** validateSleepAction with the gate PodLifecycleSleepActionAllowZero off, as it is in 1.32 (on since 1.33, with another text). */
function validateSleep(
  seconds: number,
  gracePeriodSeconds: number | undefined,
  path: string,
): FieldError[] {
  if (gracePeriodSeconds === undefined) return [];
  if (seconds > 0 && seconds <= gracePeriodSeconds) return [];
  const detail = `must be greater than 0 and less than terminationGracePeriodSeconds (${gracePeriodSeconds}). Enable AllowPodLifecycleSleepActionZeroValue feature gate for zero sleep.`;
  return [invalid(path, seconds, detail)];
}

/** validateProbe: what all probes have in common. */
export function validateProbe(
  probe: Probe | undefined | null,
  gracePeriodSeconds: number | undefined,
  path: string,
): FieldError[] {
  if (probe === undefined || probe === null) return [];
  const errors = validateHandler(probe, gracePeriodSeconds, path);
  for (const name of [
    "initialDelaySeconds",
    "timeoutSeconds",
    "periodSeconds",
    "successThreshold",
    "failureThreshold",
  ] as const) {
    errors.push(...nonNegative(`${path}.${name}`, probe[name]));
  }
  const grace = probe.terminationGracePeriodSeconds;
  if (grace !== undefined && grace !== null && grace <= 0) {
    errors.push(invalid(`${path}.terminationGracePeriodSeconds`, grace, "must be greater than 0"));
  }
  return errors;
}

/** The three probes of a container, in upstream's order: liveness, readiness, startup. */
export function validateProbes(
  container: {
    readonly livenessProbe?: Probe;
    readonly readinessProbe?: Probe;
    readonly startupProbe?: Probe;
  },
  gracePeriodSeconds: number | undefined,
  path: string,
): FieldError[] {
  const { livenessProbe, readinessProbe, startupProbe } = container;
  const errors = validateProbe(livenessProbe, gracePeriodSeconds, `${path}.livenessProbe`);
  errors.push(...succeedsAtOnce(livenessProbe, `${path}.livenessProbe`));
  errors.push(...validateProbe(readinessProbe, gracePeriodSeconds, `${path}.readinessProbe`));
  const grace = readinessProbe?.terminationGracePeriodSeconds;
  if (grace !== undefined && grace !== null) {
    const at = `${path}.readinessProbe.terminationGracePeriodSeconds`;
    errors.push(invalid(at, grace, "must not be set for readinessProbes"));
  }
  errors.push(...validateProbe(startupProbe, gracePeriodSeconds, `${path}.startupProbe`));
  errors.push(...succeedsAtOnce(startupProbe, `${path}.startupProbe`));
  return errors;
}

function succeedsAtOnce(probe: Probe | undefined, path: string): FieldError[] {
  if (probe === undefined || probe === null || probe.successThreshold === 1) return [];
  return [invalid(`${path}.successThreshold`, probe.successThreshold ?? 0, "must be 1")];
}

/** validateLifecycle. */
export function validateLifecycle(
  { postStart, preStop }: Lifecycle,
  gracePeriodSeconds: number | undefined,
  path: string,
): FieldError[] {
  return [
    ...(postStart ? validateHandler(postStart, gracePeriodSeconds, `${path}.postStart`) : []),
    ...(preStop ? validateHandler(preStop, gracePeriodSeconds, `${path}.preStop`) : []),
  ];
}
