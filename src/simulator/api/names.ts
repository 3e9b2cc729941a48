import { charCodes, fillHex, writeHex, type RandomStream } from "../kernel/random.ts";
import { EPOCH_MS } from "./time.ts";

/** No vowels and no digits that look like letters: generated names never spell a word (apimachinery util/rand alphanums). */
const ALPHABET = "bcdfghjklmnpqrstvwxz2456789";
const ALPHABET_CODES = charCodes(ALPHABET);

/** Longest base of a generated name (apiserver storage/names maxGeneratedNameLength). */
const MAX_BASE = 63 - 5;

/** A name for `generateName`: the base, cut to fit, and five random characters (apiserver storage/names GenerateName). */
export function generateName(base: string, random: RandomStream): string {
  for (let i = 0; i < 5; i += 1) suffix[i] = random.pick(ALPHABET_CODES);
  return base.slice(0, MAX_BASE) + String.fromCharCode(...suffix);
}

/** Written over for each name. */
const suffix = [0, 0, 0, 0, 0];

/**
 * The name of an event about an object: the object's and the time in nanoseconds of Unix time, in hexadecimal digits (client-go tools/record
 * event.go makeEvent). What lies between two milliseconds of virtual time is drawn.
 */
export function eventName(base: string, nowMs: number, random: RandomStream): string {
  // A number does not hold the whole product exactly: its upper and lower 32 bits are worked out apart, from parts of 20 bits.
  const ms = EPOCH_MS + nowMs;
  const high = Math.floor(ms / PART);
  const low = (ms - high * PART) * NANOSECONDS + random.integer(0, NANOSECONDS - 1);
  const carried = Math.floor(low / PART);
  const above = high * NANOSECONDS + carried;
  const upper = Math.floor(above / 4096);
  writeHex(nanoseconds, NANOSECOND_DIGITS, 0, upper);
  const lower = (above - upper * 4096) * PART + (low - carried * PART);
  writeHex(nanoseconds, NANOSECOND_DIGITS, 8, lower);
  return base + String.fromCharCode(...nanoseconds);
}

const NANOSECONDS = 1_000_000;
const PART = 1_048_576;
/** A dot and sixteen digits, written over for each name. */
const nanoseconds = charCodes(".0000000000000000");
const NANOSECOND_DIGITS = [...nanoseconds.keys()].slice(1);

/** A hash with each of its decimal digits put into the alphabet of names (apimachinery util/rand SafeEncodeString). */
export function safeEncode(text: string): string {
  let encoded = "";
  for (let i = 0; i < text.length; i += 1)
    encoded += ALPHABET[text.charCodeAt(i) % ALPHABET.length];
  return encoded;
}

const UUID = "xxxxxxxx-xxxx-Mxxx-Nxxx-xxxxxxxxxxxx";
/** Written over for each of them. */
const uuidCodes = charCodes(UUID);
const UUID_DIGITS = [...uuidCodes.keys()].filter((place) => UUID[place] !== "-");
const VERSION = UUID.indexOf("M");
const VARIANT = UUID.indexOf("N");
const [VERSION_4] = charCodes("4");
/** By the digit that is drawn: its lower two bits stay. */
const VARIANT_DIGITS = new Map(
  Array.from(charCodes("0123456789abcdef"), (code, i) => [code, "89ab".charCodeAt(i & 3)]),
);

/** A random UUID, version 4, as the API server gives each object. */
export function uuid(random: RandomStream): string {
  fillHex(uuidCodes, UUID_DIGITS, random);
  uuidCodes[VERSION] = VERSION_4!;
  uuidCodes[VARIANT] = VARIANT_DIGITS.get(uuidCodes[VARIANT]!)!;
  return String.fromCharCode(...uuidCodes);
}
