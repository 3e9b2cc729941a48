import type { ImageBehaviour } from "../scenario.ts";
import type { ProcessCourse } from "./contract.ts";

/** A line of a container's log. */
export interface LogLine {
  readonly atMs: number;
  /** Without the newline. */
  readonly text: string;
}

/** The life of one program, from which its log is made. */
export interface ProgramLife {
  readonly image: ImageBehaviour;
  readonly programMs: number;
  /** The port that its container names. */
  readonly port?: number;
  readonly course: ProcessCourse;
  readonly exit?: { readonly atMs: number; readonly code: number };
}

/** A request as the program that answered it knows it. */
export interface LoggedRequest {
  readonly doneMs: number;
  /** Address that it came from. */
  readonly client: string;
  readonly method: "GET" | "POST";
  /** 499 as in nginx: the client went away before. */
  readonly status: number;
  /** What the client calls itself. */
  readonly agent: string;
}

/** Whether a program ended by itself and not well; 137 is the kernel's SIGKILL, of which it knows nothing. */
export function isOwnFault(exitCode: number): boolean {
  return exitCode !== 0 && exitCode !== 137;
}
