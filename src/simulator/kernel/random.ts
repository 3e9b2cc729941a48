import { exp, ln } from "./arithmetic.ts";

/** State of one stream of random numbers: four 32-bit words (generator sfc32). */
export type StreamState = [number, number, number, number];

/**
 * Three points of a measured delay in milliseconds. Half of the draws lie below the median; both halves thin out towards their ends, since
 * a recorded minimum and maximum are rare.
 */
export interface Spread {
  readonly min: number;
  readonly median: number;
  readonly max: number;
}

/**
 * A named stream of random numbers. Streams are independent: what one consumer draws never shifts another's numbers. The same seed and
 * name give the same numbers in every engine (integer arithmetic and correctly rounded operations only).
 */
export class RandomStream {
  private state: StreamState;

  constructor(state: StreamState) {
    this.state = state;
  }

  /** Goes on from another state. */
  reset(state: StreamState): void {
    this.state = state;
  }

  /** A whole number from 0 to 4294967295. */
  uint32(): number {
    const s = this.state;
    const t = (s[0] + s[1] + s[3]) | 0;
    s[3] = (s[3] + 1) | 0;
    s[0] = s[1] ^ (s[1] >>> 9);
    s[1] = (s[2] + (s[2] << 3)) | 0;
    s[2] = ((s[2] << 21) | (s[2] >>> 11)) + t;
    s[2] |= 0;
    return t >>> 0;
  }

  /** A number in [0, 1). */
  unit(): number {
    return this.uint32() / 4294967296;
  }

  /** A whole number in [min, max], both ends included. */
  integer(min: number, max: number): number {
    return min + Math.floor(this.unit() * (max - min + 1));
  }

  /** True with the given probability. */
  chance(probability: number): boolean {
    return this.unit() < probability;
  }

  /** One of the items. */
  pick<T>(items: readonly T[]): T {
    return items[Math.floor(this.unit() * items.length)]!;
  }

  /** Exponentially distributed with the given mean. */
  exponential(mean: number): number {
    return -ln(1 - this.unit()) * mean;
  }

  /** A delay in whole milliseconds from three measured points. */
  spread({ min, median, max }: Spread): number {
    const u = this.unit() * 2 - 1;
    const side = u < 0 ? min : max;
    return Math.round(median + (side - median) * u * u);
  }

  /**
   * How many of the next `most` log-normal draws in a row are sure to stay below a limit; the stream stays where it is. One that comes close to
   * the limit counts as above it.
   */
  logNormalsBelow(limit: number, median: number, p99: number, most: number): number {
    if (p99 <= median) return median < limit ? most : 0;
    const deviations = (ln(limit / median) * 2.326) / ln(p99 / median) - 0.001;
    if (deviations > MOST_DEVIATIONS) return most;
    const ahead = new RandomStream([...this.state]);
    for (let count = 0; count < most; count += 1) if (ahead.normal() >= deviations) return count;
    return most;
  }

  /** Passes over log-normal draws. */
  skipLogNormals(count: number, median: number, p99: number): void {
    if (p99 <= median) return;
    for (let i = 0; i < count; i += 1) this.normal();
  }

  /** Log-normally distributed, given its median and its 99th percentile. */
  logNormal(median: number, p99: number): number {
    if (p99 <= median) return median;
    return median * exp(standardDeviation(p99 / median) * this.normal());
  }

  /** Approximately standard normal: the sum of twelve uniform numbers less six, which needs no transcendental function. */
  private normal(): number {
    const s = this.state;
    let [a, b, c, d] = s;
    // In halves of whole numbers, which take no time and lose nothing.
    let high = 0;
    let low = 0;
    // As `uint32` does, with the state in variables: most of the numbers that a run draws are drawn here.
    for (let i = 0; i < 12; i += 1) {
      const t = (a + b + d) | 0;
      d = (d + 1) | 0;
      a = b ^ (b >>> 9);
      b = (c + (c << 3)) | 0;
      c = (((c << 21) | (c >>> 11)) + t) | 0;
      high += t >>> 16;
      low += t & 0xffff;
    }
    s[0] = a;
    s[1] = b;
    s[2] = c;
    s[3] = d;
    return (high * 65536 + low) / 4294967296 - 6;
  }
}

/** No draw of `normal` lies further out: twelve numbers below 1, less six. */
const MOST_DEVIATIONS = 6;

let lastDeviation = { ratio: 1, value: 0 };

/** Standard deviation of a log-normal distribution by the ratio of its 99th percentile to its median; the last one is asked for again and again. */
function standardDeviation(ratio: number): number {
  if (ratio !== lastDeviation.ratio) lastDeviation = { ratio, value: ln(ratio) / 2.326 };
  return lastDeviation.value;
}

const HEX_DIGITS = charCodes("0123456789abcdef");

/** The character codes of a text. */
export function charCodes(text: string): number[] {
  return Array.from(text, (character) => character.charCodeAt(0));
}

/**
 * Puts random hexadecimal digits into the given places of a text's character codes, eight for each 32 bits of the stream. Made of its codes a text
 * is one piece; joined of parts it would have to be put together before its first use as a key.
 */
export function fillHex(codes: number[], places: readonly number[], random: RandomStream): void {
  for (let i = 0; i < places.length; i += 8) writeHex(codes, places, i, random.uint32());
}

/** Puts the eight hexadecimal digits of 32 bits into eight of the places, from the one of number `first` on. */
export function writeHex(
  codes: number[],
  places: readonly number[],
  first: number,
  word: number,
): void {
  for (let digit = 0; digit < 8; digit += 1) {
    codes[places[first + digit]!] = HEX_DIGITS[(word >>> (28 - 4 * digit)) & 15]!;
  }
}

/** The first state of the stream of that name under that seed. */
export function seedStream(seed: number, name: string): StreamState {
  let hash = 2166136261 ^ (seed | 0);
  hash = Math.imul(hash ^ Math.floor(seed / 4294967296), 16777619);
  for (let i = 0; i < name.length; i += 1) hash = Math.imul(hash ^ name.charCodeAt(i), 16777619);
  const words: StreamState = [0, 0, 0, 1];
  for (let i = 0; i < 3; i += 1) {
    hash = (hash + 0x9e3779b9) | 0;
    let mixed = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
    mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
    words[i] = mixed ^ (mixed >>> 16);
  }
  const warmUp = new RandomStream(words);
  for (let i = 0; i < 12; i += 1) warmUp.uint32();
  return words;
}
