import { kubectl } from "../../kubectl/kubectl.ts";
import type { Environment } from "../environment.ts";
import { Collector, failing, ignoringInput, type Stage } from "../stage.ts";
import { awk } from "./awk.ts";
import { curl } from "./curl.ts";
import { FILES } from "./files.ts";
import { FILTERS } from "./filters.ts";
import { jq } from "./jq.ts";
import { TIMED } from "./timed.ts";
import type { Tool } from "./tool.ts";
import { watchWith } from "./watch.ts";

const EDITORS = new Set(["vi", "vim", "nano", "emacs", "ed"]);

const TOOLS: Readonly<Record<string, Tool>> = {
  ...FILTERS,
  ...FILES,
  ...TIMED,
  awk,
  curl,
  jq,
  watch: watchWith(stageOf),
};

/** The command of that name. `hasInput`: another one is before it in the pipeline. */
export function stageOf(
  name: string,
  args: readonly string[],
  environment: Environment,
  hasInput: boolean,
): Stage {
  if (name === "kubectl" || name === "k") {
    return hasInput && args.includes("-")
      ? new Collector((text) => kubectl(args, environment.kubectlWorld(text)))
      : ignoringInput(() => kubectl(args, environment.kubectlWorld(undefined)));
  }
  const tool = Object.hasOwn(TOOLS, name) ? TOOLS[name] : undefined;
  if (tool !== undefined) return tool(args, environment);
  const own = environment.world.commands?.[name];
  if (own !== undefined) return ignoringInput(() => own(args));
  if (EDITORS.has(name)) return failing(`bash: ${name}: use the editor of the page`, 127);
  return failing(`bash: ${name}: command not found`, 127);
}
