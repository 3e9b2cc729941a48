/**
 * Widths of letters in hundredths of the font's size. Diagrams are laid out when the site is built,
 * where no font is at hand and the reader's is unknown, so these are the advances of DejaVu Sans,
 * the widest of the fonts that `system-ui` stands for: elsewhere the boxes are a little roomier,
 * and no label leaves its box.
 */
const widthsByLetters: readonly (readonly [number, string])[] = [
  [28, "'ijl"],
  [32, "IJ \u00a0,.·‘’"],
  [35, "/:;\\|f-–"],
  [40, "()[]t!"],
  [46, 'r"'],
  [52, "*_`sz?“”"],
  [56, "cL"],
  [59, "Fkvxy"],
  [61, "PTYaoe"],
  [64, "ESbdghnpqu$0123456789{}"],
  [70, "KAVBRXZC"],
  [75, "UHN"],
  [78, "DG&"],
  [82, "OQw"],
  [86, "#+<=>^~M→←≤≥×"],
  [100, "%mW@…—"],
];

const widths = new Map(
  widthsByLetters.flatMap(([width, letters]) => [...letters].map((letter) => [letter, width])),
);

/** Hangul, kana and Chinese characters are nearly as wide as the font is tall. */
const wide = /[\u1100-\u11ff\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\uff00-\uff60]/u;

/** The width of one line of text in pixels, for a font of that size; bold letters are wider. */
export function textWidth(text: string, fontSizePx: number, bold = false): number {
  let hundredths = 0;
  for (const letter of text) hundredths += widths.get(letter) ?? (wide.test(letter) ? 96 : 70);
  return (hundredths / 100) * fontSizePx * (bold ? 1.1 : 1);
}
