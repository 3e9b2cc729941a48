/* `--dry-run` (pkg/cmd/util/helpers.go GetDryRunStrategy). */
import { KubectlError } from "../kubectl-error.ts";
import type { Flag } from "./flags.ts";
import { logLine } from "./log-line.ts";
import type { Call } from "./verb.ts";

export const DRY_RUN_FLAG: Flag = {
  name: "dry-run",
  implied: "unchanged",
  about: "none, client (sends nothing) or server (changes nothing)",
};

type DryRun = "none" | "client" | "server";

const TRUE = ["1", "t", "T", "true", "TRUE", "True"];
const FALSE = ["0", "f", "F", "false", "FALSE", "False"];

/** What `--dry-run` says. */
export function dryRunOf({ flags }: Pick<Call, "flags">): DryRun {
  const given = flags.text("dry-run") ?? "none";
  if (given === "none" || given === "client" || given === "server") return given;
  if (given === DRY_RUN_FLAG.implied || TRUE.includes(given)) return "client";
  if (FALSE.includes(given)) return "none";
  throw new KubectlError(
    `Invalid dry-run value (${given}). Must be "none", "server", or "client".`,
  );
}

/** ` (dry run)`, ` (server dry run)` or nothing, behind what is said to have been done. */
export function dryRunMark(call: Pick<Call, "flags">): string {
  return { none: "", client: " (dry run)", server: " (server dry run)" }[dryRunOf(call)];
}

/** The line of log about a form of `--dry-run` that goes back to when it was a bool; undefined for the others. */
export function dryRunWarning({ flags }: Pick<Call, "flags">, nowMs: number): string | undefined {
  const given = flags.text("dry-run") ?? "none";
  if (given === DRY_RUN_FLAG.implied) {
    const text = "--dry-run is deprecated and can be replaced with --dry-run=client.";
    return logLine("W", nowMs, "helpers.go:702", text);
  }
  if (!TRUE.includes(given) && !FALSE.includes(given)) return undefined;
  const isOn = TRUE.includes(given);
  const text = `--dry-run=${given} is deprecated (boolean value) and can be replaced with --dry-run=${isOn ? "client" : "none"}.`;
  return logLine("W", nowMs, isOn ? "helpers.go:716" : "helpers.go:719", text);
}
