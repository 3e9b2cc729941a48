/* curl: one request to something in the cluster, on the simulated road, with status and timing. */
import type { Program } from "../../kubectl/program.ts";
import type { Environment, Response } from "../environment.ts";
import { failing, ignoringInput } from "../stage.ts";
import type { Tool } from "./tool.ts";
import { optionsOf } from "./options.ts";

const LONG = {
  silent: "s",
  "show-error": "S",
  include: "i",
  head: "I",
  fail: "f",
  output: "o",
  "write-out": "w",
  header: "H",
  "max-time": "m",
  "connect-timeout": "C",
  request: "X",
  location: "L",
  verbose: "v",
} as const;

const DEFAULT_TIMEOUT_MS = 300_000;

/** Exit status and text for what kept curl from an answer. */
const FAILURES = {
  "unknown-host": [6, "Could not resolve host: "],
  refused: [7, "Failed to connect to "],
  timeout: [28, "Connection timed out after "],
} as const;

export const curl: Tool = (args, environment) => {
  const { on, values, words, unknown } = optionsOf(args, "sSiIfLvk", "owHmCXd", LONG);
  if (unknown !== undefined) {
    return failing(
      `curl: option -${unknown}: is unknown\ncurl: try 'curl --help' for more information`,
      2,
    );
  }
  const [url] = words;
  if (url === undefined) return failing("curl: (2) no URL specified", 2);
  const match = /^(?:(https?):\/\/)?([^/:]+)(?::(\d+))?(\/.*)?$/.exec(url);
  if (match === null)
    return failing("curl: (3) URL rejected: Malformed input to a URL function", 3);
  const [, scheme = "http", host = "", port, path = "/"] = match;
  if (scheme === "https") return failing(`curl: (1) https is not simulated`, 1);
  const seconds = Number(values.get("m") ?? 0);
  const request = {
    host,
    port: Number(port ?? 80),
    path,
    timeoutMs: seconds > 0 ? seconds * 1000 : DEFAULT_TIMEOUT_MS,
  };
  return ignoringInput(() => send(environment, request, on, values));
};

function* send(
  environment: Environment,
  request: { host: string; port: number; path: string; timeoutMs: number },
  on: ReadonlySet<string>,
  values: ReadonlyMap<string, string>,
): Program {
  const { world } = environment;
  const begun = world.now();
  const response = world.request(request);
  if (response.afterMs > 0) yield { waitMs: response.afterMs };
  const took = (world.now() - begun) / 1000;
  const answered = "status" in response && response.stands() ? response : undefined;
  const status = answered?.status ?? 0;
  const failed = on.has("f") && status >= 400;
  if (answered !== undefined && !failed)
    yield* output(environment, bodyOf(answered, on), values.get("o"));
  const told = written(values.get("w") ?? "", status, took);
  if (told !== "") yield { stdout: told };
  if (answered !== undefined && !failed) return 0;
  const [code, message] = failed
    ? [22, `The requested URL returned error: ${status}`]
    : failureOf(request, response, Math.round(took * 1000));
  if (!on.has("s") || on.has("S")) yield { stderr: `curl: (${code}) ${message}\n` };
  return code;
}

function failureOf(
  { host, port }: { host: string; port: number },
  response: Response,
  tookMs: number,
): [number, string] {
  if (!("error" in response)) return [56, "Recv failure: Connection reset by peer"];
  const [code, text] = FAILURES[response.error];
  if (response.error === "unknown-host") return [code, `${text}${host}`];
  if (response.error === "timeout") return [code, `${text}${tookMs} milliseconds`];
  return [code, `${text}${host} port ${port} after ${tookMs} ms: Could not connect to server`];
}

function bodyOf(
  { status, body }: Extract<Response, { status: number }>,
  on: ReadonlySet<string>,
): string {
  const phrase =
    {
      200: "OK",
      404: "Not Found",
      500: "Internal Server Error",
      502: "Bad Gateway",
      503: "Service Unavailable",
      504: "Gateway Timeout",
    }[status] ?? "";
  const head = `HTTP/1.1 ${status} ${phrase}\r\nContent-Type: text/plain\r\nContent-Length: ${body.length}\r\n\r\n`;
  if (on.has("I")) return head;
  return on.has("i") ? head + body : body;
}

function* output(environment: Environment, text: string, path: string | undefined): Program {
  if (path === undefined || path === "-") yield { stdout: text };
  else if (path !== "/dev/null") {
    environment.write(path, text);
    yield { write: { path, text } };
  }
  return 0;
}

/** `-w '%{http_code} %{time_total}\n'` */
function written(format: string, status: number, took: number): string {
  const variables: Readonly<Record<string, string>> = {
    http_code: String(status).padStart(3, "0"),
    response_code: String(status).padStart(3, "0"),
    time_total: took.toFixed(6),
    time_starttransfer: took.toFixed(6),
    time_connect: "0.000000",
  };
  return format
    .replace(/%\{(\w+)\}/g, (whole, name: string) => variables[name] ?? whole)
    .replace(/\\([nt])/g, (_, c: string) => (c === "n" ? "\n" : "\t"));
}
