import { isStatus } from "../api/status-error.ts";

/** Does something to an object; one that is gone already is no error. */
export function ifThere(act: () => unknown): void {
  try {
    act();
  } catch (error) {
    if (!isStatus(error, "NotFound")) throw error;
  }
}
