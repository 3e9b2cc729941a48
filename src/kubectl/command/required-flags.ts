import { KubectlError } from "../kubectl-error.ts";
import { logLine } from "./log-line.ts";
import type { Call } from "./verb.ts";

/** Ends the command, as a line of its log, when flags are missing that it must have (cobra ValidateRequiredFlags, component-base cli/run.go). */
export function requiredFlags({ flags, world }: Call, names: readonly string[]): void {
  const missing = names.filter((name) => !flags.has(name)).map((name) => JSON.stringify(name));
  if (missing.length === 0) return;
  const message = `required flag(s) ${missing.join(", ")} not set`;
  const told = `"command failed" err=${JSON.stringify(message)}`;
  throw new KubectlError(logLine("E", world.now(), "run.go:72", told));
}
