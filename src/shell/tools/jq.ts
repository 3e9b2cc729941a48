/* jq at its commonest: paths, pipes, select, map and the like. */
import { Collector, failing, ignoringInput, printing } from "../stage.ts";
import type { Tool } from "./tool.ts";
import { JqError, readFilter, type Filter } from "./jq-filter.ts";
import { optionsOf } from "./options.ts";

export const jq: Tool = (args, environment) => {
  const { on, words, unknown } = optionsOf(args, "rces", "", {
    "raw-output": "r",
    "compact-output": "c",
    "exit-status": "e",
    slurp: "s",
  });
  if (unknown !== undefined) return failing(`jq: Unknown arguments: -${unknown}`, 2);
  const [program = ".", path] = words;
  let filter: Filter;
  try {
    filter = readFilter(program);
  } catch (error) {
    if (!(error instanceof JqError)) throw error;
    return failing(`jq: error: ${error.message}\njq: 1 compile error`, 3);
  }
  const run = (input: string) => applied(filter, input, on);
  if (path === undefined) return new Collector(run);
  const text = environment.read(path);
  if (typeof text !== "string") {
    return failing(`jq: error: Could not open ${path}: No such file or directory`, 2);
  }
  return ignoringInput(() => run(text));
};

function* applied(filter: Filter, input: string, on: ReadonlySet<string>) {
  let code = 0;
  try {
    for (const value of filter(JSON.parse(input) as unknown)) {
      const text =
        on.has("r") && typeof value === "string"
          ? value
          : JSON.stringify(value, null, on.has("c") ? 0 : 2);
      yield { stdout: `${text}\n` };
      if (on.has("e")) code = Number(value === null || value === false);
    }
    return code;
  } catch (error) {
    if (error instanceof SyntaxError) {
      yield* printing("jq: error (at <stdin>:1): the input is no JSON\n", 2, "stderr");
      return 2;
    }
    if (!(error instanceof JqError)) throw error;
    yield* printing(`jq: error (at <stdin>:1): ${error.message}\n`, 5, "stderr");
    return 5;
  }
}
