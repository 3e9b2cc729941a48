/* Texts as a link holds them: compressed, in letters that a fragment may hold. */

/** Compresses a text into base64url. */
export async function packText(text: string): Promise<string> {
  const bytes = await through(new Blob([text]).stream(), new CompressionStream("deflate-raw"));
  const binary = Array.from(bytes, (byte) => String.fromCharCode(byte)).join("");
  return btoa(binary).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
}

/**
 * The text of what was packed.
 *
 * @throws where it is no packed text, or one of more than `bytesMax` bytes, which is given up before it takes the memory
 */
export async function unpackText(packed: string, bytesMax: number): Promise<string> {
  const binary = atob(packed.replaceAll("-", "+").replaceAll("_", "/"));
  const bytes = Uint8Array.from(binary, (character) => character.charCodeAt(0));
  const stream = new Blob([bytes]).stream();
  const unpacked = await through(stream, new DecompressionStream("deflate-raw"), bytesMax);
  return new TextDecoder("utf-8", { fatal: true }).decode(unpacked);
}

async function through(
  stream: ReadableStream<Uint8Array<ArrayBuffer>>,
  step: CompressionStream | DecompressionStream,
  bytesMax = Infinity,
): Promise<Uint8Array> {
  const reader = stream.pipeThrough(step).getReader();
  const pieces: Uint8Array[] = [];
  let length = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    length += value.length;
    if (length > bytesMax) {
      await reader.cancel();
      throw new RangeError(`more than ${bytesMax} bytes`);
    }
    pieces.push(value);
  }
  const all = new Uint8Array(length);
  let at = 0;
  for (const piece of pieces) {
    all.set(piece, at);
    at += piece.length;
  }
  return all;
}
