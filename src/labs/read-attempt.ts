import type { Attempt } from "./attempt.ts";

/** Inputs of one attempt that are read at most, so that a hostile document cannot keep a machine busy. */
export const INPUTS_MAX = 500;

/** A document has another shape; the message names the place, and what was wanted there. */
export class Misshapen extends Error {}

/** An attempt out of a document from elsewhere: only what a learner can do in a terminal. `at`: its place in the document. */
export function readAttempt(value: unknown, at: string): Attempt {
  const { files, inputs } = object(value, at);
  return { files: readFiles(files, `${at}.files`), inputs: readInputs(inputs, `${at}.inputs`) };
}

/** Files by name. */
export function readFiles(value: unknown, at: string): Attempt["files"] {
  const files = object(value, at);
  for (const [name, text] of Object.entries(files)) {
    if (typeof text !== "string") throw new Misshapen(`${at}.${name}: wanted the text of a file`);
  }
  return files as Attempt["files"];
}

function readInputs(value: unknown, at: string): Attempt["inputs"] {
  if (!Array.isArray(value)) throw new Misshapen(`${at}: wanted a list`);
  if (value.length > INPUTS_MAX) {
    throw new Misshapen(`${at}: ${value.length} entries; at most ${INPUTS_MAX} are read`);
  }
  return value.map((input, i) => readInput(input, `${at}[${i}]`));
}

function readInput(value: unknown, at: string): Attempt["inputs"][number] {
  const { atMs, action } = object(value, at);
  if (typeof atMs !== "number" || !Number.isSafeInteger(atMs) || atMs < 0) {
    throw new Misshapen(`${at}.atMs: wanted whole milliseconds`);
  }
  const { kind, line, files, text } = object(action, `${at}.action`);
  if (kind === "interrupt") return { atMs, action: { kind } };
  if (kind === "edited" && (text === undefined || typeof text === "string")) {
    return { atMs, action: { kind, text } };
  }
  if (kind === "shell" && typeof line === "string") {
    return { atMs, action: { kind, line, files: readFiles(files, `${at}.action.files`) } };
  }
  throw new Misshapen(`${at}.action: wanted a typed line, an interrupt or an edited text`);
}

/** An object of JSON. */
export function object(value: unknown, at: string): Record<string, unknown> {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw new Misshapen(`${at}: wanted an object`);
  }
  return value as Record<string, unknown>;
}
