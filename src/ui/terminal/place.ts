/** A place on the screen, counted from where a text begins. */
export interface Place {
  readonly row: number;
  readonly column: number;
}

/** Where the cursor stands after a text, on a screen of so many columns; a full row is left for the next at once. */
export function placeAfter(text: string, columns: number): Place {
  let row = 0;
  let column = 0;
  for (const character of text) {
    const width = widthOf(character);
    if (column + width > columns) {
      row += 1;
      column = 0;
    }
    column += width;
    if (column >= columns) {
      row += 1;
      column = 0;
    }
  }
  return { row, column };
}

/** Columns of a character: Hangul, Han and kana, full-width forms and pictographs take two, marks that combine none. */
export function widthOf(character: string): number {
  if (/^[\p{Mn}\p{Me}\u200b-\u200f]/u.test(character)) return 0;
  return /^[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{1f300}-\u{1faff}\u{20000}-\u{3fffd}]/u.test(
    character,
  )
    ? 2
    : 1;
}
