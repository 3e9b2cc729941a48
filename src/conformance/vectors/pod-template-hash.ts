import type { PodTemplateSpec } from "../../simulator/api/types.ts";
import { podTemplateHash } from "../../simulator/controllers/deployment/pod-template-hash.ts";
import { same, unknownFunction, type Verdict } from "./verdict.ts";

interface Case {
  readonly input: {
    readonly template?: PodTemplateSpec;
    readonly collisionCounts?: readonly (number | null)[];
    readonly imagePattern?: string;
    readonly count?: number;
  };
  readonly expected: { readonly property: string };
}

/** Upstream has no fixed hashes, only that those of different templates and collision counts differ. */
export function run(given: unknown): Verdict {
  const { input, expected } = given as Case;
  if (!/hashes differ$/.test(expected.property)) return unknownFunction(expected.property);
  const hashes = input.imagePattern === undefined ? byCollision(input) : byImage(input);
  const shaped = hashes.every((hash) => /^[bcdfghjklmnpqrstvwxz2456789]{1,10}$/.test(hash));
  return same(
    { shaped, different: new Set(hashes).size },
    { shaped: true, different: hashes.length },
  );
}

function byCollision({ template, collisionCounts = [] }: Case["input"]): string[] {
  return collisionCounts.map((count) => podTemplateHash(template!, count ?? undefined));
}

function byImage({ imagePattern = "", count = 0 }: Case["input"]): string[] {
  return Array.from({ length: count }, (_, i) => {
    const image = imagePattern.replace("<i>", String(i));
    return podTemplateHash({ spec: { containers: [{ name: "main", image }] } });
  });
}
