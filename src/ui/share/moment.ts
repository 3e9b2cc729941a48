/** The moment that a page's fragment names, in milliseconds of virtual time: `#t=41.2s`. Undefined where it names none. */
export function momentOf(fragment: string): number | undefined {
  const text = new URLSearchParams(fragment.replace(/^#/, "")).get("t");
  const match = /^(\d{1,6}(?:\.\d{1,3})?)s$/.exec(text ?? "");
  return match === null ? undefined : Math.round(Number(match[1]) * 1000);
}

/** The fragment that names a moment: 41200 is `t=41.2s`. */
export function fragmentOfMoment(ms: number): string {
  return `t=${Math.round(ms) / 1000}s`;
}
