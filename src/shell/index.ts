export {
  NEW_SHELL,
  SHELL_LIMITS,
  type Request,
  type Response,
  type ShellState,
  type ShellWorld,
} from "./environment.ts";
export { runLine, type RunningLine } from "./run.ts";
