import { isFinalPhase } from "../api/pod-phase.ts";
import { SERVICE_NAME_LABEL } from "../api/slice-metadata.ts";
import type { ApiServer } from "../api/server.ts";
import { labelsContain } from "../api/selectors.ts";
import type { Deployment, KubernetesObject, Pod, ReplicaSet, Resource } from "../api/types.ts";
import { resources } from "../api/resources/index.ts";
import { DESIRED_REPLICAS } from "../controllers/deployment/revisions.ts";
import { controllerOf } from "../controllers/informer.ts";
import { isActive, isReady } from "./disruptions.ts";
import { checkEndpointsAtRest } from "./endpoints-at-rest.ts";
import { checkPoliciesAtRest } from "./policies-at-rest.ts";
import { expectEqual, type Remains } from "./remains.ts";
import { checkSetsAtRest } from "./sets-at-rest.ts";
import type { Note } from "./violation.ts";

/** Holds a cluster in which nothing has changed for a while against what it has to look like then. */
export function checkAtRest(api: ApiServer, remains: Remains, note: Note): void {
  const pods = api.list("pods");
  checkOwners(api, note);
  for (const replicaSet of api.list("replicasets")) checkReplicaSet(replicaSet, pods, note);
  for (const deployment of api.list("deployments")) checkDeployment(api, deployment, pods, note);
  checkSetsAtRest(api, pods, remains, note);
  checkPoliciesAtRest(api, pods, note);
  checkEndpoints(api, pods, note);
  checkAddresses(pods, note);
  const uids = new Set(pods.map((pod) => pod.metadata.uid));
  for (const uid of remains.running) {
    if (!uids.has(uid)) note("left-behind", `pod ${uid} is gone and has a process`);
  }
  checkRoutes(pods, remains.chosen, note);
  const killed = new Set(
    api.list("events").flatMap((e) => (e.reason === "Killing" ? [e.involvedObject.uid] : [])),
  );
  const isSettled = (pod: Pod) =>
    isReady(pod) && pod.metadata.deletionTimestamp === undefined && !killed.has(pod.metadata.uid);
  if (pods.every(isSettled)) checkQueue(remains, note);
  checkEndpointsAtRest(api, pods, note);
}

function checkOwners(api: ApiServer, note: Note): void {
  const all: KubernetesObject[] = [];
  for (const resource of resources.keys()) all.push(...api.list(resource as Resource));
  const uids = new Set(all.map((object) => object.metadata.uid));
  for (const { kind, metadata } of all) {
    const owners = metadata.ownerReferences ?? [];
    if (owners.length > 0 && owners.every((owner) => !uids.has(owner.uid))) {
      note(
        "left-behind",
        `${kind} ${metadata.name} has lost ${owners[0]!.kind} ${owners[0]!.name}`,
      );
    }
  }
}

function checkReplicaSet(replicaSet: ReplicaSet, pods: readonly Pod[], note: Note): void {
  const { metadata, spec, status } = replicaSet;
  const own = pods.filter((pod) => controllerOf(pod)?.uid === metadata.uid && isActive(pod));
  const ready = own.filter(isReady).length;
  const about = `ReplicaSet ${metadata.name}`;
  if (metadata.deletionTimestamp !== undefined) note("left-behind", `${about} is being deleted`);
  if (own.length !== (spec.replicas ?? 1)) {
    note("status", `${about} has ${own.length} pods and wants ${spec.replicas}`);
  }
  expectEqual(`${about} replicas`, status.replicas ?? 0, own.length, note);
  expectEqual(`${about} readyReplicas`, status.readyReplicas ?? 0, ready, note);
  if ((spec.minReadySeconds ?? 0) === 0) {
    expectEqual(`${about} availableReplicas`, status.availableReplicas ?? 0, ready, note);
  }
  const { observedGeneration = 0 } = status;
  expectEqual(`${about} observedGeneration`, observedGeneration, metadata.generation ?? 0, note);
}

