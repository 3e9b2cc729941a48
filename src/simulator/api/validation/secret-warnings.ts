/*
 * What the API server warns of in Secrets: registry/core/secret strategy.go warningsForSecret, which reads a certificate and its key as
 * crypto/tls X509KeyPair does. Simplified: what stands between the lines of a certificate or of a key is not read.
 */
import { corruptAt, fromBase64 } from "../base64.ts";
import type { Secret } from "../types.ts";

const BLOCK = /-----BEGIN ([^\n]*?)-----\r?\n([^]*?)-----END \1-----/g;

export function secretWarnings({ type, data = {} }: Secret): string[] {
  if (type !== "kubernetes.io/tls") return [];
  const problem =
    certificateProblem(blocksIn(data["tls.crt"])) ?? keyProblem(blocksIn(data["tls.key"]));
  return problem === undefined ? [] : [problem];
}

/** Types of the PEM blocks of a value; what is no base64 is none. */
function blocksIn(encoded = ""): string[] {
  return [...fromBase64(encoded).matchAll(BLOCK)]
    .filter(([, , body = ""]) => corruptAt(body.replace(/[ \t]/g, "")) < 0)
    .map(([, name = ""]) => name);
}

const isKey = (block: string) => block === "PRIVATE KEY" || block.endsWith(" PRIVATE KEY");

function certificateProblem(blocks: readonly string[]): string | undefined {
  if (blocks.includes("CERTIFICATE")) return undefined;
  if (blocks.length === 0) return "tls: failed to find any PEM data in certificate input";
  if (blocks.length === 1 && blocks[0]!.endsWith("PRIVATE KEY")) {
    return "tls: failed to find certificate PEM data in certificate input, but did find a private key; PEM inputs may have been switched";
  }
  return `tls: failed to find "CERTIFICATE" PEM block in certificate input after skipping PEM blocks of the following types: [${blocks.join(" ")}]`;
}

function keyProblem(blocks: readonly string[]): string | undefined {
  if (blocks.some(isKey)) return undefined;
  if (blocks.length === 0) return "tls: failed to find any PEM data in key input";
  if (blocks.length === 1 && blocks[0] === "CERTIFICATE") {
    return "tls: found a certificate rather than a key in the PEM for the private key";
  }
  return `tls: failed to find PEM block with type ending in "PRIVATE KEY" in key input after skipping PEM blocks of the following types: [${blocks.join(" ")}]`;
}
