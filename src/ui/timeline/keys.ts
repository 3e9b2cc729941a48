import type { Command } from "./controls.ts";
import type { Walk } from "./stage.ts";

/** What keys do to a timeline. */
export interface KeyActions {
  command(command: Command): void;
  walk(to: Walk): void;
  /** The playhead by so much virtual time. */
  move(byMs: number): void;
  goToEnd(end: "start" | "end"): void;
  /** The view by a part of its length. */
  page(part: number): void;
}

const WALKS: Readonly<Record<string, Walk>> = {
  ArrowLeft: "left",
  ArrowRight: "right",
  ArrowUp: "up",
  ArrowDown: "down",
  Home: "first",
  End: "last",
};

const COMMANDS: Readonly<Record<string, Command>> = {
  " ": "toggle",
  "+": "zoom-in",
  "=": "zoom-in",
  "-": "zoom-out",
  "0": "fit",
};

/** Does what a key means, on the playhead or on a mark of the picture; says whether it means anything. */
export function pressKey(
  { key, shiftKey, altKey, ctrlKey, metaKey }: KeyboardEvent,
  onMark: boolean,
  actions: KeyActions,
): boolean {
  if (altKey || ctrlKey || metaKey) return false;
  const command = COMMANDS[key];
  const walk = onMark && !shiftKey ? WALKS[key] : undefined;
  if (command !== undefined) actions.command(command);
  else if (walk !== undefined) actions.walk(walk);
  else if (key === "PageUp") actions.page(-0.5);
  else if (key === "PageDown") actions.page(0.5);
  else if (key === "Home") actions.goToEnd("start");
  else if (key === "End") actions.goToEnd("end");
  else if (key === "ArrowLeft" && shiftKey) actions.move(-1000);
  else if (key === "ArrowRight" && shiftKey) actions.move(1000);
  else if (key === "ArrowLeft") actions.command("previous");
  else if (key === "ArrowRight") actions.command("next");
  else return false;
  return true;
}
