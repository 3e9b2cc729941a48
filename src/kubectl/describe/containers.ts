/* Containers of pods and of their templates (describe.go describeContainers, DescribeProbe). */
import {
  parseQuantity,
  type Container,
  type ContainerState,
  type ContainerStatus,
  type EnvVar,
  type Probe,
} from "../../simulator/index.ts";
import { capitalized, longTime, type Lines } from "./lines.ts";

type Resources = Readonly<Record<string, string | number>> | undefined;

/** Finds what a field of the pod says, for variables that are made of one. */
export type FieldValue = (path: string) => string;

interface DescribedContainer extends Container {
  readonly volumeMounts?: readonly {
    readonly name: string;
    readonly mountPath: string;
    readonly readOnly?: boolean;
    readonly subPath?: string;
  }[];
  readonly envFrom?: readonly {
    readonly prefix?: string;
    readonly configMapRef?: { readonly name: string; readonly optional?: boolean };
    readonly secretRef?: { readonly name: string; readonly optional?: boolean };
  }[];
}

/** `space` stands in front of what belongs to a template, which is one level deeper. */
export function containerLines(
  out: Lines,
  label: string,
  containers: readonly Container[],
  statuses: readonly ContainerStatus[],
  { space, fieldValue }: { readonly space: string; readonly fieldValue?: FieldValue },
): void {
  out.add(0, containers.length === 0 ? `${space}${label}: <none>` : `${space}${label}:`);
  for (const container of containers as readonly DescribedContainer[]) {
    const status = statuses.find(({ name }) => name === container.name);
    basics(out, container, status, space);
    argumentLines(out, "Command", container.command);
    argumentLines(out, "Args", container.args);
    if (status !== undefined) {
      stateLines(out, "State", status.state ?? {});
      if (status.lastState?.terminated !== undefined)
        stateLines(out, "Last State", status.lastState);
      out.add(2, `Ready:\t${capitalized(status.ready)}`);
      out.add(2, `Restart Count:\t${status.restartCount}`);
    }
    quantityLines(out, "Limits", container.resources?.limits);
    quantityLines(out, "Requests", container.resources?.requests);
    probeLine(out, "Liveness", container.livenessProbe);
    probeLine(out, "Readiness", container.readinessProbe);
    probeLine(out, "Startup", container.startupProbe);
    environmentLines(out, container, fieldValue);
    mountLines(out, container);
  }
}

function basics(
  out: Lines,
  container: Container,
  status: ContainerStatus | undefined,
  space: string,
): void {
  out.add(1, `${space === "" ? "" : " "}${container.name}:`);
  if (status !== undefined) out.add(2, `Container ID:\t${status.containerID ?? ""}`);
  out.add(2, `Image:\t${container.image ?? ""}`);
  if (status !== undefined) out.add(2, `Image ID:\t${status.imageID ?? ""}`);
  const ports = container.ports ?? [];
  const list = (number: "containerPort" | "hostPort") =>
    ports.map((port) => `${port[number] ?? 0}/${port.protocol ?? "TCP"}`).join(", ");
  const plural = ports.length > 1 ? "s" : "";
  out.add(2, `Port${plural}:\t${list("containerPort") || "<none>"}`);
  out.add(2, `Host Port${plural}:\t${list("hostPort") || "<none>"}`);
}

function argumentLines(out: Lines, title: string, words: readonly string[] = []): void {
  if (words.length === 0) return;
  out.add(2, `${title}:`);
  for (const word of words) for (const line of word.split("\n")) out.add(3, line);
}

function stateLines(out: Lines, title: string, state: ContainerState): void {
  const { running, waiting, terminated } = state;
  if (running !== undefined) {
    out.add(2, `${title}:\tRunning`);
    out.add(3, `Started:\t${longTime(running.startedAt)}`);
  } else if (terminated !== undefined) {
    const { signal } = terminated as { signal?: number };
    out.add(2, `${title}:\tTerminated`);
    if (terminated.reason) out.add(3, `Reason:\t${terminated.reason}`);
    if (terminated.message) out.add(3, `Message:\t${terminated.message}`);
    out.add(3, `Exit Code:\t${terminated.exitCode}`);
    if (signal) out.add(3, `Signal:\t${signal}`);
    out.add(3, `Started:\t${longTime(terminated.startedAt)}`);
    out.add(3, `Finished:\t${longTime(terminated.finishedAt)}`);
  } else {
    out.add(2, `${title}:\tWaiting`);
    if (waiting?.reason) out.add(3, `Reason:\t${waiting.reason}`);
  }
}

function quantityLines(out: Lines, title: string, quantities: Resources): void {
  const names = Object.keys(quantities ?? {}).sort();
  if (names.length === 0) return;
  out.add(2, `${title}:`);
  for (const name of names) out.add(3, `${name}:\t${quantities![name]}`);
}

function probeLine(out: Lines, title: string, probe: Probe | undefined): void {
  if (probe !== undefined) out.add(2, `${title}:\t${probeText(probe)}`);
}

