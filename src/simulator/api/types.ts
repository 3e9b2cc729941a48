/*
 * The API objects that the simulator works with, in the API's own spelling (k8s.io/api core/v1, apps/v1, discovery/v1). Objects are
 * immutable: whoever changes one makes a new one and hands it to the API server. Times are RFC 3339 strings with whole seconds, as
 * the API returns them; see `time.ts`.
 */
import type { AnalysisRun, AnalysisTemplate, Rollout } from "./types/argo.ts";
import type {
  ConfigMap,
  Event,
  LimitRange,
  Namespace,
  Node,
  ResourceQuota,
  Secret,
  ServiceAccount,
} from "./types/core.ts";
import type { Gateway, GatewayClass, HTTPRoute } from "./types/gateway.ts";
import type { Endpoints, EndpointSlice, Ingress, Service } from "./types/networking.ts";
import type { Pod } from "./types/pod.ts";
import type { HorizontalPodAutoscaler, PodDisruptionBudget } from "./types/policy.ts";
import type { PriorityClass } from "./types/scheduling.ts";
import type {
  ControllerRevision,
  DaemonSet,
  Deployment,
  ReplicaSet,
  StatefulSet,
} from "./types/workloads.ts";

export type * from "./types/meta.ts";
export type * from "./types/pod-spec.ts";
export type * from "./types/pod.ts";
export type * from "./types/workloads.ts";
export type * from "./types/core.ts";
export type * from "./types/policy.ts";
export type * from "./types/scheduling.ts";
export type * from "./types/networking.ts";
export type * from "./types/gateway.ts";
export type * from "./types/argo.ts";

/** The kinds that are simulated, by the plural name of their resource. Adding a kind adds a line here and one in `resources`. */
export interface ResourceTypes {
  pods: Pod;
  deployments: Deployment;
  replicasets: ReplicaSet;
  services: Service;
  endpointslices: EndpointSlice;
  endpoints: Endpoints;
  nodes: Node;
  events: Event;
  namespaces: Namespace;
  configmaps: ConfigMap;
  secrets: Secret;
  serviceaccounts: ServiceAccount;
  resourcequotas: ResourceQuota;
  limitranges: LimitRange;
  statefulsets: StatefulSet;
  daemonsets: DaemonSet;
  controllerrevisions: ControllerRevision;
  poddisruptionbudgets: PodDisruptionBudget;
  horizontalpodautoscalers: HorizontalPodAutoscaler;
  priorityclasses: PriorityClass;
  ingresses: Ingress;
  gateways: Gateway;
  gatewayclasses: GatewayClass;
  httproutes: HTTPRoute;
  rollouts: Rollout;
  analysistemplates: AnalysisTemplate;
  analysisruns: AnalysisRun;
}

/** Plural name of a resource: `pods`. */
export type Resource = keyof ResourceTypes;
