import { textWidth } from "./text-width.ts";

/** The size of every letter in a diagram but the numbers; the layout and the style agree on it. */
export const fontSizePx = 13;

/**
 * Turns Mermaid's SVG into one that belongs to the page: every colour, font and shadow of its own
 * goes, so that `styles/sequence.css` decides by class in either theme; ids become unique to the
 * diagram; and what it draws badly is drawn again (numbers, lifelines).
 */
export function restyle(svg: SVGSVGElement, id: string): void {
  for (const unwanted of svg.querySelectorAll("style, symbol, filter")) unwanted.remove();
  for (const defs of svg.querySelectorAll("defs")) if (!defs.children.length) defs.remove();
  drawNumberDiscs(svg);
  spreadActorLines(svg);
  widenNotes(svg);
  markLostMessages(svg);
  endLifelines(svg);
  keepUsedMarkers(svg);
  for (const element of svg.querySelectorAll("*")) dropOwnStyle(element);
  for (const group of svg.querySelectorAll("g")) if (!group.children.length) group.remove();
  makeIdsUnique(svg, id);
  nameIt(svg, id);
}

/** Mermaid's numbers stand on a black marker of fixed size; ours on a disc that takes a class. */
function drawNumberDiscs(svg: SVGSVGElement): void {
  for (const number of svg.querySelectorAll("text.sequenceNumber")) {
    const line = number.previousElementSibling;
    if (!line?.getAttribute("marker-start")?.includes("sequencenumber")) continue;
    const disc = svg.ownerDocument.createElementNS(svg.namespaceURI, "circle");
    disc.setAttribute("class", "numberDisc");
    disc.setAttribute("cx", line.getAttribute("x1") ?? "0");
    disc.setAttribute("cy", line.getAttribute("y1") ?? "0");
    disc.setAttribute("r", "9");
    line.replaceWith(disc);
  }
}

/** A message that ends in a cross did not arrive: it takes the colour of failure. */
function markLostMessages(svg: SVGSVGElement): void {
  for (const line of svg.querySelectorAll("[marker-end*=crosshead]")) {
    line.classList.add("lost");
    let label = line.previousElementSibling;
    while (label?.classList.contains("messageText")) {
      label.classList.add("lost");
      label = label.previousElementSibling;
    }
  }
}

/** Mermaid sets the lines of an actor's name without any space between them. */
function spreadActorLines(svg: SVGSVGElement): void {
  for (const line of svg.querySelectorAll("text.actor tspan[dy]")) {
    line.setAttribute("dy", String(Number(line.getAttribute("dy")) * 1.2));
  }
}

/** A note whose author broke the lines keeps its width, whatever they hold; it grows to both sides. */
function widenNotes(svg: SVGSVGElement): void {
  for (const note of svg.querySelectorAll("rect.note")) {
    const lines = [...(note.parentElement?.querySelectorAll("text.noteText") ?? [])];
    const text = Math.max(...lines.map((line) => textWidth(line.textContent ?? "", fontSizePx)));
    const width = Number(note.getAttribute("width"));
    const more = Math.max(0, Math.ceil(text) + 12 - width);
    note.setAttribute("width", String(width + more));
    note.setAttribute("x", String(Number(note.getAttribute("x")) - more / 2));
  }
}

/** Lifelines end where the picture does. */
function endLifelines(svg: SVGSVGElement): void {
  const [, y = 0, , height = 0] = viewBoxOf(svg);
  for (const line of svg.querySelectorAll("line.actor-line")) {
    line.setAttribute("y2", String(y + height - 4));
  }
}

function keepUsedMarkers(svg: SVGSVGElement): void {
  const used = new Set<string>();
  for (const element of svg.querySelectorAll("[marker-end], [marker-start]")) {
    for (const attribute of ["marker-end", "marker-start"]) {
      const id = /url\(#(.+)\)/.exec(element.getAttribute(attribute) ?? "")?.[1];
      if (id) used.add(id);
    }
  }
  for (const marker of svg.querySelectorAll("marker")) {
    if (!used.has(marker.id)) (marker.closest("defs") ?? marker).remove();
  }
}

const ownLook = ["fill", "stroke", "stroke-width", "filter", "font-family", "font-size", "name"];

function dropOwnStyle(element: Element): void {
  const dashed = element.getAttribute("style")?.includes("stroke-dasharray: 3");
  if (dashed) element.classList.add("dashed");
  for (const name of [...ownLook, "style", "data-look", "alignment-baseline"]) {
    element.removeAttribute(name);
  }
  for (const { name } of [...element.attributes]) {
    if (name.startsWith("data-")) element.removeAttribute(name);
  }
}

function makeIdsUnique(svg: SVGSVGElement, id: string): void {
  for (const element of svg.querySelectorAll("[id]")) {
    if (element.tagName === "marker") element.id = `${id}-${element.id}`;
    else element.removeAttribute("id");
  }
  for (const element of svg.querySelectorAll("[marker-end], [marker-start]")) {
    for (const attribute of ["marker-end", "marker-start"]) {
      const value = element.getAttribute(attribute);
      if (value) element.setAttribute(attribute, value.replace("url(#", `url(#${id}-`));
    }
  }
}

function nameIt(svg: SVGSVGElement, id: string): void {
  const [x = 0, y = 0, width = 0, height = 0] = viewBoxOf(svg);
  for (const { name } of [...svg.attributes]) if (name !== "xmlns") svg.removeAttribute(name);
  svg.setAttribute("viewBox", [x, y, width, height].map(Math.round).join(" "));
  svg.setAttribute("width", String(Math.round(width)));
  svg.setAttribute("height", String(Math.round(height)));
  svg.setAttribute("role", "img");
  svg.setAttribute("aria-labelledby", `${id}-title`);
  svg.setAttribute("aria-describedby", `${id}-desc`);
  svg.querySelector("title")?.setAttribute("id", `${id}-title`);
  svg.querySelector("desc")?.setAttribute("id", `${id}-desc`);
}

function viewBoxOf(svg: SVGSVGElement): number[] {
  return (svg.getAttribute("viewBox") ?? "").split(" ").map(Number);
}
