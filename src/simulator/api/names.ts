import { charCodes, fillHex, type RandomStream } from "../kernel/random.ts";

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

/** A hash with each of its decimal digits put into the alphabet of names (apimachinery util/rand SafeEncodeString). */
export function safeEncode(text: string): string {
  let encoded = "";
  for (let i = 0; i < text.length; i += 1)
    encoded += ALPHABET[text.charCodeAt(i) % ALPHABET.length];
  return encoded;
}

const UUID = "xxxxxxxx-xxxx-Mxxx-Nxxx-xxxxxxxxxxxx";
const UUID_DASHES = charCodes(UUID);
const UUID_DIGITS = [...UUID_DASHES.keys()].filter((place) => UUID[place] !== "-");
const VERSION = UUID.indexOf("M");
const VARIANT = UUID.indexOf("N");
const [VERSION_4] = charCodes("4");
/** By the digit that is drawn: its lower two bits stay. */
const VARIANT_DIGITS = new Map(
  Array.from(charCodes("0123456789abcdef"), (code, i) => [code, "89ab".charCodeAt(i & 3)]),
);

/** A random UUID, version 4, as the API server gives each object. */
export function uuid(random: RandomStream): string {
  const codes = UUID_DASHES.slice();
  fillHex(codes, UUID_DIGITS, random);
  codes[VERSION] = VERSION_4!;
  codes[VARIANT] = VARIANT_DIGITS.get(codes[VARIANT]!)!;
  return String.fromCharCode(...codes);
}
