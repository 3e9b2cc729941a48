import type { ScaleRecord, Timeline } from "../../simulator/record.ts";
import { podAt, podsByName } from "../findings.ts";
import type { InBoth, Language } from "../language.ts";
import type { Names } from "./message-shape.ts";

/** Which ReplicaSets and pods an update replaces, and which it makes or keeps. */
export interface Sides {
  readonly names: Names;
  /** A StatefulSet gives a name again: whose it is depends on the time. */
  readonly podSide: (pod: string, atMs: number) => "oldPod" | "newPod";
}

const REPLICA_SETS: InBoth<{ readonly old: string; readonly new: string }> = {
  en: { old: "the old ReplicaSet", new: "the new ReplicaSet" },
  ko: { old: "이전 ReplicaSet", new: "새 ReplicaSet" },
};

/** The sides of the update, which is the last step. */
export function sidesOf({ inputs, scales, pods }: Timeline, lang: Language): Sides {
  const updateMs = inputs.at(-1)?.atMs ?? 0;
  const fresh = newReplicaSets(scales, updateMs);
  const words = REPLICA_SETS[lang];
  const byName = podsByName(pods);
  return {
    names: { replicaSet: (name) => (fresh.has(name) ? words.new : words.old) },
    podSide: (pod, atMs) => {
      const { createdMs = updateMs } = podAt(byName, pod, atMs) ?? {};
      return createdMs < updateMs ? "oldPod" : "newPod";
    },
  };
}

/**
 * The ReplicaSets that an update leads to. Usually they are made after it. An undo takes one that is there: it grows, or where it has pods enough,
 * the others of its owner shrink.
 */
function newReplicaSets(scales: readonly ScaleRecord[], updateMs: number): ReadonlySet<string> {
  const fresh = new Set<string>();
  for (const owner of new Set(scales.map((scale) => scale.owner))) {
    const own = scales.filter((scale) => scale.owner === owner);
    const sizes = [...new Set(own.map(({ replicaSet }) => replicaSet))].map((name) => {
      const records = own.filter(({ replicaSet }) => replicaSet === name);
      const before = records.findLast(({ atMs }) => atMs < updateMs)?.replicas;
      const after = records.filter(({ atMs }) => atMs >= updateMs).map(({ replicas }) => replicas);
      return { name, before, most: Math.max(-1, ...after), last: records.at(-1)!.replicas };
    });
    const grown = sizes.filter(({ before, most }) => before === undefined || most > before);
    const shrinks = sizes.some(({ before = 0, last }) => last < before);
    const largest = sizes.reduce((a, b) => (b.last > a.last ? b : a));
    const chosen = grown.length === 0 && shrinks ? [largest] : grown;
    for (const { name } of chosen) fresh.add(name);
  }
  return fresh;
}
