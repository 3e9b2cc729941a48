import { describe, expect, it } from "vitest";
import { parseCommand, runCommand, type ShellHost } from "./shell.ts";

function host() {
  const files = new Set<string>();
  const said: string[] = [];
  const shell: ShellHost = {
    lacks: (program) => program.includes(" "),
    hasFile: (path) => files.has(path),
    createFile: (path) => void files.add(path),
    removeFile: (path) => void files.delete(path),
    signal: (signal) => void said.push(signal),
    httpGet: (port, path) =>
      port === 80 ? { status: path === "/" ? 200 : 404, afterMs: 5 } : { afterMs: 0 },
    warn: (message) => void said.push(message),
    view: {
      hostname: "web-1",
      nowMs: 0,
      program: "nginx",
      body: "hello\n",
      environment: () => ({ HOSTNAME: "web-1" }),
      fileText: (path) => (path === "/etc/config/color" ? "blue" : undefined),
      namesIn: (path) => (path === "/etc" ? ["config"] : undefined),
    },
  };
  return { shell, said };
}

/** Exit code, time and what was done of a whole command line. */
function run(...argv: string[]) {
  const { shell, said } = host();
  let exitCode = 0;
  let takesMs = 0;
  for (const command of parseCommand(argv)) {
    if (command.when === "success" && exitCode !== 0) continue;
    if (command.when === "failure" && exitCode === 0) continue;
    const done = runCommand(command, shell);
    exitCode = done.exitCode;
    takesMs += done.takesMs;
    if (done.unknown === true) said.push(`unknown ${command.words[0]}`);
    if (done.ends === true) break;
  }
  return [exitCode, takesMs, ...said];
}

describe("commands of hooks and probes", () => {
  it.each([
    [
      ["sleep", "5"],
      [0, 5000],
    ],
    [
      ["/bin/sleep", "1.5s"],
      [0, 1500],
    ],
    [
      ["sleep", "1m", "5"],
      [0, 65_000],
    ],
    [
      ["/bin/sh", "-c", "-e", "sleep 2; exec sleep 3\nsleep 4"],
      [0, 5000],
    ],
    [
      ["bash", "-euo", "pipefail", "-c", "exec probe; false"],
      [0, 0, "unknown exec"],
    ],
    [
      ["sleep", "five"],
      [1, 0],
    ],
    [
      ["sleep", "infinity"],
      [0, Infinity],
    ],
    [
      ["sh", "-c", "sleep 3; nginx -s quit"],
      [0, 3000, "SIGQUIT"],
    ],
    [
      ["/bin/sh", "-c", "sleep 3 && nginx -s stop"],
      [0, 3000, "SIGTERM"],
    ],
    [
      ["sh", "-c", "false && sleep 5"],
      [1, 0],
    ],
    [
      ["sh", "-c", "false || sleep 5"],
      [0, 5000],
    ],
    [
      ["sh", "-ec", "true\nsleep 2"],
      [0, 2000],
    ],
    [
      ["sh", "-c", "exit 3; sleep 5"],
      [3, 0],
    ],
    [
      ["sh", "-c", "echo 'a; b' && sleep 1"],
      [0, 1000],
    ],
    [
      ["sh", "-c", "touch /run/a; test -f /run/a && rm -f /run/a; test -f /run/a"],
      [1, 0],
    ],
    [
      ["sh", "-c", "touch /run/a; [ ! -f /run/a ] || cat /run/a"],
      [0, 0],
    ],
    [
      ["sh", "-c", "kill -QUIT 1"],
      [0, 0, "SIGQUIT"],
    ],
    [
      ["kill", "-s", "TERM", "1"],
      [0, 0, "SIGTERM"],
    ],
    [
      ["kill", "-9", "1"],
      [0, 0, "SIGKILL"],
    ],
    [
      ["kill", "-s", "QUIT", "1"],
      [0, 0, "SIGQUIT"],
    ],
    [
      ["bash", "-c", "kill -TSTP 1; sleep 20"],
      [0, 20_000, "what the program does on signal TSTP is not simulated; it is taken to go on"],
    ],
    [
      ["sh", "-c", "exec python3 -c 'import time; time.sleep(10)'"],
      [0, 10_000],
    ],
    [
      ["kill", "-0", "1"],
      [0, 0],
    ],
    [
      ["wget", "-q", "-O-", "http://localhost/"],
      [0, 5],
    ],
    [
      ["wget", "-q", "http://127.0.0.1:80/missing"],
      [1, 5],
    ],
    [
      ["curl", "http://localhost/missing"],
      [0, 5],
    ],
    [
      ["curl", "-fsS", "http://localhost/missing"],
      [22, 5],
    ],
    [
      ["curl", "-f", "localhost:81/"],
      [7, 0],
    ],
    [
      ["sh", "-c", "/app/drain; sleep 1"],
      [0, 1000, "unknown /app/drain"],
    ],
    [
      ["sh", "-c", '"sleep 15" || touch /run/a; cat /run/a'],
      [0, 0],
    ],
    [
      ["sh", "-c", "true && 'sleep 15'"],
      [127, 0],
    ],
    [
      ["exec", "nginx", "-g", "daemon off;"],
      [0, 0, "unknown exec"],
    ],
  ] as [string[], (number | string)[]][])("%j: %j", (argv, outcome) => {
    expect(run(...argv)).toEqual(outcome);
  });
});
