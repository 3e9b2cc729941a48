import { isRecord } from "../input/read-input.ts";
import { recordsOf, valueAt, type Plain } from "../plan/pod-spec.ts";
import { needsShell, parseCommand, sleepsMs } from "../../simulator/kubelet/shell.ts";

/** A hook that sleeps, and what becomes of what the hook before it did. */
export interface SleepingHook {
  readonly hook: unknown;
  /** A request that wget sends now: the image has to have it. */
  readonly sends?: string;
  /** What is not done any more. */
  readonly loses?: string;
}

/**
 * A container's preStop hook so that it lasts so many seconds. A hook that sleeps keeps its form where its image has a shell, and one that does something
 * else sleeps before it: what it is for has to be done still, after the last request. Otherwise it is the sleep action, which needs nothing in the image,
 * and takes the place of what was there, since a hook has one handler (validation.go validateHandler).
 */
export function hookSleeping(container: Plain, seconds: number, shell: boolean): SleepingHook {
  const hook = valueAt(container, "lifecycle", "preStop");
  const request = valueAt(hook, "httpGet");
  if (isRecord(request)) return sleepingRequest(container, request, seconds, shell);
  const command = valueAt(hook, "exec", "command");
  const words = Array.isArray(command) ? (command as unknown[]).map(String) : [];
  const sleep = { sleep: { seconds } };
  if (words.length === 0) return { hook: sleep };
  // What needs a shell fails in an image that has none: nothing is lost with it.
  if (!shell) return needsShell(words[0]!) ? { hook: sleep } : { hook: sleep, loses: words[0]! };
  if (words.length === 2 && /(^|\/)sleep$/.test(words[0]!)) {
    return { hook: { exec: { command: [words[0], String(seconds)] } } };
  }
  const isScript = /(^|\/)(ba|da|a)?sh$/.test(words[0]!) && /^-\w*c$/.test(words[1] ?? "");
  if (words.length === 3 && isScript) {
    const script = words[2]!;
    const slept = /\bsleep\s+[0-9.]+s?/;
    const longer =
      slept.test(script) && sleptSeconds(container) > 0
        ? script.replace(slept, `sleep ${seconds}`)
        : `sleep ${seconds} && ${script}`;
    return { hook: { exec: { command: [words[0], words[1], longer] } } };
  }
  return { hook: scriptHook(`sleep ${seconds} && exec ${words.map(quoted).join(" ")}`) };
}

/** What has a program close its port. */
const STOPS = /(^|\/)(nginx|kill|pkill|killall|apachectl|httpd)$/;

/** How long a container's preStop hook holds its program back before it tells it to stop, as far as the hook says. */
export function sleptSeconds(container: Plain): number {
  const hook = valueAt(container, "lifecycle", "preStop");
  const seconds = valueAt(hook, "sleep", "seconds");
  if (typeof seconds === "number") return seconds;
  const command = valueAt(hook, "exec", "command");
  const script = parseCommand(Array.isArray(command) ? (command as unknown[]).map(String) : []);
  const stop = script.findIndex(({ words }) => STOPS.test(words[0] ?? ""));
  const before = stop < 0 ? script : script.slice(0, stop);
  const ms = before.reduce((sum, { words }) => sum + (sleepsMs(words) ?? 0), 0);
  return Number.isFinite(ms) ? ms / 1000 : 0;
}

/** A hook that sends a request, by a program of the image: the kubelet would send it at once, and then the process is told to stop. */
function sleepingRequest(
  container: Plain,
  request: Plain,
  seconds: number,
  shell: boolean,
): SleepingHook {
  const { path = "/", scheme = "HTTP", host = "127.0.0.1" } = request;
  const named = recordsOf(container.ports).find(({ name }) => name === request.port);
  const port = named?.containerPort ?? request.port;
  const said = `GET ${String(path)}`;
  // Such a request fails as it is: nothing is lost with it.
  if (!/^\d+$/.test(String(port))) return { hook: { sleep: { seconds } } };
  if (!shell) return { hook: { sleep: { seconds } }, loses: said };
  const url = `${String(scheme).toLowerCase()}://${String(host)}:${String(port)}${String(path)}`;
  const headers = recordsOf(request.httpHeaders).flatMap(({ name, value }) => [
    "--header",
    `${String(name)}: ${String(value)}`,
  ]);
  const trust = scheme === "HTTPS" ? ["--no-check-certificate"] : [];
  const words = ["wget", "-q", "-O-", ...trust, ...headers, url];
  return {
    hook: scriptHook(`sleep ${seconds} && ${words.map(quoted).join(" ")}`),
    sends: said,
  };
}

function scriptHook(script: string): unknown {
  return { exec: { command: ["sh", "-c", script] } };
}

/** A word as a shell reads it. */
function quoted(word: string): string {
  return /^[\w./:=@%+,-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
