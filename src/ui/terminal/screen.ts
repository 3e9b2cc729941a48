import { Terminal } from "@xterm/xterm";
import "@xterm/xterm/css/xterm.css";
import { placeAfter } from "./place.ts";
import { onThemeChange, themeOf } from "./theme.ts";
import type { Piece } from "./transcript.ts";

/** What a screen tells of. */
export interface ScreenEvents {
  /** What keys and the clipboard send. */
  readonly data: (data: string) => void;
  /** Whether a key is the page's and not the terminal's. */
  readonly leavesKey: (event: KeyboardEvent) => boolean;
}

const SCROLLBACK = 5000;
const FONT_PX = 13;

/** Empties the screen and what has been scrolled out of it. As a sequence it keeps its place among what is written and not drawn yet. */
const CLEAR = "\x1b[H\x1b[2J\x1b[3J";

/** Goes to the start of its row and empties the screen from there. */
const ERASE = "\r\x1b[J";

/**
 * xterm with the pieces of a transcript and a line to type below. It remembers how much it has drawn: what is new is added, and where the
 * past has become another, all is drawn anew.
 */
export class Screen {
  readonly terminal: Terminal;
  private readonly place: HTMLElement;
  private drawn: readonly Piece[] = [];
  /** Rows that the cursor stands below the start of the line at the prompt; undefined: there is none. */
  private promptRow: number | undefined;
  private prompt: { readonly text: string; readonly before: string } | undefined;
  private readonly sized = new ResizeObserver(() => this.fit());
  private readonly endThemes: () => void;

  constructor(place: HTMLElement, name: string, { data, leavesKey }: ScreenEvents) {
    this.place = place;
    this.terminal = new Terminal({
      convertEol: true,
      cursorBlink: false,
      fontFamily: getComputedStyle(place).fontFamily,
      fontSize: FONT_PX,
      lineHeight: 1.25,
      minimumContrastRatio: 4.5,
      scrollback: SCROLLBACK,
      theme: themeOf(place),
    });
    this.terminal.open(place);
    this.terminal.textarea?.setAttribute("aria-label", name);
    this.terminal.onData(data);
    this.terminal.attachCustomKeyEventHandler((event) => !leavesKey(event));
    this.endThemes = onThemeChange(() => (this.terminal.options.theme = themeOf(place)));
    this.sized.observe(place);
    this.fit();
  }

  destroy(): void {
    this.endThemes();
    this.sized.disconnect();
    this.terminal.dispose();
  }

  /** Has these pieces stand on the screen, and below them the line at the prompt where there is one. */
  show(pieces: readonly Piece[], prompt: { text: string; before: string } | undefined): void {
    const kept = this.drawn.every((piece, i) => same(piece, pieces[i]));
    const isSame = kept && this.drawn.length === pieces.length;
    if (isSame && prompt?.text === this.prompt?.text && prompt?.before === this.prompt?.before) {
      return;
    }
    let out = this.erasePrompt();
    if (!kept) out = CLEAR;
    out += (kept ? pieces.slice(this.drawn.length) : pieces).map(({ text }) => text).join("");
    this.drawn = pieces;
    this.prompt = prompt;
    this.terminal.write(out + this.drawPrompt());
  }

  /** Shows something below the line, and the line again below that; it is gone with the next change of the past. */
  tell(text: string): void {
    if (this.prompt === undefined) return;
    const { text: line } = this.prompt;
    this.terminal.write(`${this.erasePrompt()}${line}\n${text}\n${this.drawPrompt()}`);
  }

  set readsAloud(on: boolean) {
    this.terminal.options.screenReaderMode = on;
  }

  focus(): void {
    this.terminal.focus();
  }

  private erasePrompt(): string {
    const rows = this.promptRow;
    this.promptRow = undefined;
    if (rows === undefined) return "";
    return (rows > 0 ? `\x1b[${rows}A` : "") + ERASE;
  }

  private drawPrompt(): string {
    if (this.prompt === undefined) return "";
    const { text, before } = this.prompt;
    const columns = this.terminal.cols;
    const end = placeAfter(text, columns);
    const cursor = placeAfter(before, columns);
    this.promptRow = cursor.row;
    // A full row waits for one more character; the cursor is to stand in the next one.
    const next = end.column === 0 && end.row > 0 ? "\n" : "";
    const up = end.row - cursor.row;
    return [
      text,
      next,
      up > 0 ? `\x1b[${up}A` : "",
      "\r",
      cursor.column > 0 ? `\x1b[${cursor.column}C` : "",
    ].join("");
  }

  /** As many rows and columns as there is room for. */
  private fit(): void {
    const grid = this.place.querySelector<HTMLElement>(".xterm-screen");
    const { cols, rows } = this.terminal;
    if (grid === null || grid.offsetWidth === 0) return;
    const style = getComputedStyle(this.place);
    const width = this.place.clientWidth - parseFloat(style.paddingLeft);
    const height =
      this.place.clientHeight - parseFloat(style.paddingTop) - parseFloat(style.paddingBottom);
    const { width: gridWidth, height: gridHeight } = grid.getBoundingClientRect();
    const fitting = {
      cols: Math.max(20, Math.floor(width / (gridWidth / cols))),
      rows: Math.max(4, Math.floor(height / (gridHeight / rows))),
    };
    if (fitting.cols === cols && fitting.rows === rows) return;
    this.terminal.resize(fitting.cols, fitting.rows);
    const { drawn, prompt } = this;
    this.terminal.write(CLEAR);
    this.drawn = [];
    this.promptRow = undefined;
    this.prompt = undefined;
    this.show(drawn, prompt);
  }
}

function same(one: Piece, other: Piece | undefined): boolean {
  return one === other || (one.atMs === other?.atMs && one.text === other.text);
}
