import { maxUnavailable, minAvailable } from "../../simulator/controllers/deployment/fenceposts.ts";
import { deploymentOf, type DeploymentFacts } from "./objects.ts";
import { same, unknownFunction, type Verdict } from "./verdict.ts";

interface Case {
  readonly function: string;
  readonly input: DeploymentFacts;
  readonly expected: { readonly value: number };
}

export function run(given: unknown): Verdict {
  const { function: name, input, expected } = given as Case;
  const deployment = deploymentOf(input);
  if (name === "MaxUnavailable") return same({ value: maxUnavailable(deployment) }, expected);
  if (name === "MinAvailable") return same({ value: minAvailable(deployment) }, expected);
  return unknownFunction(name);
}
