/** How one command went. */
export interface CommandResult {
  readonly exitCode: number;
  /** Time that it takes; Infinity when it never ends. */
  readonly takesMs: number;
  readonly output: string;
  /** It ends the script (`exit`). */
  readonly ends?: boolean;
  /** Not one that the small shell knows: in an entrypoint, the program itself. */
  readonly unknown?: boolean;
  /** One that it knows, and of which it could not find out how it goes. */
  readonly assumed?: boolean;
}

export const OK: CommandResult = { exitCode: 0, takesMs: 0, output: "" };

export function failed(output: string, exitCode = 1): CommandResult {
  return { exitCode, takesMs: 0, output };
}
