import type { Input, Timeline } from "../../simulator/index.ts";
import type { Language } from "../../words/language.ts";
import { make } from "../elements.ts";
import { complete, type Known } from "./completion.ts";
import { EditedText } from "./edited-text.ts";
import { EMPTY_LINE, insert, keysOf, press, type Asked, type Line } from "./line.ts";
import type { Screen } from "./screen.ts";
import {
  piecesUntil,
  PROMPT,
  runningAt,
  transcriptOf,
  type Transcript,
  type TypedRecord,
} from "./transcript.ts";
import { TERMINAL_WORDS, type TerminalWords } from "./words.ts";

/** What a terminal has someone do at the playhead's time. */
export type TerminalAction =
  | { readonly kind: "line"; readonly line: string }
  | Extract<Input["action"], { kind: "interrupt" | "edited" }>;

export interface TerminalOptions {
  readonly lang: Language;
  readonly isOpen: boolean;
  /** Carries an action out; until it is settled the terminal waits. Says whether it came to anything. */
  readonly act: (action: TerminalAction) => Promise<boolean>;
  /** What Tab may complete, at the playhead's time. */
  readonly known: () => Known;
}

/** What has been typed ahead is kept up to so many characters. */
const AHEAD_MAX = 10_000;

/**
 * A terminal on a run: what its typed lines had printed up to the playhead stands on the screen, so that going back takes output back. xterm
 * comes when the terminal is opened for the first time.
 */
export class TerminalPane {
  readonly dom: HTMLDetailsElement;
  private readonly options: TerminalOptions;
  private readonly words: TerminalWords;
  private readonly place = make("div", { class: "rl-terminal-screen" });
  private readonly state = make("p", { class: "rl-terminal-state", role: "status" });
  private readonly readsAloud: HTMLInputElement;
  private readonly edited: EditedText;
  private screen: Screen | undefined;
  private isLoading = false;
  private transcript: Transcript = { pieces: [], lines: [] };
  private atMs = 0;
  private endMs = Infinity;
  private line: Line = EMPTY_LINE;
  private history: string[] = [];
  private ahead = "";
  private isBusy = false;
  /** `clear` was typed then: what stood there before is not shown again. */
  private cleared: { readonly atMs: number; readonly pieces: number } | undefined;
  private drawRequested = 0;

  constructor(options: TerminalOptions) {
    this.options = options;
    this.words = TERMINAL_WORDS[options.lang];
    this.readsAloud = make("input", { type: "checkbox" });
    this.readsAloud.addEventListener("change", () => {
      if (this.screen !== undefined) this.screen.readsAloud = this.readsAloud.checked;
    });
    this.edited = new EditedText(this.words, (text) => void this.act({ kind: "edited", text }));
    this.dom = make(
      "details",
      { class: "rl-terminal", open: options.isOpen },
      make("summary", {}, make("h2", { tabindex: "-1" }, this.words.terminal)),
      this.place,
      this.edited.dom,
      this.state,
      make("p", { class: "rl-terminal-keys" }, this.words.keys),
      make("label", { class: "rl-terminal-mode" }, this.readsAloud, ` ${this.words.readsAloud}`),
    );
    this.dom.addEventListener("toggle", () => void this.load());
    if (options.isOpen) void this.load();
  }

  /** The line that runs at the playhead's time. */
  get running(): TypedRecord | undefined {
    return runningAt(this.transcript, this.atMs);
  }

  /** Another run, with what was done in it. */
  show(inputs: readonly Input[], timeline: Timeline): void {
    this.transcript = transcriptOf(inputs, timeline.inputs);
    this.endMs = timeline.endMs;
    if (this.history.length === 0) this.history = this.transcript.lines.map(({ line }) => line);
    if (this.cleared !== undefined && this.cleared.pieces > this.transcript.pieces.length) {
      this.cleared = undefined;
    }
    this.requestDraw();
  }

  /** The playhead has moved. */
  moveTo(ms: number): void {
    this.atMs = ms;
    this.requestDraw();
  }

  destroy(): void {
    cancelAnimationFrame(this.drawRequested);
    this.screen?.destroy();
  }

  private async load(): Promise<void> {
    if (!this.dom.open || this.isLoading) return;
    this.isLoading = true;
    this.state.textContent = this.words.loading;
    try {
      const { Screen } = await import("./screen.ts");
      this.screen = new Screen(this.place, this.words.terminal, {
        data: (data) => this.take(data),
        leavesKey: (event) => this.leavesKey(event),
      });
      this.screen.readsAloud = this.readsAloud.checked;
      this.requestDraw();
    } catch (error) {
      this.isLoading = false;
      const reason = error instanceof Error ? error.message : String(error);
      this.state.textContent = this.words.loadFailed(reason);
    }
  }

