import { terminationGracePeriod } from "../../simulator/kubelet/grace-period.ts";
import type { KillReason } from "../../simulator/kubelet/state.ts";
import { same, type Verdict } from "./verdict.ts";

interface Case {
  readonly input: {
    readonly podGrace: number | null;
    readonly livenessGrace: number | null;
    readonly startupGrace: number | null;
    readonly reason: KillReason;
    readonly deletionGrace?: number | null;
  };
  readonly expected: { readonly graceSeconds: number };
}

export function run(given: unknown): Verdict {
  const { input, expected } = given as Case;
  const probe = (seconds: number | null) => ({
    terminationGracePeriodSeconds: seconds ?? undefined,
  });
  const grace = terminationGracePeriod(
    {
      metadata: { deletionGracePeriodSeconds: input.deletionGrace ?? undefined },
      spec: { terminationGracePeriodSeconds: input.podGrace ?? undefined },
    },
    { livenessProbe: probe(input.livenessGrace), startupProbe: probe(input.startupGrace) },
    input.reason,
  );
  return same(grace, expected.graceSeconds);
}
