import { run as argoBluegreenReplicas } from "./argo-bluegreen-replicas.ts";
import { run as argoCanaryReplicas } from "./argo-canary-replicas.ts";
import { run as backoff } from "./backoff.ts";
import { run as daemonsetRollingUpdate } from "./daemonset-rolling-update.ts";
import { run as defaulting } from "./defaulting.ts";
import { run as deploymentConditions } from "./deployment-conditions.ts";
import { run as deploymentProgress } from "./deployment-progress.ts";
import { run as endpointsliceConditions } from "./endpointslice-conditions.ts";
import { run as humanDuration } from "./human-duration.ts";
import { run as kubeProxyEndpoints } from "./kube-proxy-endpoints.ts";
import { run as kubectlGetPods } from "./kubectl-get-pods.ts";
import { run as kubectlGetWorkloads } from "./kubectl-get-workloads.ts";
import { run as kubectlRolloutStatus } from "./kubectl-rollout-status.ts";
import { run as kubeletProber } from "./kubelet-prober.ts";
import { run as maxUnavailableMinAvailable } from "./max-unavailable-min-available.ts";
import { run as newRsNewReplicas } from "./new-rs-new-replicas.ts";
import { run as podDeletionOrder } from "./pod-deletion-order.ts";
import { run as podTemplateHash } from "./pod-template-hash.ts";
import { run as proportionalScaling } from "./proportional-scaling.ts";
import { run as recreate } from "./recreate.ts";
import { run as replicasetStatus } from "./replicaset-status.ts";
import { run as resolveFenceposts } from "./resolve-fenceposts.ts";
import { run as revisionAndCleanup } from "./revision-and-cleanup.ts";
import { run as rollingUpdateReconcile } from "./rolling-update-reconcile.ts";
import { run as sidecarTerminationOrder } from "./sidecar-termination-order.ts";
import { run as statefulsetRollingUpdate } from "./statefulset-rolling-update.ts";
import { run as terminationGracePeriod } from "./termination-grace-period.ts";
import { run as validation } from "./validation.ts";
import type { RunCase } from "./verdict.ts";

/** How to run the cases of each topic of recorded facts. */
export const VECTOR_TOPICS: Readonly<Record<string, RunCase>> = {
  "argo-bluegreen-replicas": argoBluegreenReplicas,
  "argo-canary-replicas": argoCanaryReplicas,
  backoff,
  "daemonset-rolling-update": daemonsetRollingUpdate,
  defaulting,
  "deployment-conditions": deploymentConditions,
  "deployment-progress": deploymentProgress,
  "endpointslice-conditions": endpointsliceConditions,
  "human-duration": humanDuration,
  "kube-proxy-endpoints": kubeProxyEndpoints,
  "kubectl-get-pods": kubectlGetPods,
  "kubectl-get-workloads": kubectlGetWorkloads,
  "kubectl-rollout-status": kubectlRolloutStatus,
  "kubelet-prober": kubeletProber,
  "max-unavailable-min-available": maxUnavailableMinAvailable,
  "new-rs-new-replicas": newRsNewReplicas,
  "pod-deletion-order": podDeletionOrder,
  "pod-template-hash": podTemplateHash,
  "proportional-scaling": proportionalScaling,
  recreate,
  "replicaset-status": replicasetStatus,
  "resolve-fenceposts": resolveFenceposts,
  "revision-and-cleanup": revisionAndCleanup,
  "rolling-update-reconcile": rollingUpdateReconcile,
  "sidecar-termination-order": sidecarTerminationOrder,
  "statefulset-rolling-update": statefulsetRollingUpdate,
  "termination-grace-period": terminationGracePeriod,
  validation,
};
