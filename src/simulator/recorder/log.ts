import type { AppendOnlyLog, Kernel } from "../kernel/kernel.ts";

/** A log that grows in a run and is cut back when a snapshot is restored. */
export class Log<T> implements AppendOnlyLog {
  readonly name: string;
  readonly entries: T[] = [];

  constructor(kernel: Kernel, name: string) {
    this.name = name;
    kernel.registerLog(this);
  }

  get length(): number {
    return this.entries.length;
  }

  truncate(length: number): void {
    this.entries.length = length;
  }
}
