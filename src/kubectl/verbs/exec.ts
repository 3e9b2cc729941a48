/* kubectl exec (pkg/cmd/exec/exec.go). */
import { isFinalPhase } from "../../simulator/api/pod-phase.ts";
import type { NodeRefusal } from "../../simulator/index.ts";
import { containersOf, podOf } from "../command/pod-of.ts";
import type { Call, Verb } from "../command/verb.ts";
import { ApiError, KubectlError } from "../kubectl-error.ts";

const INTERACTIVE = /(^|\/)(sh|bash|ash|dash)$/;

export const exec: Verb = {
  name: "exec",
  about: "Execute a command in a container",
  usage: "(POD | TYPE/NAME) [-c CONTAINER] [flags] -- COMMAND [args...]",
  flags: [
    { name: "container", short: "c", about: "name of the container" },
    { name: "stdin", short: "i", type: "bool", about: "passes standard input on" },
    { name: "tty", short: "t", type: "bool", about: "standard input is a terminal" },
    { name: "quiet", short: "q", type: "bool", about: "only what the command prints" },
  ],
  *run(call) {
    const command = commandOf(call);
    const { containers } = call.world;
    const pod = yield* podOf(call);
    const { phase } = pod.status;
    if (isFinalPhase(phase)) {
      throw new KubectlError(
        `cannot exec into a container in a completed pod; current phase is ${phase}`,
      );
    }
    const [source] = yield* containersOf(call, pod);
    if (call.flags.isOn("tty") && command.length === 1 && INTERACTIVE.test(command[0]!)) {
      throw new KubectlError(
        "an interactive shell in a container is not simulated: give it a command with -c",
      );
    }
    if (containers === undefined) {
      throw new KubectlError("commands in running containers are not simulated here");
    }
    const { namespace = "", name } = pod.metadata;
    const end = yield* containers.exec(
      { namespace, pod: name, container: source!.container },
      command,
    );
    if ("message" in end) throw refusal(end);
    if ("failed" in end) {
      // The API server and the runtime both say so.
      throw new KubectlError(`${INTERNAL}${INTERNAL}${end.failed}`);
    }
    if (end.exitCode !== 0) {
      yield { stderr: `command terminated with exit code ${end.exitCode}\n` };
    }
    return end.exitCode;
  },
};

const INTERNAL = "Internal error occurred: ";

function commandOf({ words, dash }: Call): readonly string[] {
  if (words.length === 0 || dash === 0) {
    throw new KubectlError("pod, type/name or --filename must be specified");
  }
  const command = dash === undefined ? words.slice(1) : words.slice(dash);
  if (command.length === 0) {
    throw new KubectlError("you must specify at least one command for the container");
  }
  if (dash === undefined) {
    throw new KubectlError(
      "exec [POD] [COMMAND] is not supported anymore. Use exec [POD] -- [COMMAND] instead\nSee 'kubectl exec -h' for help and examples",
    );
  }
  return command;
}

function refusal({ code, reason, message }: NodeRefusal): ApiError | KubectlError {
  if (reason !== "") return new ApiError({ kind: "Status", reason, message, code });
  const sending = message.startsWith("Post ") ? "error sending request: " : "";
  return new KubectlError(`${INTERNAL}${sending}${message}`);
}
