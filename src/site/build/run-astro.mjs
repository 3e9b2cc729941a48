import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../../..", import.meta.url));
const astro = fileURLToPath(new URL("../../../node_modules/astro/bin/astro.mjs", import.meta.url));

/**
 * Runs Astro in a process of its own, with telemetry off, and resolves to its exit status.
 *
 * @param {string[]} args what follows `astro` on the command line
 * @returns {Promise<number>}
 */
export function runAstro(args) {
  const child = spawn(process.execPath, [astro, ...args], {
    cwd: root,
    stdio: "inherit",
    env: { ...process.env, ASTRO_TELEMETRY_DISABLED: "1" },
  });
  // Stopping this process stops the server that it started.
  for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => child.kill(signal));
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("exit", (code, signal) => resolve(signal ? 1 : (code ?? 1)));
  });
}
