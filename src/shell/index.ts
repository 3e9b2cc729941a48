export { NEW_SHELL, type ShellState, type ShellWorld } from "./environment.ts";
export { runLine } from "./run.ts";
