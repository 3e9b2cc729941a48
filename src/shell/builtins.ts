/* Commands that are the shell's own: they read and change its variables and input. */
import type { Environment } from "./environment.ts";
import { failing, ignoringInput, printing, type Stage } from "./stage.ts";
import { formatted } from "./tools/printf.ts";

type Builtin = (args: readonly string[], environment: Environment) => Stage;

const done = (run: () => number | void = () => undefined): Stage =>
  ignoringInput(function* () {
    return run() ?? 0;
  });

/** `test` and `[`: strings, numbers and files. */
function test(args: readonly string[], environment: Environment): boolean | undefined {
  if (args[0] === "!") {
    const inner = test(args.slice(1), environment);
    return inner === undefined ? undefined : !inner;
  }
  const [a = "", operator = "", b = ""] = args;
  if (args.length === 0) return false;
  if (args.length === 1) return a !== "";
  if (args.length === 2) {
    const content = environment.read(operator);
    if (a === "-z") return operator === "";
    if (a === "-n") return operator !== "";
    if (a === "-e") return content !== undefined;
    if (a === "-f") return typeof content === "string";
    if (a === "-d") return typeof content === "object";
    if (a === "-s") return typeof content === "string" && content !== "";
    return undefined;
  }
  if (args.length > 3) return undefined;
  if (operator === "=" || operator === "==") return a === b;
  if (operator === "!=") return a !== b;
  const order = Number(a) - Number(b);
  if (Number.isNaN(order)) return undefined;
  const numbers: Readonly<Record<string, boolean>> = {
    "-eq": order === 0,
    "-ne": order !== 0,
    "-lt": order < 0,
    "-le": order <= 0,
    "-gt": order > 0,
    "-ge": order >= 0,
  };
  return numbers[operator];
}

function tested(name: string, args: readonly string[], environment: Environment): Stage {
  if (name === "[" && args.at(-1) !== "]") return failing("bash: [: missing `]'", 2);
  const result = test(name === "[" ? args.slice(0, -1) : args, environment);
  if (result === undefined)
    return failing(`bash: ${name}: ${args[1] ?? ""}: binary operator expected`, 2);
  return done(() => Number(!result));
}

export const BUILTINS: Readonly<Record<string, Builtin>> = {
  ":": () => done(),
  true: () => done(),
  false: () => done(() => 1),
  echo: (args) => {
    const noNewline = args[0] === "-n";
    const words = noNewline || args[0] === "-e" ? args.slice(1) : args;
    const text =
      args[0] === "-e" ? formatted(words.join(" ").replaceAll("%", "%%"), []) : words.join(" ");
    return ignoringInput(() => printing(`${text}${noNewline ? "" : "\n"}`));
  },
  printf: ([format = "", ...values]) => ignoringInput(() => printing(formatted(format, values))),
  test: (args, environment) => tested("test", args, environment),
  "[": (args, environment) => tested("[", args, environment),
  export: (args, environment) =>
    done(() => {
      for (const pair of args) {
        const [name = "", value] = pair.split(/=(.*)/s);
        if (value !== undefined) environment.variables[name] = value;
      }
    }),
  unset: (args, environment) =>
    done(() => {
      for (const name of args) delete environment.variables[name];
    }),
  env: (_args, { variables }) =>
    ignoringInput(() =>
      printing(
        Object.keys(variables)
          .sort()
          .map((name) => `${name}=${variables[name]}\n`)
          .join(""),
      ),
    ),
  history: (_args, { history }) =>
    ignoringInput(() =>
      printing(history.map((line, i) => `${String(i + 1).padStart(5)}  ${line}\n`).join("")),
    ),
  read: (args, environment) =>
    done(() => {
      const { input } = environment;
      if (input === undefined || input.at >= input.text.length) return 1;
      const end = input.text.indexOf("\n", input.at);
      const line = input.text.slice(input.at, end < 0 ? undefined : end);
      input.at = end < 0 ? input.text.length : end + 1;
      const names = args.filter((arg) => !arg.startsWith("-"));
      const fields = line.trim().split(/\s+/);
      names.forEach((name, i) => {
        environment.variables[name] =
          i === names.length - 1 ? fields.slice(i).join(" ") : (fields[i] ?? "");
      });
      return 0;
    }),
  exit: () => failing("bash: exit: close the terminal instead"),
  cd: () => failing("bash: cd: the lab has one folder only"),
  pwd: () => ignoringInput(() => printing("/lab\n")),
};
