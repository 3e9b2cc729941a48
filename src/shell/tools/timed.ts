/* sleep, date, time of the cluster, watch, clear and seq. */
import { timestamp } from "../../simulator/index.ts";
import type { Program } from "../../kubectl/program.ts";
import { longTime } from "../../kubectl/describe/lines.ts";
import type { Environment } from "../environment.ts";
import { failing, ignoringInput, pipeline, printing } from "../stage.ts";
import { stageOf } from "./index.ts";
import type { Tool } from "./filters.ts";

const CLEAR = "\u001b[H\u001b[2J";
/** Longest sleep: a day. */
const SLEEP_MAX_MS = 86_400_000;
/** Shortest interval of watch. */
const WATCH_MIN_S = 0.1;
const UNITS: Readonly<Record<string, number>> = { "": 1, s: 1, m: 60, h: 3600 };

const sleep: Tool = (args) => {
  const [text = ""] = args;
  const match = /^(\d*\.?\d+)([smh]?)$/.exec(text);
  if (text === "") return failing("sleep: missing operand");
  if (match === null) return failing(`sleep: invalid time interval '${text}'`);
  const ms = Number(match[1]) * UNITS[match[2]!]! * 1000;
  return ignoringInput(function* () {
    yield { waitMs: Math.min(ms, SLEEP_MAX_MS) };
    return 0;
  });
};

/** `Thu Jan  1 00:00:30 UTC 2026`, or what a format says. */
const date: Tool = ([format], { world }) => {
  const iso = timestamp(world.now());
  const [, weekday = "", day = "", month = "", year = "", clock = ""] =
    /^(\w+), (\d+) (\w+) (\d+) ([\d:]+)/.exec(longTime(iso)) ?? [];
  if (format === undefined || format === "-u") {
    const text = `${weekday} ${month} ${String(Number(day)).padStart(2)} ${clock} UTC ${year}\n`;
    return ignoringInput(() => printing(text));
  }
  if (!format.startsWith("+")) return failing(`date: invalid date '${format}'`);
  const [hours = "", minutes = "", seconds = ""] = clock.split(":");
  const parts: Readonly<Record<string, string>> = {
    "%H": hours,
    "%M": minutes,
    "%S": seconds,
    "%T": clock,
    "%F": iso.slice(0, 10),
    "%Y": year,
    "%d": day,
    "%N": `${String(Math.floor(world.now()) % 1000).padStart(3, "0")}000000`,
    "%3N": String(Math.floor(world.now()) % 1000).padStart(3, "0"),
  };
  const text = format.slice(1).replace(/%(3N|[A-Za-z])/g, (code) => parts[code] ?? code);
  return ignoringInput(() => printing(`${text}\n`));
};

const watch: Tool = (args, environment) => {
  let seconds = 2;
  const rest = [...args];
  while (rest[0]?.startsWith("-")) {
    const option = rest.shift()!;
    if (option === "-n" || option === "--interval") seconds = Number(rest.shift());
    else if (/^-n\d/.test(option)) seconds = Number(option.slice(2));
    else if (!["-t", "-d", "--no-title", "--differences"].includes(option)) {
      return failing(`watch: invalid option -- '${option.replace(/^-+/, "")}'`);
    }
  }
  if (rest.length === 0) return failing("watch: no command given");
  if (!(seconds > 0)) return failing("watch: failed to parse argument");
  return ignoringInput(() => watching(rest, Math.max(WATCH_MIN_S, seconds), environment));
};

/** Draws what a command prints, again and again, until Ctrl+C. */
function* watching(words: readonly string[], seconds: number, environment: Environment): Program {
  const command = words.join(" ");
  const parts = command.split(" ");
  for (;;) {
    let text = "";
    const program = pipeline([stageOf(parts[0]!, parts.slice(1), environment, false)]);
    for (;;) {
      const { done, value } = program.next();
      if (done === true) break;
      if ("stdout" in value) text += value.stdout;
      else if ("stderr" in value) text += value.stderr;
      else yield value;
    }
    const title = `Every ${seconds.toFixed(1)}s: ${command}`;
    yield { stdout: `${CLEAR}${title}\n\n${text}` };
    yield { waitMs: seconds * 1000 };
  }
}

const seq: Tool = (args) => {
  const numbers = args.map(Number);
  const [first, step, last] =
    numbers.length === 3
      ? numbers
      : numbers.length === 2
        ? [numbers[0], 1, numbers[1]]
        : [1, 1, numbers[0]];
  if ([first, step, last].some((n) => n === undefined || Number.isNaN(n)) || step === 0) {
    return failing("seq: missing operand");
  }
  const lines: string[] = [];
  for (let n = first!; (step! > 0 ? n <= last! : n >= last!) && lines.length < 10_000; n += step!) {
    lines.push(`${n}\n`);
  }
  return ignoringInput(() => printing(lines.join("")));
};

export const TIMED: Readonly<Record<string, Tool>> = {
  sleep,
  date,
  watch,
  seq,
  clear: () => ignoringInput(() => printing(CLEAR)),
};
