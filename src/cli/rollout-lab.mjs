#!/usr/bin/env node
import module from "node:module";

/** The oldest Node that runs TypeScript sources as they are. */
const wanted = { major: 22, minor: 18 };

const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);

if (major < wanted.major || (major === wanted.major && minor < wanted.minor)) {
  process.stderr.write(
    `rollout-lab needs Node ${wanted.major}.${wanted.minor} or newer, and this is ${process.version}.\n` +
      "In a checkout, `npm install` brings one, and `npm run --silent rollout-lab -- …` uses it.\n",
  );
  process.exitCode = 3;
} else {
  // Reading TypeScript takes longer than most commands: what was compiled once is kept in the system's folder for temporary files.
  module.enableCompileCache();
  try {
    const { main } = await import("./main.ts");
    process.exitCode = await main(process.argv.slice(2));
  } catch (error) {
    process.stderr.write(`rollout-lab: a fault of this program: ${error?.stack ?? error}\n`);
    process.exitCode = 3;
  }
}
