/* Defaults of apps/v1: pkg/apis/apps/v1/defaults.go. */
import type { ClaimTemplate, DaemonSet, Deployment, ReplicaSet, StatefulSet } from "../types.ts";
import { setClaimSpecDefaults } from "./claims.ts";
import { remembered } from "../remembered.ts";
import { fillAbsent, fillZero, mapField, mapList, withField } from "./fill.ts";
import { setPodTemplateDefaults } from "./pod.ts";

/** SetDefaults_Deployment. */
export function setDeploymentDefaults(deployment: Deployment): Deployment {
  return withField(deployment, "spec", deploymentSpec(deployment.spec ?? {}));
}

const deploymentSpec = remembered((given: Deployment["spec"]): Deployment["spec"] => {
  let spec = fillAbsent(given, {
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
  return withField(spec, "template", setPodTemplateDefaults(spec.template));
});

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

/** The feature gates that StatefulSets' defaults ask for. */
export interface StatefulSetGates {
  /** On by default since 1.27. */
  readonly StatefulSetAutoDeletePVC: boolean;
  /** Alpha, and so off. */
  readonly MaxUnavailableStatefulSet: boolean;
}

const GATES: StatefulSetGates = {
  StatefulSetAutoDeletePVC: true,
  MaxUnavailableStatefulSet: false,
};

/** SetDefaults_StatefulSet; gates that are not told are as in a cluster that sets none. */
export function setStatefulSetDefaults(
  statefulSet: StatefulSet,
  told: Partial<StatefulSetGates> = {},
): StatefulSet {
  const gates = { ...GATES, ...told };
  let spec: StatefulSet["spec"] = fillZero(statefulSet.spec ?? {}, {
    podManagementPolicy: "OrderedReady",
  });
  spec = fillAbsent(spec, { replicas: 1, revisionHistoryLimit: 10 });
  const given = spec.updateStrategy ?? {};
  let strategy = given.type
    ? given
    : fillAbsent({ ...given, type: "RollingUpdate" }, { rollingUpdate: {} });
  if (strategy.type === "RollingUpdate") {
    const defaults = {
      partition: 0,
      ...(gates.MaxUnavailableStatefulSet ? { maxUnavailable: 1 } : {}),
    };
    strategy = mapField(strategy, "rollingUpdate", (update) => fillAbsent(update!, defaults));
  }
  spec = withField(spec, "updateStrategy", strategy);
  if (gates.StatefulSetAutoDeletePVC) {
    const policy = fillZero(spec.persistentVolumeClaimRetentionPolicy ?? {}, {
      whenDeleted: "Retain",
      whenScaled: "Retain",
    });
    spec = withField(spec, "persistentVolumeClaimRetentionPolicy", policy);
  }
  spec = mapList(spec, "volumeClaimTemplates", setClaimTemplateDefaults);
  spec = withField(spec, "template", setPodTemplateDefaults(spec.template));
  return withField(statefulSet, "spec", spec);
}

/**
 * SetDefaults_PersistentVolumeClaim, and what pkg/apis/apps/v1/conversion.go puts into each claim: a template of claims is read back with
 * more than was written.
 */
function setClaimTemplateDefaults(given: ClaimTemplate): ClaimTemplate {
  const claim = fillZero(given, { apiVersion: "v1", kind: "PersistentVolumeClaim" });
  const withSpec = withField(claim, "spec", setClaimSpecDefaults(claim.spec ?? {}));
  return withField(withSpec, "status", fillZero(claim.status ?? {}, { phase: "Pending" }));
}
