import { resolveFenceposts } from "../../simulator/controllers/deployment/fenceposts.ts";
import type { IntOrString } from "../../simulator/api/types.ts";
import { same, type Verdict } from "./verdict.ts";

interface Case {
  readonly input: {
    readonly maxSurge: IntOrString | null;
    readonly maxUnavailable: IntOrString | null;
    readonly desired: number;
  };
  readonly expected: object;
}

export function run(given: unknown): Verdict {
  const { input, expected } = given as Case;
  const { maxSurge, maxUnavailable, desired } = input;
  const found = resolveFenceposts(maxSurge ?? undefined, maxUnavailable ?? undefined, desired);
  const got = { ...(found ?? { surge: 0, unavailable: 0 }), error: found === undefined };
  return same(got, expected);
}
