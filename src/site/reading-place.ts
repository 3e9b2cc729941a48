/** Beside the labs' progress in the browser's storage. */
const KEY = "rollout-lab/last-chapter";

/** Where the page keeps where the reader was last: `localStorage`, or nothing where it is blocked. */
export type OpenStorage = () => Pick<Storage, "getItem" | "setItem">;

/** Remembers a place, which is the same in every language: a chapter by its file's name, or `labs/ID`. */
export function rememberPlace(place: string, storage: OpenStorage = () => localStorage): void {
  try {
    storage().setItem(KEY, place);
  } catch {
    // Blocked or full: the front page then offers the first chapter, as to a newcomer.
  }
}

/** Where the reader was last, if it is one of the places that there are. */
export function lastPlace(
  places: readonly string[],
  storage: OpenStorage = () => localStorage,
): string | undefined {
  try {
    const place = storage().getItem(KEY);
    return places.find((known) => known === place);
  } catch {
    return undefined;
  }
}
