/* MD5 (RFC 1321), which Kubernetes orders lists by in a few places. */

const SHIFTS = [
  [7, 12, 17, 22],
  [5, 9, 14, 20],
  [4, 11, 16, 23],
  [6, 10, 15, 21],
] as const;

/** floor(2^32 × |sin(i + 1)|): the RFC gives them as a table, since the last bits of a sine are an engine's own. */
const SINES = [
  0xd76aa478, 0xe8c7b756, 0x242070db, 0xc1bdceee, 0xf57c0faf, 0x4787c62a, 0xa8304613, 0xfd469501,
  0x698098d8, 0x8b44f7af, 0xffff5bb1, 0x895cd7be, 0x6b901122, 0xfd987193, 0xa679438e, 0x49b40821,
  0xf61e2562, 0xc040b340, 0x265e5a51, 0xe9b6c7aa, 0xd62f105d, 0x02441453, 0xd8a1e681, 0xe7d3fbc8,
  0x21e1cde6, 0xc33707d6, 0xf4d50d87, 0x455a14ed, 0xa9e3e905, 0xfcefa3f8, 0x676f02d9, 0x8d2a4c8a,
  0xfffa3942, 0x8771f681, 0x6d9d6122, 0xfde5380c, 0xa4beea44, 0x4bdecfa9, 0xf6bb4b60, 0xbebfbc70,
  0x289b7ec6, 0xeaa127fa, 0xd4ef3085, 0x04881d05, 0xd9d4d039, 0xe6db99e5, 0x1fa27cf8, 0xc4ac5665,
  0xf4292244, 0x432aff97, 0xab9423a7, 0xfc93a039, 0x655b59c3, 0x8f0ccc92, 0xffeff47d, 0x85845dd1,
  0x6fa87e4f, 0xfe2ce6e0, 0xa3014314, 0x4e0811a1, 0xf7537e82, 0xbd3af235, 0x2ad7d2bb, 0xeb86d391,
] as const;

const BLOCK_BYTES = 64;

/** The MD5 sum of a text's UTF-8 bytes, as 32 hexadecimal digits; texts order as the sums' bytes do. */
export function md5(text: string): string {
  const words = padded(new TextEncoder().encode(text));
  let sum: Sum = [0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476];
  for (let at = 0; at < words.length; at += 16) sum = mixed(sum, words.subarray(at, at + 16));
  const bytes = new Uint8Array(16);
  const view = new DataView(bytes.buffer);
  sum.forEach((word, i) => view.setUint32(i * 4, word, true));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

type Sum = readonly [a: number, b: number, c: number, d: number];

/** The bytes, a one bit, zeros, and the length in bits, as little-endian words. */
function padded(bytes: Uint8Array): Uint32Array {
  const length = Math.ceil((bytes.length + 9) / BLOCK_BYTES) * BLOCK_BYTES;
  const view = new DataView(new ArrayBuffer(length));
  bytes.forEach((byte, i) => view.setUint8(i, byte));
  view.setUint8(bytes.length, 0x80);
  view.setUint32(length - 8, bytes.length * 8, true);
  return Uint32Array.from({ length: length / 4 }, (_, i) => view.getUint32(i * 4, true));
}

function mixed(sum: Sum, block: Uint32Array): Sum {
  let [a, b, c, d] = sum;
  for (let i = 0; i < 64; i += 1) {
    const round = i >> 4;
    const [mix, word] = step(round, i, b, c, d);
    const shift = SHIFTS[round]![i & 3]!;
    const turned = (a + mix + SINES[i]! + block[word]!) | 0;
    [a, d, c, b] = [d, c, b, (b + ((turned << shift) | (turned >>> (32 - shift)))) | 0];
  }
  return [(sum[0] + a) | 0, (sum[1] + b) | 0, (sum[2] + c) | 0, (sum[3] + d) | 0];
}

/** A round's mix of the sum, and which word of the block it takes. */
function step(round: number, i: number, b: number, c: number, d: number): [number, number] {
  switch (round) {
    case 0:
      return [(b & c) | (~b & d), i];
    case 1:
      return [(d & b) | (~d & c), (5 * i + 1) & 15];
    case 2:
      return [b ^ c ^ d, (3 * i + 5) & 15];
    default:
      return [c ^ (b | ~d), (7 * i) & 15];
  }
}
