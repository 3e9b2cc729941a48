import { createHash } from "node:crypto";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import path from "node:path";
import { Worker } from "node:worker_threads";
import type { DrawAnswer, DrawRequest } from "./draw-worker.ts";
import { DiagramError } from "./read-diagram.ts";
import type { DiagramSource } from "./read-diagram.ts";

// Builds run in the checkout's root; paths beside this module would not outlive the bundler.
const folder = path.resolve("src/site/diagrams");
const cacheFolder = path.resolve(".cache/diagrams");

/** A picture depends on the diagram, on Mermaid and on what is done to its drawing afterwards. */
const drawnWith = ["draw-worker.ts", "restyle.ts", "text-width.ts"];

let drawerVersion: Promise<string> | undefined;
let worker: Worker | undefined;
const waiting = new Map<string, (answer: DrawAnswer) => void>();

/**
 * A diagram as one SVG element without colours, fonts or scripts of its own; `styles/sequence.css`
 * gives it its look. Drawn once, then taken from `.cache/diagrams`.
 *
 * @throws {DiagramError} where Mermaid cannot read it
 */
export async function drawDiagram(source: DiagramSource): Promise<string> {
  const version = await (drawerVersion ??= versionOfDrawer());
  const hash = createHash("sha256").update(version).update(source.text).digest("hex");
  const cached = path.join(cacheFolder, `${hash.slice(0, 32)}.svg`);
  const known = await readFile(cached, "utf8").catch(() => undefined);
  if (known !== undefined) return known;
  const answer = await draw({ id: `diagram-${hash.slice(0, 8)}`, text: source.text });
  if ("error" in answer) throw new DiagramError(answer.error, answer.line ?? 1);
  await mkdir(cacheFolder, { recursive: true });
  await writeFile(cached, answer.svg);
  return answer.svg;
}

async function versionOfDrawer(): Promise<string> {
  const hash = createHash("sha256");
  const require = createRequire(path.join(folder, "draw-diagram.ts"));
  const mermaid = JSON.parse(
    await readFile(path.join(path.dirname(require.resolve("mermaid")), "../package.json"), "utf8"),
  ) as { version: string };
  hash.update(mermaid.version);
  for (const name of drawnWith) hash.update(await readFile(path.join(folder, name)));
  return hash.digest("hex");
}

/** One worker for the whole build, started by the first diagram; it does not keep Node running. */
function draw(request: DrawRequest): Promise<DrawAnswer> {
  if (!worker) {
    worker = new Worker(path.join(folder, "draw-worker.ts"));
    worker.on("message", (answer: DrawAnswer) => {
      waiting.get(answer.id)?.(answer);
      waiting.delete(answer.id);
      if (waiting.size === 0) worker?.unref();
    });
    worker.on("error", (error) => {
      throw error;
    });
  }
  const drawer = worker;
  return new Promise((resolve) => {
    waiting.set(request.id, resolve);
    drawer.ref();
    drawer.postMessage(request);
  });
}
