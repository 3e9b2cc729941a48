import type { Client } from "../client.ts";
import { ApiError, errorText, KubectlError } from "../kubectl-error.ts";
import type { Program } from "../program.ts";

/** A command that tells besides what the server warns its client of, each text once, and the error that ends it. */
export function* told(command: Program, client: Client): Program {
  const known = new Set<string>();
  const program = guarded(command);
  for (let step = program.next(); ;) {
    for (const warning of client.warnings) {
      if (known.has(warning)) continue;
      known.add(warning);
      yield { stderr: `Warning: ${warning}\n` };
    }
    if (step.done === true) return step.value;
    step = program.next(yield step.value);
  }
}

function* guarded(command: Program): Program {
  try {
    return yield* command;
  } catch (error) {
    if (!(error instanceof ApiError) && !(error instanceof KubectlError)) throw error;
    yield { stderr: `${errorText(error)}\n` };
    return error instanceof KubectlError ? error.code : 1;
  }
}
