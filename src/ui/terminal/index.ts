export { TerminalPane, type TerminalAction } from "./pane.ts";