  /** Keys, in their order; those typed while a line runs wait for their turn, as in any terminal. */
  private take(data: string): void {
    const keys = keysOf(data);
    while (keys.length > 0) {
      const key = keys.shift()!;
      if (this.isBusy || this.running !== undefined) {
        if (key === "\x03") this.interrupt();
        else if (this.ahead.length < AHEAD_MAX) this.ahead += key;
      } else this.press(key);
    }
    this.draw();
  }

  private press(key: string): void {
    const { line, asked } = press(this.line, key, this.history);
    this.line = line;
    if (asked !== undefined) this.answer(asked);
  }

  private answer(asked: Asked): void {
    switch (asked) {
      case "submit":
        return this.submit(this.line.text.trim());
      case "interrupt":
        this.line = EMPTY_LINE;
        return;
      case "clear":
        return this.clear();
      case "complete":
        return this.complete();
    }
  }

  private submit(line: string): void {
    if (line !== "" && line !== this.history.at(-1)) this.history = [...this.history, line];
    if (line === "clear") this.clear();
    if (line === "" || line === "clear") this.line = EMPTY_LINE;
    else void this.act({ kind: "line", line });
  }

  private interrupt(): void {
    this.ahead = "";
    if (!this.isBusy) void this.act({ kind: "interrupt" });
  }

  private async act(action: TerminalAction): Promise<void> {
    this.isBusy = true;
    this.draw();
    try {
      if ((await this.options.act(action)) || action.kind !== "line") this.line = EMPTY_LINE;
    } finally {
      this.isBusy = false;
      this.requestDraw();
    }
  }

  private complete(): void {
    const { text, at } = this.line;
    const completion = complete(text.slice(0, at), this.options.known());
    if (completion === undefined) return;
    this.line = insert(this.line, completion.added);
    if (completion.added === "" && completion.choices.length > 0) {
      this.draw();
      this.screen?.tell(completion.choices.join("  "));
    }
  }

  private clear(): void {
    this.cleared = { atMs: this.atMs, pieces: piecesUntil(this.transcript, this.atMs) };
  }

  /** Tab on an empty line and Esc lead out; with a selection Ctrl+C copies, and Ctrl+V pastes. */
  private leavesKey(event: KeyboardEvent): boolean {
    const { key, ctrlKey, metaKey, shiftKey } = event;
    if (key === "Tab") return shiftKey || this.line.text === "" || this.running !== undefined;
    if (key === "Escape" && this.line.search === undefined) {
      if (event.type === "keydown") this.readsAloud.focus();
      return true;
    }
    const isCommand = ctrlKey || metaKey;
    if (isCommand && key === "c") return this.screen?.terminal.hasSelection() ?? false;
    return isCommand && (key === "v" || key === "V" || key === "C");
  }

  private requestDraw(): void {
    if (this.drawRequested === 0) {
      this.drawRequested = requestAnimationFrame(() => {
        this.draw();
        this.takeAhead();
      });
    }
  }

  private takeAhead(): void {
    if (this.ahead === "" || this.isBusy || this.running !== undefined) return;
    const { ahead } = this;
    this.ahead = "";
    this.take(ahead);
  }

  private draw(): void {
    cancelAnimationFrame(this.drawRequested);
    this.drawRequested = 0;
    const { running } = this;
    const isEditing = !this.isBusy && running?.editing !== undefined;
    this.edited.offer(isEditing ? running.editing : undefined);
    if (this.screen === undefined) return;
    const from =
      this.cleared !== undefined && this.cleared.atMs <= this.atMs ? this.cleared.pieces : 0;
    const pieces = this.transcript.pieces.slice(from, piecesUntil(this.transcript, this.atMs));
    this.screen.show(pieces, running === undefined ? this.promptLine() : undefined);
    const said = this.stateOf(running);
    if (this.state.textContent !== said) this.state.textContent = said;
  }

  private promptLine(): { text: string; before: string } {
    const { text, at, search } = this.line;
    const head = search === undefined ? PROMPT : `(reverse-i-search)\`${search.query}': `;
    return { text: head + text, before: head + text.slice(0, at) };
  }

  private stateOf(running: TypedRecord | undefined): string {
    if (this.isBusy) return this.words.computing;
    if (running === undefined) return "";
    return this.atMs >= this.endMs
      ? this.words.endOfRun(running.line)
      : this.words.runs(running.line);
  }
}
