/* What the status of a namespace says while it is being deleted (pkg/controller/namespace/deletion/status_condition_utils.go). */
import type { NamespaceCondition } from "../../api/types.ts";
import type { Remaining } from "./remaining.ts";

interface Finding {
  readonly type: string;
  /** When all is well. */
  readonly reason: string;
  readonly message: string;
}

const FINE: readonly Finding[] = [
  {
    type: "NamespaceDeletionDiscoveryFailure",
    reason: "ResourcesDiscovered",
    message: "All resources successfully discovered",
  },
  {
    type: "NamespaceDeletionGroupVersionParsingFailure",
    reason: "ParsedGroupVersions",
    message: "All legacy kube types successfully parsed",
  },
  {
    type: "NamespaceDeletionContentFailure",
    reason: "ContentDeleted",
    message: "All content successfully deleted, may be waiting on finalization",
  },
  {
    type: "NamespaceContentRemaining",
    reason: "ContentRemoved",
    message: "All content successfully removed",
  },
  {
    type: "NamespaceFinalizersRemaining",
    reason: "ContentHasNoFinalizers",
    message: "All content-preserving finalizers finished",
  },
];

/** The conditions for what is left; one that says the same as before keeps its time. */
export function namespaceConditions(
  before: readonly NamespaceCondition[],
  left: readonly Remaining[],
  now: string,
): readonly NamespaceCondition[] {
  const wrong = [contentRemaining(left), finalizersRemaining(left)];
  const next = FINE.map((fine): NamespaceCondition => {
    const { type, status, reason, message } = wrong.find((found) => found?.type === fine.type) ?? {
      ...fine,
      status: "False",
    };
    const same = before.find((old) => old.type === type && old.status === status);
    const since = same?.lastTransitionTime ?? now;
    return { type, status, lastTransitionTime: since, reason, message };
  });
  const unchanged = next.every(
    ({ message, status }, i) => before[i]?.message === message && before[i]?.status === status,
  );
  return unchanged ? before : next;
}

type Wrong = Omit<NamespaceCondition, "lastTransitionTime">;

function contentRemaining(left: readonly Remaining[]): Wrong | undefined {
  if (left.length === 0) return undefined;
  const texts = left.map(
    ({ resource, group, objects }) =>
      `${resource}.${group} has ${objects.length} resource instances`,
  );
  const message = `Some resources are remaining: ${texts.sort().join(", ")}`;
  const type = "NamespaceContentRemaining";
  return { type, status: "True", reason: "SomeResourcesRemain", message };
}

function finalizersRemaining(left: readonly Remaining[]): Wrong | undefined {
  const counts = new Map<string, number>();
  for (const { metadata } of left.flatMap(({ objects }) => objects)) {
    for (const finalizer of metadata.finalizers ?? []) {
      counts.set(finalizer, (counts.get(finalizer) ?? 0) + 1);
    }
  }
  if (counts.size === 0) return undefined;
  const texts = [...counts].map(([name, count]) => `${name} in ${count} resource instances`);
  const message = `Some content in the namespace has finalizers remaining: ${texts.sort().join(", ")}`;
  const type = "NamespaceFinalizersRemaining";
  return { type, status: "True", reason: "SomeFinalizersRemain", message };
}
