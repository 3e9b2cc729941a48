/** A billion strings from nine lines. */
export const aliasBomb = [
  "a0: &a0 [x, x, x, x, x, x, x, x, x, x]",
  ...Array.from({ length: 9 }, (_, i) => {
    const alias = Array.from({ length: 10 }, () => `*a${i}`).join(", ");
    return `a${i + 1}: &a${i + 1} [${alias}]`;
  }),
].join("\n");
