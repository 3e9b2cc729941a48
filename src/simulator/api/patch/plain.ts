import { goText } from "../schema/go-text.ts";

/** A JSON object. */
export type Plain = Readonly<Record<string, unknown>>;

/** Is it a JSON object, neither a list nor null? */
export function isPlain(value: unknown): value is Plain {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** A patch that cannot be carried out; the message is upstream's. The API server answers BadRequest. */
export class PatchError extends Error {
  constructor(message: string) {
    super(message);
    this.name = "PatchError";
  }
}

/** mergepatch.ErrNoMergeKey. */
export function noMergeKey(item: Plain, mergeKey: string): PatchError {
  return new PatchError(`map: ${goText(item)} does not contain declared merge key: ${mergeKey}`);
}
