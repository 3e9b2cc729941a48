import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { VECTOR_TOPICS } from "../../src/conformance/vectors/index.ts";

const FOLDER = new URL("../facts/vectors/", import.meta.url);

interface VectorFile {
  readonly topic: string;
  readonly cases: readonly { readonly name: string; readonly function?: string }[];
}

for (const file of readdirSync(FOLDER).filter((name) => name.endsWith(".json"))) {
  const { topic, cases } = JSON.parse(readFileSync(new URL(file, FOLDER), "utf8")) as VectorFile;
  const run = VECTOR_TOPICS[topic];
  describe(`upstream's cases of ${topic}`, () => {
    it.each(cases)("$function $name", (given) => {
      if (run === undefined) throw new Error(`no rule for topic ${topic}`);
      const { pass, message } = run(given);
      expect(pass, message).toBe(true);
    });
  });
}
