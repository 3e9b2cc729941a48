import type { Interval } from "../../words/findings.ts";
import { subjectLabel, type TimelineIndex } from "../../words/labels.ts";
import type { Language } from "../../words/language.ts";
import { LIVE_WORDS } from "./live-words.ts";
import type { Box, Scene, Target } from "./scene.ts";
import { sceneToSvg } from "./svg.ts";

/** What the stage tells the view of what the pointer does to it. Positions are pixels of the scene. */
export interface StageActions {
  /** The playhead is dragged to, or dropped at, a time. */
  scrub(ms: number): void;
  /** "why?" is asked of a mark. */
  ask(target: Target): void;
  /** The wheel zooms about a time, or moves the view. */
  zoom(factor: number, aroundMs: number): void;
  pan(ms: number): void;
}

/** Where to go from the mark that the keyboard stands on. */
export type Walk = "left" | "right" | "up" | "down" | "first" | "last";

/** Looks of the names of rows and groups. */
const NAMES = new Set(["tl-name", "tl-group", "tl-note"]);

let stages = 0;

/**
 * The picture on the page: the scene's SVG and, over it, what moves without a new layout: the playhead, the veil over the time to come, the
 * tooltip, and the one mark that the keyboard stands on.
 */
export class Stage {
  readonly element: HTMLElement;
  readonly playhead: HTMLElement;
  /** What is drawn now. */
  scene: Scene | undefined;
  private index: TimelineIndex | undefined;
  private current: Target | undefined;
  private readonly canvas = part("tl-canvas");
  private readonly window = part("tl-window");
  private readonly veil = part("tl-veil");
  /** The names of rows again, which on a phone stand in the picture: neither the veil nor the playhead's line lies on them. */
  private readonly names = part("tl-names");
  private readonly marks = part("tl-marks");
  private readonly tip = part("tl-tip");
  readonly id = `tl${++stages}`;
  private readonly lang: Language;
  private readonly actions: StageActions;

  /** `element`: the box that holds the static picture; it is taken over when the first scene is drawn. */
  constructor(element: HTMLElement, lang: Language, actions: StageActions) {
    this.element = element;
    this.lang = lang;
    this.actions = actions;
    const words = LIVE_WORDS[lang];
    this.playhead = part("tl-playhead");
    this.playhead.tabIndex = 0;
    this.playhead.setAttribute("role", "slider");
    this.playhead.setAttribute("aria-label", words.playhead);
    this.marks.setAttribute("role", "group");
    this.marks.setAttribute("aria-label", words.picture);
    this.tip.hidden = true;
    this.names.setAttribute("aria-hidden", "true");
    this.window.append(this.veil);
    element.classList.add("tl-live");
    this.listen();
  }

  /** Draws a scene in place of the one before. */
  draw(scene: Scene, index: TimelineIndex): void {
    const first = this.scene === undefined;
    this.scene = scene;
    this.index = index;
    this.tip.hidden = true;
    this.canvas.innerHTML = sceneToSvg(scene, { id: this.id, tips: false });
    this.canvas.style.height = `${scene.height}px`;
    const shapes = scene.shapes.filter(({ look }) => NAMES.has(look));
    this.names.innerHTML = sceneToSvg(
      { ...scene, shapes },
      { id: `${this.id}-names`, tips: false },
    );
    const { x, y, w, h } = scene.plot;
    for (const [element, width] of [
      [this.window, w],
      [this.playhead, 1],
    ] as const) {
      element.style.left = `${x}px`;
      element.style.top = `${y}px`;
      element.style.width = `${width}px`;
      element.style.height = `${h}px`;
    }
    if (first) {
      const children = [this.canvas, this.window, this.marks, this.playhead, this.names, this.tip];
      const kept = [...this.element.querySelectorAll(":scope > .tl-panel")];
      this.element.replaceChildren(...children, ...kept);
    }
    const key = this.current?.key;
    this.stand(scene.targets.find((target) => target.key === key) ?? scene.targets[0]);
  }

