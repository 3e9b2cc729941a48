import type { Timeline } from "../../simulator/record.ts";
import { explain } from "../../words/explain.ts";
import type { Interval } from "../../words/findings.ts";
import { indexTimeline } from "../../words/labels.ts";
import type { Language } from "../../words/language.ts";
import { standsFor, type Subject } from "../../words/subject.ts";
import { Controls, momentText, type Command } from "./controls.ts";
import { focusOf } from "./focus.ts";
import { pressKey } from "./keys.ts";
import { COMPACT_BELOW, layoutTimeline } from "./layout.ts";
import { legendToHtml } from "./legend.ts";
import { Moments } from "./moments.ts";
import { Panel } from "./panel.ts";
import { Player } from "./player.ts";
import type { Box, Scene } from "./scene.ts";
import { Stage } from "./stage.ts";
import { standaloneSvg } from "./standalone.ts";
import { Surroundings } from "./surroundings.ts";
import { clamp, panned, sameInterval, widest, zoomed } from "./view.ts";

/** Width of a picture that is saved: the same on every screen. */
const PICTURE_WIDTH = 1200;

/** While it plays, the state in words is written so often. */
const READOUT_MS = 100;

/** What an element is made of from its first timeline on. */
interface Parts {
  readonly root: HTMLElement;
  readonly stage: Stage;
  readonly controls: Controls;
  readonly panel: Panel;
  readonly surroundings: Surroundings;
}

/** A run, and what is worked out of it once. */
interface Shown {
  readonly timeline: Timeline;
  readonly moments: Moments;
  readonly run: Interval;
  /** What "show the rollout" shows. */
  readonly home: Interval;
}

/**
 * `<rl-timeline lang="en">`: a timeline that can be played, asked and zoomed. What it holds at first (the static picture) stays until a
 * timeline is given. Fires `playhead` with `detail.ms` when the playhead moves.
 */
export class TimelineElement extends HTMLElement {
  private shown: Shown | undefined;
  private parts: Parts | undefined;
  private wantedHome: Interval | undefined;
  private view: Interval = { fromMs: 0, toMs: 1 };
  private lanesOver: Interval = { fromMs: 0, toMs: 1 };
  private playhead: number | undefined;
  private width = 0;
  private drawRequested = 0;
  private readoutAtMs = 0;
  /** Where playing is to end, when it was asked to go on to a moment. */
  private goalMs: number | undefined;
  private readonly player = new Player((byMs) => this.advance(byMs));
  private readonly resized = new ResizeObserver(() => this.measure());

  connectedCallback(): void {
    this.resized.observe(this);
  }

  disconnectedCallback(): void {
    this.resized.disconnect();
    this.pause();
  }

  get timeline(): Timeline | undefined {
    return this.shown?.timeline;
  }

  /** Another run takes the place of the one shown; view and playhead stay as far as the new one reaches. */
  set timeline(timeline: Timeline | undefined) {
    if (timeline === undefined || timeline === this.timeline) return;
    const wasHome = this.shown === undefined || sameInterval(this.view, this.shown.home);
    const wasAtEnd = this.playhead === undefined || this.playhead >= this.view.toMs;
    const run = { fromMs: timeline.startMs, toMs: timeline.endMs };
    const home = this.wantedHome ?? focusOf(timeline);
    this.shown = { timeline, moments: new Moments(timeline), run, home };
    this.view = wasHome ? home : panned(this.view, 0, run);
    this.lanesOver = wasHome ? home : widest(this.lanesOver, home);
    this.playhead = clamp(wasAtEnd ? this.view.toMs : this.playhead!, run.fromMs, run.toMs);
    this.parts ??= this.build();
    this.parts.panel.hide();
    this.requestDraw();
  }

  /** The interval that "show the rollout" shows; undefined: found from the run. */
  set focusInterval(interval: Interval | undefined) {
    this.wantedHome = interval;
    if (this.shown === undefined) return;
    this.shown = { ...this.shown, home: interval ?? focusOf(this.shown.timeline) };
    this.look(this.shown.home);
  }

  /** Virtual time of the playhead. */
  get playheadMs(): number {
    return this.playhead ?? 0;
  }

  set playheadMs(ms: number) {
    this.seek(ms);
  }

  /** What is drawn now; undefined until a timeline was given. */
  get scene(): Scene | undefined {
    return this.parts?.stage.scene;
  }

  /** What shows now as an SVG file that needs nothing else; undefined until a timeline was given. */
  picture(): string | undefined {
    const { shown, view, lanesOver, language: lang } = this;
    if (shown === undefined) return undefined;
    const how = { width: PICTURE_WIDTH, ...view, lang, compact: false, lanesOver };
    return standaloneSvg(layoutTimeline(shown.timeline, how), this);
  }

