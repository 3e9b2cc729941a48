/** What came of holding the simulator against one recorded fact. */
export interface Result {
  /** Which fact: `vectors/backoff/doubles`, `traces/02-roll/decisions`. */
  readonly name: string;
  readonly pass: boolean;
  /** How many single facts were compared. */
  readonly compared: number;
  /** What differs; empty when it passes. */
  readonly messages: readonly string[];
  /** What was left out or excused, and by which rule. */
  readonly notes: readonly string[];
}

/** The last line of a report. */
export function tally(results: readonly Result[]): string {
  const passed = results.filter(({ pass }) => pass).length;
  return `${passed} passed, ${results.length - passed} failed`;
}

/** A fact that cannot be read, or whose reading went wrong, has failed; `message` says where and why. */
export function failed(name: string, message: string): Result {
  return { name, pass: false, compared: 0, messages: [message], notes: [] };
}

/** What a check comes to; one that throws has failed. */
export function attempt(name: string, check: () => Result): Result {
  try {
    return check();
  } catch (error) {
    return failed(name, error instanceof Error ? error.message : String(error));
  }
}
