/* sleep, date, time of the cluster, clear and seq. */
import { timestamp } from "../../simulator/index.ts";
import { longTime } from "../../kubectl/describe/lines.ts";
import { failing, ignoringInput, printing } from "../stage.ts";
import type { Tool } from "./tool.ts";

/** What clears the screen. */
export const CLEAR = "\u001b[H\u001b[2J";
/** Longest sleep: a day. */
const SLEEP_MAX_MS = 86_400_000;
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
  seq,
  clear: () => ignoringInput(() => printing(CLEAR)),
};
