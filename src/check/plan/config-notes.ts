import type { GivenObject } from "../input/read-input.ts";
import type { Note } from "../notes.ts";
import { podSpecOf, valueAt } from "./pod-spec.ts";
import { standIns } from "./stand-ins.ts";
import type { Workload } from "./units.ts";

/** ConfigMaps and Secrets that change under pods whose template does not: nothing is rolled out, and the pods keep what they have read. */
export function unreadConfigNotes(
  workloads: readonly Workload[],
  before: readonly GivenObject[],
  after: readonly GivenObject[],
): Note[] {
  const { namespace } = workloads[0]!;
  const podSpecs = workloads.map((one) => podSpecOf((one.after ?? one.before)!.object));
  const read = standIns(podSpecs, namespace, () => false);
  const names = read.flatMap(({ kind, metadata }) => {
    const name = valueAt(metadata, "name");
    const find = (objects: readonly GivenObject[]) =>
      objects.find((o) => o.kind === kind && o.name === name && o.namespace === namespace);
    const [old, now] = [find(before), find(after)];
    const isSame = JSON.stringify(old?.object) === JSON.stringify(now?.object);
    return old === undefined || now === undefined || isSame
      ? []
      : [`${String(kind)} ${String(name)}`];
  });
  return names.length === 0 ? [] : [{ code: "config-unread", values: { names: names.join(", ") } }];
}
