import { objectKey, type ApiServer } from "../api/server.ts";
import type { Pod, StatefulSet } from "../api/types.ts";
import { controllerOf } from "../controllers/informer.ts";
import { expectEqual, type Remains } from "./remains.ts";
import { isActive, isReady } from "./disruptions.ts";
import type { Note } from "./violation.ts";

/** Holds StatefulSets and DaemonSets that nothing happens to against what they have to look like then. */
export function checkSetsAtRest(
  api: ApiServer,
  pods: readonly Pod[],
  { waiting }: Remains,
  note: Note,
): void {
  const backingOff = new Set(
    waiting
      .filter(({ actor, type }) => actor === "statefulset-controller" && type === "enqueue")
      .map(({ data }) => data),
  );
  const allOf = (uid: string) => pods.filter((pod) => controllerOf(pod)?.uid === uid);
  for (const set of api.list("statefulsets")) {
    const about = `StatefulSet ${set.metadata.name}`;
    if (set.metadata.deletionTimestamp !== undefined)
      note("left-behind", `${about} is being deleted`);
    // What failed is tried again ever more seldom: a pod of an earlier set of the same name, whose going wakes nobody, may long be gone by then.
    else if (!backingOff.has(objectKey(set)))
      checkStatefulSet(about, set, allOf(set.metadata.uid), note);
  }
  for (const { metadata, status } of api.list("daemonsets")) {
    const about = `DaemonSet ${metadata.name}`;
    if (metadata.deletionTimestamp !== undefined) {
      note("left-behind", `${about} is being deleted`);
      continue;
    }
    const own = allOf(metadata.uid);
    const ready = own.filter((pod) => isActive(pod) && isReady(pod));
    const nodes = new Set(ready.map((pod) => pod.spec.nodeName));
    // A node counts by its oldest pod, which may be one that has failed and whose deletion is put off (updateDaemonSetStatus).
    if (own.every(isActive)) {
      expectEqual(`${about} numberReady`, status?.numberReady ?? 0, nodes.size, note);
    }
    expectEqual(
      `${about} observedGeneration`,
      status?.observedGeneration ?? 0,
      metadata.generation ?? 0,
      note,
    );
  }
}

function checkStatefulSet(about: string, set: StatefulSet, own: readonly Pod[], note: Note): void {
  const { metadata, spec, status } = set;
  const replicas = spec.replicas ?? 1;
  // An ordered one waits for a pod that does not become Ready, for ever; then a later one that has failed is not made anew either.
  const isStuck = spec.podManagementPolicy !== "Parallel" && !own.every(isReady);
  // It asks to be woken only while another number is available than is wanted (stateful_set.go sync). Scaled down in between, it may sleep on with
  // a pod too many, which it found not available a moment too early.
  const sleeps = (spec.minReadySeconds ?? 0) > 0 && status?.availableReplicas === replicas;
  if (!isStuck && !sleeps) expectEqual(`${about} pods`, own.length, replicas, note);
  const names = new Set(own.map((pod) => pod.metadata.name));
  for (let i = 0; i < own.length; i += 1) {
    if (!isStuck && own.length <= replicas && !names.has(`${metadata.name}-${i}`)) {
      note("out-of-order", `${about} has ${own.length} pods and no ${metadata.name}-${i}`);
    }
  }
  // Those that have failed count until they are deleted (stateful_set_control.go updateStatefulSet, isCreated).
  expectEqual(`${about} replicas`, status?.replicas ?? 0, own.length, note);
  expectEqual(
    `${about} readyReplicas`,
    status?.readyReplicas ?? 0,
    own.filter(isReady).length,
    note,
  );
  expectEqual(
    `${about} observedGeneration`,
    status?.observedGeneration ?? 0,
    metadata.generation ?? 0,
    note,
  );
}
