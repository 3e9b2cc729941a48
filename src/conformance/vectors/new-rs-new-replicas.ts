import { newReplicaSetReplicas } from "../../simulator/controllers/deployment/fenceposts.ts";
import { deploymentOf, replicaSetOf } from "./objects.ts";
import { same, type Verdict } from "./verdict.ts";

interface Case {
  readonly input: {
    readonly strategy: string;
    readonly deploymentReplicas: number;
    readonly newRSReplicas: number;
    readonly maxSurge: number;
    readonly maxUnavailable: number;
    readonly allRSsTotalReplicas: number;
  };
  readonly expected: object;
}

export function run(given: unknown): Verdict {
  const { input, expected } = given as Case;
  const deployment = deploymentOf({ ...input, replicas: input.deploymentReplicas });
  const all = [replicaSetOf({ name: "all", replicas: input.allRSsTotalReplicas })];
  const current = replicaSetOf({ name: "new", replicas: input.newRSReplicas });
  return same({ newReplicas: newReplicaSetReplicas(deployment, all, current) }, expected);
}
