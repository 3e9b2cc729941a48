/** Words up to so many letters stay whole: half a phone's line. */
const WHOLE_MAX = 22;

/** Within other letters than these a browser may end a line: `db-2` would become `db-` and `2`. */
const UNBROKEN = /^[\w.:=]*$/;

/** A part of a code in running text; `whole`: no line may end within it. */
export interface CodePart {
  readonly text: string;
  readonly whole: boolean;
}

/** A code in running text in parts, so that its short words stay whole: the names of pods and nodes, the flags of commands. */
export function wholeWords(code: string, most = WHOLE_MAX): CodePart[] {
  const parts: { text: string; whole: boolean }[] = [];
  for (const word of code.split(/(?<= )|(?= )/)) {
    const whole = word.length <= most && !UNBROKEN.test(word) && word !== " ";
    const last = parts.at(-1);
    if (whole || last === undefined || last.whole) parts.push({ text: word, whole });
    else last.text += word;
  }
  return parts;
}

/**
 * A sentence whose lines do not end between a bracket or percent sign and the Hangul that belongs to it: `(3건)` and `이`. `word-break: keep-all`
 * keeps Hangul together, but not what stands beside it; a word joiner does.
 */
export function withParticles(text: string): string {
  return text.replaceAll(/(?<=[)\]%”’])(?=[\uac00-\ud7a3])/g, "\u2060");
}
