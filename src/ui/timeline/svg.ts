import type { Hatch, Scene, Shape } from "./scene.ts";
import { rectPath } from "./scale.ts";

/** More shapes than this are painted as one path for each look. */
export const ELEMENTS_MAX = 760;

/** How a scene is painted. */
export interface PaintOptions {
  /** Begins the ids in the markup; different for every picture of a page. */
  readonly id: string;
  /** Whether shapes carry tooltips of their own; the live view has better ones. */
  readonly tips?: boolean;
  /** A class for the svg element besides `tl-svg`. */
  readonly look?: string;
}

/** Paints a scene as an SVG element in text. Colours come from the page's custom properties (timeline.css). */
export function sceneToSvg(scene: Scene, { id, tips = true, look = "" }: PaintOptions): string {
  const { width, height, shapes } = scene;
  const painted = shapes.length > ELEMENTS_MAX ? joinByLook(shapes) : shapes;
  return [
    `<svg class="tl-svg${look && ` ${look}`}" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" preserveAspectRatio="xMinYMin meet"`,
    ` role="img" aria-labelledby="${id}-t ${id}-d">`,
    `<title id="${id}-t">${escapeText(scene.title)}</title>`,
    `<desc id="${id}-d">${escapeText(scene.description)}</desc>`,
    hatches(id, painted),
    ...painted.map((shape) => paint(shape, id, tips)),
    `</svg>`,
  ].join("");
}

function paint(shape: Shape, id: string, tips: boolean): string {
  const tip = tips && shape.tip !== undefined ? `<title>${escapeText(shape.tip)}</title>` : "";
  if (shape.kind === "text") {
    const anchor = shape.anchor === undefined ? "" : ` text-anchor="${shape.anchor}"`;
    return `<text class="${shape.look}" x="${shape.x}" y="${shape.y}"${anchor}>${tip}${escapeText(shape.text)}</text>`;
  }
  const fill = shape.hatch === undefined ? "" : ` fill="url(#${id}-${shape.hatch})"`;
  const attributes =
    shape.kind === "path"
      ? `d="${shape.d}"`
      : `x="${shape.box.x}" y="${shape.box.y}" width="${shape.box.w}" height="${shape.box.h}"`;
  const element = `<${shape.kind} class="${shape.look}" ${attributes}${fill}`;
  return tip === "" ? `${element}/>` : `${element}>${tip}</${shape.kind}>`;
}

/** Shapes of one look become one path, at the place of the first of them; texts stay. */
function joinByLook(shapes: readonly Shape[]): Shape[] {
  const joined: Shape[] = [];
  const paths = new Map<string, { at: number; parts: string[]; first: Shape }>();
  for (const shape of shapes) {
    if (shape.kind === "text") {
      joined.push(shape);
      continue;
    }
    const key = `${shape.look} ${shape.hatch ?? ""}`;
    const d = shape.kind === "path" ? shape.d : rectPath(shape.box);
    const known = paths.get(key);
    if (known !== undefined) known.parts.push(d);
    else {
      paths.set(key, { at: joined.length, parts: [d], first: shape });
      joined.push(shape);
    }
  }
  for (const { at, parts, first } of paths.values()) {
    const { look, hatch } = first as Exclude<Shape, { kind: "text" }>;
    joined[at] = { kind: "path", d: parts.join(""), look, ...(hatch ? { hatch } : {}) };
  }
  return joined;
}

const HATCHES: Readonly<Record<Hatch, string>> = {
  stripe: `width="6" height="6" patternTransform="rotate(45)"><path class="tl-stripe" d="M0 0V6"/>`,
  lost: `width="5" height="5" patternTransform="rotate(45)"><path class="tl-lost-line" d="M0 0V5"/>`,
  "lost-back": `width="4" height="4" patternTransform="rotate(-45)"><path class="tl-lost-line" d="M0 0V4"/>`,
};

function hatches(id: string, shapes: readonly Shape[]): string {
  const used = new Set(shapes.flatMap((s) => (s.kind !== "text" && s.hatch ? [s.hatch] : [])));
  if (used.size === 0) return "";
  const patterns = [...used].map(
    (hatch) =>
      `<pattern id="${id}-${hatch}" patternUnits="userSpaceOnUse" ${HATCHES[hatch]}</pattern>`,
  );
  return `<defs>${patterns.join("")}</defs>`;
}

/** Text as markup may hold it. */
export function escapeText(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");
}
