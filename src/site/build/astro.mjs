/** Runs Astro's command line with this project's settings: `node src/site/build/astro.mjs build`. */
import "./require-node.mjs";
import { runAstro } from "./run-astro.mjs";

process.exitCode = await runAstro(process.argv.slice(2));
