import type { Scene } from "./scene.ts";
import { sceneToSvg } from "./svg.ts";

/** Room around the picture. */
const MARGIN_PX = 16;

/** What decides how a shape looks, by the value that means nothing special. */
const SHAPE_LOOKS: Readonly<Record<string, string>> = {
  fill: "rgb(0, 0, 0)",
  "fill-opacity": "1",
  stroke: "none",
  "stroke-width": "1px",
  "stroke-dasharray": "none",
  "stroke-linecap": "butt",
  "stroke-linejoin": "miter",
  "paint-order": "normal",
};

const TEXT_LOOKS: Readonly<Record<string, string>> = {
  ...SHAPE_LOOKS,
  "font-family": "",
  "font-size": "",
  "font-weight": "400",
  "font-variant-numeric": "normal",
};

/**
 * A scene as an SVG file that needs nothing else: the page's colours and type, in the theme that shows, are written into it. `host` is an element
 * of the page that the timeline's sheet holds for; it is left as it was.
 */
export function standaloneSvg(scene: Scene, host: HTMLElement): string {
  const box = document.createElement("div");
  box.className = "tl";
  box.style.cssText = "position:absolute;visibility:hidden;width:0;height:0;overflow:hidden";
  box.innerHTML = sceneToSvg(scene, { id: "timeline" });
  host.append(box);
  try {
    const svg = box.querySelector("svg")!;
    const { rules, names } = looksOf(svg);
    for (const element of svg.querySelectorAll("[class]")) {
      element.setAttribute("class", names.get(lookOf(element))!);
    }
    frame(svg, scene, getComputedStyle(host).getPropertyValue("--rl-surface").trim() || "#fff");
    const style = document.createElementNS(svg.namespaceURI, "style");
    style.textContent = rules.join("\n");
    svg.querySelector("desc")!.after(style);
    return `<?xml version="1.0" encoding="UTF-8"?>\n${new XMLSerializer().serializeToString(svg)}\n`;
  } finally {
    box.remove();
  }
}

function lookOf(element: Element): string {
  return `${element.tagName} ${element.getAttribute("class")}`;
}

/** A class for each look that occurs, and its rule with what the page's sheets make of it. */
function looksOf(svg: Element): { rules: string[]; names: Map<string, string> } {
  const rules: string[] = [];
  const names = new Map<string, string>();
  for (const element of svg.querySelectorAll("[class]")) {
    const look = lookOf(element);
    if (names.has(look)) continue;
    const name = `t${names.size}`;
    names.set(look, name);
    const style = getComputedStyle(element);
    const usual = element.tagName === "text" ? TEXT_LOOKS : SHAPE_LOOKS;
    const says = Object.entries(usual).flatMap(([property, nothing]) => {
      const value = style.getPropertyValue(property);
      // A pattern is named where it is used.
      return value === nothing || value.startsWith("url(") ? [] : [`${property}:${value}`];
    });
    rules.push(`.${name}{${says.join(";")}}`);
  }
  return { rules, names };
}

/** A margin around the picture, in the colour of the page. */
function frame(svg: SVGElement, { width, height }: Scene, surface: string): void {
  const [w, h] = [width + 2 * MARGIN_PX, height + 2 * MARGIN_PX];
  svg.removeAttribute("class");
  svg.setAttribute("viewBox", `${-MARGIN_PX} ${-MARGIN_PX} ${w} ${h}`);
  svg.setAttribute("width", String(w));
  svg.setAttribute("height", String(h));
  const ground = document.createElementNS(svg.namespaceURI, "rect");
  for (const [name, value] of Object.entries({
    x: -MARGIN_PX,
    y: -MARGIN_PX,
    width: w,
    height: h,
  })) {
    ground.setAttribute(name, String(value));
  }
  ground.setAttribute("fill", surface);
  svg.querySelector("desc")!.after(ground);
}
