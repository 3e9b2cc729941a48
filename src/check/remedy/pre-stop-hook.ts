import { isRecord } from "../input/read-input.ts";

/**
 * A preStop hook that lasts so many seconds. A hook that sleeps keeps its form where its image has a shell, and one that runs something else
 * sleeps before it: what it is for has to be done still. Otherwise it is the sleep action, which needs nothing in the image.
 */
export function hookSleeping(hook: unknown, seconds: number, shell: boolean): unknown {
  const command = isRecord(hook) && isRecord(hook.exec) ? hook.exec.command : undefined;
  const words = Array.isArray(command) ? (command as unknown[]).map(String) : [];
  if (shell && words.length === 2 && /(^|\/)sleep$/.test(words[0]!)) {
    return { exec: { command: [words[0], String(seconds)] } };
  }
  const isScript = /(^|\/)(ba|da|a)?sh$/.test(words[0] ?? "") && /^-\w*c$/.test(words[1] ?? "");
  if (shell && words.length === 3 && isScript) {
    const script = words[2]!;
    const slept = /\bsleep\s+[0-9.]+s?/;
    const longer = slept.test(script)
      ? script.replace(slept, `sleep ${seconds}`)
      : `sleep ${seconds} && ${script}`;
    return { exec: { command: [words[0], words[1], longer] } };
  }
  if (shell && words.length > 0) {
    const script = `sleep ${seconds} && exec ${words.map(quoted).join(" ")}`;
    return { exec: { command: ["sh", "-c", script] } };
  }
  return { sleep: { seconds } };
}

/** A word as a shell reads it. */
function quoted(word: string): string {
  return /^[\w./:=@%+,-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
