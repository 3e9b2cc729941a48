import type { Environment } from "../environment.ts";
import { failing, fromFiles, ignoringInput, type Stage } from "../stage.ts";

/** A command of the terminal besides kubectl: the stage of a pipeline that its arguments ask for. */
export type Tool = (args: readonly string[], environment: Environment) => Stage;

/** The stage, or the same fed from the files that were named. */
export function over(
  command: string,
  paths: readonly string[],
  environment: Environment,
  stage: Stage,
): Stage {
  const files = paths.filter((path) => path !== "-");
  return files.length === 0
    ? stage
    : ignoringInput(() => fromFiles(command, files, environment, stage));
}

/** What a tool says of an option that it does not have. */
export function invalid(command: string, option: string): Stage {
  const what = option.startsWith("--")
    ? `unrecognized option '${option}'`
    : `invalid option -- '${option}'`;
  return failing(`${command}: ${what}`, command === "grep" ? 2 : 1);
}
