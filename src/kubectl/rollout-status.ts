/*
 * One look of `kubectl rollout status` at an object (kubectl pkg/polymorphichelpers/rollout_status.go). The command prints a message
 * at each change of the object, the same one again too, until one is the last or fails.
 */
import type { DaemonSet, Deployment, KubernetesObject, StatefulSet } from "../simulator/index.ts";
import { groupKind } from "./kinds.ts";

/** What is printed, newline included, and whether that ends the command; or why it fails, without `error: ` before it. */
export type RolloutStatus =
  | { readonly message: string; readonly done: boolean; readonly error?: undefined }
  | { readonly error: string };

/**
 * How far the rollout of a Deployment, DaemonSet or StatefulSet is.
 *
 * @param revision with `--revision`: fail unless this is the revision that is rolled out; 0 for whichever is
 */
export function rolloutStatus(object: KubernetesObject, revision = 0): RolloutStatus {
  switch (object.kind) {
    case "Deployment":
      return deploymentStatus(object as Deployment, revision);
    case "DaemonSet":
      return daemonSetStatus(object as DaemonSet);
    case "StatefulSet":
      return statefulSetStatus(object as StatefulSet);
    default: {
      const [group = ""] = object.apiVersion.includes("/") ? object.apiVersion.split("/") : [];
      const named = groupKind({ kind: object.kind, group });
      return { error: `no status viewer has been implemented for ${named}` };
    }
  }
}

const REVISION = "deployment.kubernetes.io/revision";

/** DeploymentStatusViewer.Status. It says success while old pods are still terminating: status.replicas no longer counts them. */
function deploymentStatus({ metadata, spec, status }: Deployment, wanted: number): RolloutStatus {
  const running = Number(metadata.annotations?.[REVISION] ?? 0);
  if (wanted > 0 && wanted !== running) {
    const error = `desired revision (${wanted}) is different from the running revision (${running})`;
    return { error };
  }
  if ((metadata.generation ?? 0) > (status.observedGeneration ?? 0)) {
    return waiting("Waiting for deployment spec update to be observed...");
  }
  const name = `deployment "${metadata.name}"`;
  const progressing = (status.conditions ?? []).find(({ type }) => type === "Progressing");
  if (progressing?.reason === "ProgressDeadlineExceeded") {
    return { error: `${name} exceeded its progress deadline` };
  }
  const desired = spec.replicas ?? 0;
  const { replicas = 0, updatedReplicas: updated = 0, availableReplicas: available = 0 } = status;
  const rollout = `Waiting for ${name} rollout to finish:`;
  if (updated < desired) {
    return waiting(`${rollout} ${updated} out of ${desired} new replicas have been updated...`);
  }
  if (replicas > updated) {
    return waiting(`${rollout} ${replicas - updated} old replicas are pending termination...`);
  }
  if (available < updated) {
    return waiting(`${rollout} ${available} of ${updated} updated replicas are available...`);
  }
  return finished(`${name} successfully rolled out`);
}

const NOT_ROLLING: RolloutStatus = {
  error: "rollout status is only available for RollingUpdate strategy type",
};

/** DaemonSetStatusViewer.Status */
function daemonSetStatus({ metadata, spec, status }: DaemonSet): RolloutStatus {
  if (spec.updateStrategy?.type !== "RollingUpdate") return NOT_ROLLING;
  if ((metadata.generation ?? 0) > (status.observedGeneration ?? 0)) {
    return waiting("Waiting for daemon set spec update to be observed...");
  }
  const name = `daemon set "${metadata.name}"`;
  const { desiredNumberScheduled: desired = 0 } = status;
  const { updatedNumberScheduled: updated = 0, numberAvailable: available = 0 } = status;
  const rollout = `Waiting for ${name} rollout to finish:`;
  if (updated < desired) {
    return waiting(`${rollout} ${updated} out of ${desired} new pods have been updated...`);
  }
  if (available < desired) {
    return waiting(`${rollout} ${available} of ${desired} updated pods are available...`);
  }
  return finished(`${name} successfully rolled out`);
}

/** StatefulSetStatusViewer.Status. Defaulting gives every StatefulSet a partition, so that in a cluster all are "partitioned". */
function statefulSetStatus({ metadata, spec, status }: StatefulSet): RolloutStatus {
  if (spec.updateStrategy?.type !== "RollingUpdate") return NOT_ROLLING;
  const observed = status.observedGeneration ?? 0;
  if (observed === 0 || (metadata.generation ?? 0) > observed) {
    return waiting("Waiting for statefulset spec update to be observed...");
  }
  const { readyReplicas: ready = 0, updatedReplicas: updated = 0 } = status;
  if (spec.replicas !== undefined && ready < spec.replicas) {
    return waiting(`Waiting for ${spec.replicas - ready} pods to be ready...`);
  }
  const { rollingUpdate } = spec.updateStrategy;
  if (rollingUpdate !== undefined) {
    const toUpdate = (spec.replicas ?? 0) - (rollingUpdate.partition ?? 0);
    const isPartitioned = spec.replicas !== undefined && rollingUpdate.partition !== undefined;
    return isPartitioned && updated < toUpdate
      ? waiting(
          `Waiting for partitioned roll out to finish: ${updated} out of ${toUpdate} new pods have been updated...`,
        )
      : finished(`partitioned roll out complete: ${updated} new pods have been updated...`);
  }
  const { updateRevision = "", currentRevision = "", currentReplicas = 0 } = status;
  if (updateRevision !== currentRevision) {
    return waiting(
      `waiting for statefulset rolling update to complete ${updated} pods at revision ${updateRevision}...`,
    );
  }
  return finished(
    `statefulset rolling update complete ${currentReplicas} pods at revision ${currentRevision}...`,
  );
}

function waiting(line: string): RolloutStatus {
  return { message: `${line}\n`, done: false };
}

function finished(line: string): RolloutStatus {
  return { message: `${line}\n`, done: true };
}
