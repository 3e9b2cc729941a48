/* Which nodes a pod asks for: k8s.io/component-helpers scheduling/corev1/nodeaffinity. */
import { labelsContain, meets } from "./selectors.ts";
import type { Node, NodeSelectorTerm, PodSpec } from "./types.ts";

/** The field of a node that a term can name. */
export const NODE_NAME_FIELD = "metadata.name";

/** Does the node match the nodeSelector and one term of the required node affinity (RequiredNodeAffinity.Match)? */
export function matchesNodeAffinity(spec: PodSpec, node: Node): boolean {
  const { labels } = node.metadata;
  if (!labelsContain(labels, spec.nodeSelector)) return false;
  const terms = requiredTerms(spec);
  return terms === undefined || terms.some((term) => matchesTerm(term, node));
}

/** Does the pod ask for certain nodes? */
export function hasNodeAffinity(spec: PodSpec): boolean {
  return spec.nodeSelector !== undefined || requiredTerms(spec) !== undefined;
}

/** The weights of the preferred terms that the node matches, together (PreferredSchedulingTerms.Score). */
export function preferredNodeWeight({ affinity }: PodSpec, node: Node): number {
  const terms = affinity?.nodeAffinity?.preferredDuringSchedulingIgnoredDuringExecution ?? [];
  let sum = 0;
  for (const { weight, preference } of terms) if (matchesTerm(preference, node)) sum += weight;
  return sum;
}

/** The nodes that the terms name, if each names some; the scheduler looks at no others (nodeaffinity PreFilter). */
export function namedNodes(spec: PodSpec): ReadonlySet<string> | undefined {
  const terms = requiredTerms(spec) ?? [];
  if (terms.length === 0) return undefined;
  const named = new Set<string>();
  for (const { matchFields = [] } of terms) {
    const fields = matchFields.filter((f) => f.key === NODE_NAME_FIELD && f.operator === "In");
    if (fields.length === 0) return undefined;
    const [first, ...others] = fields;
    for (const name of first!.values ?? []) {
      if (others.every(({ values = [] }) => values.includes(name))) named.add(name);
    }
  }
  return named;
}

function requiredTerms({ affinity }: PodSpec): readonly NodeSelectorTerm[] | undefined {
  return affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution?.nodeSelectorTerms;
}

/** An empty term matches nothing. */
function matchesTerm(
  { matchExpressions = [], matchFields = [] }: NodeSelectorTerm,
  node: Node,
): boolean {
  if (matchExpressions.length + matchFields.length === 0) return false;
  const { name, labels } = node.metadata;
  return (
    matchExpressions.every((expression) => meets(expression, labels?.[expression.key])) &&
    matchFields.every((field) => meets(field, field.key === NODE_NAME_FIELD ? name : undefined))
  );
}