  get playing(): boolean {
    return this.player.playing;
  }

  /** Plays on from the playhead; from the view's start where its end is reached. */
  play(): void {
    const { shown, parts } = this;
    if (shown === undefined || parts === undefined || this.playing) return;
    if (this.playheadMs >= Math.min(this.view.toMs, shown.run.toMs)) this.seek(this.viewStart());
    parts.controls.playing = true;
    this.player.play();
  }

  /** Plays on from the playhead to a moment, and has the picture follow. */
  playUntil(ms: number): void {
    const { shown, parts } = this;
    if (shown === undefined || parts === undefined) return;
    this.goalMs = Math.min(ms, shown.run.toMs);
    if (this.playheadMs >= this.goalMs) return this.pause();
    parts.controls.playing = true;
    this.player.play();
  }

  pause(): void {
    this.goalMs = undefined;
    this.player.pause();
    if (this.parts !== undefined) this.parts.controls.playing = false;
    this.showMoment();
  }

  /** Goes to a moment and, with a subject, opens the answer to its "why?". */
  reveal(atMs: number, subject?: Subject): void {
    this.jump(atMs);
    this.draw();
    if (subject === undefined || this.parts === undefined) return;
    const target = this.scene?.targets.find((t) => standsFor(t.subject, subject));
    if (target !== undefined) this.parts.stage.stand(target, true);
    this.answer(subject, target?.box ?? this.playheadBox());
  }

  private get language(): Language {
    return this.lang.startsWith("ko") ? "ko" : "en";
  }

  private build(): Parts {
    const lang = this.language;
    const root = this.querySelector<HTMLElement>(".tl") ?? this.appendChild(box("tl"));
    const place = root.querySelector<HTMLElement>(".tl-stage") ?? root.appendChild(box("tl-stage"));
    const controls = new Controls(
      lang,
      (command) => this.command(command),
      (speed) => (this.player.speed = speed),
    );
    root.querySelector(".tl-waiting")?.remove();
    root.prepend(controls.element);
    const panel = new Panel(lang, {
      closed: () => this.parts?.stage.stand(this.parts.stage.target, true),
      goTo: (ms) => this.reveal(ms),
    });
    place.append(panel.element);
    const stage = new Stage(place, lang, {
      scrub: (ms) => {
        this.pause();
        this.seek(ms);
      },
      ask: ({ subject, box: at }) => {
        this.pause();
        this.answer(subject, at);
      },
      zoom: (factor, aroundMs) => this.zoom(factor, aroundMs),
      pan: (ms) => this.pan(ms),
    });
    root.addEventListener("keydown", (event) => this.key(event));
    this.width = root.clientWidth;
    return { root, stage, controls, panel, surroundings: new Surroundings(root, lang) };
  }

  private measure(): void {
    const width = this.parts?.root.clientWidth;
    if (width === undefined || width === this.width) return;
    this.width = width;
    this.requestDraw();
  }

  private requestDraw(): void {
    if (this.drawRequested === 0) {
      this.drawRequested = requestAnimationFrame(() => this.draw());
    }
  }

  private draw(): void {
    cancelAnimationFrame(this.drawRequested);
    this.drawRequested = 0;
    const { shown, parts, width, view, lanesOver, language: lang } = this;
    if (shown === undefined || parts === undefined || width === 0) return;
    const { timeline, home } = shown;
    const compact = width < COMPACT_BELOW;
    const scene = layoutTimeline(timeline, { width, ...view, lang, compact, lanesOver });
    parts.stage.draw(scene, indexTimeline(timeline));
    parts.stage.movePlayhead(this.playheadMs);
    parts.surroundings.showLegend(legendToHtml(scene, parts.stage.id));
    parts.surroundings.showTable(timeline, home);
    this.showMoment();
  }

  private seek(ms: number): void {
    if (this.shown === undefined) return;
    this.placePlayhead(clamp(ms, this.shown.run.fromMs, this.shown.run.toMs));
    this.showMoment();
  }

  private placePlayhead(ms: number): void {
    this.playhead = ms;
    this.parts?.stage.movePlayhead(ms);
    this.dispatchEvent(new CustomEvent("playhead", { detail: { ms }, bubbles: true }));
  }

  /** One step of playing: stops at the end of the rollout's view, turns the page in any other. */
  private advance(byMs: number): boolean {
    if (this.shown === undefined) return false;
    const { run, home } = this.shown;
    const turnsPage = !sameInterval(this.view, home) && this.view.toMs < run.toMs;
    const lastMs = this.goalMs ?? (turnsPage ? run.toMs : Math.min(this.view.toMs, run.toMs));
    const ms = Math.min(this.playheadMs + byMs, lastMs);
    if (ms > this.view.toMs) this.pan((this.view.toMs - this.view.fromMs) * 0.9);
    this.placePlayhead(ms);
    if (ms >= lastMs) {
      this.pause();
      return false;
    }
    const now = performance.now();
    if (now - this.readoutAtMs > READOUT_MS) {
      this.readoutAtMs = now;
      this.showMoment();
    }
    return true;
  }

