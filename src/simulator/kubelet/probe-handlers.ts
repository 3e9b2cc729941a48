import { goQuote } from "../api/schema/go-text.ts";
import type { Container, Handler, IntOrString, Probe } from "../api/types.ts";
import { getFrom, handlerTarget } from "./handler-target.ts";
import { missingProgram, shellHost, warnUnknown } from "./container-shell.ts";
import type { KubeletNode } from "./node.ts";
import { execError } from "./runtime-errors.ts";
import { hasControlFlow, parseCommand, runCommand } from "./shell.ts";
import type { ContainerRun, PodState } from "./state.ts";

/** What a probe got. An error of the prober itself is neither success nor failure. */
export interface ProbeAnswer {
  readonly result: "Success" | "Failure" | "Error";
  /** As the event tells it. */
  readonly output: string;
  readonly afterMs: number;
}

const TIMEOUT = "context deadline exceeded (Client.Timeout exceeded while awaiting headers)";

/** Runs a probe's handler now (prober/prober.go runProbe and pkg/probe). */
export function askProbe(
  node: KubeletNode,
  pod: PodState,
  container: Container,
  run: ContainerRun,
  probe: Probe,
): ProbeAnswer {
  const timeoutMs = (probe.timeoutSeconds ?? 1) * 1000;
  if (probe.exec !== undefined) {
    return execProbe(node, pod, run, probe.exec.command ?? [], timeoutMs);
  }
  if (probe.httpGet !== undefined) {
    return httpProbe(node, pod, container, probe.httpGet, timeoutMs);
  }
  if (probe.tcpSocket !== undefined) {
    return tcpProbe(node, pod, container, probe.tcpSocket, timeoutMs);
  }
  if (probe.grpc !== undefined) return grpcProbe(node, pod, probe.grpc.port, timeoutMs);
  return { result: "Error", output: "missing probe handler", afterMs: 0 };
}

/** The number of a port that may be named (kubelet util ResolveContainerPort). */
export function resolvePort(port: IntOrString, container: Container): number | undefined {
  if (typeof port === "number") return port;
  const named = container.ports?.find((p) => p.name === port)?.containerPort;
  return named ?? (/^\d+$/.test(port) ? Number(port) : undefined);
}

/** Why a port by name cannot be resolved: no port of the container has that name, and it is no number (probe/util.go ResolveContainerPort). */
export function portError(port: IntOrString): string {
  return `strconv.Atoi: parsing ${goQuote(String(port))}: invalid syntax`;
}

/** The address that a handler's request goes to, as messages print it. */
export function handlerUrl(get: NonNullable<Handler["httpGet"]>, port: number, ip: string): string {
  const path = get.path ?? "/";
  const slash = path.startsWith("/") ? "" : "/";
  return `${(get.scheme ?? "HTTP").toLowerCase()}://${get.host || ip}:${port}${slash}${path}`;
}

function httpProbe(
  node: KubeletNode,
  pod: PodState,
  container: Container,
  get: NonNullable<Handler["httpGet"]>,
  timeoutMs: number,
): ProbeAnswer {
  const port = resolvePort(get.port, container);
  if (port === undefined) {
    return { result: "Error", output: portError(get.port), afterMs: 0 };
  }
  const target = handlerTarget(node, pod, get.host, port);
  const { answer, failure } = getFrom(node, target, port, get.path ?? "/");
  if (answer.kind === "answer" && answer.afterMs <= timeoutMs) {
    const ok = answer.status >= 200 && answer.status < 400;
    const output = ok ? "" : `HTTP probe failed with statuscode: ${answer.status}`;
    return { result: ok ? "Success" : "Failure", output, afterMs: answer.afterMs };
  }
  const url = handlerUrl(get, port, pod.sandbox?.ip ?? "");
  if (answer.kind === "refused") {
    return { result: "Failure", output: `Get "${url}": ${failure}`, afterMs: 0 };
  }
  return { result: "Failure", output: `Get "${url}": ${TIMEOUT}`, afterMs: timeoutMs };
}

function tcpProbe(
  node: KubeletNode,
  pod: PodState,
  container: Container,
  socket: NonNullable<Handler["tcpSocket"]>,
  timeoutMs: number,
): ProbeAnswer {
  const port = resolvePort(socket.port, container);
  if (port === undefined) {
    return { result: "Error", output: portError(socket.port), afterMs: 0 };
  }
  const { address, uid, failure } = handlerTarget(node, pod, socket.host, port);
  if (failure !== undefined) return { result: "Failure", output: failure, afterMs: 0 };
  const answer = uid === undefined ? "no-answer" : node.processes.tcpConnect(uid, port);
  if (answer === "open") return { result: "Success", output: "", afterMs: 0 };
  if (answer === "refused") {
    return {
      result: "Failure",
      output: `dial tcp ${address}: connect: connection refused`,
      afterMs: 0,
    };
  }
  return { result: "Failure", output: `dial tcp ${address}: i/o timeout`, afterMs: timeoutMs };
}

/** Simplified: a gRPC server that listens says SERVING; the client keeps trying to connect until the timeout. */
function grpcProbe(node: KubeletNode, pod: PodState, port: number, timeoutMs: number): ProbeAnswer {
  if (node.processes.tcpConnect(pod.uid, port) === "open") {
    return { result: "Success", output: "", afterMs: 0 };
  }
  const address = `${pod.sandbox?.ip ?? ""}:${port}`;
  return {
    result: "Failure",
    output: `timeout: failed to connect service "${address}" within ${timeoutMs / 1000}s: context deadline exceeded`,
    afterMs: timeoutMs,
  };
}

/**
 * Simplified: the commands of one probe all act at its start; their time only decides whether it ends in time. A command that is not known,
 * or a script with control structures, succeeds when the container's program is ready.
 */
function execProbe(
  node: KubeletNode,
  pod: PodState,
  run: ContainerRun,
  argv: readonly string[],
  timeoutMs: number,
): ProbeAnswer {
  if (run.exit !== undefined) {
    const task = run.id.replace("containerd://", "");
    const output = `rpc error: code = NotFound desc = failed to exec in container: failed to load task: no running task found: task ${task} not found: not found`;
    return { result: "Error", output, afterMs: 0 };
  }
  const missing = missingProgram(node.images(run.image), argv);
  if (missing !== undefined) {
    return { result: "Error", output: execError(missing, node.execId()), afterMs: 0 };
  }
  const host = shellHost(node, pod, run);
  let exitCode = 0;
  let afterMs = 0;
  let output = "";
  const script = parseCommand(argv);
  for (const command of hasControlFlow(script)
    ? [{ words: argv, when: "always" } as const]
    : script) {
    if (command.when === "success" && exitCode !== 0) continue;
    if (command.when === "failure" && exitCode === 0) continue;
    const done = runCommand(command, host);
    if (done.unknown === true) {
      warnUnknown(node, pod, command, "when the container's program is ready");
    }
    const isGuess = done.unknown === true || done.assumed === true;
    exitCode = isGuess ? (node.processes.isHealthy(run.processId) ? 0 : 1) : done.exitCode;
    afterMs += done.takesMs;
    output += done.output;
    if (done.ends === true) break;
  }
  if (afterMs > timeoutMs) {
    return {
      result: "Failure",
      output: `command timed out: "${argv.join(" ")}" timed out after ${timeoutMs / 1000}s`,
      afterMs: timeoutMs,
    };
  }
  return { result: exitCode === 0 ? "Success" : "Failure", output, afterMs };
}
