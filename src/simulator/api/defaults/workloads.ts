/* Defaults of apps/v1: pkg/apis/apps/v1/defaults.go. */
import type { DaemonSet, Deployment, ReplicaSet, StatefulSet } from "../types.ts";
import { fillAbsent, fillZero, mapField, withField } from "./fill.ts";
import { setPodTemplateDefaults } from "./pod.ts";

/** SetDefaults_Deployment. */
export function setDeploymentDefaults(deployment: Deployment): Deployment {
  let spec: Deployment["spec"] = fillAbsent(deployment.spec ?? {}, {
    replicas: 1,
    revisionHistoryLimit: 10,
    progressDeadlineSeconds: 600,
  });
  let strategy = fillZero(spec.strategy ?? {}, { type: "RollingUpdate" });
  if (strategy.type === "RollingUpdate") {
    const rollingUpdate = fillAbsent(strategy.rollingUpdate ?? {}, {
      maxUnavailable: "25%",
      maxSurge: "25%",
    });
    strategy = withField(strategy, "rollingUpdate", rollingUpdate);
  }
  spec = withField(spec, "strategy", strategy);
  spec = withField(spec, "template", setPodTemplateDefaults(spec.template));
  return withField(deployment, "spec", spec);
}

/** SetDefaults_ReplicaSet. */
export function setReplicaSetDefaults(replicaSet: ReplicaSet): ReplicaSet {
  const spec: ReplicaSet["spec"] = fillAbsent(replicaSet.spec ?? {}, { replicas: 1 });
  const template = setPodTemplateDefaults(spec.template);
  return withField(replicaSet, "spec", withField(spec, "template", template));
}

/** SetDefaults_DaemonSet. */
export function setDaemonSetDefaults(daemonSet: DaemonSet): DaemonSet {
  let spec: DaemonSet["spec"] = fillAbsent(daemonSet.spec ?? {}, { revisionHistoryLimit: 10 });
  let strategy = fillZero(spec.updateStrategy ?? {}, { type: "RollingUpdate" });
  if (strategy.type === "RollingUpdate") {
    const rollingUpdate = fillAbsent(strategy.rollingUpdate ?? {}, {
      maxUnavailable: 1,
      maxSurge: 0,
    });
    strategy = withField(strategy, "rollingUpdate", rollingUpdate);
  }
  spec = withField(spec, "updateStrategy", strategy);
  spec = withField(spec, "template", setPodTemplateDefaults(spec.template));
  return withField(daemonSet, "spec", spec);
}

/** SetDefaults_StatefulSet; the gate StatefulSetAutoDeletePVC is on by default since 1.27. */
export function setStatefulSetDefaults(
  statefulSet: StatefulSet,
  gates = { StatefulSetAutoDeletePVC: true },
): StatefulSet {
  let spec: StatefulSet["spec"] = fillZero(statefulSet.spec ?? {}, {
    podManagementPolicy: "OrderedReady",
  });
  spec = fillAbsent(spec, { replicas: 1, revisionHistoryLimit: 10 });
  const given = spec.updateStrategy ?? {};
  let strategy = given.type
    ? given
    : fillAbsent({ ...given, type: "RollingUpdate" }, { rollingUpdate: {} });
  if (strategy.type === "RollingUpdate") {
    strategy = mapField(strategy, "rollingUpdate", (update) =>
      fillAbsent(update!, { partition: 0 }),
    );
  }
  spec = withField(spec, "updateStrategy", strategy);
  if (gates.StatefulSetAutoDeletePVC) {
    const policy = fillZero(spec.persistentVolumeClaimRetentionPolicy ?? {}, {
      whenDeleted: "Retain",
      whenScaled: "Retain",
    });
    spec = withField(spec, "persistentVolumeClaimRetentionPolicy", policy);
  }
  spec = withField(spec, "template", setPodTemplateDefaults(spec.template));
  return withField(statefulSet, "spec", spec);
}
