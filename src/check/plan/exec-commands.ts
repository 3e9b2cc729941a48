import {
  hasControlFlow,
  isSimulated,
  parseCommand,
  type Command,
} from "../../simulator/kubelet/shell.ts";
import { imageOf, valueAt, type Plain } from "./pod-spec.ts";

/** Programs that fail where a file is not there. */
const READERS = /^(cat|ls|test|\[)$/;

/**
 * Files that a container's exec probes look for, and that neither its command nor its postStart hook makes: its program does, when it is ready, and no
 * manifest tells. A file whose being there is bad news (`test ! -f`, `test -f FILE && exit 1`) is not among them.
 */
export function probeFiles(container: Plain): string[] {
  const makers = [container.command, container.args, valueAt(container, "lifecycle")];
  const wanted = probeScripts(container).flatMap((script) =>
    hasControlFlow(script) ? [] : script.flatMap((command, i) => filesRead(command, script[i + 1])),
  );
  return [...new Set(wanted)].filter((path) => !makers.some((maker) => makes(maker, path)));
}

/** Programs that a container's exec probes run and that are not simulated: such a probe passes when the container's own program is ready. */
export function probeCommands(container: Plain): string[] {
  return probeScripts(container).flatMap(unsimulated);
}

/** Programs that its preStop hook runs and that are not simulated: they are done at once. */
export function hookCommands(container: Plain): string[] {
  const command = wordsOf(valueAt(container, "lifecycle", "preStop", "exec", "command"));
  return command.length === 0 ? [] : unsimulated(parseCommand(command));
}

function unsimulated(script: readonly Command[]): string[] {
  if (hasControlFlow(script)) return ["sh -c …"];
  return script.flatMap(({ words }) => {
    const program = words[words[0] === "exec" ? 1 : 0] ?? "";
    return isSimulated(words) ? [] : [program.slice(program.lastIndexOf("/") + 1)];
  });
}

function probeScripts(container: Plain): Command[][] {
  return ["startupProbe", "readinessProbe", "livenessProbe"].flatMap((probe) => {
    const command = wordsOf(valueAt(container, probe, "exec", "command"));
    if (command.length === 0) return [];
    const script = parseCommand(command);
    const end = script.findIndex(({ words }) => words[0] === "exec");
    return [end < 0 ? script : script.slice(0, end + 1)];
  });
}

function filesRead({ words }: Command, next: Command | undefined): string[] {
  const [program = "", ...args] = words;
  const isBadNews = next?.when === "success" && next.words[0] === "exit" && next.words[1] !== "0";
  if (isBadNews || args[0] === "!" || !READERS.test(program.slice(program.lastIndexOf("/") + 1))) {
    return [];
  }
  return args.filter((arg) => /^\/[^*?$]+$/.test(arg));
}

/** Whether a script makes the file: it names it after `touch` or `>`, among other words. */
function makes(script: unknown, path: string): boolean {
  const text = JSON.stringify(script) ?? "";
  return [...text.matchAll(/(?:touch|>)[^;&|]*/g)].some(([words]) => words.includes(path));
}

function wordsOf(command: unknown): string[] {
  return (Array.isArray(command) ? (command as unknown[]) : []).map(String);
}

/** The files that probes look for, by the image of their containers. */
export function filesByImage(containers: readonly Plain[]): ReadonlyMap<string, readonly string[]> {
  const files = new Map<string, readonly string[]>();
  for (const container of containers) {
    const found = [...(files.get(imageOf(container)) ?? []), ...probeFiles(container)];
    if (found.length > 0) files.set(imageOf(container), [...new Set(found)]);
  }
  return files;
}