  /** Moves the playhead and the veil: transforms only. */
  movePlayhead(ms: number): void {
    if (this.scene === undefined) return;
    const { plot, fromMs, toMs } = this.scene;
    const x = ((ms - fromMs) / (toMs - fromMs)) * plot.w;
    const held = Math.min(Math.max(x, 0), plot.w);
    this.playhead.style.transform = `translateX(${held}px)`;
    this.playhead.classList.toggle("tl-out", x < -0.5 || x > plot.w + 0.5);
    this.veil.style.transform = `translateX(${held}px)`;
  }

  /** What a screen reader says of the playhead. */
  say(run: Interval, ms: number, text: string): void {
    const { playhead } = this;
    playhead.setAttribute("aria-valuemin", String(run.fromMs / 1000));
    playhead.setAttribute("aria-valuemax", String(run.toMs / 1000));
    playhead.setAttribute("aria-valuenow", String(ms / 1000));
    playhead.setAttribute("aria-valuetext", text);
  }

  /** The mark that the keyboard stands on. */
  get target(): Target | undefined {
    return this.current;
  }

  /** Puts the keyboard on a mark; with `focus`, its button is focused, so that a screen reader tells it. */
  stand(target: Target | undefined, focus = false): void {
    this.current = target;
    const hadFocus = this.marks.contains(document.activeElement);
    if (target === undefined || this.index === undefined) {
      this.marks.replaceChildren();
      return;
    }
    const button = document.createElement("button");
    button.type = "button";
    button.className = "tl-target";
    button.setAttribute("aria-label", this.nameOf(target));
    button.setAttribute("aria-haspopup", "dialog");
    place(button, target.box);
    button.addEventListener("click", () => this.actions.ask(target));
    this.marks.replaceChildren(button);
    if (focus || hadFocus) button.focus({ preventScroll: true });
    if (focus) button.scrollIntoView({ block: "nearest", inline: "nearest" });
  }

  /** Walks from the mark that the keyboard stands on: along its row, or to the nearest mark of a row above or below. */
  walk(key: Walk): void {
    const { scene, current } = this;
    if (scene === undefined || current === undefined) return;
    const inRow = (row: number) =>
      scene.targets
        .filter((t) => t.row === row)
        .sort((a, b) => a.box.x - b.box.x || b.box.w - a.box.w);
    const row = inRow(current.row);
    const i = row.indexOf(current);
    const along = { left: i - 1, right: i + 1, first: 0, last: row.length - 1 };
    if (key !== "up" && key !== "down") {
      const next = row[along[key]];
      if (next !== undefined) this.stand(next, true);
      return;
    }
    const step = key === "up" ? -1 : 1;
    for (let r = current.row + step; r >= 0 && r < scene.rows.length; r += step) {
      const nearest = inRow(r).reduce<Target | undefined>(
        (best, t) =>
          best === undefined || distance(t.box, current.box) < distance(best.box, current.box)
            ? t
            : best,
        undefined,
      );
      if (nearest !== undefined) return this.stand(nearest, true);
    }
  }

  private nameOf(target: Target): string {
    const label = subjectLabel(target.subject, this.index!, this.lang);
    const row = this.scene?.rows[target.row]?.name;
    return row === undefined ? label : `${row}. ${label}`;
  }

