import type { Kernel } from "../kernel/kernel.ts";
import type { InputRecord, OutputChunk } from "../record.ts";
import { Log } from "./log.ts";

/** Where who carries out a step or input says how it goes. */
export interface InputSink {
  /** Something is done now, by the scenario or typed into a terminal; the number names it to the others. */
  begin(label: string, isTyped?: boolean): number;
  told(input: number, stream: OutputChunk["stream"], text: string): void;
  wrote(input: number, path: string, text: string): void;
  /** It waits for an editor; undefined: not any more. */
  editing(input: number, editing: InputRecord["editing"]): void;
  ended(input: number, code: number): void;
}

type Fact =
  | { readonly input: number; readonly chunk: OutputChunk }
  | { readonly input: number; readonly path: string; readonly text: string }
  | { readonly input: number; readonly editing: InputRecord["editing"] }
  | { readonly input: number; readonly endMs: number; readonly code: number };

/** Steps and inputs, and what becomes of each while time passes. */
export class InputLog implements InputSink {
  private readonly begun: Log<Pick<InputRecord, "atMs" | "label" | "typed">>;
  private readonly facts: Log<Fact>;
  private readonly kernel: Kernel;

  constructor(kernel: Kernel) {
    this.kernel = kernel;
    this.begun = new Log(kernel, "inputs");
    this.facts = new Log(kernel, "input-facts");
  }

  begin(label: string, isTyped = false): number {
    const typed = isTyped ? ({ typed: true } as const) : {};
    this.begun.entries.push({ atMs: this.kernel.now, label, ...typed });
    return this.begun.length - 1;
  }

  told(input: number, stream: OutputChunk["stream"], text: string): void {
    if (text === "") return;
    this.facts.entries.push({ input, chunk: { atMs: this.kernel.now, stream, text } });
  }

  wrote(input: number, path: string, text: string): void {
    this.facts.entries.push({ input, path, text });
  }

  editing(input: number, editing: InputRecord["editing"]): void {
    this.facts.entries.push({ input, editing });
  }

  ended(input: number, code: number): void {
    this.facts.entries.push({ input, endMs: this.kernel.now, code });
  }

  /** How each stands now. */
  records(): InputRecord[] {
    const chunks = this.begun.entries.map((): OutputChunk[] => []);
    const more = this.begun.entries.map((): Partial<InputRecord> => ({}));
    for (const fact of this.facts.entries) {
      const { input } = fact;
      if ("chunk" in fact) chunks[input]!.push(fact.chunk);
      else if ("endMs" in fact)
        more[input] = { ...more[input], endMs: fact.endMs, code: fact.code };
      else if ("editing" in fact) more[input] = withEditor(more[input]!, fact.editing);
      else {
        const written = { ...more[input]!.written, [fact.path]: fact.text };
        more[input] = { ...more[input], written };
      }
    }
    return this.begun.entries.map((entry, i) => ({
      ...entry,
      code: 0,
      // A line's end belongs to the text of a terminal, not to that of a record.
      output: chunks[i]!.map(({ text }) => text)
        .join("")
        .replace(/\n$/, ""),
      chunks: chunks[i]!,
      ...more[i],
    }));
  }
}

function withEditor(
  { editing: _before, ...rest }: Partial<InputRecord>,
  editing: InputRecord["editing"],
): Partial<InputRecord> {
  return editing === undefined ? rest : { ...rest, editing };
}
