/** With reduced motion, playing moves on so often and not with every frame. */
const STILL_MS = 500;
/** A page that was not drawn for a while does not leap. */
const LEAP_MAX_MS = 100;

/** Turns the page's frames into steps of virtual time. */
export class Player {
  /** Virtual time for each unit of the reader's time. */
  speed = 1;
  private lastMs: number | undefined;
  private readonly advance: (byMs: number) => boolean;

  /** `advance` moves the playhead on, and says whether there is more to come. */
  constructor(advance: (byMs: number) => boolean) {
    this.advance = advance;
  }

  get playing(): boolean {
    return this.lastMs !== undefined;
  }

  play(): void {
    if (this.playing) return;
    this.lastMs = performance.now();
    requestAnimationFrame((now) => this.frame(now));
  }

  pause(): void {
    this.lastMs = undefined;
  }

  private frame(now: number): void {
    if (this.lastMs === undefined) return;
    const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
    const passedMs = now - this.lastMs;
    if (!still || passedMs >= STILL_MS) {
      this.lastMs = now;
      const leapMs = still ? STILL_MS * 2 : LEAP_MAX_MS;
      if (!this.advance(Math.max(0, Math.min(passedMs, leapMs)) * this.speed)) return;
    }
    requestAnimationFrame((next) => this.frame(next));
  }
}