  private showMoment(): void {
    if (this.shown === undefined || this.parts === undefined) return;
    const moment = this.shown.moments.at(this.playheadMs);
    this.parts.controls.show(moment);
    this.parts.stage.say(this.shown.run, this.playheadMs, momentText(moment, this.language));
  }

  private command(command: Command): void {
    if (this.shown === undefined) return;
    const { moments, run, home } = this.shown;
    switch (command) {
      case "toggle":
        return this.playing ? this.pause() : this.play();
      case "rewind":
        return this.jump(this.viewStart());
      case "previous":
        return this.jump(moments.before(this.playheadMs) ?? run.fromMs);
      case "next":
        return this.jump(moments.after(this.playheadMs) ?? run.toMs);
      case "zoom-in":
        return this.zoom(0.6, this.zoomCentre());
      case "zoom-out":
        return this.zoom(1 / 0.6, this.zoomCentre());
      case "fit":
        return this.look(home);
      case "whole":
        return this.look(run);
    }
  }

  private viewStart(): number {
    return Math.max(this.view.fromMs, this.shown!.run.fromMs);
  }

  private zoomCentre(): number {
    const { fromMs, toMs } = this.view;
    const inView = this.playheadMs > fromMs && this.playheadMs < toMs;
    return inView ? this.playheadMs : (fromMs + toMs) / 2;
  }

  /** Stops at a moment and brings it into view. */
  private jump(ms: number): void {
    this.pause();
    this.seek(ms);
    const { fromMs, toMs } = this.view;
    const at = this.playheadMs;
    if (at < fromMs || at > toMs) this.pan(at - (fromMs + toMs) / 2);
  }

  private zoom(factor: number, aroundMs: number): void {
    if (this.shown !== undefined) this.look(zoomed(this.view, factor, aroundMs, this.shown.run));
  }

  private pan(ms: number): void {
    if (this.shown !== undefined) this.look(panned(this.view, ms, this.shown.run));
  }

  /** Rows come when the view widens and stay when it narrows, so that nothing jumps; the home view starts anew. */
  private look(view: Interval): void {
    this.view = view;
    const isHome = this.shown !== undefined && sameInterval(view, this.shown.home);
    this.lanesOver = isHome ? view : widest(this.lanesOver, view);
    this.requestDraw();
  }

  private answer(subject: Subject, at: Box): void {
    if (this.shown === undefined) return;
    const explanation = explain(subject, indexTimeline(this.shown.timeline), this.language);
    this.parts?.panel.open(explanation, at, this.width, this.chapters);
  }

  /** Addresses of chapters by manifest field, which the page gives around the timeline. */
  private get chapters(): Readonly<Record<string, string>> {
    const around = this.closest<HTMLElement>("[data-chapters]");
    return JSON.parse(around?.dataset["chapters"] ?? "{}") as Record<string, string>;
  }

  private playheadBox(): Box {
    const { scene } = this;
    if (scene === undefined) return { x: 0, y: 0, w: 0, h: 0 };
    const part = (this.playheadMs - scene.fromMs) / (scene.toMs - scene.fromMs);
    return { x: scene.plot.x + clamp(part, 0, 1) * scene.plot.w, y: scene.plot.y, w: 0, h: 0 };
  }

  private key(event: KeyboardEvent): void {
    const { shown, parts } = this;
    if (shown === undefined || parts === undefined) return;
    const onMark = (event.target as HTMLElement).classList.contains("tl-target");
    if (!onMark && event.target !== parts.stage.playhead) return;
    const length = this.view.toMs - this.view.fromMs;
    const meant = pressKey(event, onMark, {
      command: (command) => this.command(command),
      walk: (to) => parts.stage.walk(to),
      move: (byMs) => this.jump(this.playheadMs + byMs),
      goToEnd: (end) => this.jump(end === "start" ? shown.run.fromMs : shown.run.toMs),
      page: (part) => this.pan(length * part),
    });
    if (meant) event.preventDefault();
  }
}

function box(look: string): HTMLElement {
  const element = document.createElement("div");
  element.className = look;
  return element;
}

/** Makes `<rl-timeline>` known to the page. */
export function defineTimeline(): void {
  if (customElements.get("rl-timeline") === undefined) {
    customElements.define("rl-timeline", TimelineElement);
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "rl-timeline": TimelineElement;
  }
}
