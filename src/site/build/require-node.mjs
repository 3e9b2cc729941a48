/**
 * The oldest Node that Astro, Mermaid and the TypeScript sources run on. `npm install` brings a
 * newer one as an optional dependency and npm scripts find it first; this check speaks up where
 * that was left out (`--omit=optional`) or the platform has none.
 */
const wanted = { major: 22, minor: 18 };

const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);

if (major < wanted.major || (major === wanted.major && minor < wanted.minor)) {
  process.stderr.write(
    `Rollout Lab needs Node ${wanted.major}.${wanted.minor} or newer, and this is ${process.version}.\n` +
      "The project brings its own: run `npm install` (without --omit=optional), then use the npm\n" +
      "scripts (`npm start`, `npm test`), which find it first. Where no such package exists for your\n" +
      "platform, install Node 24 from https://nodejs.org/.\n",
  );
  process.exit(1);
}
