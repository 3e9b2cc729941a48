import type { Program } from "../../kubectl/program.ts";
import type { Environment } from "../environment.ts";
import { failing, ignoringInput, pipeline, type Stage } from "../stage.ts";
import type { Tool } from "./tool.ts";
import { CLEAR } from "./timed.ts";

/** Shortest interval in seconds. */
const WATCH_MIN_S = 0.1;

type StageOf = (
  name: string,
  args: readonly string[],
  environment: Environment,
  hasInput: boolean,
) => Stage;

/** The command `watch`. `stageOf`: what the command is that it repeats. */
export function watchWith(stageOf: StageOf): Tool {
  return (args, environment) => {
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
    const command = rest.join(" ");
    const [name = "", ...words] = command.split(" ");
    const stage = () => stageOf(name, words, environment, false);
    return ignoringInput(() => watching(command, stage, Math.max(WATCH_MIN_S, seconds)));
  };
}

/** Draws what a command prints, again and again, until Ctrl+C. */
function* watching(command: string, stage: () => Stage, seconds: number): Program {
  for (;;) {
    let text = "";
    const program = pipeline([stage()]);
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
