const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/** base64 of a text's UTF-8 bytes, as Secrets keep their values. */
export function toBase64(text: string): string {
  const bytes = new TextEncoder().encode(text);
  let encoded = "";
  for (let i = 0; i < bytes.length; i += 3) {
    const three = (bytes[i]! << 16) | ((bytes[i + 1] ?? 0) << 8) | (bytes[i + 2] ?? 0);
    for (let j = 0; j < 4; j += 1) {
      encoded += i + j > bytes.length ? "=" : ALPHABET[(three >> (18 - 6 * j)) & 63]!;
    }
  }
  return encoded;
}

/**
 * The byte at which encoding/base64 gives up a text (decodeQuantum), -1 if the text is right. Line breaks do not count, padding must stand
 * at the end of it, and a group without its end is bad from its first character.
 */
export function corruptAt(text: string): number {
  const bytes = new TextEncoder().encode(text);
  const isBreak = (at: number) => bytes[at] === 10 || bytes[at] === 13;
  const skipBreaks = (from: number) => {
    let at = from;
    while (isBreak(at)) at += 1;
    return at;
  };
  let digits = 0;
  for (let at = 0; at < bytes.length; at += 1) {
    if (isBreak(at)) continue;
    const character = String.fromCharCode(bytes[at]!);
    if (ALPHABET.includes(character)) {
      digits = (digits + 1) % 4;
    } else if (character !== "=" || digits < 2) {
      return at;
    } else {
      let end = skipBreaks(at + 1);
      if (digits === 2) {
        if (end === bytes.length) return bytes.length;
        if (bytes[end] !== 61) return end - 1;
        end = skipBreaks(end + 1);
      }
      return end < bytes.length ? end : -1;
    }
  }
  return digits === 0 ? -1 : bytes.length - digits;
}

/** The text of base64 that has been validated; bytes that are no UTF-8 become U+FFFD. */
export function fromBase64(encoded: string): string {
  const digits = [...encoded].map((digit) => ALPHABET.indexOf(digit)).filter((value) => value >= 0);
  const bytes = new Uint8Array(Math.floor((digits.length * 3) / 4));
  for (let i = 0; i < bytes.length; i += 1) {
    const at = Math.floor((i * 4) / 3);
    const pair = (digits[at]! << 6) | (digits[at + 1] ?? 0);
    bytes[i] = (pair >> (4 - 2 * (i % 3))) & 255;
  }
  return new TextDecoder().decode(bytes);
}
