import { describe, expect, it } from "vitest";
import { goDuration, parseFlags, type Flag } from "./flags.ts";

const known: readonly Flag[] = [
  { name: "output", short: "o" },
  { name: "watch", short: "w", type: "bool" },
  { name: "stdin", short: "i", type: "bool" },
  { name: "tty", short: "t", type: "bool" },
  { name: "replicas", type: "int" },
  { name: "timeout", type: "duration" },
  { name: "dry-run", implied: "unchanged" },
];

const parsed = (line: string) => {
  const result = parseFlags(line.split(" "), known);
  if ("error" in result) return result.error;
  const values = known.flatMap(({ name }) =>
    result.flags.has(name) ? [`${name}=${result.flags.text(name)}`] : [],
  );
  return [result.words.join(" "), ...values].join("|");
};

describe("flags are read as pflag reads them", () => {
  it.each([
    ["pods -o wide -w", "pods|output=wide|watch=true"],
    ["pods -owide", "pods|output=wide"],
    ["pods -o=yaml --watch=false", "pods|output=yaml|watch=false"],
    ["web -it -- sh -c ls", "web sh -c ls|stdin=true|tty=true"],
    ["web --dry-run -w", "web|watch=true|dry-run=unchanged"],
    ["web --dry-run=server", "web|dry-run=server"],
    ["-", "-"],
    ["pods --nope", "unknown flag: --nope"],
    ["pods -x", "unknown shorthand flag: 'x' in -x"],
    ["pods -wx", "unknown shorthand flag: 'x' in -x"],
    ["pods --output", "flag needs an argument: --output"],
    ["pods -o", "flag needs an argument: 'o' in -o"],
    [
      "web --replicas=two",
      'invalid argument "two" for "--replicas" flag: strconv.ParseInt: parsing "two": invalid syntax',
    ],
    [
      "web --timeout=5",
      'invalid argument "5" for "--timeout" flag: time: missing unit in duration "5"',
    ],
  ])("%s", (line, expected) => {
    expect(parsed(line)).toBe(expected);
  });
});

describe("durations are Go's", () => {
  it.each([
    ["30s", 30_000],
    ["1h2m3.5s", 3_723_500],
    ["250ms", 250],
    ["-1s", -1000],
    ["0", 0],
    ["5", undefined],
    ["soon", undefined],
  ])("%s", (text, expected) => {
    expect(goDuration(text)).toBe(expected);
  });
});
