/** Words of a command line as a shell splits them: blanks part, quotes and backslashes keep together. */
export function splitWords(line: string): string[] {
  const words: string[] = [];
  let word: string | undefined;
  let quote = "";
  for (let i = 0; i < line.length; i += 1) {
    const c = line[i]!;
    if (quote === "'") {
      if (c === "'") quote = "";
      else word += c;
    } else if (c === "\\" && i + 1 < line.length) {
      i += 1;
      word = (word ?? "") + (quote === '"' && !/["\\$`]/.test(line[i]!) ? "\\" : "") + line[i]!;
    } else if (quote === '"') {
      if (c === '"') quote = "";
      else word += c;
    } else if (c === '"' || c === "'") {
      quote = c;
      word ??= "";
    } else if (/\s/.test(c)) {
      if (word !== undefined) words.push(word);
      word = undefined;
    } else word = (word ?? "") + c;
  }
  return word === undefined ? words : [...words, word];
}
