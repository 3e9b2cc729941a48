/* Labels of nodes that have other names now (pkg/api/node/util.go). */

const DEPRECATED: Readonly<Record<string, readonly [since: string, instead: string]>> = {
  "beta.kubernetes.io/arch": ["v1.14", "kubernetes.io/arch"],
  "beta.kubernetes.io/os": ["v1.14", "kubernetes.io/os"],
  "failure-domain.beta.kubernetes.io/region": ["v1.17", "topology.kubernetes.io/region"],
  "failure-domain.beta.kubernetes.io/zone": ["v1.17", "topology.kubernetes.io/zone"],
  "beta.kubernetes.io/instance-type": ["v1.17", "node.kubernetes.io/instance-type"],
};

/** GetNodeLabelDeprecatedMessage; undefined for a label that is well. */
export function deprecatedNodeLabel(key: string): string | undefined {
  const found = DEPRECATED[key];
  return found && `deprecated since ${found[0]}; use ${JSON.stringify(found[1])} instead`;
}
