import { make } from "../elements.ts";

/** Has the browser save something as a file. */
export function saveFile(name: string, content: Blob): void {
  const address = URL.createObjectURL(content);
  make("a", { href: address, download: name }).click();
  // The download has taken the address in by the next task.
  setTimeout(() => URL.revokeObjectURL(address));
}
