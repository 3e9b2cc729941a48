import {
  oldPodsRunning,
  scaleDownForRecreate,
} from "../../simulator/controllers/deployment/recreate.ts";
import { replicaSetOf, podOf } from "./objects.ts";
import { same, unknownFunction, type Verdict } from "./verdict.ts";

interface Case {
  readonly function: string;
  readonly input: {
    readonly oldRSs: readonly { readonly specReplicas: number; readonly statusReplicas: number }[];
    readonly podsByRS?: Readonly<Record<string, readonly string[]>>;
  };
  readonly expected: { readonly oldPodsRunning?: boolean; readonly oldRSReplicas?: unknown };
}

export function run(given: unknown): Verdict {
  const { function: name, input, expected } = given as Case;
  const old = input.oldRSs.map(({ specReplicas, statusReplicas = 0 }, i) =>
    replicaSetOf({
      name: `old-${i}`,
      replicas: specReplicas,
      status: { replicas: statusReplicas },
    }),
  );
  if (name === "oldPodsRunning") {
    const pods = new Map(
      Object.entries(input.podsByRS ?? {}).map(([uid, phases]) => [
        uid,
        phases.map((phase, i) => podOf({ name: `${uid}-${i}`, phase })),
      ]),
    );
    const running = oldPodsRunning(undefined, old, pods) > 0;
    return same({ oldPodsRunning: running }, { oldPodsRunning: expected.oldPodsRunning });
  }
  if (name === "scaleDownOldReplicaSetsForRecreate") {
    const scales = scaleDownForRecreate(old);
    const sizes = old.map((rs) => scales.find((s) => s.replicaSet === rs)?.to ?? rs.spec.replicas);
    return same(sizes, expected.oldRSReplicas);
  }
  return unknownFunction(name);
}
