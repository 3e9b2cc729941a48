/**
 * Draws diagrams in a thread of its own, because Mermaid wants a browser's globals and a build
 * must not have them: jsdom stands in for the browser, a table of widths for its fonts.
 *
 * Receives `{ id, text }`, answers `{ id, svg }` or `{ id, error, line }`.
 */
import { parentPort } from "node:worker_threads";
import { JSDOM } from "jsdom";
import { fontSizePx, restyle } from "./restyle.ts";
import { textWidth } from "./text-width.ts";

/** A diagram to draw. */
export interface DrawRequest {
  readonly id: string;
  readonly text: string;
}

/** Its picture, or what Mermaid could not read, with the line within the diagram if it told one. */
export type DrawAnswer =
  | { readonly id: string; readonly svg: string }
  | { readonly id: string; readonly error: string; readonly line?: number };

const lineHeight = 1.2;

const { window } = new JSDOM("<!doctype html><body></body>", { pretendToBeVisual: true });
installBrowser();
const { default: mermaid } = await import("mermaid");

mermaid.initialize({
  startOnLoad: false,
  securityLevel: "strict",
  theme: "base",
  look: "classic",
  fontFamily: "sans-serif",
  fontSize: fontSizePx,
  deterministicIds: true,
  sequence: {
    actorFontSize: fontSizePx,
    actorFontWeight: 600,
    messageFontSize: fontSizePx,
    noteFontSize: fontSizePx,
    wrap: true,
    width: 126,
    height: 44,
    actorMargin: 12,
    boxMargin: 8,
    boxTextMargin: 4,
    noteMargin: 9,
    messageMargin: 32,
    labelBoxWidth: 40,
    diagramMarginX: 2,
    diagramMarginY: 12,
    activationWidth: 8,
    mirrorActors: false,
    useMaxWidth: false,
    wrapPadding: 4,
  },
});

parentPort?.on("message", ({ id, text }: DrawRequest) => {
  void draw(id, text).then((answer) => parentPort?.postMessage(answer));
});

async function draw(id: string, text: string): Promise<DrawAnswer> {
  try {
    const drawn = await mermaid.render("drawing", keptTogether(text));
    window.document.body.innerHTML = drawn.svg;
    const svg = window.document.querySelector("svg");
    if (!svg) throw new Error("Mermaid answered without an svg element");
    restyle(svg as unknown as SVGSVGElement, id);
    return { id, svg: svg.outerHTML.replace(/\n\s*/g, " ") };
  } catch (error) {
    return { id, ...explain(error) };
  } finally {
    window.document.body.replaceChildren();
  }
}

/** A line of a label never ends between a number and what it counts, nor between a sign and what it adds. */
function keptTogether(text: string): string {
  return text
    .replaceAll(/(\d) (?=(?:m?s|available|needed|pods?)\b)/g, "$1\u00a0")
    .replaceAll(/([+−]|exits with|revision) (?=\w)/g, "$1\u00a0")
    .replaceAll(/(종료|사용) (?=코드|가능)/g, "$1\u00a0")
    .replaceAll(/(코드|가능|필요) (?=\d)/g, "$1\u00a0");
}

/** Mermaid's parse errors carry the line in `hash.loc`, or only in their text. */
function explain(error: unknown): { error: string; line?: number } {
  const { message, hash } = error as { message: string; hash?: { loc?: { first_line?: number } } };
  const told = hash?.loc?.first_line ?? Number(/on line (\d+)/.exec(message)?.[1]);
  const where = Number.isFinite(told) ? { line: told } : {};
  return { error: message, ...where };
}

/** Gives Mermaid the globals it reads, and SVG elements the two measures it asks of them. */
function installBrowser(): void {
  const names = ["document", "Element", "SVGElement", "HTMLElement", "Node", "DOMParser"] as const;
  const globals = globalThis as unknown as Record<string, unknown>;
  globals["window"] = window;
  for (const name of names) globals[name] = window[name];
  for (const name of ["XMLSerializer", "MutationObserver", "CSSStyleSheet"] as const) {
    globals[name] = window[name];
  }
  globals["getComputedStyle"] = window.getComputedStyle.bind(window);
  globals["requestAnimationFrame"] = window.requestAnimationFrame.bind(window);

  Object.assign(window.SVGElement.prototype, {
    getBBox(this: Element) {
      if (this.tagName === "rect") return boxOfRect(this);
      const lines = linesOf(this);
      const width = Math.max(0, ...lines.map((line) => widthOf(this, line)));
      return { x: 0, y: 0, width, height: lines.length * fontSizeOf(this) * lineHeight };
    },
    getComputedTextLength(this: Element) {
      return widthOf(this, this.textContent ?? "");
    },
  });
}

function boxOfRect(rect: Element) {
  const [x = 0, y = 0, width = 0, height = 0] = ["x", "y", "width", "height"].map((name) =>
    Number(rect.getAttribute(name)),
  );
  return { x, y, width, height };
}

function linesOf(element: Element): string[] {
  const spans = [...element.querySelectorAll("tspan")].map((span) => span.textContent ?? "");
  return spans.length ? spans : [element.textContent ?? ""];
}

function widthOf(element: Element, text: string): number {
  const bold = Number((element as SVGElement).style.fontWeight) >= 600;
  return textWidth(text, fontSizeOf(element), bold);
}

function fontSizeOf(element: Element): number {
  return Number.parseFloat((element as SVGElement).style.fontSize) || fontSizePx;
}