  private listen(): void {
    const { element } = this;
    let pressed: { x: number; id: number; moved: boolean } | undefined;
    element.addEventListener("pointerdown", (event) => {
      if (event.button !== 0 || !this.inPicture(event)) return;
      pressed = { x: event.clientX, id: event.pointerId, moved: false };
    });
    element.addEventListener("pointermove", (event) => {
      if (pressed === undefined) {
        this.showTip(event);
        return;
      }
      if (!pressed.moved && Math.abs(event.clientX - pressed.x) < 4) return;
      if (!pressed.moved) {
        pressed.moved = true;
        element.setPointerCapture(pressed.id);
        this.tip.hidden = true;
      }
      this.actions.scrub(this.msAt(event));
    });
    element.addEventListener("pointerup", (event) => {
      const press = pressed;
      pressed = undefined;
      if (press === undefined || press.moved) return;
      const target = this.targetAt(event);
      if (target === undefined) {
        this.actions.scrub(this.msAt(event));
        return;
      }
      this.tip.hidden = true;
      this.stand(target, true);
      this.actions.ask(target);
    });
    element.addEventListener("pointercancel", () => (pressed = undefined));
    element.addEventListener("pointerleave", () => (this.tip.hidden = true));
    element.addEventListener(
      "wheel",
      (event) => {
        const { scene } = this;
        if (scene === undefined) return;
        const msPerPixel = (scene.toMs - scene.fromMs) / scene.plot.w;
        if (event.ctrlKey || event.metaKey) {
          event.preventDefault();
          this.actions.zoom(event.deltaY < 0 ? 0.8 : 1.25, this.msAt(event));
        } else if (Math.abs(event.deltaX) > Math.abs(event.deltaY) || event.shiftKey) {
          event.preventDefault();
          this.actions.pan((event.deltaX || event.deltaY) * msPerPixel);
        }
      },
      { passive: false },
    );
  }

  private inPicture(event: PointerEvent): boolean {
    return !(event.target as Element).closest(".tl-panel, .tl-target");
  }

  private point(event: MouseEvent): { x: number; y: number } {
    const { left, top } = this.element.getBoundingClientRect();
    return { x: event.clientX - left, y: event.clientY - top };
  }

  private msAt(event: MouseEvent): number {
    const { plot, fromMs, toMs } = this.scene!;
    const part = (this.point(event).x - plot.x) / plot.w;
    return Math.round(fromMs + Math.min(Math.max(part, 0), 1) * (toMs - fromMs));
  }

  /** The mark under the pointer; where several lie there, the one drawn last. */
  private targetAt(event: MouseEvent): Target | undefined {
    const { x, y } = this.point(event);
    return this.scene?.targets.findLast(
      ({ box }) => x >= box.x - 1 && x <= box.x + box.w + 1 && y >= box.y && y <= box.y + box.h,
    );
  }

  private showTip(event: PointerEvent): void {
    const target =
      event.pointerType === "mouse" && this.inPicture(event) ? this.targetAt(event) : undefined;
    this.element.classList.toggle("tl-over-mark", target !== undefined);
    if (target === undefined || this.scene === undefined) {
      this.tip.hidden = true;
      return;
    }
    const { x, y } = this.point(event);
    this.tip.textContent = subjectLabel(target.subject, this.index!, this.lang);
    this.tip.hidden = false;
    const left = Math.min(x + 12, this.scene.width - this.tip.offsetWidth);
    this.tip.style.transform = `translate(${Math.max(0, left)}px, ${y + 16}px)`;
  }
}

function part(look: string): HTMLElement {
  const element = document.createElement("div");
  element.className = look;
  return element;
}

/** The least that a target is wide and high (WCAG 2.2, 2.5.8), though marks may be smaller. */
const TARGET_PX = 24;

/** Lays a target over its mark: where it is larger, the ring around the mark is drawn so far within it. */
function place(element: HTMLElement, { x, y, w, h }: Box): void {
  const marked = Math.max(w, 10);
  const wide = Math.max(marked, TARGET_PX);
  const high = Math.max(h, TARGET_PX);
  element.style.left = `${x + w / 2 - wide / 2}px`;
  element.style.top = `${y + h / 2 - high / 2}px`;
  element.style.width = `${wide}px`;
  element.style.height = `${high}px`;
  element.style.setProperty("--tl-within-x", `${(wide - marked) / 2}px`);
  element.style.setProperty("--tl-within-y", `${(high - h) / 2}px`);
}

function distance(a: Box, b: Box): number {
  const middle = b.x + Math.min(b.w, 20) / 2;
  return Math.max(0, a.x - middle, middle - (a.x + a.w));
}
