/** A bar on standard error that says how much has been done; it says nothing where nobody looks. */
export interface ProgressBar {
  /** So many more runs are done. */
  add(runs: number): void;
  /** Takes the bar away. */
  clear(): void;
}

const WIDTH = 30;
const EVERY_MS = 100;

/** The bar of a check: how many runs there will be is not known, so it counts, and fills with each `expected`. */
export function progressBar(
  expected: number,
  stream: NodeJS.WriteStream = process.stderr,
): ProgressBar {
  if (stream.isTTY !== true) return { add: () => undefined, clear: () => undefined };
  let done = 0;
  let drawnMs = -Infinity;
  return {
    add(runs) {
      done += runs;
      const now = performance.now();
      if (now - drawnMs < EVERY_MS) return;
      drawnMs = now;
      const filled = Math.round((WIDTH * (done % expected)) / expected);
      stream.write(`\r[${"=".repeat(filled)}${" ".repeat(WIDTH - filled)}] ${done} runs`);
    },
    clear() {
      if (drawnMs > 0) stream.write("\r\u001b[K");
    },
  };
}
