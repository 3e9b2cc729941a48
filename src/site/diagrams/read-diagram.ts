/** What an author wrote, checked: a sequence diagram with a title and a description. */
export interface DiagramSource {
  /** Mermaid text. */
  readonly text: string;
  /** Its `accTitle`: the caption, and the picture's name for screen readers. */
  readonly title: string;
  /** Its `accDescr`: the course of events in words, for those who cannot see it. */
  readonly description: string;
}

/** An author's mistake in a diagram. */
export class DiagramError extends Error {
  override readonly name = "DiagramError";
  /** Line within the diagram's text, the first being 1. */
  readonly line: number;

  constructor(message: string, line: number) {
    super(message);
    this.line = line;
  }
}

const wantedStart = "sequenceDiagram\n  accTitle: …\n  accDescr: …";

/**
 * Checks what Mermaid would let pass: that the diagram can be drawn in the site's own colours, and
 * that it says in words what it shows.
 *
 * @throws {DiagramError} with the line and what was wanted
 */
export function readDiagram(text: string): DiagramSource {
  const lines = text.split("\n").map((line) => line.trim());
  const start = lines.findIndex((line) => line !== "" && !line.startsWith("%%"));
  if (lines[start] !== "sequenceDiagram") {
    throw new DiagramError(
      `a diagram starts with \`sequenceDiagram\`, the one kind that is drawn here, not \`${lines[start] ?? ""}\``,
      Math.max(start, 0) + 1,
    );
  }
  lines.forEach((line, index) => refuseOwnColours(line, index + 1));
  const title = /^accTitle\s*:\s*(.+)$/m.exec(lines.join("\n"))?.[1];
  if (!title) {
    throw new DiagramError(`accTitle is missing; a diagram begins\n${wantedStart}`, start + 1);
  }
  const description = descriptionOf(lines.join("\n"));
  if (!description) {
    throw new DiagramError(`accDescr is missing; a diagram begins\n${wantedStart}`, start + 1);
  }
  return { text, title, description };
}

function descriptionOf(text: string): string | undefined {
  const oneLine = /^accDescr\s*:\s*(.+)$/m.exec(text)?.[1];
  if (oneLine) return oneLine;
  const block = /^accDescr\s*\{([^}]*)\}/m.exec(text)?.[1];
  return block?.trim().replace(/\s+/g, " ");
}

function refuseOwnColours(line: string, number: number): void {
  if (/^(box|rect)\s+(rgba?\(|#|hsl)/i.test(line)) {
    throw new DiagramError(
      `\`${line}\` sets a colour, which one of the two themes cannot show; group with \`box Name\`, or with \`par\`, \`alt\`, \`loop\` or a note`,
      number,
    );
  }
  if (/^%%\{/.test(line)) {
    throw new DiagramError("a diagram has no settings of its own; the site gives them all", number);
  }
}
