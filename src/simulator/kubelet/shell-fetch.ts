import type { ShellHost } from "./shell.ts";
import { failed, OK, type CommandResult } from "./shell-result.ts";

/** wget and curl, which reach the container itself. */
export function fetchUrl(
  program: "wget" | "curl",
  args: readonly string[],
  host: ShellHost,
): CommandResult {
  const url = urlIn(args);
  const match = /^(?:http:\/\/)?(localhost|127\.0\.0\.1)(?::(\d+))?(\/.*)?$/.exec(url);
  if (match === null) {
    host.warn(
      `the simulated ${program} reaches only localhost; "${url}" is taken to answer at once`,
    );
    return OK;
  }
  const port = Number(match[2] ?? 80);
  const { status, afterMs } = host.httpGet(port, match[3] ?? "/");
  if (status === undefined) {
    return program === "curl"
      ? failed(`curl: (7) Failed to connect to ${match[1]} port ${port}: Connection refused\n`, 7)
      : failed(`wget: can't connect to remote host (127.0.0.1): Connection refused\n`);
  }
  const failsOnStatus = program === "wget" || has(args, "f", "--fail");
  if (status >= 400 && failsOnStatus) {
    const output =
      program === "curl"
        ? `curl: (22) The requested URL returned error: ${status}\n`
        : `wget: server returned error: HTTP/1.1 ${status}\n`;
    return { exitCode: program === "curl" ? 22 : 1, takesMs: afterMs, output };
  }
  const body = status < 400 ? host.view.body : `${status}\n`;
  const output = program === "curl" ? shownByCurl(args, status, body) : shownByWget(args, body);
  return { ...OK, takesMs: afterMs, output };
}

/** Options of curl and wget that take the next word. */
const WITH_VALUE = /^(-[a-zA-Z]*[oOmTHwXdu]|--(output|max-time|header|write-out|request|data))$/;

function urlIn(args: readonly string[]): string {
  const words = args.filter((arg, i) => {
    const before = args[i - 1] ?? "";
    return !arg.startsWith("-") && (before === "-O-" || !WITH_VALUE.test(before));
  });
  return words.at(-1) ?? "";
}

function shownByCurl(args: readonly string[], status: number, body: string): string {
  const head = has(args, "i", "--include") ? `HTTP/1.1 ${status}\r\n\r\n` : "";
  const isKept = valueOf(args, "-o", "--output") !== undefined;
  const format = valueOf(args, "-w", "--write-out") ?? "";
  const told = format.replaceAll("\\n", "\n").replaceAll("%{http_code}", String(status));
  return (isKept ? "" : head + body) + told;
}

/** wget keeps the body in a file unless it is told to print it. */
function shownByWget(args: readonly string[], body: string): string {
  return args.some((arg, i) => /^-\w*O-$/.test(arg) || (/^-\w*O$/.test(arg) && args[i + 1] === "-"))
    ? body
    : "";
}

function has(args: readonly string[], short: string, long: string): boolean {
  return args.some((arg) => arg === long || new RegExp(`^-[a-zA-Z]*${short}[a-zA-Z]*$`).test(arg));
}

function valueOf(args: readonly string[], short: string, long: string): string | undefined {
  const at = args.findIndex(
    (arg) => arg === long || new RegExp(`^-[a-zA-Z]*${short[1]}$`).test(arg),
  );
  return at < 0 ? undefined : args[at + 1];
}
