import { fileURLToPath } from "node:url";
import type { MdastPluginDefinition } from "satteri";
import { typeset } from "../build/typeset.ts";
import { drawDiagram } from "./draw-diagram.ts";
import { DiagramError, readDiagram } from "./read-diagram.ts";
import type { DiagramSource } from "./read-diagram.ts";

/** Markdown plugin: a fence marked `mermaid` becomes a figure with the drawn diagram. */
export function mermaidFences(): MdastPluginDefinition {
  return {
    name: "mermaid-fences",
    options: { position: true },
    async code(node, context) {
      if (node.lang !== "mermaid") return undefined;
      const fenceLine = node.position?.start.line ?? 1;
      try {
        const source = readDiagram(node.value);
        const html = diagramFigure(source, await drawDiagram(source));
        return context.sourceFormat === "mdx" ? asFragment(html) : { type: "html", value: html };
      } catch (error) {
        throw error instanceof DiagramError ? locate(error, fenceLine, context.fileURL) : error;
      }
    },
  };
}

/** The figure around a drawn diagram: a box that scrolls by itself, and the title below. */
export function diagramFigure(source: DiagramSource, svg: string): string {
  const title = escapeHtml(typeset(source.title));
  const width = /width="(\d+)"/.exec(svg)?.[1] ?? "0";
  return (
    `<figure class="rl-figure rl-diagram not-content" style="--width:${width}px">` +
    `<div class="rl-figure-scroll" role="region" tabindex="0" aria-label="${title}">${svg}</div>` +
    `<figcaption>${title}</figcaption></figure>`
  );
}

/** In MDX, markup is JSX; a fragment whose inside is given as text takes the SVG as it is. */
function asFragment(html: string) {
  return {
    type: "mdxJsxFlowElement" as const,
    name: "Fragment",
    attributes: [{ type: "mdxJsxAttribute" as const, name: "set:html", value: html }],
    children: [],
  };
}

/** The line in the file is the fence's own line plus the line within it. */
function locate(error: DiagramError, fenceLine: number, fileURL: URL | undefined): Error {
  const line = fenceLine + error.line;
  const file = fileURL ? fileURLToPath(fileURL) : "Markdown";
  const located = new Error(`${file}:${line}: Mermaid diagram: ${error.message}`);
  return Object.assign(located, { line, column: 1 });
}

function escapeHtml(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");
}