function checkDeployment(
  api: ApiServer,
  deployment: Deployment,
  pods: readonly Pod[],
  note: Note,
): void {
  const { metadata, spec, status } = deployment;
  const about = `Deployment ${metadata.name}`;
  if (metadata.deletionTimestamp !== undefined) {
    note("left-behind", `${about} is being deleted`);
    return;
  }
  const own = api.list("replicasets").filter((rs) => controllerOf(rs)?.uid === metadata.uid);
  const sum = (count: (rs: ReplicaSet) => number | undefined) =>
    own.reduce((total, rs) => total + (count(rs) ?? 0), 0);
  const { observedGeneration = 0 } = status;
  expectEqual(`${about} observedGeneration`, observedGeneration, metadata.generation ?? 0, note);
  expectEqual(
    `${about} replicas`,
    status.replicas ?? 0,
    sum((rs) => rs.status.replicas),
    note,
  );
  const ready = sum((rs) => rs.status.readyReplicas);
  expectEqual(`${about} readyReplicas`, status.readyReplicas ?? 0, ready, note);
  const available = sum((rs) => rs.status.availableReplicas);
  expectEqual(`${about} availableReplicas`, status.availableReplicas ?? 0, available, note);
  if (spec.paused === true) return;
  const replicas = spec.replicas ?? 1;
  const wanted = sum((rs) => rs.spec.replicas);
  // The last pod's deletion wakes Recreate only where no other is left, not even one that was evicted (deployment_controller.go deletePod); it
  // then sleeps until its progress deadline.
  const uids = new Set(own.map((rs) => rs.metadata.uid));
  const sleeps =
    spec.strategy?.type === "Recreate" &&
    pods.some((pod) => uids.has(controllerOf(pod)?.uid ?? "") && !isActive(pod));
  if (wanted < Math.min(1, replicas) && !sleeps)
    note("status", `${about} wants ${replicas} pods and asks for none`);
  const complete = [status.replicas, status.updatedReplicas, status.availableReplicas];
  if (!complete.every((count) => (count ?? 0) === replicas)) return;
  const old = own.filter((rs) => (rs.spec.replicas ?? 1) === 0 && (rs.status.replicas ?? 0) === 0);
  const limit = (spec.revisionHistoryLimit ?? 10) + (replicas === 0 ? 1 : 0);
  if (old.length > limit)
    note("left-behind", `${about} keeps ${old.length} old ReplicaSets of ${limit}`);
  if (spec.progressDeadlineSeconds === 2147483647) return;
  // Where the one active ReplicaSet had the new size already, it is left as it is, with the old size in its annotation: the Deployment takes
  // each sync for one that scales, and tells of no progress (deployment/sync.go scale, isScalingEvent).
  const told = (rs: ReplicaSet) => rs.metadata.annotations?.[DESIRED_REPLICAS];
  if (own.some((rs) => rs.spec.replicas !== 0 && told(rs) !== String(replicas))) return;
  const progressing = status.conditions?.find((c) => c.type === "Progressing");
  const reason = progressing?.reason ?? "none";
  if (reason !== "NewReplicaSetAvailable")
    note("status", `${about} is complete, and Progressing for ${reason}`);
}

/** Every pod with an address is in a slice of each of its Services, once, and tells the truth there; nothing else is. */
function checkEndpoints(api: ApiServer, pods: readonly Pod[], note: Note): void {
  const slices = api.list("endpointslices");
  for (const { metadata, spec } of api.list("services")) {
    if (spec.selector === undefined) continue;
    const own = slices.filter(
      (slice) => slice.metadata.labels?.[SERVICE_NAME_LABEL] === metadata.name,
    );
    const found = own.flatMap((slice) => slice.endpoints ?? []);
    const wanted = pods.filter(
      (pod) =>
        labelsContain(pod.metadata.labels, spec.selector) &&
        pod.status.podIP !== undefined &&
        pod.status.phase !== "Failed" &&
        pod.status.phase !== "Succeeded",
    );
    for (const pod of wanted) {
      const { uid, name, deletionTimestamp } = pod.metadata;
      const endpoints = found.filter((endpoint) => endpoint.targetRef?.uid === uid);
      expectEqual(
        `endpoints of ${name} in ${metadata.name}`,
        endpoints.length,
        1,
        note,
        "endpoints",
      );
      const terminating = deletionTimestamp !== undefined;
      const ready = isReady(pod) && !terminating;
      for (const { conditions } of endpoints) {
        const told = [conditions.ready, conditions.serving, conditions.terminating].join(" ");
        const truth = [ready, isReady(pod), terminating].join(" ");
        if (told !== truth) note("endpoints", `${name} is told to be ${told}, and is ${truth}`);
      }
    }
    if (found.length > wanted.length) {
      note("endpoints", `${metadata.name} has ${found.length} endpoints of ${wanted.length} pods`);
    }
  }
}

function checkAddresses(pods: readonly Pod[], note: Note): void {
  const owners = new Map<string, string>();
  for (const { metadata, status } of pods) {
    if (status.podIP === undefined || isFinalPhase(status.phase)) continue;
    const other = owners.get(status.podIP);
    if (other !== undefined) note("endpoints", `${metadata.name} and ${other} have one address`);
    owners.set(status.podIP, metadata.name);
  }
}

function checkRoutes(pods: readonly Pod[], chosen: readonly string[], note: Note): void {
  const byUid = new Map(pods.map((pod) => [pod.metadata.uid, pod]));
  for (const uid of chosen) {
    const pod = byUid.get(uid);
    if (pod === undefined) note("left-behind", `pod ${uid} is gone and is chosen still`);
    else if (!isReady(pod))
      note("endpoints", `${pod.metadata.name} is not ready and is chosen still`);
  }
}

/**
 * What was put off and may find nothing to do when its time comes, the scripts that containers run, the ends that images are described with,
 * and what the kubelet does about such an end, or about a probe's new answer, until the API server hears of it.
 */
const PUT_OFF = [
  "probe",
  "probeResult",
  "crash",
  "drained",
  "outOfMemory",
  "enqueue",
  "sync",
  "retry",
  "flush",
  "execStep",
  "relist",
  "patch",
  "pressureOver",
  "work",
];

/** Where all pods run, are ready and have never had a container stopped, only probes wait for their time or answer, and what was put off. */
function checkQueue({ waiting }: Remains, note: Note): void {
  const strange = waiting.filter(({ type }) => !PUT_OFF.includes(type));
  for (const { actor, type } of strange) note("queue", `${type} of ${actor} still waits`);
}