/** DescribeProbe */
function probeText(probe: Probe): string {
  const {
    initialDelaySeconds: delay = 0,
    timeoutSeconds: timeout = 0,
    periodSeconds: period = 0,
    successThreshold: success = 0,
    failureThreshold: failure = 0,
  } = probe;
  const timing = `delay=${delay}s timeout=${timeout}s period=${period}s #success=${success} #failure=${failure}`;
  if (probe.exec !== undefined) return `exec [${(probe.exec.command ?? []).join(" ")}] ${timing}`;
  if (probe.httpGet !== undefined) {
    const { scheme = "HTTP", host = "", port, path = "" } = probe.httpGet;
    return `http-get ${scheme.toLowerCase()}://${host}:${port}${path} ${timing}`;
  }
  if (probe.tcpSocket !== undefined) {
    return `tcp-socket ${probe.tcpSocket.host ?? ""}:${probe.tcpSocket.port} ${timing}`;
  }
  if (probe.grpc !== undefined) {
    return `grpc <pod>:${probe.grpc.port} ${probe.grpc.service ?? ""} ${timing}`;
  }
  return `unknown ${timing}`;
}

function environmentLines(
  out: Lines,
  { env = [], envFrom = [], resources }: DescribedContainer,
  fieldValue: FieldValue | undefined,
): void {
  if (envFrom.length > 0) {
    out.add(2, "Environment Variables from:");
    for (const { prefix, configMapRef, secretRef } of envFrom) {
      const [from, name, optional] =
        configMapRef !== undefined
          ? ["ConfigMap", configMapRef.name, configMapRef.optional]
          : ["Secret", secretRef?.name ?? "", secretRef?.optional];
      const suffix = prefix ? ` with prefix '${prefix}'` : "";
      out.add(3, `${name}\t${from}${suffix}\tOptional: ${optional === true}`);
    }
  }
  out.add(2, env.length === 0 ? "Environment:\t<none>" : "Environment:");
  for (const variable of env) variableLines(out, variable, resources, fieldValue);
}

interface KeyRef {
  readonly name?: string;
  readonly key: string;
  readonly optional?: boolean;
}

function variableLines(
  out: Lines,
  variable: EnvVar,
  resources: Container["resources"],
  fieldValue: FieldValue | undefined,
): void {
  const { name, value = "" } = variable;
  const from = variable.valueFrom as
    (EnvVar["valueFrom"] & { secretKeyRef?: KeyRef; configMapKeyRef?: KeyRef }) | undefined;
  if (from === undefined) {
    value.split("\n").forEach((line, i) => out.add(3, i === 0 ? `${name}:\t${line}` : `\t${line}`));
  } else if (from.fieldRef !== undefined) {
    const { apiVersion = "v1", fieldPath = "" } = from.fieldRef;
    out.add(3, `${name}:\t${fieldValue?.(fieldPath) ?? ""} (${apiVersion}:${fieldPath})`);
  } else if (from.resourceFieldRef !== undefined) {
    const { resource = "", divisor } = from.resourceFieldRef;
    out.add(3, `${name}:\t${resourceText(resources, resource, divisor)} (${resource})`);
  } else if (from.secretKeyRef !== undefined) {
    const { key, name: secret = "", optional } = from.secretKeyRef;
    out.add(
      3,
      `${name}:\t<set to the key '${key}' in secret '${secret}'>\tOptional: ${optional === true}`,
    );
  } else if (from.configMapKeyRef !== undefined) {
    const { key, name: map = "", optional } = from.configMapKeyRef;
    out.add(
      3,
      `${name}:\t<set to the key '${key}' of config map '${map}'>\tOptional: ${optional === true}`,
    );
  }
}

/** The amount of a container's resource in units of a divisor, rounded up (pkg/util/resource ExtractContainerResourceValue). */
function resourceText(
  resources: Container["resources"],
  resource: string,
  divisor: string | number | undefined,
): string {
  const [kind = "", name = ""] = resource.split(".");
  const amount = nanoOf(resources?.[kind as "limits" | "requests"]?.[name]);
  if (amount === 0n && (resource === "limits.cpu" || resource === "limits.memory")) {
    return "node allocatable";
  }
  const unit = nanoOf(divisor) || NANO;
  return String((amount + unit - 1n) / unit);
}

const NANO = 1_000_000_000n;

function nanoOf(quantity: string | number | undefined): bigint {
  const parsed = parseQuantity(String(quantity ?? 0));
  return "error" in parsed ? 0n : parsed.nano;
}

function mountLines(out: Lines, { volumeMounts = [] }: DescribedContainer): void {
  out.add(2, volumeMounts.length === 0 ? "Mounts:\t<none>" : "Mounts:");
  const sorted = [...volumeMounts].sort((a, b) => (a.mountPath < b.mountPath ? -1 : 1));
  for (const { mountPath, name, readOnly, subPath } of sorted) {
    const flags = [readOnly === true ? "ro" : "rw", ...(subPath ? [`path="${subPath}"`] : [])];
    out.add(3, `${mountPath} from ${name} (${flags.join(",")})`);
  }
}
