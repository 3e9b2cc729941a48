import type { NodeHeartbeats } from "../node-heartbeats.ts";
import type { MetricSource, NetworkModel } from "../scenario.ts";
import { analysisRunController } from "./argo-rollouts/analysis-run/controller.ts";
import type { RequestLog } from "./argo-rollouts/analysis-run/requests.ts";
import { rolloutController } from "./argo-rollouts/controller.ts";
import { daemonSetController } from "./daemon-set/index.ts";
import { deploymentController } from "./deployment/index.ts";
import { disruptionController } from "./disruption/index.ts";
import { endpointsController } from "./endpoints/index.ts";
import { endpointSliceMirroringController } from "./endpoint-slice-mirroring/index.ts";
import { endpointSliceController } from "./endpoint-slice/index.ts";
import { garbageCollector } from "./garbage-collector/index.ts";
import type { ControllerFactory } from "./kube-controller-manager.ts";
import { namespaceController } from "./namespace/index.ts";
import { nodeLifecycleController } from "./node-lifecycle/index.ts";
import { podAutoscalerController } from "./pod-autoscaler/index.ts";
import { podGarbageCollector } from "./pod-gc/index.ts";
import { replicaSetController } from "./replica-set/index.ts";
import { resourceQuotaController } from "./resource-quota/index.ts";
import { serviceAccountController } from "./service-account/index.ts";
import { statefulSetController } from "./stateful-set/index.ts";
import { taintEvictionController } from "./taint-eviction/index.ts";

/**
 * The controllers of kube-controller-manager and of Argo Rollouts, one line each. Without heartbeats no node ever fails, without metrics nothing
 * is autoscaled, without a log of requests no analysis finds any.
 */
export function controllers(
  network: NetworkModel,
  heartbeats?: NodeHeartbeats,
  metrics: readonly MetricSource[] = [],
  requests?: RequestLog,
): ControllerFactory[] {
  return [
    deploymentController,
    replicaSetController,
    statefulSetController,
    daemonSetController,
    endpointSliceController(network),
    endpointsController,
    endpointSliceMirroringController,
    garbageCollector,
    namespaceController,
    serviceAccountController,
    resourceQuotaController,
    nodeLifecycleController(heartbeats),
    taintEvictionController,
    podGarbageCollector,
    disruptionController,
    podAutoscalerController(metrics),
    rolloutController,
    analysisRunController(requests),
  ];
}
