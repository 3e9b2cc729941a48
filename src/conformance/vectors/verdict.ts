/** What came of one case. */
export interface Verdict {
  readonly pass: boolean;
  /** What was got and what was wanted; empty when they are the same. */
  readonly message: string;
}

/** Runs one case of a topic. */
export type RunCase = (given: unknown) => Verdict;

/** Is what was got what was wanted? Both are compared as JSON, objects by their fields whatever their order. */
export function same(got: unknown, wanted: unknown): Verdict {
  const [left, right] = [text(got), text(wanted)];
  return left === right
    ? { pass: true, message: "" }
    : { pass: false, message: `got ${left}, wanted ${right}` };
}

/** A case that names a function which the adapter does not know. */
export function unknownFunction(name: unknown): Verdict {
  return { pass: false, message: `no rule for function ${String(name)}` };
}

/** The verdict for a difference; undefined: there is none. */
export function verdictOf(difference: string | undefined): Verdict {
  return { pass: difference === undefined, message: difference ?? "" };
}

function text(value: unknown): string {
  return JSON.stringify(value, (_key, field: unknown) =>
    typeof field === "object" && field !== null && !Array.isArray(field)
      ? Object.fromEntries(Object.entries(field).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : field,
  );
}
