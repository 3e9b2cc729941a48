import { timestamp } from "../api/time.ts";
import { accessLine, nginxTurns } from "./nginx-log.ts";
import { isOwnFault, type LoggedRequest, type LogLine, type ProgramLife } from "./program-life.ts";

/**
 * What a program has written to its log. Nothing is kept while a run goes on: the lines are made from the facts of its life when
 * somebody asks. Simplified: an image of no profile writes as nginx does, those of other programs write lines of our own; probes and the requests of a terminal leave none.
 */
export function programLog(life: ProgramLife, requests: readonly LoggedRequest[]): LogLine[] {
  if (life.image.log === "turns") return turns(life);
  const lines = [...nginxTurns(life), ...requests.map(accessLine)];
  return lines.sort((a, b) => a.atMs - b.atMs);
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
