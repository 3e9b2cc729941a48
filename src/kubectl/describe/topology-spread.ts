import type { TopologySpreadConstraint } from "../../simulator/index.ts";
import { formatLabelSelector } from "../print/cells.ts";
import type { Lines } from "./lines.ts";

/** How pods are to be spread, nothing where they are not (describe.go describeTopologySpreadConstraints). */
export function topologySpreadLines(
  out: Lines,
  constraints: readonly TopologySpreadConstraint[] | undefined,
  space: string,
): void {
  const sorted = (constraints ?? []).toSorted((a, b) => (a.topologyKey < b.topologyKey ? -1 : 1));
  sorted.forEach(({ topologyKey, whenUnsatisfiable, maxSkew, labelSelector }, i) => {
    const head = i === 0 ? `${space}Topology Spread Constraints:` : space;
    const selector =
      labelSelector === undefined ? "" : ` for selector ${formatLabelSelector(labelSelector)}`;
    out.add(
      0,
      `${head}\t${topologyKey}:${whenUnsatisfiable} when max skew ${maxSkew} is exceeded${selector}`,
    );
  });
}
