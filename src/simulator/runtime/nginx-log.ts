/* The two formats of nginx: its error log (ngx_log_error_core) and the access format that the official image configures. */
import { timestamp } from "../api/time.ts";
import { isOwnFault, type LoggedRequest, type LogLine, type ProgramLife } from "./program-life.ts";

const MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(" ");

/** Bytes of the welcome page, and of nginx's own error pages. */
const BYTES: Readonly<Record<number, number>> = { 200: 615, 499: 0, 500: 177, 503: 197 };

const NUMBERS = { SIGQUIT: 3, SIGKILL: 9, SIGTERM: 15 } as const;

/** Process ids in a container: the master's and its worker's. Simplified: one worker. */
const MASTER = 1;
const WORKER = 29;

/** A line of level notice, without the newline. */
export function nginxNotice(atMs: number, process: number, text: string): string {
  return errorLogLine(atMs, "notice", process, text);
}

function errorLogLine(atMs: number, level: string, process: number, text: string): string {
  const time = timestamp(atMs).replaceAll("-", "/").replace("T", " ").replace("Z", "");
  return `${time} [${level}] ${process}#${process}: ${text}`;
}

/** The turns in the life of an nginx. */
export function nginxTurns({ image, programMs, course, exit }: ProgramLife): LogLine[] {
  const lines: LogLine[] = [];
  const notice = (atMs: number, process: number, text: string) =>
    void lines.push({ atMs, text: nginxNotice(atMs, process, text) });
  const { openedMs, stop, closedMs } = course;
  notice(programMs, MASTER, `using the "epoll" event method`);
  notice(programMs, MASTER, `nginx/${versionOf(image.name)}`);
  if (openedMs !== undefined) {
    notice(openedMs, MASTER, "start worker processes");
    notice(openedMs, MASTER, `start worker process ${WORKER}`);
  }
  if (stop === undefined && exit !== undefined && isOwnFault(exit.code)) {
    const text = errorLogLine(exit.atMs, "emerg", MASTER, `exiting with status ${exit.code}`);
    lines.push({ atMs: exit.atMs, text });
  }
  if (stop === undefined || stop.signal === "SIGKILL" || stop.signal === "STOPSIGNAL") return lines;
  const isGraceful = stop.mode === "graceful";
  const does = isGraceful ? "shutting down" : "exiting";
  notice(stop.atMs, MASTER, `signal ${NUMBERS[stop.signal]} (${stop.signal}) received, ${does}`);
  if (isGraceful) notice(closedMs ?? stop.atMs, WORKER, "gracefully shutting down");
  if (exit === undefined || exit.code !== 0) return lines;
  notice(exit.atMs, WORKER, "exiting");
  notice(exit.atMs, WORKER, "exit");
  notice(exit.atMs, MASTER, `signal 17 (SIGCHLD) received from ${WORKER}`);
  notice(exit.atMs, MASTER, `worker process ${WORKER} exited with code 0`);
  notice(exit.atMs, MASTER, "exit");
  return lines;
}

/** A request in the format `main` of nginx.conf; the client's agent is the name of its traffic. */
export function accessLine({ doneMs, client, method, status, agent }: LoggedRequest): LogLine {
  const [date = "", clock = ""] = timestamp(doneMs).replace("Z", "").split("T");
  const [year, month, day] = date.split("-");
  const time = `${day}/${MONTHS[Number(month) - 1]}/${year}:${clock} +0000`;
  const text = `${client} - - [${time}] "${method} / HTTP/1.1" ${status} ${BYTES[status] ?? 153} "-" "${agent}" "-"`;
  return { atMs: doneMs, text };
}

/** The version that the tag of an nginx image names; other images' programs are some nginx of 2025. */
function versionOf(image: string): string {
  return /(?:^|\/)nginx:(\d+(?:\.\d+)*)/.exec(image)?.[1] ?? "1.27.3";
}
