import { timestamp } from "../api/time.ts";
import type { ImageBehaviour } from "../scenario.ts";
import type { ProcessCourse } from "./contract.ts";
import { accessLine, nginxTurns } from "./nginx-log.ts";

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

/**
 * What a program has written to its log. Nothing is kept while a run goes on: the lines are made from the facts of its life when
 * somebody asks. Simplified: an image of no profile writes as nginx does, those of other programs write lines of our own; probes and the requests of a terminal leave none.
 */
export function programLog(life: ProgramLife, requests: readonly LoggedRequest[]): LogLine[] {
  if (life.image.log === "turns") return turns(life);
  const lines = [...nginxTurns(life), ...requests.map(accessLine)];
  return lines.sort((a, b) => a.atMs - b.atMs);
}

/** Whether a program ended by itself and not well; 137 is the kernel's SIGKILL, of which it knows nothing. */
export function isOwnFault(exitCode: number): boolean {
  return exitCode !== 0 && exitCode !== 137;
}

/** A program that handles its stop signal says so; one that is ended by it, or by the kernel, writes nothing more. */
function turns({ image, programMs, port, course, exit }: ProgramLife): LogLine[] {
  const lines: LogLine[] = [];
  const say = (atMs: number, text: string) => {
    const millis = String(Math.floor(atMs) % 1000).padStart(3, "0");
    lines.push({ atMs, text: `${timestamp(atMs).replace("Z", `.${millis}Z`)} ${text}` });
  };
  const { openedMs, stop, closedMs } = course;
  say(programMs, `starting ${image.name}`);
  if (openedMs !== undefined) say(openedMs, `listening on port ${image.ports?.[0] ?? port ?? 80}`);
  if (stop === undefined) {
    if (exit !== undefined && isOwnFault(exit.code)) {
      say(exit.atMs, `fatal: exiting with status ${exit.code}`);
    }
    return lines;
  }
  if (stop.mode !== "graceful") return lines;
  say(stop.atMs, `${stop.signal} received, shutting down`);
  if (closedMs !== undefined) say(closedMs, "no new connections, waiting for requests under way");
  if (exit?.code === 0) say(exit.atMs, "all requests answered, bye");
  return lines;
}
