import { containerOf } from "../api/containers.ts";
import type { Container, Handler } from "../api/types.ts";
import { missingProgram, shellHost, warnUnknown } from "./container-shell.ts";
import type { KubeletNode } from "./node.ts";
import { getFrom, handlerTarget } from "./handler-target.ts";
import { handlerUrl, portError, resolvePort } from "./probe-handlers.ts";
import { execError } from "./runtime-errors.ts";
import { parseCommand, runCommand, type Command } from "./shell.ts";
import type { ContainerRun, Execution, PodState } from "./state.ts";

/** How a hook or entrypoint ended. `reason`: why it failed, in the runtime's words; empty when it did not. */
export interface ExecutionEnd {
  readonly exitCode: number;
  readonly reason: string;
}

/** Told of the end of each execution that has one. */
export type ExecutionListener = (pod: PodState, execution: Execution, end: ExecutionEnd) => void;

interface ExecutionEvent {
  readonly uid: string;
  readonly id: number;
}

const OK: ExecutionEnd = { exitCode: 0, reason: "" };

/**
 * Runs lifecycle hooks (kubelet lifecycle/handlers.go) and the entrypoints that are scripts of the small shell. An exec runs in the
 * container and dies with it; httpGet and sleep run in the kubelet.
 */
export class Executions {
  readonly on = {
    execStep: (event: ExecutionEvent) => this.step(event),
    execEnd: (event: ExecutionEvent & { readonly end: ExecutionEnd }) =>
      this.finish(this.node.pod(event.uid), event.id, event.end),
  };
  private readonly node: KubeletNode;
  private readonly onEnd: ExecutionListener;

  constructor(node: KubeletNode, onEnd: ExecutionListener) {
    this.node = node;
    this.onEnd = onEnd;
  }

  /** Starts a hook. */
  hook(
    pod: PodState,
    container: Container,
    run: ContainerRun,
    handler: Handler,
    role: "preStop" | "postStart",
  ): void {
    if (handler.exec !== undefined) {
      this.exec(pod, run, container.name, handler.exec.command ?? [], role);
      return;
    }
    const kind = handler.httpGet === undefined ? "sleep" : "http";
    const execution = this.add(pod, container.name, run, role, kind, []);
    if (handler.httpGet !== undefined) this.request(pod, container, execution, handler.httpGet);
    else if (handler.sleep !== undefined) {
      this.endAfter(pod, execution, handler.sleep.seconds * 1000, OK);
    } else this.endAfter(pod, execution, 0, { exitCode: 1, reason: "invalid handler" });
  }

  /** Runs the container's command, where that is a script of the small shell: the process ends with it. */
  entrypoint(pod: PodState, container: Container, run: ContainerRun): void {
    const argv = [...(container.command ?? []), ...(container.args ?? [])];
    const commands = argv.length === 0 ? [] : parseCommand(argv);
    const execution = this.add(pod, container.name, run, "entrypoint", "exec", commands);
    const isInit = !pod.pod.spec.containers.includes(container);
    if (commands.length > 0) this.node.schedule(0, "execStep", { uid: pod.uid, id: execution.id });
    // An init container whose command is its image's own does its work in the image's startup time.
    else if (isInit && container.restartPolicy !== "Always") {
      this.endAfter(pod, execution, this.node.images(run.image).startupMs, OK);
    } else {
      run.programMs = this.node.now;
      pod.executions.delete(execution.id);
    }
  }

  /** The container's process has ended, and all that ran in it. */
  containerExited(pod: PodState, run: ContainerRun): void {
    for (const execution of pod.executions.values()) {
      if (execution.runId !== run.id) continue;
      if (execution.role === "entrypoint") pod.executions.delete(execution.id);
      else if (execution.kind === "exec") {
        const noticedMs = Math.max(0, (run.exit?.finishedMs ?? 0) - this.node.now);
        const reason = "command terminated with exit code 137";
        this.endAfter(pod, execution, noticedMs, { exitCode: 137, reason });
      } else if (execution.kind === "http") {
        this.endAfter(pod, execution, 0, { exitCode: 1, reason: "EOF" });
      }
    }
  }

  /** Nobody waits for the hooks of that role any more; they go on by themselves. */
  abandon(pod: PodState, role: Execution["role"], container?: string): void {
    for (const execution of pod.executions.values()) {
      if (execution.role !== role) continue;
      if (container === undefined || execution.container === container) execution.awaited = false;
    }
  }

  private exec(
    pod: PodState,
    run: ContainerRun,
    container: string,
    argv: readonly string[],
    role: Execution["role"],
  ): void {
    const execution = this.add(pod, container, run, role, "exec", parseCommand(argv));
    const startMs = this.node.draw("exec");
    const missing = missingProgram(this.node.images(run.image), argv);
    if (missing === undefined) {
      this.node.schedule(startMs, "execStep", { uid: pod.uid, id: execution.id });
    } else {
      const reason = execError(missing, this.node.execId());
      this.endAfter(pod, execution, startMs, { exitCode: 128, reason });
    }
  }

