import type { Result } from "../result.ts";
import { VECTOR_TOPICS } from "./index.ts";

interface VectorFile {
  readonly topic: string;
  readonly cases: readonly { readonly name?: string; readonly function?: string }[];
}

/** Runs every case of a file of recorded cases; undefined when it is no such file. A topic without a rule fails as a whole. */
export function runVectorFile(content: unknown): Result[] | undefined {
  if (!isVectorFile(content)) return undefined;
  const { topic, cases } = content;
  const run = VECTOR_TOPICS[topic];
  if (run === undefined) {
    const messages = [`no rule for topic "${topic}" (${cases.length} cases)`];
    return [{ name: `vectors/${topic}`, pass: false, compared: 0, messages, notes: [] }];
  }
  return cases.map((given, i) => {
    const label = [given.function, given.name ?? `case ${i + 1}`].filter(Boolean).join(" ");
    const { pass, message } = attempt(() => run(given));
    const messages = pass ? [] : [message];
    return { name: `vectors/${topic}/${label}`, pass, compared: 1, messages, notes: [] };
  });
}

function attempt(run: () => { pass: boolean; message: string }) {
  try {
    return run();
  } catch (error) {
    return { pass: false, message: error instanceof Error ? error.message : String(error) };
  }
}

function isVectorFile(content: unknown): content is VectorFile {
  const { topic, cases } = (content ?? {}) as Partial<VectorFile>;
  return typeof topic === "string" && Array.isArray(cases);
}
