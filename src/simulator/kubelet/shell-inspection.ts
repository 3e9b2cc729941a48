import { timestamp } from "../api/time.ts";
import type { ShellHost, Tool } from "./shell.ts";
import { failed, OK, type CommandResult } from "./shell-result.ts";

/** Programs that only look at the container. */
export const INSPECTION: Readonly<Record<string, Tool>> = {
  cat: (args, host) => catFiles(args, host),
  ls: (args, host) => listNames(args, host),
  env: (_, host) => printed(variables(host)),
  printenv: ([name], host) => {
    if (name === undefined) return printed(variables(host));
    const value = host.view.environment()[name];
    return value === undefined ? failed("") : printed([value]);
  },
  hostname: (_, host) => printed([host.view.hostname]),
  date: (_, host) => printed([timestamp(host.view.nowMs)]),
  pwd: () => printed(["/"]),
  whoami: () => printed(["root"]),
  id: () => printed(["uid=0(root) gid=0(root) groups=0(root)"]),
  ps: (_, host) =>
    printed(["PID   USER     TIME  COMMAND", `    1 root      0:00 ${host.view.program}`]),
};

function printed(lines: readonly string[]): CommandResult {
  return { ...OK, output: lines.map((line) => `${line}\n`).join("") };
}

function variables({ view }: ShellHost): string[] {
  return Object.entries(view.environment()).map(([name, value]) => `${name}=${value}`);
}

function catFiles(args: readonly string[], host: ShellHost): CommandResult {
  let output = "";
  for (const path of args) {
    const text = host.view.fileText(path) ?? (host.hasFile(path) ? "" : undefined);
    if (text === undefined) return failed(`cat: can't open '${path}': No such file or directory\n`);
    output += text;
  }
  return { ...OK, output };
}

function listNames(args: readonly string[], { view }: ShellHost): CommandResult {
  const paths = args.filter((arg) => !arg.startsWith("-"));
  const lines: string[] = [];
  for (const path of paths.length === 0 ? ["/"] : paths) {
    const names = view.namesIn(path);
    if (names !== undefined) lines.push(...names);
    else if (view.fileText(path) !== undefined) lines.push(path);
    else return failed(`ls: ${path}: No such file or directory\n`);
  }
  return printed(lines);
}