  private add(
    pod: PodState,
    container: string,
    run: ContainerRun,
    role: Execution["role"],
    kind: Execution["kind"],
    commands: readonly Command[],
  ): Execution {
    const id = this.node.state.nextExecution;
    this.node.state.nextExecution += 1;
    const execution: Execution = {
      id,
      container,
      runId: run.id,
      role,
      kind,
      commands,
      index: 0,
      exitCode: 0,
      awaited: true,
    };
    pod.executions.set(id, execution);
    return execution;
  }

  /** Runs commands until one takes time or none is left. */
  private step({ uid, id }: ExecutionEvent): void {
    const pod = this.node.pod(uid);
    const execution = pod?.executions.get(id);
    if (pod === undefined || execution === undefined) return;
    const run = pod.runs.get(execution.container)?.find((r) => r.id === execution.runId);
    if (run === undefined || run.exit !== undefined) return;
    const host = shellHost(this.node, pod, run);
    while (execution.index < execution.commands.length) {
      const command = execution.commands[execution.index]!;
      execution.index += 1;
      if (command.when === "success" && execution.exitCode !== 0) continue;
      if (command.when === "failure" && execution.exitCode === 0) continue;
      const done = runCommand(command, host);
      if (done.unknown === true) {
        // The image's own program: from here on the process is it.
        if (execution.role === "entrypoint") {
          run.programMs = this.node.now;
          return void pod.executions.delete(id);
        }
        warnUnknown(this.node, pod, command);
      }
      execution.exitCode = done.exitCode;
      if (execution.role === "entrypoint" && done.output !== "") {
        run.printed.push({ atMs: this.node.now, text: done.output });
      }
      if (done.ends === true) execution.index = execution.commands.length;
      if (done.takesMs === 0) continue;
      if (done.takesMs !== Infinity) this.node.schedule(done.takesMs, "execStep", { uid, id });
      return;
    }
    const { exitCode } = execution;
    const reason = exitCode === 0 ? "" : `command terminated with exit code ${exitCode}`;
    this.finish(pod, id, { exitCode, reason });
  }

  /** Any answer is a success; only a connection that fails is none (lifecycle/handlers.go runHTTPHandler). */
  private request(
    pod: PodState,
    container: Container,
    execution: Execution,
    get: NonNullable<Handler["httpGet"]>,
  ): void {
    const port = resolvePort(get.port, container);
    if (port === undefined) {
      this.endAfter(pod, execution, 0, { exitCode: 1, reason: portError(get.port) });
      return;
    }
    const target = handlerTarget(this.node, pod, get.host, port);
    const { answer, failure } = getFrom(this.node, target, port, get.path ?? "/");
    if (answer.kind === "answer") this.endAfter(pod, execution, answer.afterMs, OK);
    else if (answer.kind === "refused") {
      const reason = `Get "${handlerUrl(get, port, pod.sandbox?.ip ?? "")}": ${failure}`;
      this.endAfter(pod, execution, 0, { exitCode: 1, reason });
    }
  }

  private endAfter(pod: PodState, execution: Execution, delayMs: number, end: ExecutionEnd): void {
    const { id } = execution;
    this.node.kernel.cancel(execution.end);
    execution.end = this.node.schedule(delayMs, "execEnd", { uid: pod.uid, id, end });
  }

  private finish(pod: PodState | undefined, id: number, end: ExecutionEnd): void {
    const execution = pod?.executions.get(id);
    if (pod === undefined || execution === undefined) return;
    pod.executions.delete(id);
    if (execution.role === "entrypoint") {
      const run = pod.runs.get(execution.container)?.find((r) => r.id === execution.runId);
      if (run !== undefined) this.node.processes.exit(run.processId, end.exitCode);
    } else this.onEnd(pod, execution, end);
  }
}

/** A hook's handler and what it does, as a decision tells it. */
export function describeHook(handler: Handler): { handler: string; detail: string } {
  if (handler.exec !== undefined) {
    return { handler: "exec", detail: (handler.exec.command ?? []).join(" ") };
  }
  if (handler.httpGet !== undefined) {
    return { handler: "httpGet", detail: handler.httpGet.path ?? "/" };
  }
  return { handler: "sleep", detail: String(handler.sleep?.seconds ?? 0) };
}

/** Does the container of that name have the hook? */
export function hookOf(
  pod: PodState,
  container: string,
  role: "preStop" | "postStart",
): Handler | undefined {
  return containerOf(pod.pod, container)?.lifecycle?.[role];
}
