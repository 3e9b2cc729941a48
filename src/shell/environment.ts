import type { World } from "../kubectl/world.ts";
import type { Program } from "../kubectl/program.ts";

/** What a terminal remembers from line to line. */
export interface ShellState {
  readonly variables: Readonly<Record<string, string>>;
  /** Exit status of the last command. */
  readonly status: number;
  /** Lines typed, the oldest first. */
  readonly history: readonly string[];
  /** Files that earlier lines wrote. */
  readonly written: Readonly<Record<string, string>>;
}

export const NEW_SHELL: ShellState = { variables: {}, status: 0, history: [], written: {} };

/** Limits of one line. */
export const SHELL_LIMITS = {
  /** Rounds of all loops together. */
  rounds: 10_000,
  /** Commands within commands: substitutions, loops, groups. */
  depth: 64,
  /** Characters that `$(…)` or a pipe to a command that wants all of its input may hold. */
  text: 1_000_000,
  /** Lines of history kept. */
  history: 500,
} as const;

/** A single request to something in the cluster. */
export interface Request {
  /** Name of a Service, `name.namespace` and longer, or an IP address. */
  readonly host: string;
  readonly port: number;
  readonly path: string;
  readonly timeoutMs: number;
}

/** What becomes of a request: an answer after a while, or none. */
export type Response =
  | {
      readonly status: number;
      readonly afterMs: number;
      readonly body: string;
      /** Whether the answer stands, asked when its time has come: a process that has ended answers nobody. */
      readonly stands: () => boolean;
    }
  | { readonly error: "unknown-host" | "refused" | "timeout"; readonly afterMs: number };

/** What the shell reaches besides what kubectl does. */
export interface ShellWorld extends World {
  request(request: Request): Response;
  /** Makes other commands known: the page's own. */
  readonly commands?: Readonly<Record<string, (args: readonly string[]) => Program>>;
}

/** A line while it runs. */
export class Environment {
  readonly world: ShellWorld;
  variables: Record<string, string>;
  status: number;
  readonly history: readonly string[];
  readonly written: Record<string, string>;
  /** Rounds of loops so far. */
  rounds = 0;
  depth = 0;
  /** What is on standard input, and what of it has been read. */
  input: { text: string; at: number } | undefined;

  constructor(world: ShellWorld, { variables, status, history, written }: ShellState) {
    this.world = world;
    this.variables = { ...variables };
    this.status = status;
    this.history = history;
    this.written = { ...written };
  }

  /** The state for the next line. */
  state(line: string): ShellState {
    const { variables, status, history, written } = this;
    const kept = line.trim() === "" ? history : [...history, line].slice(-SHELL_LIMITS.history);
    return { variables, status, history: kept, written };
  }

  /** A file's text, a folder's names, or nothing. What the lab has comes before what lines wrote. */
  read(path: string): ReturnType<World["read"]> {
    const content = this.world.read(path);
    const clean = path.replace(/^\.\//, "");
    if (typeof content === "string") return content;
    if (Object.hasOwn(this.written, clean)) return this.written[clean];
    if (content === undefined || (clean !== "" && clean !== ".")) return content;
    const names = [
      ...content.names,
      ...Object.keys(this.written).map((name) => name.split("/")[0]!),
    ];
    return { names: [...new Set(names)] };
  }

  write(path: string, text: string): void {
    this.written[path.replace(/^\.\//, "")] = text;
  }

  /** kubectl's world, with this line's files and input. */
  kubectlWorld(stdin: string | undefined): World {
    return {
      ...this.world,
      now: () => this.world.now(),
      read: (path) => this.read(path),
      ...(stdin === undefined ? {} : { stdin }),
    };
  }
}
