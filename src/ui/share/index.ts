export { ShareBar, type ShareOptions } from "./share-bar.ts";
export type { SharedTry } from "./shared-try.ts";
export { SHARE_WORDS } from "./words.ts";
